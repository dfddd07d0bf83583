"""The whole journey by keyboard alone, from left to right and from right to left."""

import pytest
from playwright.sync_api import BrowserContext

from portal.domain.taal import Taal
from tests.e2e.conftest import Portal
from tests.e2e.firefox import firefox
from tests.e2e.reis import Reis
from tests.e2e.steekproef import each
from tests.e2e.toetsen import ChromiumKeyboard, Toetsen

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("taal", each(Taal.NL, Taal.AR))
def test_the_journey_by_keyboard_alone(phone: BrowserContext, taal: Taal):
    Reis(Toetsen(ChromiumKeyboard(phone.new_page())), taal).make()


@pytest.mark.parametrize("taal", each(Taal.AR))
def test_the_journey_by_keyboard_alone_in_firefox(portal: Portal, taal: Taal):
    with firefox(portal.url, script=True) as browser:
        Reis(Toetsen(browser), taal).make()
