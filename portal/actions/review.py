"""What a hulpverlener decides: take, match, ask, approve and issue, decline, end."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.actions import berichten, verzendplan
from portal.actions.verzendplan import Besluit
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.bsn import contains_bsn
from portal.domain.errors import (
    AdresInReferentie,
    AlVerteld,
    BsnInReferentie,
    MoveNotAllowed,
    NotAllowed,
    NotFound,
)
from portal.domain.roles import Actor
from portal.domain.status import Eindreden
from portal.models import Aanvulling, Medewerker, Pauzeverzoek, Schuldeiser
from portal.models.briefwisseling import briefwisselingen
from portal.queries import dossier


def assign_to_self(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int) -> None:
    """Take a case, or take it over. Raises AlreadyDecided when somebody was first."""
    with _reviewing(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        work.record(verzoek.assign(_self(actor), work.now))


def match_schuld(
    session: ScopedSession,
    actor: Actor,
    verzoek_id: UUID,
    schuld_id: UUID,
    parties: Mapping[UUID, str | None],
) -> None:
    """Tie a schuld to parties of the directory (id → their own reference). An earlier match is replaced.

    Raises NotFound for a party that this organisatie does not see, MoveNotAllowed when there is (to be) no pause,
    BsnInReferentie, AdresInReferentie, and AlVerteld when a party that was told would be left out.
    """
    match_schulden(session, actor, verzoek_id, {schuld_id: parties})


def match_schulden(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, matches: Mapping[UUID, Mapping[UUID, str | None]]
) -> None:
    """Tie several schulden of a case to parties of the directory at once: all or none, an event for each schuld.

    Raises NotFound, MoveNotAllowed, BsnInReferentie, AdresInReferentie, AlVerteld as match_schuld.
    """
    with _reviewing(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
        if not (verzoek.is_open or verzoek.is_running):
            raise MoveNotAllowed(f"match in {verzoek.status}")
        schulden = [schuld for schuld in verzoek.schulden if schuld.id in matches]
        if len(schulden) != len(matches):
            raise NotFound("schuld")
        _expect_parties(session, matches.values())
        expect_references_to_tell_nothing(verzoek, matches.values())
        _expect_told_ones_to_stay(session, verzoek, matches)
        for schuld in schulden:
            schuld.partijen.clear()
        session.flush()
        happened = [schuld.match(dict(matches[schuld.id]), work.now) for schuld in schulden]
        verzoek.touch(work.now)
        for each in happened:
            work.record(each)


def request_supplement(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, vraag: str, antwoord_voor: date | None = None
) -> None:
    """Ask the hulpvrager for something that is missing, on a Dutch calendar day or whenever it suits."""
    with _reviewing(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        happened = verzoek.request_supplement(work.now, antwoord_voor)
        asked = {"asked_at": work.now, "asked_by": _self(actor)}
        work.add(Aanvulling(verzoek_id=verzoek.id, vraag=vraag, antwoord_voor=antwoord_voor, **asked))
        work.record(happened)


def approve_pauzeverzoek(session: ScopedSession, actor: Actor, verzoek_id: UUID, besluit: Besluit) -> int:
    """Approve, and issue a Kennisgeving to everybody who can be told, in one act; returns to how many.

    Who cannot be told is left out, by name in the trail, and stays as open work. Raises AlreadyDecided, MoveNotAllowed,
    GeenToestemming, and what `verzendplan.make` raises.
    """
    with _reviewing(session, actor) as work:
        verzoek = _case(work, verzoek_id, besluit.versie)
        name = session.get_one(Medewerker, _self(actor)).naam
        plan = verzendplan.make(verzoek, besluit, name, dutch_date(work.now))
        happened = verzoek.approve(
            actor,
            work.now,
            start_on=besluit.start_on,
            eind_on=plan.eind_on,
            ontvangers=len(plan.told),
            per_post=plan.per_post,
        )
        work.record(happened)
        for ontvanger, facts in plan.told:
            berichten.issue_kennisgeving(work, verzoek, ontvanger, facts)
        for schuldeiser, belet in plan.left_out:
            work.record(events.OntvangerLeftOut(keten=verzoek.id, schuldeiser_id=schuldeiser.id, belet=belet))
        return len(plan.told)


def decline_pauzeverzoek(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, toelichting: str) -> None:
    """Decide that there is no pause, with a reason in plain words for the hulpvrager."""
    with _reviewing(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        work.record(verzoek.decline(actor, work.now, toelichting))


def end_pauze(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, reden: Eindreden) -> None:
    """End a running pause early, today: the hulpvrager is told, then the schuldeisers. The reason stays inside."""
    with _reviewing(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        work.record(verzoek.end(work.now, reden))


def _reviewing(session: ScopedSession, actor: Actor) -> AbstractContextManager[Work]:
    """A unit of work for an actor who may decide. Raises NotAllowed."""
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider decides")
    return unit_of_work(session, actor)


def _self(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotAllowed("a medewerker has an id")
    return actor.id


def _case(work: Work, verzoek_id: UUID, versie: int) -> Pauzeverzoek:
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    verzoek.expect_version(versie)
    return verzoek


def _expect_parties(session: ScopedSession, matches: Collection[Mapping[UUID, str | None]]) -> None:
    """Every schuld has a party, and each party is one that this organisatie sees and that is in use."""
    ids = {id for parties in matches for id in parties}
    seen = set(session.scalars(select(Schuldeiser.id).where(Schuldeiser.id.in_(ids), Schuldeiser.actief)))
    if not matches or not all(matches) or seen != ids:
        raise NotFound("schuldeiser")


def expect_references_to_tell_nothing(verzoek: Pauzeverzoek, matches: Collection[Mapping[UUID, str | None]]) -> None:
    """A reference stands in a message to a schuldeiser, in its subject too: a BSN or a secret address never does."""
    typed = [(id, referentie or "") for parties in matches for id, referentie in parties.items()]
    if suspect := [id for id, referentie in typed if contains_bsn(referentie)]:
        raise BsnInReferentie(suspect)
    if suspect := [id for id, referentie in typed if verzoek.is_betrayed_by(referentie)]:
        raise AdresInReferentie(suspect)


def _expect_told_ones_to_stay(
    session: ScopedSession, verzoek: Pauzeverzoek, matches: Mapping[UUID, Mapping[UUID, str | None]]
) -> None:
    """Who was told must stay tied to a schuld: an end or a correctie would never reach who is left out."""
    issued = dossier.kennisgevingen(session, verzoek.id) if verzoek.is_running else []
    told = {each.sleutel for each in briefwisselingen(issued) if not each.is_closed}
    left = {
        (id, schuld.schuldenaar) for schuld in verzoek.schulden
        for id in matches.get(schuld.id) or [partij.schuldeiser_id for partij in schuld.partijen]
    }  # fmt: skip
    tied = {(partij.schuldeiser_id, schuld.schuldenaar) for schuld in verzoek.schulden for partij in schuld.partijen}
    if lost := sorted({id for id, _ in (told & tied) - left}):
        raise AlVerteld(lost)
