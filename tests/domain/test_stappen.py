"""The journey: over every combination of branches, what is asked, what comes next and what may be opened."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.stappen import (
    CONTROLE,
    STAPPEN,
    Omgeving,
    before,
    find,
    first_open,
    may_open,
    path,
)

TODAY = date(2027, 2, 1)
ADULT, CHILD = {"geboren_on": "1987-05-14"}, {"geboren_on": "2010-05-14"}
ALWAYS = [
    "dreiging", "gemeente", "naam", "geboortedatum", "adres", "contact", "hulp", "bedrijf", "schulden", "toestemming",
]  # fmt: skip
SLUGS = [stap.slug for stap in STAPPEN]


def expected_path(answered: set[str], *, child: bool, takes_part: bool) -> list[str]:
    """The path written out by hand."""
    slugs = []
    for slug in ALWAYS:
        slugs.append(slug)
        if slug == "gemeente" and "gemeente" in answered and not takes_part:
            slugs.append("nog-niet")
        if slug == "geboortedatum" and "geboortedatum" in answered and child:
            slugs.append("minderjarig")
    return slugs


def answers(answered: set[str], *, child: bool) -> dict[str, dict[str, str]]:
    return {slug: (CHILD if child else ADULT) if slug == "geboortedatum" else {"x": slug} for slug in answered}


def check(answered: set[str], *, child: bool, takes_part: bool) -> None:
    antwoorden, omgeving = answers(answered, child=child), Omgeving(TODAY, takes_part)
    slugs = expected_path(answered, child=child, takes_part=takes_part)
    assert [stap.slug for stap in path(antwoorden, omgeving)] == slugs
    still = [slug for slug in slugs if slug not in answered or slug == "nog-niet"]
    opened = still[0] if still else CONTROLE
    assert first_open(antwoorden, omgeving) == opened
    reachable = set(slugs) if opened == CONTROLE else set(slugs[: slugs.index(opened) + 1])
    if opened == CONTROLE:
        reachable.add(CONTROLE)
    assert {slug for slug in (*SLUGS, CONTROLE, "onzin") if may_open(slug, antwoorden, omgeving)} == reachable
    for slug, previous in zip([*slugs, CONTROLE], [None, *slugs], strict=True):
        assert before(slug, antwoorden, omgeving) == previous


def test_every_set_of_answers_on_every_branch():
    for chosen in product([False, True], repeat=len(SLUGS)):
        answered = {slug for slug, yes in zip(SLUGS, chosen, strict=True) if yes}
        for child, takes_part in product([False, True], repeat=2):
            check(answered, child=child, takes_part=takes_part)


@given(st.lists(st.sampled_from(SLUGS)), st.booleans(), st.booleans())
def test_answering_the_first_open_question_always_brings_the_check_page_nearer(already, child, takes_part):
    answered, omgeving = set(already), Omgeving(TODAY, takes_part)
    for _ in range(len(SLUGS) + 1):
        opened = first_open(answers(answered, child=child), omgeving)
        if opened in (CONTROLE, "nog-niet"):
            break
        answered.add(opened)
    assert opened == (CONTROLE if takes_part else "nog-niet")


def test_after_changing_one_answer_the_check_page_is_next_again():
    antwoorden = answers(set(ALWAYS), child=False)
    assert first_open(antwoorden, Omgeving(TODAY, True)) == CONTROLE
    assert first_open({**antwoorden, "naam": {"x": "anders"}}, Omgeving(TODAY, True)) == CONTROLE


def test_a_new_birth_date_under_eighteen_opens_one_more_question():
    antwoorden = {**answers(set(ALWAYS), child=False), "geboortedatum": CHILD}
    assert first_open(antwoorden, Omgeving(TODAY, True)) == "minderjarig"


def test_the_answers_wait_while_the_gemeente_does_not_take_part():
    antwoorden = answers(set(ALWAYS), child=False)
    assert first_open(antwoorden, Omgeving(TODAY, False)) == "nog-niet"
    assert not may_open("naam", antwoorden, Omgeving(TODAY, False))
    assert first_open(antwoorden, Omgeving(TODAY, True)) == CONTROLE


@pytest.mark.parametrize(("birthday", "is_child"), [("2009-02-01", False), ("2009-02-02", True)])
def test_somebody_is_of_age_on_the_day_of_the_eighteenth_birthday(birthday, is_child):
    antwoorden = {"geboortedatum": {"geboren_on": birthday}}
    slugs = [stap.slug for stap in path(antwoorden, Omgeving(TODAY, True))]
    assert ("minderjarig" in slugs) is is_child


def test_slugs_are_unique_and_can_be_found():
    assert len(set(SLUGS)) == len(SLUGS)
    assert [find(slug) for slug in SLUGS] == list(STAPPEN)
    assert find(CONTROLE) is None
