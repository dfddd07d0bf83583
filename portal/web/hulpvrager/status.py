"""The status page: where the request is, what comes next, who was told what."""

from collections.abc import Sequence

from flask import url_for

from portal import clock
from portal.domain.melding import Meldingsoort
from portal.domain.status import OPEN
from portal.models import Bericht
from portal.queries import antwoord, dossier
from portal.texts.bericht import Blokken, blokken, dutch_blokken
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, documenten, melden, pagina, tijdlijn, toestemming, verteld, zinnen
from portal.web.hulpvrager.aanvulling import open_question
from portal.web.hulpvrager.begin import RUNNING


@bp.get("")
@hulpvrager
def status() -> pagina.Antwoord:
    """A concept goes on where it was left; what was filed is shown."""
    reis, today = pagina.load(), clock.today()
    if reis.is_concept:
        return pagina.to_first_open(reis)
    asked = dossier.aanvullingen(session.db(), reis.verzoek.id)
    told = dossier.kennisgevingen_for_hulpvrager(session.db(), reis.verzoek.id)
    verzoek = dossier.load(session.db(), reis.verzoek.id)
    gemeente = verzoek.gemeente.naam if verzoek.gemeente else ""
    return pagina.render(
        "status",
        reis,
        verzoek=verzoek,
        stand=zinnen.stand(verzoek, gemeente, today),
        belt="" if reis.may_answer else zinnen.belt(verzoek, gemeente, today),
        verder=pagina.url_of(reis.first_open) if reis.may_answer else None,
        samen=zinnen.samen(verzoek),
        vraag=open_question(asked, verzoek.status),
        verteld=verteld.verteld(told, antwoord.last_answers(session.db(), reis.verzoek.id), today),
        tijdlijn=tijdlijn.tijdlijn(verzoek, asked, dossier.doorsturingen(session.db(), verzoek.id)),
        berichten=_readable(dossier.berichten(session.db(), verzoek.id)),
        is_open=verzoek.status in OPEN,
        has_bewijs=documenten.has_bewijs(verzoek),
        has_pauzekaart=documenten.has_pauzekaart(verzoek),
        may_give_toestemming=toestemming.may_give(verzoek),
        may_revoke_toestemming=toestemming.may_revoke(verzoek),
        meldingen=[(each, zinnen.gemeld(each)) for each in dossier.meldingen(session.db(), verzoek.id)],
        may_report_post=melden.may_report(verzoek, Meldingsoort.POST),
        may_add_schuld=melden.may_add_schuld(verzoek),
        may_withdraw=verzoek.status in RUNNING,
        begin_url=url_for("public.start"),
    )


def _readable(berichten: Sequence[Bericht]) -> list[tuple[Bericht, str, Blokken, Blokken]]:
    """The messages with a title, in paragraphs; last those of the Dutch text beside a translated one.

    When somebody else reads the mail it says only that there is a message: what it was about stands on this page.
    """
    return [
        (each, zinnen.BERICHTEN[each.soort], blokken(each.tekst), dutch_blokken(each.tekst_nl))
        for each in berichten
        if not each.says_nothing
    ]
