"""The three state machines: the pauzeverzoek (legal), the Kennisgeving, and the answer of a schuldeiser.

`docs/statussen.md` is generated from these tables; a test compares the two.
"""

from collections.abc import Mapping
from enum import StrEnum

from portal.domain.errors import MoveNotAllowed


class Status(StrEnum):
    """Where a pauzeverzoek stands."""

    CONCEPT = "concept"
    INGEDIEND = "ingediend"
    IN_BEHANDELING = "in_behandeling"
    AANVULLING_GEVRAAGD = "aanvulling_gevraagd"
    GOEDGEKEURD = "goedgekeurd"
    NIET_GOEDGEKEURD = "niet_goedgekeurd"
    INGETROKKEN = "ingetrokken"
    BEEINDIGD = "beeindigd"
    AFGELOPEN = "afgelopen"


class Move(StrEnum):
    """What can be done to a pauzeverzoek. One verb an act."""

    SUBMIT = "submit"
    ASSIGN = "assign"
    RELEASE = "release"
    FORWARD = "forward"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ADD = "add"
    EXTEND = "extend"
    CORRECT = "correct"
    END = "end"
    EXPIRE = "expire"


MOVES: Mapping[Move, Mapping[Status, Status]] = {
    Move.SUBMIT: {Status.CONCEPT: Status.INGEDIEND},
    Move.ASSIGN: {
        Status.INGEDIEND: Status.IN_BEHANDELING,
        Status.IN_BEHANDELING: Status.IN_BEHANDELING,
        Status.AANVULLING_GEVRAAGD: Status.AANVULLING_GEVRAAGD,
        Status.GOEDGEKEURD: Status.GOEDGEKEURD,
    },
    Move.RELEASE: {Status.IN_BEHANDELING: Status.INGEDIEND},
    Move.FORWARD: {
        Status.INGEDIEND: Status.INGEDIEND,
        Status.IN_BEHANDELING: Status.INGEDIEND,
        Status.AANVULLING_GEVRAAGD: Status.INGEDIEND,
    },
    Move.REQUEST_SUPPLEMENT: {Status.IN_BEHANDELING: Status.AANVULLING_GEVRAAGD},
    Move.SUPPLEMENT: {Status.AANVULLING_GEVRAAGD: Status.IN_BEHANDELING},
    Move.APPROVE: {Status.IN_BEHANDELING: Status.GOEDGEKEURD},
    Move.DECLINE: {
        Status.IN_BEHANDELING: Status.NIET_GOEDGEKEURD,
        Status.AANVULLING_GEVRAAGD: Status.NIET_GOEDGEKEURD,
    },
    Move.WITHDRAW: {
        Status.INGEDIEND: Status.INGETROKKEN,
        Status.IN_BEHANDELING: Status.INGETROKKEN,
        Status.AANVULLING_GEVRAAGD: Status.INGETROKKEN,
        Status.GOEDGEKEURD: Status.INGETROKKEN,
    },
    Move.ADD: {Status.GOEDGEKEURD: Status.GOEDGEKEURD},
    Move.EXTEND: {Status.GOEDGEKEURD: Status.GOEDGEKEURD},
    Move.CORRECT: {
        Status.INGEDIEND: Status.INGEDIEND,
        Status.IN_BEHANDELING: Status.IN_BEHANDELING,
        Status.AANVULLING_GEVRAAGD: Status.AANVULLING_GEVRAAGD,
        Status.GOEDGEKEURD: Status.GOEDGEKEURD,
    },
    Move.END: {Status.GOEDGEKEURD: Status.BEEINDIGD},
    Move.EXPIRE: {Status.GOEDGEKEURD: Status.AFGELOPEN},
}

WHOLE = frozenset({Move.APPROVE, Move.CORRECT, Move.REQUEST_SUPPLEMENT})
"""What needs the answer to every question."""

OPEN = frozenset({Status.INGEDIEND, Status.IN_BEHANDELING, Status.AANVULLING_GEVRAAGD})
"""Statuses in which somebody of the gemeente still has to decide."""

WGS_LOOPT = frozenset(Status) - {Status.CONCEPT, Status.INGETROKKEN}
"""Statuses in which the help request of the Wgs runs on, whatever became of the pause."""

WGS_BEWAAKT = WGS_LOOPT - {Status.BEEINDIGD}
"""Those in which the watch waits for the first conversation, then for the beschikking. Whoever ended a pause early said
why the help stopped too."""


def after(move: Move, status: Status) -> Status:
    """The status that a move leads to. Raises MoveNotAllowed."""
    try:
        return MOVES[move][status]
    except KeyError:
        raise MoveNotAllowed(f"{move} from {status}") from None


class Verzendstatus(StrEnum):
    """How far a message got on its way out. `aangeboden` = accepted by the mail server or posted: it does not mean
    read.
    """

    KLAAR = "klaar"
    AANGEBODEN = "aangeboden"
    NIET_BEZORGD = "niet_bezorgd"
    VERVALLEN = "vervallen"


VERZENDING: Mapping[Verzendstatus, frozenset[Verzendstatus]] = {
    Verzendstatus.KLAAR: frozenset({Verzendstatus.AANGEBODEN, Verzendstatus.NIET_BEZORGD, Verzendstatus.VERVALLEN}),
    Verzendstatus.AANGEBODEN: frozenset({Verzendstatus.NIET_BEZORGD}),
    Verzendstatus.NIET_BEZORGD: frozenset({Verzendstatus.KLAAR, Verzendstatus.AANGEBODEN, Verzendstatus.VERVALLEN}),
    Verzendstatus.VERVALLEN: frozenset({Verzendstatus.AANGEBODEN}),
}
"""A message that lapsed while its hand-over was under way may turn out to have arrived: VERVALLEN -> AANGEBODEN. So may
one that came back, when the schuldeiser fetched it by API: NIET_BEZORGD -> AANGEBODEN."""


class Pogingresultaat(StrEnum):
    """How one attempt to hand a message over ended."""

    AANGEBODEN = "aangeboden"
    TIJDELIJK = "tijdelijk"
    GEWEIGERD = "geweigerd"


class Antwoord(StrEnum):
    """What a schuldeiser answered, in the words of the Schuldenknooppunt. Silence is not a refusal.

    AL_IN_REGELING is ours: the SKP has no word for it, and it is neither a confirmation nor a refusal.
    """

    GEEN_REACTIE = "geen_reactie"
    BEVESTIGD = "bevestigd"
    GEEN_MEDEWERKING = "geen_medewerking"
    OVERGEDRAGEN = "overgedragen"
    AL_IN_REGELING = "al_in_regeling"


GEGEVEN = frozenset(Antwoord) - {Antwoord.GEEN_REACTIE}
"""What can be answered. Until the pause ends each may be replaced by any of these; an answer is never taken back into
silence."""


class Eindreden(StrEnum):
    """Why a dossier ended early: the DDAS codes. Internal, never sent to a schuldeiser."""

    OVERLEDEN = "Overleden"
    VERHUISD = "Verhuisd"
    NIETVERSCHENEN = "Nietverschenen"
    INGETROKKEN = "Ingetrokken"
    NIET_PASSEND = "Niet passend"
    OVERIG = "Overig"
    VOLDOET_NIET = "Voldoet niet"
    AFGEROND = "Afgerond"
    ZELF = "Zelf"
