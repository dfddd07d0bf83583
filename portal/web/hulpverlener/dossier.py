"""The case on one page, and the acts that need no page of their own."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import review
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import WGS_LOOPT, Move, Verzendstatus
from portal.models import Aanvulling, AuditEntry, Kennisgeving, Pauzeverzoek, Schuld, Toestemming
from portal.queries import antwoord, directory, doorsturen, fotos, gemeenten, organisatie, stilte
from portal.queries import dossier as case_file
from portal.queries import inkomend as received
from portal.queries import werkvoorraad as queue
from portal.web.hulpverlener import (
    antwoorden,
    bekijken,
    bijkomen,
    einde,
    geschiedenis,
    mail,
    meldingen,
    notities,
    ontvangers,
    partner,
    termijnen,
    terugbellen,
    terugroepen,
    voorstellen,
    waarschuwingen,
    zaak,
)
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.hulpverlener.forms import GebeldForm, VersieForm, VoorstellenForm
from portal.web.hulpverlener.leestaal import TAAL, other_taal
from portal.web.hulpverlener.namen import Namen, gemeente_codes, medewerker_ids, schuldeiser_ids
from portal.web.hulpverlener.ontvangers import Voortgang
from portal.web.hulpverlener.woorden import BERICHT, EINDREDEN, STATUS, STILTE, VERZENDING, en, plural
from portal.web.session import actor, db
from portal.web.templating import day

RECENT = 15
"""Lines of the history that are shown at once; older ones are behind a click."""

NOT_NOTED = "Niet genoteerd"


@bp.get("/werkvoorraad/<uuid:verzoek_id>")
@may_read
def dossier(verzoek_id: UUID) -> str | Response:
    """Everything about one case. One that was given away leads to what is left of it here."""
    try:
        verzoek, today = zaak.load(verzoek_id), clock.today()
    except NotFound:
        if doorsturen.last_given_away(db(), actor(), verzoek_id) is None:
            raise
        return redirect(url_for(".doorgestuurd_spoor", verzoek_id=verzoek_id))
    entries = case_file.history(db(), verzoek.id)
    messages = case_file.kennisgevingen(db(), verzoek.id)
    asked = case_file.aanvullingen(db(), verzoek.id)
    given = case_file.doorsturingen(db(), verzoek.id)
    namen = _names(verzoek, entries, messages, asked)
    status, kleur = STATUS[verzoek.status]
    return render_template(
        "hulpverlener/dossier.html",
        verzoek=verzoek,
        status=status,
        kleur=kleur,
        bekijkers=bekijken.bekijkers(verzoek.id),
        termijn=termijnen.of(verzoek, today),
        wgs=termijnen.beside(verzoek, today),
        feiten=_facts(verzoek, namen),
        dreigingen=antwoorden.threats(verzoek.antwoorden),
        waarschuwingen=waarschuwingen.of(verzoek, queue.earlier_requests(db(), verzoek), given, today),
        **_people(verzoek, namen, today),
        fotos=fotos.by_onderwerp(db(), verzoek.id),
        voortgang=_progress(messages, verzoek.id),
        datalekken=terugroepen.leaks(verzoek.id),
        niet_ingelicht=bijkomen.open_work(verzoek, messages),
        stiltes={id: STILTE[each.stand] for id, each in stilte.of_case(db(), verzoek.id).items()},
        mails=mail.regels(received.of_case(db(), verzoek.id)),
        meldingen=meldingen.gemeld(
            verzoek, case_file.meldingen(db(), verzoek.id), {each.id: each.schuldeiser.naam for each in messages}
        ),
        vragen=_questions(asked, entries, namen),
        vandaag=today,
        notities=notities.written(case_file.notities(db(), verzoek.id), namen),
        controles=notities.controles(case_file.registercontroles(db(), verzoek.id), namen),
        geschiedenis=geschiedenis.in_brief(entries, namen),
        recent=RECENT,
        **einde.near(verzoek, messages, today),
        **_messages(verzoek.id),
        **_acts(verzoek, actor()),
    )


def _people(verzoek: Pauzeverzoek, namen: Namen, today: date) -> dict[str, object]:
    """Whom it is about, and in what situation."""
    return {
        "persoon": antwoorden.persoon(verzoek, today),
        "situatie": antwoorden.situatie(verzoek),
        "partner": partner.rows(verzoek, namen),
    }


def _messages(verzoek_id: UUID) -> dict[str, object]:
    """What the hulpvrager was told, and what could not be told by mail."""
    untold = case_file.untold(db(), verzoek_id)
    return {
        "berichten": [
            (each, BERICHT[each.soort], *VERZENDING[each.status], TAAL[each.written_in])
            for each in case_file.berichten(db(), verzoek_id)
        ],
        "niet_verteld": [(each, BERICHT[each.soort]) for each in untold],
        "gebeldform": GebeldForm(formdata=None, berichten=" ".join(str(each.id) for each in untold)),
    }


def _names(
    verzoek: Pauzeverzoek, entries: Sequence[AuditEntry], messages: Sequence[Kennisgeving], asked: Sequence[Aanvulling]
) -> Namen:
    staff = medewerker_ids(entries) | {each.asked_by for each in asked}
    staff |= {id for id in (verzoek.decided_by, verzoek.behandelaar_id) if id}
    staff |= {each.heard_by for each in verzoek.toestemmingen if each.heard_by}
    staff |= {each.heard_by for each in (verzoek.partner.toestemmingen if verzoek.partner else ())}
    parties = directory.by_id(db(), schuldeiser_ids(entries))
    return Namen(
        medewerkers=organisatie.names(db(), staff),
        schuldeisers={party.id: party.naam for party in parties},
        ontvangers={message.id: message.schuldeiser.naam for message in messages},
        gemeenten=gemeenten.names_of(db(), gemeente_codes(entries)),
    )


def _questions(
    asked: Sequence[Aanvulling], entries: Sequence[AuditEntry], namen: Namen
) -> list[tuple[Aanvulling, str, str]]:
    """Each question with who asked it, and who wrote the answer down when it came by telephone."""
    noted = {entry.at: entry.actor_id for entry in entries if geschiedenis.is_noted_answer(entry)}
    return [
        (each, namen.staff(each.asked_by), namen.staff(noted[each.answered_at]) if each.answered_at in noted else "")
        for each in asked
    ]


def _facts(verzoek: Pauzeverzoek, namen: Namen) -> list[antwoorden.Rij]:
    """The head of the case, below its name."""
    given = verzoek.toestemming
    rows: list[antwoorden.Rij] = [
        ("Kenmerk", verzoek.kenmerk),
        ("Gemeente", verzoek.gemeente.naam if verzoek.gemeente else ""),
        ("Ingediend", day(verzoek.meldingsdatum)),
        ("Behandelaar", verzoek.behandelaar.naam if verzoek.behandelaar else "Nog niemand"),
        ("Toestemming", _consent(given, namen)),
    ]
    if taal := other_taal(verzoek):
        rows.append(("Taal", f"Leest {taal}"))
    if verzoek.decided_at and verzoek.decided_by:
        rows.append(("Besluit", f"{_on(verzoek.decided_at)}, door {namen.staff(verzoek.decided_by)}"))
    rows += _wgs(verzoek)
    if verzoek.start_on and verzoek.eind_on:
        rows.append(("Pauze", f"{day(verzoek.start_on)} tot en met {day(verzoek.eind_on)}"))
    if verzoek.toelichting:
        rows.append(("Waarom geen pauze", verzoek.toelichting))
    if verzoek.eindreden:
        rows.append(("Waarom gestopt", EINDREDEN[verzoek.eindreden]))
    return rows


def _consent(given: Toestemming | None, namen: Namen) -> str:
    if given is None:
        return "Nee"
    heard = f", mondeling aan {namen.staff(given.heard_by)}" if given.heard_by else ""
    return f"Gegeven op {_on(given.given_at)} (versie {given.versie}){heard}"


def _wgs(verzoek: Pauzeverzoek) -> list[antwoorden.Rij]:
    """The two clocks of the Wgs: each its day, or the last day for it as long as somebody waits."""
    if verzoek.status not in WGS_LOOPT:
        return []
    if verzoek.eerste_gesprek_on is None:
        return [("Eerste gesprek", f"Uiterlijk {day(verzoek.eerste_gesprek_voor)}" if verzoek.klok else NOT_NOTED)]
    said = "Toegelaten tot de schuldhulp" if verzoek.toegelaten else "Niet toegelaten tot de schuldhulp"
    decided = f"{said}, {day(verzoek.beschikking_on)}" if verzoek.beschikking_on else ""
    due = f"Uiterlijk {day(verzoek.beschikking_voor)}" if verzoek.klok else NOT_NOTED
    return [("Eerste gesprek", f"Gehouden op {day(verzoek.eerste_gesprek_on)}"), ("Beschikking", decided or due)]


def _on(instant: datetime) -> str:
    return day(clock.dutch_date(instant))


def _progress(messages: Sequence[Kennisgeving], verzoek_id: UUID) -> list[Voortgang]:
    waiting = [m.id for m in messages if m.kanaal is Kanaal.EMAIL and m.status is Verzendstatus.KLAAR]
    attempts = case_file.pogingen(db(), verzoek_id) if messages else []
    given = antwoord.last_answers(db(), verzoek_id) if messages else {}
    return ontvangers.progress(messages, attempts, case_file.next_attempts(db(), waiting), given)


def _acts(verzoek: Pauzeverzoek, acting: Actor) -> dict[str, object]:
    """What this member of staff may do now."""
    reviewer = acting.is_reviewer
    proposals = voorstellen.certain_ones(verzoek, voorstellen.find(_unmatched(verzoek))) if (
        reviewer and zaak.may_match(verzoek)
    ) else []  # fmt: skip
    return {
        "mag_overnemen": zaak.may_take(verzoek, acting),
        "mag_overdragen": reviewer and zaak.allows(verzoek, Move.ASSIGN) and verzoek.behandelaar_id is not None,
        "mag_koppelen": reviewer and zaak.may_match(verzoek),
        "mag_goedkeuren": reviewer and zaak.allows(verzoek, Move.APPROVE),
        "mag_vragen": reviewer and zaak.allows(verzoek, Move.REQUEST_SUPPLEMENT),
        "mag_antwoord_noteren": reviewer and zaak.allows(verzoek, Move.SUPPLEMENT),
        "mag_niet_goedkeuren": reviewer and zaak.allows(verzoek, Move.DECLINE),
        "mag_doorsturen": reviewer and zaak.allows(verzoek, Move.FORWARD),
        "mag_wgs_noteren": reviewer and verzoek.status in WGS_LOOPT,
        "mag_toestemming_noteren": reviewer and verzoek.wants_toestemming,
        "mag_toestemming_intrekken": reviewer and verzoek.is_open and verzoek.toestemming is not None,
        "mag_geheim_opheffen": reviewer and verzoek.is_open and verzoek.adres.geheim,
        "mag_partner": reviewer and verzoek.may_have_partner,
        "mag_partner_verwijderen": reviewer and verzoek.may_forget_partner,
        "mag_corrigeren": reviewer and zaak.allows(verzoek, Move.CORRECT),
        "mag_bijkomen": reviewer and zaak.allows(verzoek, Move.ADD),
        "mag_verlengen": reviewer and zaak.allows(verzoek, Move.EXTEND),
        "mag_beeindigen": reviewer and zaak.allows(verzoek, Move.END),
        "mag_versturen": reviewer,
        "bellen": terugbellen.gevraagd(verzoek),
        "ongekoppeld": len(_unmatched(verzoek)),
        "versieform": VersieForm(formdata=None, versie=str(verzoek.versie)),
        "voorstelform": _proposal_form(proposals) if proposals else None,
        "voorstel_uitleg": {proposal.sleutel: _told(proposal) for proposal in proposals},
    }


def _unmatched(verzoek: Pauzeverzoek) -> list[Schuld]:
    return [schuld for schuld in verzoek.schulden if not schuld.is_matched]


def _proposal_form(proposals: list[voorstellen.Voorstel]) -> VoorstellenForm:
    form = VoorstellenForm(formdata=None, voorstel=[proposal.sleutel for proposal in proposals])
    form.voorstel.choices = {
        proposal.sleutel: f"Schuld {proposal.schuld.volgnummer}: {en([party.naam for party in proposal.parties])}"
        for proposal in proposals
    }
    return form


def _told(proposal: voorstellen.Voorstel) -> str:
    told = proposal.schuld.verteld
    namens = f", namens ‘{told.namens}’" if told.namens else ""
    without = "weggelaten, het lijkt een BSN of een geheim adres" if told.referentie else "niet ingevuld"
    return f"Getypt: ‘{told.naam}’{namens}. Kenmerk: {proposal.referentie or without}."


@bp.post("/werkvoorraad/<uuid:verzoek_id>/overnemen")
@may_act
def overnemen(verzoek_id: UUID) -> Response:
    """Take the case, or take it over. The second of two people is told that the first has it."""
    verzoek = zaak.load(verzoek_id)  # first: another organisatie's is not there, whatever was sent
    review.assign_to_self(db(), actor(), verzoek.id, VersieForm().read_versie)
    flash("U bent nu de behandelaar van deze zaak.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id))


@bp.post("/werkvoorraad/<uuid:verzoek_id>/voorstellen")
@may_act
def voorstellen_bevestigen(verzoek_id: UUID) -> Response:
    """Match every schuld whose parties are certain, as far as they are ticked, in one act."""
    verzoek = zaak.load_matchable(verzoek_id)
    ticked = set(VoorstellenForm().voorstel.data or ())
    proposals = voorstellen.certain_ones(verzoek, voorstellen.find(_unmatched(verzoek)))
    matches = {proposal.schuld.id: proposal.match for proposal in proposals if proposal.sleutel in ticked}
    if not matches:
        flash("Er is niets gekoppeld. Zet een vinkje bij de voorstellen die kloppen.", "warning")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="schulden"))
    review.match_schulden(db(), actor(), verzoek_id, matches)
    flash(f"{plural(len(matches), 'schuld is', 'schulden zijn')} gekoppeld.", "ok")
    return redirect(_after_matching(verzoek_id))


def _after_matching(verzoek_id: UUID) -> str:
    """With everything tied the decision is next; else the list, to see what is left."""
    verzoek = zaak.load(verzoek_id)
    if zaak.allows(verzoek, Move.APPROVE) and not _unmatched(verzoek):
        return url_for(".besluit", verzoek_id=verzoek_id)
    return url_for(".dossier", verzoek_id=verzoek_id, _anchor="schulden")
