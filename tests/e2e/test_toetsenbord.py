"""The whole journey by keyboard alone, from left to right and from right to left."""

import pytest
from playwright.sync_api import BrowserContext

from portal.domain.taal import Taal
from tests.e2e.conftest import Portal
from tests.e2e.firefox import firefox
from tests.e2e.reis import Reis
from tests.e2e.toetsen import ChromiumKeyboard, Toetsen

pytestmark = pytest.mark.e2e

BOTH_WAYS = [Taal.NL, Taal.AR]


@pytest.mark.parametrize("taal", BOTH_WAYS)
def test_the_journey_by_keyboard_alone(phone: BrowserContext, taal: Taal):
    Reis(Toetsen(ChromiumKeyboard(phone.new_page())), taal).make()


def test_the_journey_by_keyboard_alone_in_firefox(portal: Portal):
    with firefox(portal.url, script=True) as browser:
        for taal in BOTH_WAYS:
            browser.forget()
            Reis(Toetsen(browser), taal).make()
