"""What a hulpverlener does with an answer: look at it, or pass the Kennisgeving on to who handles the claim now."""

from dataclasses import replace
from uuid import UUID

from portal.actions import berichten
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.errors import BestaatAl, DuurOngeldig, GeenToestemming, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.kennisgeving import KennisgevingFeiten, Soort
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Antwoord, Status
from portal.models import Kennisgeving, Medewerker, Pauzeverzoek, Schuldeiser
from portal.models.kennisgeving import kennisgeving_id
from portal.models.ontvanger import Duur, Ontvanger, feiten, ontvangers
from portal.queries import dossier


def handle_answer(session: ScopedSession, actor: Actor, kennisgeving_id: UUID) -> None:
    """Take an answer off the queue. Raises NotAllowed, NotFound, MoveNotAllowed."""
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        work.record(work.load_for_update(Kennisgeving, kennisgeving_id).handle_answer())


def pass_on(session: ScopedSession, actor: Actor, message_id: UUID, schuldeiser_id: UUID) -> None:
    """Tell who handles the claim now, with the first and last day that were asked of who handed it over, within the
    maximum of the pair.

    Raises NotAllowed, NotFound, MoveNotAllowed, GeenToestemming, DuurOngeldig when that maximum has passed, and
    BestaatAl when this party was told already.
    """
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        verzoek, first = _handed_over(work, message_id)
        party = _expect_new_party(work, first, schuldeiser_id)
        _match(work, verzoek, first, party)
        verzoek = work.load_for_update(Pauzeverzoek, verzoek.id, *dossier.DOSSIER)
        recipient = next(each for each in ontvangers(verzoek) if each.sleutel == (party.id, first.schuldenaar))
        facts = _facts(work, verzoek, first, recipient)
        work.record(first.handle_answer(party.id))
        berichten.issue_kennisgeving(work, verzoek, recipient, facts)


def _expect_reviewer(actor: Actor) -> None:
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider deals with an answer")


def _handed_over(work: Work, message_id: UUID) -> tuple[Pauzeverzoek, Kennisgeving]:
    """The case and the message, locked in the order in which every act locks them."""
    named = work.session.get(Kennisgeving, message_id)
    if named is None:
        raise NotFound(f"kennisgeving {message_id}")
    verzoek = work.load_for_update(Pauzeverzoek, named.verzoek_id, *dossier.DOSSIER)
    first = work.load_for_update(Kennisgeving, message_id)
    over = first.is_over(dutch_date(work.now)) or verzoek.status is not Status.GOEDGEKEURD
    if over or first.antwoord is not Antwoord.OVERGEDRAGEN:
        raise MoveNotAllowed(f"pass on {first.antwoord} in {verzoek.status}")
    if verzoek.toestemming is None or (first.schuldenaar is Schuldenaar.PARTNER and not verzoek.is_partner_told):
        raise GeenToestemming(str(verzoek.id))
    return verzoek, first


def _expect_new_party(work: Work, first: Kennisgeving, schuldeiser_id: UUID) -> Schuldeiser:
    """A party in use that was not told yet. A private person is told through a decision only."""
    party = work.session.get(Schuldeiser, schuldeiser_id)
    if party is None or not party.actief or party.is_particulier:
        raise NotFound(f"schuldeiser {schuldeiser_id}")
    id = kennisgeving_id(first.verzoek_id, (party.id, first.schuldenaar), Soort.KENNISGEVING)
    if work.session.get(Kennisgeving, id) is not None:
        raise BestaatAl(str(party.id))
    return party


def _match(work: Work, verzoek: Pauzeverzoek, first: Kennisgeving, party: Schuldeiser) -> None:
    """Tie the new party to every schuld that the message to the old one is about. The own reference is not known."""
    for schuld in verzoek.schulden:
        parties = {partij.schuldeiser_id for partij in schuld.partijen}
        told = first.schuldeiser_id in parties and schuld.schuldenaar is first.schuldenaar
        if told and party.id not in parties:
            work.record(schuld.add_party(party.id))


def _facts(work: Work, verzoek: Pauzeverzoek, first: Kennisgeving, recipient: Ontvanger) -> KennisgevingFeiten:
    name, today = work.session.get_one(Medewerker, work.actor.id).naam, dutch_date(work.now)
    last = min(first.eind_on, recipient.schuldeiser.last_day(first.start_on))
    if last < today:
        raise DuurOngeldig(f"until {last}")
    facts = feiten(verzoek, recipient, Duur(start_on=first.start_on, maanden=1), name, today)
    return replace(facts, eind_on=last)
