"""A schuldeiser answers a Kennisgeving: by link, API or mail, or through a hulpverlener who was told."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.beantwoording import MAX_REGEL, TEKSTEN, Antwoordweg, GegevenAntwoord, Geldigheid
from portal.domain.errors import (
    AlreadyDecided,
    AntwoordOngeldig,
    NietMeerTeBeantwoorden,
    NotAllowed,
    SleutelHergebruikt,
)
from portal.domain.roles import Actor, ActorKind
from portal.models import Beantwoording, Kennisgeving, Schuldeiser
from portal.queries import antwoord as answers
from portal.texts.veilig import single_line


def answer(
    session: ScopedSession,
    actor: Actor,
    kennisgeving_id: UUID,
    gegeven: GegevenAntwoord,
    *,
    via: Antwoordweg,
    na: int = 0,
    sleutel: str | None = None,
) -> Beantwoording:
    """Keep an answer; returns the one that counts now. The same answer twice is one.

    `na` is the number of the answer that was seen when this one was given (0: none); `sleutel` is an idempotency key.
    Raises NotFound, NotAllowed, AntwoordOngeldig, NietMeerTeBeantwoorden, SleutelHergebruikt, and AlreadyDecided when
    another answer came between.
    """
    _expect_may_answer(actor)
    with unit_of_work(session, actor) as work:
        kennisgeving = _answered_message(work, kennisgeving_id)
        whole = _cleaned(gegeven).made_whole(kennisgeving.start_on, kennisgeving.eind_on)
        if (known := _given_before(work, kennisgeving.id, whole, sleutel)) is not None:
            return known
        _expect_answerable(work, kennisgeving)
        _expect_known_party(work, kennisgeving, whole.naar_id)
        last = answers.last_answer(session, kennisgeving.id)
        seen = last.volgnummer if last else 0
        if na != seen:
            raise AlreadyDecided(f"answer {seen} came after {na}")
        row = Beantwoording.of(kennisgeving, whole, seen + 1, work.now, via=via, sleutel=sleutel)
        work.add(row)
        work.record(row.answered(kennisgeving.verzoek_id))
        return row


def _expect_may_answer(actor: Actor) -> None:
    if actor.kind not in {ActorKind.SCHULDEISER, ActorKind.SYSTEEM} and not actor.is_reviewer:
        raise NotAllowed("only the schuldeiser, or a hulpverlener who was told, answers")


def _answered_message(work: Work, id: UUID) -> Kennisgeving:
    """The message, locked; for a reminder the one that it reminds of."""
    named = work.load_for_update(Kennisgeving, id)
    meant = answers.meant_by(work.session, named)
    return named if meant is named else work.load_for_update(Kennisgeving, meant.id)


def _cleaned(gegeven: GegevenAntwoord) -> GegevenAntwoord:
    """Each text on one line. One sign too many is kept, so that the rule about length still sees it."""
    texts: dict[str, Any] = {name: single_line(getattr(gegeven, name), MAX_REGEL + 1) for name in TEKSTEN}
    return replace(gegeven, **texts)


def _given_before(work: Work, id: UUID, whole: GegevenAntwoord, sleutel: str | None) -> Beantwoording | None:
    """The row that says the same already. Raises SleutelHergebruikt."""
    if sleutel is not None:
        by_key = select(Beantwoording).where(Beantwoording.kennisgeving_id == id, Beantwoording.sleutel == sleutel)
        if (row := work.session.scalars(by_key).first()) is not None:
            if row.gegeven != whole:
                raise SleutelHergebruikt(str(row.id))
            return row
    last = answers.last_answer(work.session, id)
    return last if last is not None and last.gegeven == whole else None


def _expect_answerable(work: Work, kennisgeving: Kennisgeving) -> None:
    others = answers.to_same_recipient(work.session, kennisgeving)
    stand = kennisgeving.geldigheid(others, dutch_date(work.now))
    if stand is not Geldigheid.GELDIG:
        raise NietMeerTeBeantwoorden(f"{kennisgeving.soort}: {stand}")


def _expect_known_party(work: Work, kennisgeving: Kennisgeving, id: UUID | None) -> None:
    """An active party that the giver sees in the directory, and another than the recipient itself."""
    if id is None:
        return
    found = select(Schuldeiser.id).where(Schuldeiser.id == id, Schuldeiser.actief)
    if id == kennisgeving.schuldeiser_id or work.session.scalar(found) is None:
        raise AntwoordOngeldig("naar_id")
