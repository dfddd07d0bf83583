"""Kenmerken survive being read aloud, typed badly and mistyped."""

import hashlib
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.kenmerk import (
    ALPHABET,
    CODE_LENGTH,
    code_of,
    new_kenmerk,
    new_toegangscode,
    normalise_code,
    normalise_kenmerk,
)

SPACES = st.sampled_from(["", " ", "-", "  ", " - ", ".", "–", "\t", "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}"])
UNSEEN_PAIR = {"2", "Z"}
"""The one pair of signs that the check sign cannot tell apart."""


def bare(kenmerk: str) -> str:
    return kenmerk.replace("-", "")


@pytest.fixture(scope="module")
def kenmerken() -> list[str]:
    return [new_kenmerk() for _ in range(300)]


@given(st.lists(SPACES, min_size=13, max_size=13), st.lists(st.booleans(), min_size=11, max_size=11))
def test_a_kenmerk_comes_back_from_any_spelling(spaces, lower):
    kenmerk = new_kenmerk()
    signs = [sign.lower() if small else sign for sign, small in zip(bare(kenmerk), lower, strict=True)]
    typed = "".join(space + sign for space, sign in zip(spaces, [*signs, "", ""], strict=True))
    assert normalise_kenmerk(typed) == kenmerk


def test_every_single_wrong_sign_is_found_but_for_the_documented_pair(kenmerken):
    for kenmerk in kenmerken:
        signs = bare(kenmerk)
        for at in range(2, 11):
            for wrong in ALPHABET:
                typed = signs[:at] + wrong + signs[at + 1 :]
                seen = normalise_kenmerk(typed) is None
                assert seen or wrong == signs[at] or {wrong, signs[at]} == UNSEEN_PAIR


def test_every_swap_of_neighbours_is_found_but_for_the_documented_pair(kenmerken):
    for kenmerk in kenmerken:
        signs = bare(kenmerk)
        for at in range(2, 10):
            pair = signs[at + 1], signs[at]
            typed = signs[:at] + "".join(pair) + signs[at + 2 :]
            seen = normalise_kenmerk(typed) is None
            assert seen or pair[0] == pair[1] or set(pair) == UNSEEN_PAIR


def test_a_kenmerk_is_never_taken_for_a_bsn(kenmerken):
    for kenmerk in kenmerken:
        assert re.fullmatch(r"PK-[A-Z]\S\S-\S{3}-\S{3}", kenmerk)
        assert not re.search(r"\d{9}", bare(kenmerk))


def test_the_alphabet_has_no_vowels_and_no_look_alikes():
    assert not set(ALPHABET) & set("AEIOU" + "01LS58B")
    assert set(ALPHABET) <= set(string.ascii_uppercase + string.digits)


def test_kenmerken_are_not_given_twice(kenmerken):
    assert len(set(kenmerken)) == len(kenmerken)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_kenmerk_or_is_not(typed):
    found = normalise_kenmerk(typed)
    assert found is None or normalise_kenmerk(found) == found


@pytest.mark.parametrize("typed", ["", "PK", "PK-123-456-789", "123456782", "PK-H4X-9TQ", "PK H4X 9TQ 27FF"])
def test_what_cannot_be_a_kenmerk_is_none(typed):
    assert normalise_kenmerk(typed) is None


def test_a_toegangscode_comes_back_however_it_is_grouped():
    code = new_toegangscode()
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code)
    assert normalise_code(code.lower().replace("-", " ")) == bare(code)
    assert len(bare(code)) == CODE_LENGTH


def test_a_code_uses_only_signs_that_can_be_read_aloud():
    for seed in range(200):
        code = code_of(hashlib.sha256(bytes([seed])).digest())
        assert len(normalise_code(code)) == CODE_LENGTH
        assert set(code) <= set(ALPHABET) | {"-"}


def test_the_code_of_the_same_bytes_is_the_same_code():
    assert code_of(bytes(32)) == code_of(bytes(32)) == "2222-2222-2222"
