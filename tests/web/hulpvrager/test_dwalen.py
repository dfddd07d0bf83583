"""Somebody wanders through the questions at random: back and forth, in two windows, with a browser that dies."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portal.web.hulpvrager.verlopen import LANG_OPEN
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import ANSWERS, place
from tests.web.hulpvrager.test_nooit_kwijt import OTHER, sign_in_anew

WINDOWS, QUESTIONS = st.sampled_from([0, 1]), st.sampled_from(list(OTHER))
WHOLE = {"adres": {"postcode": "3511 AB"}, "contact": {"telefoon": "06 12345678"}}
"""Written as the portal writes them: a page shows what it made of an answer."""

CHOICES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    slug: ({**ANSWERS[slug], **WHOLE.get(slug, {})}, {**ANSWERS[slug], **WHOLE.get(slug, {}), **other})
    for slug, (other, _) in OTHER.items()
}
"""Two answers to each question."""


class Wanderer(RuleBasedStateMachine):
    """`kept` is what must be there: the last answer to each question that the portal took."""

    given: Given
    browser: Browser

    def __init__(self) -> None:
        super().__init__()
        self.id = place(self.browser, self.given, "dreiging")
        self.pages = [self.browser.see("/verzoek/dreiging") for _ in range(2)]
        self.sent: tuple[str, Mapping[str, Any]] | None = None
        self.kept: dict[str, Any] = {}
        self.meant: dict[tuple[str, int], Any] = {}
        self.list: list[str] = []

    @rule(window=WINDOWS, slug=QUESTIONS)
    def open(self, window: int, slug: str) -> None:
        self.pages[window] = self._see(f"/verzoek/{slug}")

    @rule(window=WINDOWS)
    def back(self, window: int) -> None:
        if earlier := self.pages[window].links.get("Terug"):
            self.pages[window] = self._see(earlier)

    @rule(window=WINDOWS, choice=st.sampled_from([0, 1]))
    def answer(self, window: int, choice: int) -> None:
        page, slug = self.pages[window], self.pages[window].url.rpartition("/")[2]
        if slug == "schulden":
            self.pages[window] = self.browser.follow(self.browser.fill(page))
            self.kept["schulden"] = {"klaar": True}
        elif slug in CHOICES:
            self.sent = (page.url, page.form().values | CHOICES[slug][choice])
            self._send(window, choice)

    @rule(window=WINDOWS, name=st.sampled_from(["Ziggo", "Vitens"]))
    def add(self, window: int, name: str) -> None:
        page = self._see("/verzoek/schulden/nieuw")
        if page.url.endswith("/nieuw"):
            assert self.browser.fill(page, {"afzender": name}, button="Opslaan").to == "/verzoek/schulden"
            self.list.append(name)

    @rule()
    def send_again(self) -> None:
        """The answer of the portal got lost on the way: the browser sends the same once more."""
        if self.sent:
            slug = self.sent[0].rpartition("/")[2]
            before = self.kept.get(slug)
            page = Page(self.browser.post(self.sent[0], data=self.sent[1]))
            if page.status == 302 and page.to != f"/verzoek/{slug}":
                self.kept[slug] = self.given.case(self.id).antwoorden.get(slug, before)

    @rule()
    def die(self) -> None:
        sign_in_anew(self.browser, self.given, self.id)

    @invariant()
    def nothing_is_lost(self) -> None:
        case = self.given.case(self.id)
        assert case.antwoorden == self.kept
        assert [line.verteld.afzender for line in case.schulden] == self.list

    def _send(self, window: int, choice: int) -> None:
        assert self.sent
        url, values = self.sent
        slug = url.rpartition("/")[2]
        page = Page(self.browser.post(url, data=values))
        if page.status == 302:
            told = self.given.case(self.id).antwoorden[slug]
            assert self.meant.setdefault((slug, choice), told) == told
            self.kept[slug] = told
        else:
            assert page.status == 409 or LANG_OPEN in page.main, (page.status, page.errors)
            assert values.items() - {("csrf_token", values["csrf_token"]), ("stand", values["stand"])} <= {
                *page.form().values.items()
            }
        self.pages[window] = self.browser.follow(page)

    def _see(self, url: str) -> Page:
        return self.browser.follow(self.browser.see(url, None))


def test_whoever_wanders_loses_nothing(new_browser: MakeBrowser, given: Given) -> None:
    def start() -> Wanderer:
        Wanderer.given, Wanderer.browser = given, new_browser()
        return Wanderer()

    quick = settings(
        max_examples=5,
        stateful_step_count=20,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a walk of twenty steps needs no shorter one to be understood
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(start, settings=quick)
