"""On an Arabic page a name, a number and a code keep their own order."""

from uuid import UUID

from portal.domain.roles import Actor
from portal.models import Schuld
from tests.given import Given
from tests.web.browser import Browser, Page, text_of
from tests.web.hulpvrager.reis import place
from tests.web.hulpvrager.test_taal import choose

NAAM = "Bank N.V."
LIST = "/verzoek/schulden"


def listed(browser: Browser, given: Given) -> UUID:
    """A schuld on the list of who reads Arabic."""
    id = place(browser, given, "schulden")
    choose(browser, "ar")
    browser.fill(f"{LIST}/nieuw", {"afzender": NAAM, "bedrag": "1234,50"}, button="حفظ")
    with given.session(Actor.hulpvrager(id)) as session:
        return session.query(Schuld.id).scalar()


def apart(page: Page) -> list[str]:
    return [text_of(node) for node in page.tree.iter("bdi")]


def test_a_name_that_stands_alone_is_kept_apart(browser: Browser, given: Given) -> None:
    schuld_id = listed(browser, given)
    assert NAAM in apart(browser.see(LIST))
    assert NAAM in apart(browser.see(f"{LIST}/{schuld_id}/verwijderen"))


def test_what_is_typed_reads_in_its_own_direction(browser: Browser, given: Given) -> None:
    place(browser, given, "contact")
    choose(browser, "ar")
    boxes = [
        node for node in browser.see("/verzoek/contact").tree.iter("input") if node.get("type") in ("tel", "email")
    ]
    assert [box.get("dir") for box in boxes] == ["auto", "auto"]


def test_a_code_begins_at_its_first_sign(browser: Browser, given: Given) -> None:
    place(browser, given)
    choose(browser, "ar")
    codes = [node for node in browser.see("/verzoek/bewaren").tree.iter("span") if node.get("class") == "pk-code"]
    assert [code.get("dir") for code in codes] == ["ltr"]
