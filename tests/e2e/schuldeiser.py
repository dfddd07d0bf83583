"""A clerk at a schuldeiser: opens the link in a mail, shows that the customer is known, answers."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

from portal.dev.inbox import ReceivedMail
from tests.e2e.conftest import Portal
from tests.e2e.toegankelijk import check

LINK = re.compile(r"http://\S+/antwoord/\S+")


@dataclass
class Schuldeiser:
    """`mail` is the Kennisgeving. Who is `careless` sends each page empty and wrong first: it is looked at then too."""

    context: BrowserContext
    mail: ReceivedMail
    careless: bool = False
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()

    def open(self, referentie: str) -> None:
        """The own reference opens it; nothing and a wrong one do not."""
        body = self.mail.message.get_body(("plain",))
        found = LINK.search(body.get_content()) if body else None
        assert found
        self.page.goto(found[0])
        check(self.page, "Antwoord op een Kennisgeving")
        for typed in ("", "ANDERS-1") if self.careless else ():
            self.page.get_by_label("Uw eigen kenmerk").fill(typed)
            self._send("Ga verder")
            self.page.locator("#fouten").wait_for()
            check(self.page, "Antwoord op een Kennisgeving")
        self.page.get_by_label("Uw eigen kenmerk").fill(referentie)
        self._send("Ga verder")
        check(self.page, "Uw antwoord aan gemeente")

    def answer(self, choice: str, *, naar: str = "", reden: str = "", contactpersoon: str = "") -> None:
        """One choice; what belongs to another choice stays out of sight."""
        if self.careless:
            self._answer_wrong()
        self.page.get_by_label(choice, exact=True).check()
        seen = [self.page.get_by_label(label).is_visible() for label in ("Dag", "Wie behandelt")]
        assert seen == [choice == "Wij passen de pauze toe", bool(naar)]
        if naar:
            self.page.get_by_label("Wie behandelt").fill(naar)
        if reden:
            self.page.get_by_label(reden).check()
        if contactpersoon:
            self.page.get_by_label("Naam van uw contactpersoon").fill(contactpersoon)
        check(self.page)
        self._send("Verstuur uw antwoord")
        check(self.page, "Uw antwoord is binnen")

    def _answer_wrong(self) -> None:
        """Nothing chosen, and then another without a name: both are out of sight with another choice."""
        for choose in (lambda: None, self.page.get_by_label("Iemand anders behandelt de vordering", exact=True).check):
            choose()
            self._send("Verstuur uw antwoord")
            self.page.locator("#fouten").wait_for()
            check(self.page, "Uw antwoord aan gemeente")

    def _send(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()


def mail_to(portal: Portal, address: str, kenmerk: str) -> ReceivedMail:
    """The Kennisgeving of this case in one mailbox."""
    return next(
        m for m in portal.mails() if address in m.envelope_to and m.subject.startswith(f"Kennisgeving {kenmerk}")
    )
