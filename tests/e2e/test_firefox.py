"""The journey in a browser that it was not made in, 320 px wide, in each language: with script and without."""

import pytest

from portal.domain.taal import Taal
from tests.e2e.conftest import Portal
from tests.e2e.firefox import Handen, firefox
from tests.e2e.reis import Reis
from tests.e2e.steekproef import each

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("taal", each(Taal.NL))
def test_the_journey_in_each_language(portal: Portal, taal: Taal):
    with firefox(portal.url, script=True) as browser:
        Reis(Handen(browser, script=True), taal).make()


@pytest.mark.parametrize("taal", each(Taal.AR))
def test_the_journey_in_each_language_without_script(portal: Portal, taal: Taal):
    with firefox(portal.url, script=False) as browser:
        Reis(Handen(browser, script=False), taal).make()
