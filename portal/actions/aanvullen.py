"""The answer to a question of the hulpverlener: given on the own page, or heard on the telephone."""

from uuid import UUID

from portal.actions import fotos
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.foto import Beeld
from portal.domain.roles import Actor
from portal.models import Aanvulling, Pauzeverzoek
from portal.queries import dossier


def note_supplement(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, reactie: str) -> None:
    """Write down what the hulpvrager answered on the telephone: the review goes on.

    Raises NotAllowed, NotFound, AlreadyDecided, and MoveNotAllowed when no question waits for an answer.
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider writes down an answer")
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id)
        verzoek.expect_version(versie)
        answer_question(work, verzoek, reactie)


def answer_question(
    work: Work, verzoek: Pauzeverzoek, reactie: str, beeld: Beeld | None = None, *, vraag_id: UUID | None = None
) -> None:
    """Keep the answer to the open question: words, a photo of a letter, or both. Raises MoveNotAllowed, also when it
    is not the question that was seen (`vraag_id`), and TeVeelFotos.
    """
    happened = verzoek.supplement(work.now)
    asked = dossier.aanvullingen(work.session, verzoek.id)[-1]
    if vraag_id is not None and asked.id != vraag_id:
        raise MoveNotAllowed(f"aanvulling {vraag_id} is answered")
    answered = work.load_for_update(Aanvulling, asked.id)
    answered.reactie, answered.answered_at = reactie or None, work.now
    work.record(happened)
    if beeld is not None:
        fotos.keep(work, answered, beeld)
