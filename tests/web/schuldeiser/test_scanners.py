"""Mail scanners open every address in a mail, in any order, ahead of time and more than once: nothing comes of it."""

import re
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest

from portal.domain.kennisgeving import Soort, from_json
from portal.models.links import wegwijzers
from tests.conftest import ADRESSEN, Clock
from tests.given import Given
from tests.web.browser import Browser
from tests.web.schuldeiser.post import corrected, message

ADDRESS = re.compile(r"https://pauzeknop\.example[^\s\"<>)]*")
PREFETCH = {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch", "X-Moz": "prefetch"}
PERSONAL = ("Meer", "1987", "3511", "KL-1")


@pytest.fixture
def case(given: Given) -> UUID:
    id = given.approved()
    given.hand_over(id)
    return id


def addresses(given: Given, case: UUID, soort: Soort) -> set[str]:
    """Every address of ours in one message: in its text, its HTML, and behind the QR code of its letter."""
    sent = message(given, case, soort)
    feiten = from_json(sent.feiten)
    way = wegwijzers(ADRESSEN.base_url, feiten)
    found = {*ADDRESS.findall(sent.tekst), *ADDRESS.findall(sent.html), way.scan_url(feiten.kenmerk)}
    return {urlsplit(url)._replace(scheme="", netloc="").geturl() for url in found}


def everything(owner: psycopg.Connection[tuple[object, ...]]) -> dict[str, object]:
    """Every table of ours, with the number of its rows and the last transaction that wrote in it."""
    names = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    count = "SELECT count(*), max(xmin::text::bigint) FROM "
    return {str(name): owner.execute(f"{count}{name}").fetchone() for (name,) in names}


@pytest.mark.parametrize("soort", [Soort.KENNISGEVING, Soort.CORRECTIE, Soort.BEEINDIGING])
def test_opening_every_address_of_a_mail_changes_nothing_and_shows_nobody(
    browser: Browser,
    given: Given,
    case: UUID,
    soort: Soort,
    clock: Clock,
    owner: psycopg.Connection[tuple[object, ...]],
) -> None:
    clock.set(message(given, case).start_on.replace(day=3))
    if soort is Soort.CORRECTIE:
        corrected(given, case)
    elif soort is Soort.BEEINDIGING:
        given.withdraw(case)
    found = addresses(given, case, soort)
    assert {url.split("/")[1].split("?")[0] for url in found} >= {"controleren", "schuldeisers"}
    assert any(url.startswith("/antwoord/") for url in found) == (soort is not Soort.BEEINDIGING)
    before = everything(owner)
    for url in [*sorted(found), *sorted(found, reverse=True)]:
        for answer in (browser.get(url), browser.get(url, headers=PREFETCH), browser.head(url)):
            assert answer.status_code in (200, 302), url
            assert not [word for word in PERSONAL if word in answer.get_data(as_text=True)], url
    assert everything(owner) == before
