"""What a hulpvrager does: begin, answer, list schulden, submit, consent later, supplement, withdraw."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete

from portal.actions import aanvullen, fotos, toegang
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import antwoorden, events
from portal.domain.antwoorden import JA, MAX_SCHULDEN, Sectie
from portal.domain.errors import (
    AndereIdentiteit,
    AndersBeantwoord,
    GemeenteDoetNietMee,
    MoveNotAllowed,
    NietCompleet,
    NotFound,
    TeVeelSchulden,
)
from portal.domain.foto import Beeld
from portal.domain.kenmerk import new_kenmerk
from portal.domain.roles import Actor
from portal.domain.stappen import CONTROLE, Omgeving, first_open
from portal.domain.status import Status
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek, Schuld, Toestemming
from portal.models.schuld import volgnummer_after
from portal.queries import dossier
from portal.queries.reis import route_of
from portal.texts import toestemming


def start_pauzeverzoek(session: ScopedSession, taal: Taal | None = None) -> UUID:
    """Begin a concept, in the language that the visitor chose; returns its id. The visitor becomes its hulpvrager."""
    id = uuid4()
    with unit_of_work(session, Actor.hulpvrager(id)) as work:
        verzoek = Pauzeverzoek.start(id, new_kenmerk(), work.now)
        verzoek.taal = taal
        work.add(verzoek)
        work.record(events.PauzeverzoekStarted(keten=id, kenmerk=verzoek.kenmerk))
    return id


def save_answers(
    session: ScopedSession,
    actor: Actor,
    secties: Mapping[str, dict[str, Any]],
    *,
    seen: Mapping[str, str | None] | None = None,
) -> None:
    """Keep the answers to these questions; `seen` has the `stand` of the answers that the page was opened on.

    Raises MoveNotAllowed when the pauzeverzoek was submitted already, AndersBeantwoord when `seen` is not what is kept.
    """
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        for stap, stand in (seen or {}).items():
            _check_seen(verzoek.antwoorden.get(stap), secties[stap], stand)
        mailed_to = verzoek.contact.link_email
        for stap, sectie in secties.items():
            work.record(verzoek.answer(stap, sectie, work.now))
            if stap == "toestemming":
                _renew_toestemming(work, verzoek, given=sectie.get("keuze") == JA)
        if verzoek.contact.link_email != mailed_to:
            toegang.revoke_links(work, verzoek.id)


def confirm_identity(
    session: ScopedSession, actor: Actor, bron: str, bsn: str, secties: dict[str, dict[str, Any]]
) -> None:
    """Fill in what an identity provider vouches for; `bron` locks it. Only in a concept.

    The first time every way in is closed, this browser's too, and the contact is asked again: somebody else may have
    begun this concept and wait for what is filled in. Raises MoveNotAllowed, and AndereIdentiteit when it was confirmed
    as somebody else's before.
    """
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if verzoek.bsn not in (None, bsn):
            raise AndereIdentiteit(str(verzoek.id))
        if verzoek.bsn is None:
            toegang.close_ways_in(work, verzoek)
            verzoek.ask_again("contact")
        for stap, sectie in secties.items():
            verzoek.answer(stap, sectie, work.now)
        verzoek.bsn, verzoek.bron = bsn, bron
        work.record(events.IdentiteitConfirmed(keten=verzoek.id, bron=bron))


def add_schuld(
    session: ScopedSession,
    actor: Actor,
    verzoek_id: UUID,
    gegevens: dict[str, Any],
    *,
    id: UUID | None = None,
    beeld: Beeld | None = None,
    melding_id: UUID | None = None,
) -> UUID:
    """Add a line to the list, with the photo of its letter. Raises TeVeelSchulden beyond 60, TeVeelFotos.

    A hulpvrager may until the decision, a reviewer until the pause is over. With an `id` the act can be repeated: a
    line that is there already stays as it is. Of a `melding_id` the photos go along.
    """
    with unit_of_work(session, actor) as work:
        verzoek = editable(work, verzoek_id, adding=True)
        if id is not None and id in {line.id for line in verzoek.schulden}:
            return id
        if len(verzoek.schulden) >= MAX_SCHULDEN:
            raise TeVeelSchulden(str(MAX_SCHULDEN))
        volgnummer = volgnummer_after(verzoek.schulden)
        schuld = Schuld(id=id, verzoek_id=verzoek.id, volgnummer=volgnummer, gegevens=gegevens)
        schuld.schuldenaar = schuld.verteld.schuldenaar
        verzoek.schulden.append(schuld)
        verzoek.touch(work.now)
        work.record(events.SchuldAdded(keten=verzoek.id, **schuld.named))
        if beeld is not None:
            fotos.keep(work, schuld, beeld)
        if melding_id is not None:
            fotos.move(work, melding_id, schuld)
        return schuld.id


def change_schuld(
    session: ScopedSession,
    actor: Actor,
    verzoek_id: UUID,
    schuld_id: UUID,
    gegevens: dict[str, Any],
    *,
    seen: str | None = None,
    beeld: Beeld | None = None,
) -> None:
    """Change a line of the list, or add a photo. Raises NotFound, TeVeelFotos, and AndersBeantwoord when `seen` is not
    what is kept.
    """
    with unit_of_work(session, actor) as work:
        verzoek = editable(work, verzoek_id)
        schuld = line_of(verzoek, schuld_id)
        _check_seen(schuld.gegevens, gegevens, seen)
        schuld.tell(gegevens)
        verzoek.touch(work.now)
        work.record(events.SchuldChanged(keten=verzoek.id, **schuld.named))
        if beeld is not None:
            fotos.keep(work, schuld, beeld)


def remove_schuld(session: ScopedSession, actor: Actor, verzoek_id: UUID, schuld_id: UUID) -> None:
    """Take a line off the list. Raises NotFound when it is gone already."""
    with unit_of_work(session, actor) as work:
        verzoek = editable(work, verzoek_id)
        schuld = line_of(verzoek, schuld_id)
        fotos.drop(work, schuld)
        verzoek.schulden.remove(schuld)
        verzoek.touch(work.now)
        work.record(events.SchuldRemoved(keten=verzoek.id, **schuld.named))


def submit(session: ScopedSession, actor: Actor) -> None:
    """File the pauzeverzoek: it is an aanmelding under the Wgs from this moment, at the gemeente of this day. Who asked
    to be called has that aanmelding already, and completes it.

    Raises MoveNotAllowed when it was filed already, NietCompleet, GemeenteDoetNietMee.
    """
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if not verzoek.may_answer:
            raise MoveNotAllowed(f"submit from {verzoek.status}")
        today = dutch_date(work.now)
        route = route_of(session, verzoek, today)
        opened = first_open(verzoek.antwoorden, Omgeving(today, route is not None and route.doet_mee))
        if opened != CONTROLE:
            raise NietCompleet(opened)
        if route is None or route.organisatie is None:
            raise GemeenteDoetNietMee(str(verzoek.id))
        work.record(verzoek.submit(work.now, route.gemeente, route.organisatie))
        if verzoek.status is Status.IN_BEHANDELING:  # a hulpverlener has it already, without these answers
            verzoek.aangevuld_at = work.now


def give_toestemming(session: ScopedSession, actor: Actor) -> None:
    """Consent after filing, for who said no before. Raises MoveNotAllowed once decided, and when there is one.

    It counts as a change of the case: who is about to decline because there is no consent is told first.
    """
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if not verzoek.is_open or verzoek.toestemming is not None:
            raise MoveNotAllowed(f"give toestemming in {verzoek.status}")
        give(work, verzoek)
        verzoek.touch(work.now)


def revoke_toestemming(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> None:
    """Take the consent back while nobody has decided: the hulpvrager, or a reviewer who heard it on the telephone.

    The request stays an aanmelding. Once approved there is `withdraw` or `end_pauze`. Raises NotFound, MoveNotAllowed
    once decided, and when there is none.
    """
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
        if not verzoek.is_open or verzoek.toestemming is None:
            raise MoveNotAllowed(f"revoke toestemming in {verzoek.status}")
        take_back(work, verzoek)
        verzoek.touch(work.now)


def delete_concept(session: ScopedSession, actor: Actor) -> None:
    """Delete a concept with everything in it, at once; that there was one stays in the trail. Raises MoveNotAllowed."""
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if verzoek.status is not Status.CONCEPT:
            raise MoveNotAllowed(f"delete in {verzoek.status}")
        gone = events.ConceptDeleted(keten=verzoek.id, begonnen_on=dutch_date(verzoek.created_at))
        session.expunge_all()
        session.execute(delete(Pauzeverzoek).where(Pauzeverzoek.id == gone.keten))
        work.record(gone)


def supplement(
    session: ScopedSession, actor: Actor, reactie: str, beeld: Beeld | None = None, *, vraag_id: UUID | None = None
) -> None:
    """Answer the open question of the hulpverlener, the one that was seen. Raises MoveNotAllowed, TeVeelFotos."""
    with unit_of_work(session, actor) as work:
        aanvullen.answer_question(work, own(work), reactie, beeld, vraag_id=vraag_id)


def withdraw(session: ScopedSession, actor: Actor) -> None:
    """Stop. The toestemming ends with it, nothing more is sent, and who was told is told that it ends."""
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        happened = verzoek.withdraw(work.now)
        work.record(happened)
        take_back(work, verzoek)


def _check_seen(kept: Sectie | None, told: Sectie, seen: str | None) -> None:
    """The same answer again, of a page that was sent twice, does no harm."""
    if seen is not None and seen != antwoorden.stand(kept) and kept != told:
        raise AndersBeantwoord


def own(work: Work) -> Pauzeverzoek:
    """Within an act: the case of the hulpvrager who acts, locked. Raises NotFound."""
    if work.actor.id is None:
        raise NotFound("no pauzeverzoek without a hulpvrager")
    return work.load_for_update(Pauzeverzoek, work.actor.id, *dossier.DOSSIER)


def editable(work: Work, verzoek_id: UUID, *, adding: bool = False) -> Pauzeverzoek:
    """Within an act: the case, if this actor may change its list. What was filed or what runs can only be added to."""
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    if work.actor.is_reviewer:
        may = (verzoek.is_open and not verzoek.onvolledig) or (adding and verzoek.is_running)
    else:
        may = verzoek.may_answer or (adding and verzoek.is_open and work.actor.id == verzoek.id)
    if not may:
        raise MoveNotAllowed(f"list of schulden in {verzoek.status}")
    return verzoek


def line_of(verzoek: Pauzeverzoek, schuld_id: UUID) -> Schuld:
    """One line of the list. Raises NotFound."""
    for schuld in verzoek.schulden:
        if schuld.id == schuld_id:
            return schuld
    raise NotFound(f"schuld {schuld_id}")


def _renew_toestemming(work: Work, verzoek: Pauzeverzoek, *, given: bool) -> None:
    """A new answer replaces the earlier consent, which is kept as revoked."""
    take_back(work, verzoek)
    if given:
        give(work, verzoek)


def give(work: Work, verzoek: Pauzeverzoek) -> None:
    """Within an act: the toestemming of now. A reviewer writes down what the hulpvrager said by word of mouth."""
    verzoek.toestemmingen.append(
        Toestemming(
            verzoek_id=verzoek.id,
            versie=toestemming.VERSIE,
            tekst_sha256=toestemming.SHA256,
            given_at=work.now,
            heard_by=work.actor.id if work.actor.is_reviewer else None,
        )
    )
    work.record(events.ToestemmingGiven(keten=verzoek.id, versie=toestemming.VERSIE))


def take_back(work: Work, verzoek: Pauzeverzoek) -> None:
    """Within an act: the toestemming in force, if there is one, no longer holds."""
    in_force = verzoek.toestemming
    if in_force is not None:
        in_force.revoked_at = work.now
        work.record(events.ToestemmingRevoked(keten=verzoek.id, versie=in_force.versie))
