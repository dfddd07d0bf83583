"""Firefox as Debian has it, driven over Marionette: its own protocol, so no other program is needed.

`marionette_driver` is Mozilla's. Playwright drives a Firefox of its own make only, and Debian's stable release has no
geckodriver.
"""

import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.toegankelijk import NARROW, RULES

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # what it imports is older than our Python
    from marionette_driver import By
    from marionette_driver.marionette import HTMLElement, Marionette

COMMAND = ["firefox-esr", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile"]
SECONDS = 60
FIND_SECONDS = 10
JUDGE = """
    const [rules, done] = arguments;
    axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
        .then(found => done(found.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html))));
"""
ZOOM = """
    const shown = gBrowser.selectedBrowser;
    ZoomManager.setZoomForBrowser(shown, shown.clientWidth / arguments[0]);
"""
LABELLED = "//main//label[normalize-space()={0!r} or starts-with(normalize-space(), {0!r})]"


class Firefox:
    """One window, as wide as the narrowest phone. What is named is found by the words that a person reads."""

    def __init__(self, marionette: Marionette, base: str) -> None:
        self._marionette = marionette
        self._base = base

    def go(self, path: str) -> None:
        self._marionette.navigate(self._base + path)

    @property
    def h1(self) -> str:
        return str(self._marionette.find_element(By.TAG_NAME, "h1").text)

    @property
    def text(self) -> str:
        return str(self._marionette.find_element(By.TAG_NAME, "main").text)

    @property
    def focused(self) -> str:
        """The id of what has the focus."""
        return str(self._marionette.get_active_element().get_attribute("id"))

    def press(self, words: str) -> None:
        """The button or the link with these words."""
        self._find(f"//button[normalize-space()={words!r}] | //main//a[normalize-space()={words!r}]").click()

    def fill(self, label: str, value: str) -> None:
        box = self._box(label)
        box.clear()
        box.send_keys(value)

    def choose(self, group: str, label: str) -> None:
        """One of the answers in a fieldset."""
        words = f"//fieldset[@id='{group}-groep']//label[normalize-space()={label!r}]"
        self._find(words).click()

    def tick(self, label: str) -> None:
        self._find(LABELLED.format(label)).click()

    def send_keys(self, keys: str) -> None:
        """To whatever has the focus."""
        self._marionette.get_active_element().send_keys(keys)

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

    def _box(self, label: str) -> HTMLElement:
        box = self._find(LABELLED.format(label)).get_attribute("for")
        return self._marionette.find_element(By.ID, box)

    def _find(self, xpath: str) -> HTMLElement:
        return self._marionette.find_element(By.XPATH, xpath)


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
