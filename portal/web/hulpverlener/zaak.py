"""What every page below a case shares: the case itself, and which acts its status allows to whom."""

from uuid import UUID

from portal.domain.errors import MoveNotAllowed
from portal.domain.roles import Actor
from portal.domain.status import MOVES, WHOLE, Move
from portal.models import Pauzeverzoek
from portal.queries import dossier, organisatie
from portal.web.session import actor, db


def load(verzoek_id: UUID) -> Pauzeverzoek:
    """The case with all that a decision needs. Raises NotFound when it is not of the own organisatie."""
    return dossier.load(db(), verzoek_id)


def load_for(verzoek_id: UUID, move: Move) -> Pauzeverzoek:
    """The case, if its status allows this act: a page that leads nowhere is not shown. Raises MoveNotAllowed."""
    verzoek = load(verzoek_id)
    if not allows(verzoek, move):
        raise MoveNotAllowed(f"{move} from {verzoek.status}")
    return verzoek


def load_open(verzoek_id: UUID) -> Pauzeverzoek:
    """The case, if nobody decided yet. Raises MoveNotAllowed."""
    verzoek = load(verzoek_id)
    if not verzoek.is_open:
        raise MoveNotAllowed(f"open page in {verzoek.status}")
    return verzoek


def load_matchable(verzoek_id: UUID) -> Pauzeverzoek:
    """The case, if schulden may be tied to parties: until the decision, and while the pause runs. Raises
    MoveNotAllowed.
    """
    verzoek = load(verzoek_id)
    if not may_match(verzoek):
        raise MoveNotAllowed(f"match in {verzoek.status}")
    return verzoek


def may_match(verzoek: Pauzeverzoek) -> bool:
    return (verzoek.is_open and not verzoek.onvolledig) or verzoek.is_running


def own_name() -> str:
    """The name that stands in a message as whom to call: of the one who acts."""
    id = actor().id
    return organisatie.names(db(), [id])[id] if id else ""


def allows(verzoek: Pauzeverzoek, move: Move) -> bool:
    """Whether its status allows this act, and what it needs to know is there."""
    return verzoek.status in MOVES[move] and not (verzoek.onvolledig and move in WHOLE)


def may_take(verzoek: Pauzeverzoek, actor: Actor) -> bool:
    """Whether this member of staff can take the case, or take it over."""
    return actor.is_reviewer and allows(verzoek, Move.ASSIGN) and verzoek.behandelaar_id != actor.id
