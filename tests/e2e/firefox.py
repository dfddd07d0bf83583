"""Firefox as Debian has it, driven over Marionette: its own protocol, so no other program is needed.

`marionette_driver` is Mozilla's. Playwright drives a Firefox of its own make only, and Debian's stable release has no
geckodriver.
"""

import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

from portal.domain.taal import Taal
from tests.e2e.toegankelijk import NARROW, RULES

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # what it imports is older than our Python
    from marionette_driver import By
    from marionette_driver.keys import Keys
    from marionette_driver.marionette import HTMLElement, Marionette

COMMAND = ["firefox-esr", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile"]
SECONDS = 60
FIND_SECONDS = 10
KEYS = {"Tab": Keys.TAB, "Enter": Keys.ENTER, "Space": " ", "ArrowDown": Keys.ARROW_DOWN, "Escape": Keys.ESCAPE}
JUDGE = """
    const [rules, done] = arguments;
    axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
        .then(found => done(found.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html))));
"""
ZOOM = """
    const shown = gBrowser.selectedBrowser;
    ZoomManager.setZoomForBrowser(shown, shown.clientWidth / arguments[0]);
"""


class Firefox:
    """One window, as wide as the narrowest phone."""

    def __init__(self, marionette: Marionette, base: str) -> None:
        self._marionette = marionette
        self._base = base

    def go(self, path: str) -> None:
        self._marionette.navigate(self._base + path)

    @property
    def url(self) -> str:
        return str(self._marionette.get_url())

    @property
    def language(self) -> tuple[str, str]:
        """Of the page, and which way it is written."""
        page = self._page
        return str(page.get_attribute("lang")), str(page.get_attribute("dir"))

    @property
    def _page(self) -> HTMLElement:
        return self._marionette.find_element(By.TAG_NAME, "html")

    @property
    def h1(self) -> str:
        return str(self._marionette.find_element(By.TAG_NAME, "h1").text)

    def wait_for_focus(self, id: str) -> None:
        """Until what has this id has the focus: the browser puts it there some time after the page has come."""
        deadline = time.monotonic() + FIND_SECONDS
        while self._marionette.get_active_element().get_attribute("id") != id:
            assert time.monotonic() < deadline, f"#{id} has no focus at {self.url}"
            time.sleep(0.05)

    def click(self, css: str) -> None:
        """The last one of these."""
        self._all(css)[-1].click()

    def fill(self, name: str, value: str) -> None:
        """A box, or a choice by its label."""
        boxes = self._all(f"main [name='{name}']")
        if boxes[0].get_attribute("type") != "radio":
            boxes[0].clear()
            boxes[0].send_keys(value)
            return
        (wanted,) = (box.get_attribute("id") for box in boxes if box.get_attribute("value") == value)
        self.click(f"label[for='{wanted}']")

    def press(self, key: str) -> None:
        self.type(KEYS[key])

    def type(self, words: str) -> None:
        """To what has the focus, key by key."""
        self._marionette.actions.sequence("key", "keyboard").send_keys(words).perform()

    def enter(self) -> None:
        """Press Enter; a page comes."""
        page = self._page
        self.press("Enter")
        deadline = time.monotonic() + FIND_SECONDS
        while self._page == page or self.ask("document.readyState") != "complete":
            assert time.monotonic() < deadline, f"Enter leads nowhere at {self.url}"

    def ask(self, expression: str) -> Any:
        """What this JavaScript is worth on the page, also where the page itself has none."""
        return self._marionette.execute_script(f"return {expression.strip()}")

    def forget(self) -> None:
        """No cookie is left: another person takes the phone."""
        self.go("/gezondheid")
        self._marionette.delete_all_cookies()

    def carry(self, cookies: Iterable[Mapping[str, Any]]) -> None:
        """Those of another browser: the same person goes on in this one."""
        for cookie in cookies:
            self._marionette.add_cookie({"name": cookie["name"], "value": cookie["value"], "path": cookie["path"]})

    def clear(self, css: str) -> None:
        """Nothing is left in any of these boxes."""
        for box in self._all(css):
            box.clear()

    def width(self) -> tuple[int, int]:
        """Of the window and of the page, in CSS pixels."""
        window, page = self._marionette.execute_script(
            "return [window.innerWidth, document.documentElement.scrollWidth]"
        )
        return int(window), int(page)

    def findings(self) -> list[str]:
        """What axe says about the page."""
        found = self._marionette.execute_async_script(AXE_SCRIPT + JUDGE, script_args=[RULES])
        return [str(each) for each in found]

    def narrow(self) -> None:
        """A window has a least width; zoomed in, its page is as wide as that of a phone."""
        with self._marionette.using_context("chrome"):
            self._marionette.execute_script(ZOOM, script_args=[NARROW])

    def _all(self, css: str) -> list[HTMLElement]:
        """Everything that matches; waits for the first one."""
        self._marionette.find_element(By.CSS_SELECTOR, css)
        return list(self._marionette.find_elements(By.CSS_SELECTOR, css))


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


@contextmanager
def firefox(base: str, *, script: bool) -> Iterator[Firefox]:
    """A fresh profile, ended and forgotten afterwards."""
    with tempfile.TemporaryDirectory(prefix="ff-", ignore_cleanup_errors=True) as folder:
        wishes = {"marionette.port": 0, "remote.prefs.recommended": "true", "javascript.enabled": str(script).lower()}
        lines = [f'user_pref("{name}", {value});' for name, value in wishes.items()]
        Path(folder, "user.js").write_text("\n".join(lines), encoding="utf-8")
        process = subprocess.Popen([*COMMAND, folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = opened_port(Path(folder, "MarionetteActivePort"))
            marionette = Marionette(host="127.0.0.1", port=port, socket_timeout=SECONDS, startup_timeout=SECONDS)
            marionette.start_session()
            marionette.timeout.implicit = FIND_SECONDS
            yield Firefox(marionette, base)
            marionette.delete_session()
            marionette.client.close()
        finally:
            process.terminate()
            process.wait(SECONDS)


def opened_port(written: Path) -> int:
    """Which port Firefox chose: it writes it into its profile once it listens."""
    deadline = time.monotonic() + SECONDS
    while not (written.exists() and written.read_text()):
        assert time.monotonic() < deadline, "Firefox did not start"
        time.sleep(0.1)
    return int(written.read_text())
