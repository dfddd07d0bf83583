"""Each box asks for the keyboard that fits, says what a telephone may fill in by itself, and lets people paste."""

import pytest

from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpvrager.reis import place, sign_in

TEXT, NUMBER, TEL, EMAIL = ("text", None), ("text", "numeric"), ("tel", "tel"), ("email", "email")
NOTHING = "off"
"""For what a telephone would fill in wrongly: the facts of somebody else, or a name that it does not know."""

QUESTIONS: dict[str, dict[str, tuple[str, str | None, str | None]]] = {
    "dreiging": {
        f"{threat}_on-{part}": (*NUMBER, None)
        for threat in ("ontruiming", "afsluiting", "zorgverzekering")
        for part in ("dag", "maand", "jaar")
    },
    "gemeente": {"naam": (*TEXT, NOTHING)},
    "naam": {
        "voorletters": (*TEXT, None),
        "voorvoegsel": (*TEXT, None),
        "achternaam": (*TEXT, "family-name"),
    },
    "geboortedatum": {
        "geboren_on-dag": (*NUMBER, "bday-day"),
        "geboren_on-maand": (*NUMBER, "bday-month"),
        "geboren_on-jaar": (*NUMBER, "bday-year"),
    },
    "adres": {
        "postcode": (*TEXT, "postal-code"),
        "huisnummer": (*NUMBER, None),
        "toevoeging": (*TEXT, None),
    },
    "contact": {"telefoon": (*TEL, "tel"), "email": (*EMAIL, "email")},
    "hulp": {"naam": (*TEXT, NOTHING), "telefoon": (*TEL, NOTHING), "email": (*EMAIL, NOTHING)},
    "bedrijf": {},
    "schulden/nieuw": {
        "afzender": (*TEXT, NOTHING),
        "namens": (*TEXT, NOTHING),
        "referentie": (*TEXT, NOTHING),
        "bedrag": ("text", "decimal", NOTHING),
        "foto": ("file", None, None),
    },
    "toestemming": {},
}

AFTERWARDS: dict[str, dict[str, tuple[str, str | None, str | None]]] = {
    "post": {
        "afzender": (*TEXT, NOTHING),
        "gedateerd_on-dag": (*NUMBER, None),
        "gedateerd_on-maand": (*NUMBER, None),
        "gedateerd_on-jaar": (*NUMBER, None),
        "foto": ("file", None, None),
        "tekst": ("textarea", None, None),
    },
    "klopt-niet": {"tekst": ("textarea", None, None)},
    "schuld-vergeten": QUESTIONS["schulden/nieuw"],
}

WAYS_IN = {
    "/terug/code": {"kenmerk": (*TEXT, NOTHING), "code": (*TEXT, NOTHING)},
    "/terug/mail": {"email": (*EMAIL, "email")},
}

HINDERS = {"maxlength", "pattern", "readonly", "disabled", "onpaste", "required"}
"""What stops somebody from typing or pasting, instead of saying what is wrong."""


def boxes(page: Page) -> dict[str, tuple[str, str | None, str | None]]:
    """The boxes to type in: kind, keyboard, and what may be filled in by itself."""
    found = {}
    for node in page.form().element.iter():
        kind = node.get("type", "text") if node.tag == "input" else node.tag
        if node.tag not in ("input", "textarea") or kind in ("hidden", "radio", "checkbox"):
            continue
        assert not HINDERS & node.attrib.keys(), node.attrib
        found[node.get("name", "")] = (kind, node.get("inputmode"), node.get("autocomplete"))
    return found


@pytest.mark.parametrize("slug", QUESTIONS)
def test_each_box_of_a_question_asks_for_the_right_keyboard(slug: str, browser: Browser, given: Given) -> None:
    place(browser, given, slug.split("/", maxsplit=1)[0])
    assert boxes(browser.see(f"/verzoek/{slug}")) == QUESTIONS[slug]


def test_each_box_after_filing_asks_for_the_right_keyboard(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.approved())
    assert {slug: boxes(browser.see(f"/verzoek/{slug}")) for slug in AFTERWARDS} == AFTERWARDS
    sign_in(browser, given.database, given.waiting())
    asked = {"reactie": ("textarea", None, None), "foto": ("file", None, None)}
    assert boxes(browser.see("/verzoek/aanvulling")) == asked


def test_each_box_of_the_way_back_asks_for_the_right_keyboard(browser: Browser) -> None:
    assert {path: boxes(browser.see(path)) for path in WAYS_IN} == WAYS_IN
