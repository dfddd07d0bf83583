"""The state machines: every status times every move, against a table written out by hand."""

import pytest

from portal.domain.errors import MoveNotAllowed
from portal.domain.status import MOVES, OPEN, VERZENDING, Move, Status, Verzendstatus, after

# Written down from the domain page, not read from the code: a row per status, the moves that it allows.
ALLOWED = {
    "concept": {"submit": "ingediend"},
    "ingediend": {
        "assign": "in_behandeling",
        "forward": "ingediend",
        "withdraw": "ingetrokken",
        "correct": "ingediend",
    },
    "in_behandeling": {
        "assign": "in_behandeling",
        "release": "ingediend",
        "forward": "ingediend",
        "request_supplement": "aanvulling_gevraagd",
        "approve": "goedgekeurd",
        "decline": "niet_goedgekeurd",
        "withdraw": "ingetrokken",
        "correct": "in_behandeling",
    },
    "aanvulling_gevraagd": {
        "assign": "aanvulling_gevraagd",
        "forward": "ingediend",
        "supplement": "in_behandeling",
        "correct": "aanvulling_gevraagd",
        "decline": "niet_goedgekeurd",
        "withdraw": "ingetrokken",
    },
    "goedgekeurd": {
        "assign": "goedgekeurd",
        "withdraw": "ingetrokken",
        "add": "goedgekeurd",
        "extend": "goedgekeurd",
        "correct": "goedgekeurd",
        "end": "beeindigd",
        "expire": "afgelopen",
    },
    "niet_goedgekeurd": {},
    "ingetrokken": {},
    "beeindigd": {},
    "afgelopen": {},
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_status_leads_where_it_should_or_is_refused(status, move):
    expected = ALLOWED[status].get(move)
    if expected is None:
        with pytest.raises(MoveNotAllowed, match=f"{move} from {status}"):
            after(move, status)
    else:
        assert after(move, status) is Status(expected)


def test_every_move_can_be_made_from_somewhere():
    assert set(MOVES) == set(Move)
    assert all(MOVES.values())


def test_every_status_can_be_reached_from_a_concept():
    reached = {Status.CONCEPT}
    for _ in Status:
        reached |= {after(move, at) for move, table in MOVES.items() for at in table if at in reached}
    assert reached == set(Status)


def test_a_case_has_somebody_while_it_is_open_and_while_its_pause_runs():
    assert set(MOVES[Move.ASSIGN]) == OPEN | {Status.GOEDGEKEURD}


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("klaar", {"aangeboden", "niet_bezorgd", "vervallen"}),
        ("aangeboden", {"niet_bezorgd"}),
        ("niet_bezorgd", {"klaar", "aangeboden", "vervallen"}),
        ("vervallen", {"aangeboden"}),
    ],
)
def test_a_message_moves_only_forward_or_back_for_a_second_try(was, becomes):
    assert VERZENDING[Verzendstatus(was)] == becomes
    assert set(VERZENDING) == set(Verzendstatus)
