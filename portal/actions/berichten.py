"""Issue messages: build the facts, fix the words, record it. Sending is the worker's."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from portal.clock import dutch_date
from portal.domain import events
from portal.domain.beantwoording import Antwoordweg
from portal.domain.bericht import BerichtSoort, OntvangstFeiten
from portal.domain.kennisgeving import Betrokkene, Kanaal, KennisgevingFeiten, Soort, follow_up, from_json, to_json
from portal.domain.status import Verzendstatus
from portal.models import Beantwoording, Bericht, BerichtKanaal, Kennisgeving, Pauzeverzoek, Stilzwijgen
from portal.models.bericht import feiten as bericht_feiten
from portal.models.briefwisseling import Briefwisseling, briefwisselingen
from portal.models.kennisgeving import kennisgeving_id
from portal.models.links import antwoord_url, for_reader, wegwijzers
from portal.models.ontvanger import Ontvanger
from portal.models.schuldeiser import Schuldeiser
from portal.queries import antwoord as answers
from portal.texts import bericht as bericht_text
from portal.texts import kennisgeving as kennisgeving_text
from portal.texts import ontvangst as ontvangst_text
from portal.texts.sjablonen import spreker
from portal.texts.tekst import Tekst

if TYPE_CHECKING:
    from portal.actions.work import Work

TERUG = "/terug"
"""Page where a hulpvrager gets back in."""


def issue_kennisgeving(
    work: "Work", verzoek: Pauzeverzoek, ontvanger: Ontvanger, feiten: KennisgevingFeiten, *, nummer: int = 1
) -> Kennisgeving:
    """Freeze one message to one recipient: from here on its words and facts do not change."""
    schuldeiser = ontvanger.schuldeiser
    by_api = schuldeiser.channel is Kanaal.API
    woorden = kennisgeving_text.render(feiten, wegwijzers(work.session.adressen.base_url, feiten))
    issued = Kennisgeving(
        id=feiten.bericht_id,
        verzoek_id=verzoek.id,
        organisatie_id=verzoek.organisatie_id,
        schuldeiser_id=schuldeiser.id,
        soort=feiten.soort,
        nummer=nummer,
        schuldenaar=ontvanger.schuldenaar,
        kanaal=schuldeiser.channel,
        gebundeld=schuldeiser.is_gebundeld,
        moment=feiten.moment,
        grondslag=feiten.grondslag,
        start_on=feiten.start_on,
        eind_on=feiten.eind_on,
        issued_by=work.actor.id if work.actor.is_reviewer else None,
        feiten=to_json(feiten),
        aan=schuldeiser.verified_email if schuldeiser.channel is Kanaal.EMAIL else None,
        # From now on it can be fetched, so from now on it may have arrived. An end waits until its letter is made.
        attempt_started_at=work.now if by_api and feiten.soort is not Soort.BEEINDIGING else None,
        sjabloon=woorden.sjabloon,
        afzender_naam=spreker(feiten.afzender.organisatie, feiten.afzender.gemeente),
        antwoord_aan=feiten.afzender.email,
        **_envelope(work, feiten.bericht_id),
    )
    issued.freeze(woorden.onderwerp, woorden.tekst, woorden.html)
    work.add(issued)
    work.session.flush()  # its fingerprint knows the number that the table gives
    work.record(_issued(issued))
    return issued


def _issued(kennisgeving: Kennisgeving) -> events.KennisgevingIssued:
    return events.KennisgevingIssued(
        keten=kennisgeving.verzoek_id,
        kennisgeving_id=kennisgeving.id,
        schuldeiser_id=kennisgeving.schuldeiser_id,
        soort=kennisgeving.soort,
        kanaal=kennisgeving.kanaal,
        gebundeld=kennisgeving.gebundeld,
        moment=kennisgeving.moment,
        grondslag=kennisgeving.grondslag,
        eind_on=kennisgeving.eind_on,
        sjabloon=kennisgeving.sjabloon,
        sha256=kennisgeving.sha256,
    )


def issue_beeindiging(
    work: "Work", verzoek: Pauzeverzoek, earlier: Kennisgeving, *, mede: Betrokkene | None, nummer: int = 1
) -> Kennisgeving:
    """Tell who was told that the pause ends today: the same facts but for whom it names beside (`mede`), no reason."""
    today = dutch_date(work.now)
    id = kennisgeving_id(verzoek.id, earlier.sleutel, Soort.BEEINDIGING, nummer)
    changes = {"eind_on": today, "moment": verzoek.moment, "mede": mede}
    feiten = follow_up(from_json(earlier.feiten), Soort.BEEINDIGING, id, today, **changes)
    return issue_kennisgeving(work, verzoek, _to_same(earlier), _told_now(verzoek, feiten), nummer=nummer)


def issue_herinnering(work: "Work", verzoek: Pauzeverzoek, last_word: Kennisgeving, *, nummer: int) -> Kennisgeving:
    """Remind who has not answered: the same facts as the message that holds now, without who withdrew."""
    id = kennisgeving_id(verzoek.id, last_word.sleutel, Soort.HERINNERING, nummer)
    known = from_json(last_word.feiten)
    mede = known.mede if verzoek.is_partner_told else None
    feiten = follow_up(known, Soort.HERINNERING, id, dutch_date(work.now), gewijzigd=(), mede=mede)
    return issue_kennisgeving(work, verzoek, _to_same(last_word), _told_now(verzoek, feiten), nummer=nummer)


def _told_now(verzoek: Pauzeverzoek, feiten: KennisgevingFeiten) -> KennisgevingFeiten:
    """What was told before is told again, but for an address that became secret: its correctie may never have left."""
    return feiten.without_address() if verzoek.has_geheim_adres else feiten


def _to_same(earlier: Kennisgeving) -> Ontvanger:
    return Ontvanger(earlier.schuldeiser, (), earlier.schuldenaar)


def reminders(issued: Iterable[Kennisgeving]) -> list[Kennisgeving]:
    """Of these messages those that remind."""
    return [kennisgeving for kennisgeving in issued if kennisgeving.soort is Soort.HERINNERING]


def break_silence(work: "Work", kennisgeving_id: UUID) -> None:
    """There is an answer: a reminder that did not leave stays here, and nobody waits for this schuldeiser any more."""
    messages = answers.to_same_recipient(work.session, work.session.get_one(Kennisgeving, kennisgeving_id))
    lapse_unsent(work, reminders(messages))
    for message in messages:
        if (row := work.session.get(Stilzwijgen, message.id)) is not None:
            work.record(row.broken())
            work.session.delete(row)


def stop_kennisgevingen(work: "Work", verzoek: Pauzeverzoek, issued: Iterable[Kennisgeving]) -> None:
    """What has not left stays here; who may have received it is told that it ends, if its own pause still runs.

    A message whose hand-over was begun may have arrived, whatever its status says.
    """
    today = dutch_date(work.now)
    for wisseling in briefwisselingen(issued):
        known = wisseling.gekend if wisseling.is_told_of_end(today) else None
        lapse_unsent(work, wisseling.open)
        if known is not None:
            mede = _still_named(verzoek, wisseling, known)
            issue_beeindiging(work, verzoek, known, mede=mede, nummer=wisseling.next_number(Soort.BEEINDIGING))


def _still_named(verzoek: Pauzeverzoek, wisseling: Briefwisseling, known: Kennisgeving) -> Betrokkene | None:
    """The partner whom an end may name: not one who withdrew, also when the correctie that says so never left."""
    asked = from_json(wisseling.gevraagd.feiten)
    return from_json(known.feiten).mede if verzoek.is_partner_told and asked.mede else None


def lapse_unsent(work: "Work", issued: Iterable[Kennisgeving]) -> None:
    """What has not left stays here."""
    for kennisgeving in issued:
        if kennisgeving.status in (Verzendstatus.KLAAR, Verzendstatus.NIET_BEZORGD):
            work.record(kennisgeving.lapse())


def issue_bericht(
    work: "Work", verzoek: Pauzeverzoek, soort: BerichtSoort, *, antwoord_aan: str = "", **said: Any
) -> Bericht:
    """Freeze one message to the hulpvrager, in the chosen language. Without e-mail it is on the status page only.

    Replies go to the team of its organisatie, unless `antwoord_aan` is another.

    The first mail brings the Bewijs van aanmelding, unless somebody else reads it.
    """
    contact = verzoek.contact
    met_bewijs = soort is BerichtSoort.ONTVANGEN and bool(contact.link_email)
    facts: dict[str, Any] = {"url": work.session.adressen.base_url + TERUG, "met_bewijs": met_bewijs} | said
    facts["url"] = for_reader(facts["url"], verzoek.reads)
    woorden = bericht_text.render(bericht_feiten(verzoek, soort, **facts), verzoek.reads)
    id = uuid4()
    issued = Bericht(
        id=id,
        verzoek_id=verzoek.id,
        soort=soort,
        kanaal=BerichtKanaal.EMAIL if contact.email else BerichtKanaal.PORTAAL,
        aan=contact.email or None,
        met_bewijs=met_bewijs,
        taal=verzoek.reads if woorden.tekst_nl else None,
        tekst_nl=woorden.tekst_nl,
        sjabloon=woorden.sjabloon,
        **_afzender(verzoek, antwoord_aan),
        **_envelope(work, id),
    )
    if issued.kanaal is BerichtKanaal.PORTAAL:
        issued.status, issued.handed_over_at = Verzendstatus.AANGEBODEN, work.now
    return _freeze(work, issued, woorden)


def _freeze(work: "Work", issued: Bericht, woorden: Tekst) -> Bericht:
    issued.freeze(woorden.onderwerp, woorden.tekst, woorden.html)
    work.add(issued)
    work.session.flush()  # its fingerprint knows what the table fills in
    work.record(issued.issued())
    return issued


def issue_ontvangstbewijs(work: "Work", given: Beantwoording) -> Bericht | None:
    """Freeze the receipt of an answer to the verified address of who gave it; None without one.

    Only what the Kennisgeving said already and what was chosen is in it: a text that somebody typed never leaves again.
    """
    kennisgeving = work.session.get_one(Kennisgeving, given.kennisgeving_id)
    to = work.session.get_one(Schuldeiser, kennisgeving.schuldeiser_id)
    if to.verified_email is None:
        return None
    woorden = ontvangst_text.render(_ontvangst(work, kennisgeving, given))
    id = uuid5(given.id, BerichtSoort.ANTWOORD_ONTVANGEN)
    issued = Bericht(
        id=id,
        verzoek_id=kennisgeving.verzoek_id,
        soort=BerichtSoort.ANTWOORD_ONTVANGEN,
        kanaal=BerichtKanaal.EMAIL,
        aan=to.verified_email,
        bevestigt_id=kennisgeving.id,
        sjabloon=woorden.sjabloon,
        afzender_naam=kennisgeving.afzender_naam,
        antwoord_aan=kennisgeving.antwoord_aan,
        **_envelope(work, id),
    )
    return _freeze(work, issued, woorden)


def _ontvangst(work: "Work", kennisgeving: Kennisgeving, given: Beantwoording) -> OntvangstFeiten:
    feiten = from_json(kennisgeving.feiten)
    open_link = kennisgeving.link_revoked_at is None
    own = (each.referentie for each in feiten.verwijzingen if each.referentie)
    return OntvangstFeiten(
        kenmerk=feiten.kenmerk,
        referenties=tuple(dict.fromkeys(own)),
        gemeente=feiten.afzender.gemeente,
        organisatie=feiten.afzender.organisatie,
        telefoon=feiten.afzender.telefoon,
        antwoord=given.antwoord,
        reden=given.reden,
        tot_en_met=given.tot_en_met,
        naar=given.naar.naam if given.naar else "",
        ontvangen_on=dutch_date(given.answered_at),
        is_nagekomen=given.via is Antwoordweg.HULPVERLENER,
        te_wijzigen_tot=kennisgeving.eind_on,
        url=antwoord_url(work.session.adressen.base_url, kennisgeving.id) if open_link else "",
    )


def _afzender(verzoek: Pauzeverzoek, antwoord_aan: str) -> dict[str, str]:
    """Display name and reply address. Where somebody reads along neither may tell of a gemeente."""
    if verzoek.contact.meelezen or verzoek.organisatie is None or verzoek.gemeente is None:
        return {"afzender_naam": "", "antwoord_aan": ""}
    naam = spreker(verzoek.organisatie.naam, verzoek.gemeente.naam)
    return {"afzender_naam": naam, "antwoord_aan": antwoord_aan or verzoek.organisatie.email}


def _envelope(work: "Work", id: UUID) -> dict[str, Any]:
    """A fixed Message-ID from the id, and an unguessable token for the envelope sender."""
    return {
        "status": Verzendstatus.KLAAR,
        "message_id": f"<{id}@{work.session.adressen.mail_domain}>",
        "envelope_token": secrets.token_hex(16),
        "issued_at": work.now,
    }
