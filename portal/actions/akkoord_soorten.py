"""What needs a second key: of each kind who may ask it, and what is done once somebody agreed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import joinedload

from portal.actions.directory import keeper_name
from portal.actions.verzending import may_go_again
from portal.actions.work import Work
from portal.clock import dutch_date
from portal.db import jobs
from portal.domain import events
from portal.domain.akkoord import Akkoordsoort
from portal.domain.email import is_email
from portal.domain.errors import AdresOngeldig, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Eindreden, Status, Verzendstatus
from portal.models import Akkoordvraag, Kennisgeving, Pauzeverzoek, Schuldeiser
from portal.queries import akkoord, dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Wens:
    """What somebody wants to do. The fields are those of `Akkoordvraag`; make it with one of the functions below."""

    soort: Akkoordsoort
    onderwerp_id: UUID
    schuldeiser_id: UUID | None = None
    verzoek_id: UUID | None = None
    email: str | None = None
    postadres: str | None = None
    inhoud: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Soortregel:
    """`check` refuses what cannot be, and says whose staff decides; `carry_out` does it."""

    check: Callable[[Work, Wens], UUID | None]
    carry_out: Callable[[Work, Akkoordvraag], None]


# --- a secret address that is secret no longer ----------------------------------------------------


def lift_geheim(verzoek_id: UUID) -> Wens:
    """The address of a case under review may be told to schuldeisers."""
    return Wens(soort=Akkoordsoort.GEHEIM_ADRES, onderwerp_id=verzoek_id, verzoek_id=verzoek_id)


def _check_geheim(work: Work, wens: Wens) -> UUID | None:
    verzoek = _secret(work, wens.onderwerp_id)
    return verzoek.organisatie_id


def _lift_geheim(work: Work, vraag: Akkoordvraag) -> None:
    verzoek = _secret(work, vraag.onderwerp_id)
    work.record(verzoek.lift_geheim(work.now))


def _secret(work: Work, verzoek_id: UUID) -> Pauzeverzoek:
    _expect_reviewer(work)
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    if not (verzoek.is_open and verzoek.adres.geheim):
        raise MoveNotAllowed(f"lift a secret address in {verzoek.status}")
    return verzoek


# --- the e-mail address of a schuldeiser ----------------------------------------------------------


def change_email(schuldeiser_id: UUID, email: str) -> Wens:
    """Another address, for every message to this schuldeiser from then on."""
    return Wens(
        soort=Akkoordsoort.CONTACTGEGEVENS, onderwerp_id=schuldeiser_id, schuldeiser_id=schuldeiser_id, email=email
    )


def _check_contact(work: Work, wens: Wens) -> UUID | None:
    """The chain before the row, as its machine does that asks the same (`actions.contact`)."""
    work.lock(wens.onderwerp_id)
    entry = work.load_for_update(Schuldeiser, wens.onderwerp_id)
    if wens.email is not None and not is_email(wens.email):
        raise AdresOngeldig("email")
    return entry.organisatie_id


def _change_contact(work: Work, vraag: Akkoordvraag) -> None:
    entry = work.load_for_update(Schuldeiser, vraag.onderwerp_id)
    if vraag.email is not None:
        entry.verify_email(vraag.email, by=keeper_name(work.session, work.actor), on=dutch_date(work.now))
        work.record(events.SchuldeiserAddressVerified(keten=vraag.decided_keten, schuldeiser_id=entry.id))
    if vraag.postadres is not None:
        entry.postadres = vraag.postadres
        work.record(events.SchuldeiserPostadresChanged(keten=vraag.decided_keten, schuldeiser_id=entry.id))


# --- one message to an address that nobody verified -----------------------------------------------


def mail_unverified(message: Kennisgeving) -> Wens:
    """This one message goes to the address in the directory, verified or not."""
    return Wens(
        soort=Akkoordsoort.ONGECONTROLEERD_ADRES,
        onderwerp_id=message.id,
        schuldeiser_id=message.schuldeiser_id,
        verzoek_id=message.verzoek_id,
        email=message.schuldeiser.email,
    )


def may_be_mailed_unverified(message: Kennisgeving) -> bool:
    """Whether it waits to be posted or came back, while the directory holds an address that nobody verified."""
    waits = message.kanaal is Kanaal.BRIEF and message.status is Verzendstatus.KLAAR
    party = message.schuldeiser
    return (waits or message.status is Verzendstatus.NIET_BEZORGD) and bool(party.email) and not party.verified_email


def _check_unverified(work: Work, wens: Wens) -> UUID | None:
    return _unverified(work, wens.onderwerp_id, wens.email).organisatie_id


def _mail_unverified(work: Work, vraag: Akkoordvraag) -> None:
    message = _unverified(work, vraag.onderwerp_id, vraag.email)
    work.record(message.mail_to(message.schuldeiser.email or ""))


def _unverified(work: Work, message_id: UUID, email: str | None) -> Kennisgeving:
    """The message, if its address is still the one that was asked about."""
    _expect_reviewer(work)
    message = work.load_for_update(Kennisgeving, message_id, joinedload(Kennisgeving.schuldeiser))
    same = message.schuldeiser.email == email
    if not (same and may_be_mailed_unverified(message) and may_go_again(work, message)):
        raise MoveNotAllowed("mail to an unverified address")
    return message


# --- many at once ---------------------------------------------------------------------------------


def end_many(vraag_id: UUID, verzoek_ids: list[UUID], reden: Eindreden) -> Wens:
    """End these running pauses. The worker does it, one by one: what cannot be ended stops no other."""
    inhoud = {"ids": [str(id) for id in verzoek_ids], "reden": str(reden)}
    return Wens(soort=Akkoordsoort.VEEL_BEEINDIGEN, onderwerp_id=vraag_id, inhoud=inhoud)


def resend_many(schuldeiser_id: UUID, kennisgeving_ids: list[UUID]) -> Wens:
    """Send these undelivered messages again, to the present verified address of their schuldeiser."""
    return Wens(
        soort=Akkoordsoort.VEEL_OPNIEUW,
        onderwerp_id=schuldeiser_id,
        schuldeiser_id=schuldeiser_id,
        inhoud={"ids": [str(id) for id in kennisgeving_ids]},
    )


def _check_end(work: Work, wens: Wens) -> UUID | None:
    _expect_reviewer(work)
    cases = [work.session.get(Pauzeverzoek, UUID(id)) for id in _listed(wens.inhoud)]
    if not all(case is not None and case.status is Status.GOEDGEKEURD for case in cases):
        raise MoveNotAllowed("end what does not run")
    return work.actor.organisatie_id


def _check_resend(work: Work, wens: Wens) -> UUID | None:
    _expect_reviewer(work)
    known = set(akkoord.failed_at(work.session, work.actor, wens.onderwerp_id))
    if not {UUID(id) for id in _listed(wens.inhoud)} <= known:
        raise MoveNotAllowed("send again what was delivered")
    return work.actor.organisatie_id


def _hand_to_worker(work: Work, vraag: Akkoordvraag) -> None:
    jobs.defer(work.session, jobs.CARRY_OUT, [vraag.id])


def _listed(inhoud: dict[str, Any] | None) -> list[str]:
    ids: list[str] = (inhoud or {}).get("ids", [])
    if not 0 < len(ids) <= akkoord.MAX_ZAKEN:
        raise NotFound("nothing, or too much, to do")
    return ids


def _expect_reviewer(work: Work) -> None:
    if not work.actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider asks this")


SOORTEN: dict[Akkoordsoort, Soortregel] = {
    Akkoordsoort.GEHEIM_ADRES: Soortregel(_check_geheim, _lift_geheim),
    Akkoordsoort.CONTACTGEGEVENS: Soortregel(_check_contact, _change_contact),
    Akkoordsoort.ONGECONTROLEERD_ADRES: Soortregel(_check_unverified, _mail_unverified),
    Akkoordsoort.VEEL_BEEINDIGEN: Soortregel(_check_end, _hand_to_worker),
    Akkoordsoort.VEEL_OPNIEUW: Soortregel(_check_resend, _hand_to_worker),
}
"""Complete: every kind has a rule."""
