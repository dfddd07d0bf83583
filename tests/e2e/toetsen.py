"""The journey without a mouse, in any browser: Tab, space, arrows and Enter. Where the focus is can always be seen."""

import time
from typing import Any, Protocol

from playwright.sync_api import Page

from portal.domain.taal import Taal

MAX_TABS = 60
MAX_ARROWS = 10
FOCUS_SECONDS = 10

FOCUS_SHOWS = """
    document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none'
"""
LAST = "[...document.querySelectorAll(`{css}`)].at(-1)"
SEEN = """
    [location.pathname, document.documentElement.lang, document.documentElement.dir,
        document.querySelector('h1')?.innerText]
"""
AT_FAULTS = "document.activeElement.id === 'fouten'"


class Keyboard(Protocol):
    """The keys of a browser, and what it shows."""

    def go(self, path: str) -> None: ...

    def press(self, key: str) -> None:
        """One key, by the name that the web gives it."""

    def type(self, words: str) -> None: ...

    def enter(self) -> None:
        """Press Enter; a page comes."""

    def ask(self, expression: str) -> Any:
        """What this JavaScript is worth on the page."""


class Toetsen:
    """Hands that find everything with Tab."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard
        self.go = keyboard.go

    def click(self, css: str) -> None:
        last = LAST.format(css=css)
        self._tab_until(f"document.activeElement === ({last}.control ?? {last})")
        if self._keyboard.ask("document.activeElement.type") == "checkbox":
            self._keyboard.press("Space")
        else:
            self._keyboard.enter()

    def fill(self, name: str, value: str) -> None:
        self._tab_until(f"document.activeElement.name === '{name}'")
        if self._keyboard.ask("document.activeElement.type") == "radio":
            self._choose(value)
            return
        self._keyboard.type(value)
        if self._keyboard.ask("!!document.activeElement.list"):
            self._keyboard.press("Escape")  # the list of suggestions

    def judge(self, path: str, taal: Taal, *, wrong: bool = False) -> None:
        if wrong:
            self._wait_until(AT_FAULTS)
        where, lang, direction, h1 = self._keyboard.ask(SEEN)
        assert where.endswith(path), where
        assert (lang, direction) == (taal, taal.richting), where
        assert h1, where
        assert self._keyboard.ask(AT_FAULTS) is wrong, where

    def _wait_until(self, true: str) -> None:
        """Firefox moves the focus some time after the page has come."""
        deadline = time.monotonic() + FOCUS_SECONDS
        while not self._keyboard.ask(true):
            assert time.monotonic() < deadline, f"not {true} on {self._keyboard.ask('location.pathname')}"
            time.sleep(0.05)

    def _choose(self, value: str) -> None:
        self._keyboard.press("Space")
        for _ in range(MAX_ARROWS):
            if self._keyboard.ask(f"document.activeElement.value === '{value}' && document.activeElement.checked"):
                return
            self._keyboard.press("ArrowDown")
        raise AssertionError(f"not reached by arrow: {value}")

    def _tab_until(self, reached: str) -> None:
        for _ in range(MAX_TABS):
            self._keyboard.press("Tab")
            shown, there = self._keyboard.ask(f"[{FOCUS_SHOWS}, {reached}]")
            assert shown, self._keyboard.ask("document.activeElement.outerHTML")
            if there:
                return
        raise AssertionError(f"not reached by Tab on {self._keyboard.ask('location.pathname')}: {reached}")


class ChromiumKeyboard:
    def __init__(self, page: Page) -> None:
        self._page = page
        self.press, self.type = page.keyboard.press, page.keyboard.type

    def go(self, path: str) -> None:
        self._page.goto(path)

    def enter(self) -> None:
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def ask(self, expression: str) -> Any:
        return self._page.evaluate(expression)
