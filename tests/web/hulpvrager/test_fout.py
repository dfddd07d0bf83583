"""A page that says what is wrong is in order in each language: strict HTML, and no house rule is broken."""

from collections.abc import Mapping

import pytest

from portal.domain.taal import Taal
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpvrager.reis import ANSWERS, WRONG, answer, begin, sign_in
from tests.web.hulpvrager.test_taal import choose

WITH_A_PAUSE = ["post", "klopt-niet", "schuld-vergeten", "bel-mij"]
WITH_A_QUESTION = ["aanvulling"]


def send_wrong(browser: Browser, path: str, taal: Taal, typed: Mapping[str, str] | None = None) -> None:
    """Send the form with nothing but what is typed: the page comes back in its language and says what is wrong."""
    form = browser.see(path).form()
    sent = {name: form.values[name] for name in ("csrf_token", "stand", "merk") if name in form.values}
    page = Page(browser.post(path, data=sent | dict(typed or {})))
    assert page.to is None, (path, page.to)
    assert page.tree.get("lang") == taal, path
    assert page.errors, path


@pytest.mark.parametrize("taal", Taal)
def test_each_question_sent_wrong_is_valid_html_in_each_language(taal: Taal, browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    choose(browser, taal)
    begin(browser)
    for slug in ANSWERS:
        wrong = "schulden/nieuw" if slug == "schulden" else slug
        send_wrong(browser, f"/verzoek/{wrong}", taal, WRONG.get(wrong))
        assert answer(browser, slug).status == 302, slug
    send_wrong(browser, "/verzoek/controle", taal)


@pytest.mark.parametrize("taal", Taal)
def test_each_page_after_filing_sent_wrong_is_valid_html_in_each_language(
    taal: Taal, browser: Browser, given: Given
) -> None:
    approved = given.approved([given.regel("Waterbedrijf Plons")])
    given.hand_over(approved)
    waiting = given.waiting(toestemming={"keuze": "nee"})
    choose(browser, taal)
    for id, paths in ((approved, WITH_A_PAUSE), (waiting, WITH_A_QUESTION)):
        sign_in(browser, given.database, id)
        for path in paths:
            send_wrong(browser, f"/verzoek/{path}", taal, WRONG.get(path))


@pytest.mark.parametrize("taal", Taal)
def test_each_way_back_sent_wrong_is_valid_html_in_each_language(taal: Taal, browser: Browser) -> None:
    choose(browser, taal)
    for path in ("/terug/code", "/terug/mail"):
        send_wrong(browser, path, taal)
