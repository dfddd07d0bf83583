"""Whose work falls to whom while people are away."""

from uuid import UUID

import pytest

from portal.domain.vervanging import replaced_by

A, B, C, D = (UUID(int=number) for number in range(1, 5))


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        ({}, {A: set(), B: set()}),
        ({A: B}, {A: set(), B: {A}}),
        ({A: C, B: C}, {C: {A, B}}),
        ({A: B, B: C}, {B: set(), C: {A, B}}),
        ({A: B, B: A}, {A: set(), B: set(), C: set()}),
        ({A: B, B: C, C: B}, {A: set(), B: set(), C: set()}),
        ({A: B, B: C, C: D}, {D: {A, B, C}}),
    ],
)
def test_work_goes_to_the_first_colleague_in_the_chain_who_is_there(absent, expected):
    assert {who: set(replaced_by(who, absent)) for who in expected} == expected
