"""The journey in a browser that it was not made in, 320 px wide, in each language: with script and without."""

from urllib.parse import urlsplit

import pytest

from portal.domain.taal import Taal
from tests.e2e.conftest import Portal
from tests.e2e.firefox import Firefox, firefox
from tests.e2e.reis import Reis
from tests.e2e.toegankelijk import NARROW

pytestmark = pytest.mark.e2e


class Handen:
    """Axe needs script, the rest does not."""

    def __init__(self, browser: Firefox, *, script: bool) -> None:
        self._browser = browser
        self._script = script
        self.go, self.click, self.fill = browser.go, browser.click, browser.fill

    def judge(self, path: str, taal: Taal, *, wrong: bool = False) -> None:
        where = urlsplit(self._browser.url).path
        assert where.endswith(path), where
        assert self._browser.language == (taal, taal.richting), where
        assert self._browser.h1, where
        if wrong:
            self._browser.wait_for_focus("fouten")
        self._browser.narrow()
        window, page = self._browser.width()
        assert NARROW - 2 < window <= NARROW
        assert page <= window, where
        if self._script:
            assert self._browser.findings() == [], where


def test_the_journey_in_firefox(portal: Portal):
    with firefox(portal.url, script=True) as browser:
        Reis(Handen(browser, script=True), Taal.NL).make()


def test_the_journey_in_each_language_without_script(portal: Portal):
    with firefox(portal.url, script=False) as browser:
        for taal in Taal:
            browser.forget()
            Reis(Handen(browser, script=False), taal).make()
