"""Whatever is sent to whichever field: a clear sentence or a harmless value, no broken page and no lost answer."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from tests.given import Given
from tests.web.browser import Browser, Form, Page
from tests.web.hulpvrager.reis import ANSWERS, place, sign_in

Sent: TypeAlias = "str | bytes | list[str]"

ALL_AT_ONCE = "\x00\u202eA\u0301😀<b>'\"--{{7*7}}\ufdd0"
"""Short enough to be kept: NUL, a direction mark, a combining mark, emoji, HTML, SQL, a template, a noncharacter."""

ONE_BY_ONE: tuple[Sent, ...] = (ALL_AT_ONCE, "x" * 5_000)
"""To one field at a time, among right answers: what is kept, and what is too long."""

EVERYWHERE: tuple[Sent, ...] = (
    *ONE_BY_ONE,
    b"A\xed\xa0\x80\xff",  # half a character, and bytes that are none
    "regel 1\r\nBcc: x@y.example",
    ["1"] * 1_000,
    "\u0300\u200f" * 1_000,
    "9" * 400,
    "",
)
"""To all fields of a page together."""

EXPLAINED = {302, 409, 422}
"""Kept, held against another answer, or explained."""


def at_question(slug: str) -> Callable[[Browser, Given], UUID]:
    return lambda browser, given: place(browser, given, slug)


def filed(builder: str) -> Callable[[Browser, Given], UUID]:
    def make(browser: Browser, given: Given) -> UUID:
        id: UUID = getattr(given, builder)()
        sign_in(browser, given.database, id)
        return id

    return make


PAGES: dict[str, tuple[Callable[[Browser, Given], UUID], dict[str, Any]]] = {
    **{f"/verzoek/{slug}": (at_question(slug), values) for slug, values in ANSWERS.items() if slug != "schulden"},
    "/verzoek/schulden/nieuw": (at_question("schulden"), {"afzender": "Ziggo", "bedrag": "20"}),
    "/verzoek/controle": (place, {}),
    "/verzoek/bel-mij": (at_question("naam"), {"wie": "Fatma van der Meer", "telefoon": "06-12345678"}),
    "/verzoek/aanvulling": (filed("waiting"), {"reactie": "Ja."}),
    "/verzoek/post": (filed("approved"), {"van": "anders", "afzender": "Ziggo", "wat": "brief"}),
    "/verzoek/klopt-niet": (filed("approved"), {"tekst": "Mijn naam."}),
    "/verzoek/schuld-vergeten": (filed("approved"), {"afzender": "Ziggo"}),
}
"""Each page with a box or a choice: how to get there, and what a person would fill in."""


def fields(form: Form) -> list[str]:
    """The names of all fields, the hidden ones too, but the token."""
    names = [node.get("name", "") for node in form.element.iter() if node.tag in ("input", "textarea", "select")]
    return sorted({name for name in names if name and name != "csrf_token"})


def send(browser: Browser, path: str, values: dict[str, Any]) -> Page:
    page = browser.see(path, None)
    if page.to:  # kept, and nothing more to ask here
        return page
    form = page.forms[0] if page.forms[0].method == "POST" else page.form()
    return Page(browser.post(path, data=form.values | values))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_is_sent_breaks_a_page_or_loses_an_answer(path: str, browser: Browser, given: Given) -> None:
    arrive, values = PAGES[path]
    id = arrive(browser, given)
    form, before = browser.see(path).forms[0], given.case(id)
    names = fields(form)
    hostile = [{name: nasty} for nasty in ONE_BY_ONE for name in names]
    hostile += [dict.fromkeys(names, nasty) for nasty in EVERYWHERE]
    for typed in hostile:
        page = send(browser, path, values | typed)
        assert page.status in EXPLAINED, typed
        assert (page.status == 422) == bool(page.errors), typed
    after = given.case(id)
    slug = path.rsplit("/", maxsplit=1)[-1]
    for kept in set(before.antwoorden) - {slug}:
        assert after.antwoorden[kept] == before.antwoorden[kept], kept
    assert browser.follow(browser.see("/verzoek", None)).status == 200


def test_a_field_that_is_sent_ten_thousand_times_is_one_answer(browser: Browser, given: Given) -> None:
    id = place(browser, given, "naam")
    page = browser.see("/verzoek/naam")
    many = page.form().values | {"achternaam": ["Meer"] * 10_000}
    assert Page(browser.post("/verzoek/naam", data=many)).status == 302
    assert given.case(id).persoon.achternaam == "Meer"


def test_a_file_in_the_place_of_a_word_is_explained(browser: Browser, given: Given) -> None:
    id = place(browser, given, "naam")
    page = browser.see("/verzoek/naam")
    sent = page.form().values | {"achternaam": (BytesIO(b"MZ"), "meer.exe")}
    wrong = Page(browser.post("/verzoek/naam", data=sent, content_type="multipart/form-data"))
    assert (wrong.status, wrong.errors) == (422, ["Vul uw achternaam in."])
    assert "naam" not in given.case(id).antwoorden


@pytest.mark.parametrize("path", ["/terug/code", "/terug/mail"])
def test_the_way_back_explains_whatever_is_sent(path: str, browser: Browser) -> None:
    names = fields(browser.see(path).form())
    for nasty in EVERYWHERE:
        page = Page(browser.post(path, data=browser.see(path).form().values | dict.fromkeys(names, nasty)))
        assert page.errors, nasty


def test_what_is_sent_without_a_session_waits_harmlessly(browser: Browser) -> None:
    token = browser.see("/").forms[0].values["csrf_token"]
    for nasty in EVERYWHERE:
        page = Page(browser.post("/verzoek/naam", data={"csrf_token": token, "achternaam": nasty, "<b>\x00": nasty}))
        assert (page.status, page.h1) == (403, "Log opnieuw in")
