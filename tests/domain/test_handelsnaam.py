"""The words that tell one company from another."""

import pytest

from portal.domain.handelsnaam import distinctive


@pytest.mark.parametrize(
    ("naam", "own"),
    [
        ("Bosveld Incasso B.V.", "bosveld"),
        ("Gerechtsdeurwaarders Van den Berg", "berg"),
        ("Incasso Nederland B.V.", "incasso nederland b.v."),
        ("T-Mobile", "t-mobile"),
        (" Zorg ", "zorg"),
        ("", ""),
    ],
)
def test_a_name_is_told_by_its_own_words_and_whole_when_it_has_none(naam: str, own: str) -> None:
    assert distinctive(naam) == own
