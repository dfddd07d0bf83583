"""The main job, whole: from a telephone to the creditors' inboxes and back, in a browser, with script and without."""

import time
from collections import Counter

import pytest
from playwright.sync_api import Browser, Page

from portal.dev.inbox import ReceivedMail
from tests.e2e.conftest import DESK, PHONE, Portal
from tests.e2e.hulpverlener import Hulpverlener
from tests.e2e.hulpvrager import Brief, Hulpvrager
from tests.e2e.schuldeiser import Schuldeiser, mail_to
from tests.e2e.toegankelijk import Keuring, check

pytestmark = pytest.mark.e2e

OME_JAN = "Jan van der Oom"
BRIEVEN = [
    Brief("Vitens", referentie="VIT-1001", bedrag="€ 120,-"),
    Brief("Vitens", referentie="VIT-2002", bedrag="45,50"),
    Brief("Eneco", referentie="ENE-3003", bedrag="1.234,56"),
    Brief("VGZ", referentie="VGZ-4004"),
    Brief("CJIB", referentie="CJIB-5005"),
    Brief("KPN", referentie="KPN-6006"),
    Brief("Ziggo", referentie="ZIG-7007"),
    Brief("Wehkamp", referentie="WEH-8008"),
    Brief("Rabobank", referentie="RAB-9009"),
    Brief("DUO", referentie="DUO-1010"),
    Brief("Woonstichting Het Voorbeeld", referentie="HUUR-1111"),
    Brief("Kamerverhuur De Demonstratie", referentie="KAMER-1212"),
    Brief("Incassobureau Modelland", namens="Zalando", referentie="INC-1313"),
    Brief("Gerechtsdeurwaarders De Proef", namens="Ziekenhuis Modelland", referentie="GDW-1414"),
    Brief("Ome Jan", particulier=True),
]
"""Fifteen letters of fourteen schuldeisers: two letters of one, two collected by others, one by post, one a person."""

EXPECTED = {
    "pauze@vitens.example": {"VIT-1001", "VIT-2002"},
    "pauze@eneco.example": {"ENE-3003"},
    "pauze@vgz.example": {"VGZ-4004"},
    "noodstop@cjib.example": {"CJIB-5005"},
    "pauze@kpn.example": {"KPN-6006"},
    "pauze@vodafoneziggo.example": {"ZIG-7007"},
    "pauze@wehkamp.example": {"WEH-8008"},
    "pauze@rabobank.example": {"RAB-9009"},
    "pauze@duo.example": {"DUO-1010"},
    "huurincasso@hetvoorbeeld.example": {"HUUR-1111"},
    "pauze@zalando.example": {"ZAL-77"},
    "dossiers@incasso-modelland.example": {"INC-1313"},
    "dossiers@modelenzoon.example": {"MEZ-88"},
    "debiteuren@ziekenhuis-modelland.example": {"ZHM-99"},
    "dossiers@icd.example": {"ICD-66"},
    "dossiers@deproef.example": {"GDW-1414"},
    "jan@oom.example": set(),
}
"""Address → the references that its message holds, and nobody else's does."""

NAMENS = {
    "dossiers@incasso-modelland.example": "Zalando",
    "dossiers@modelenzoon.example": "Zalando",
    "dossiers@icd.example": "Ziekenhuis Modelland",
    "dossiers@deproef.example": "Ziekenhuis Modelland",
}
COLLECTED_BY_OTHERS = {
    13: {
        "Zalando": "ZAL-77",
        "Incassobureau Modelland": "INC-1313",
        "Deurwaarderskantoor Model en Zoon": "MEZ-88",
    },
    14: {
        "Ziekenhuis Modelland": "ZHM-99",
        "Incasso Centrale Demo": "ICD-66",
        "Gerechtsdeurwaarders De Proef": "GDW-1414",
    },
}
"""Schuld → its parties, each with the reference that is its own."""

ANSWERS = {
    ("pauze@eneco.example", "ENE-3003"): {"choice": "Wij passen de pauze toe", "contactpersoon": "Mo Bakker"},
    ("pauze@wehkamp.example", "WEH-8008"): {
        "choice": "Iemand anders behandelt de vordering",
        "naar": "Incasso Centrale Demo",
    },
    ("pauze@kpn.example", "KPN-6006"): {
        "choice": "Wij werken niet mee",
        "reden": "Wij werken niet samen met deze schuldhulpverlener",
    },
}
"""Mailbox and own reference → what is answered from the link in its mail."""

REFERENCES = set().union(*EXPECTED.values()) | {"KAMER-1212"}
NEVER = ["inwoner.example", "00112233", "1.234", "120", "45,5", "Ome Jan"]
"""The hulpvrager's own mail and telephone, amounts, and what was typed about a private person."""

DELIVERY_SECONDS = 60


@pytest.mark.parametrize("script", [True, False], ids=["with_script", "without_script"])
def test_fourteen_schuldeisers_each_get_exactly_their_own_message(chromium: Browser, portal: Portal, script: bool):
    look = Keuring(lambda kind: 1) if script else seen_only
    with chromium.new_context(viewport=PHONE, base_url=portal.url, java_script_enabled=script) as phone:
        email = f"hulpvrager-{script}@inwoner.example".lower()
        kenmerk = Hulpvrager(phone.new_page(), seen_only, email=email).file(BRIEVEN)
        with chromium.new_context(viewport=DESK, base_url=portal.url, java_script_enabled=script) as desk:
            (letter,) = approve(staff := Hulpverlener(desk.new_page(), portal, look), kenmerk)
            messages = arrived(portal, kenmerk, len(EXPECTED))
            told_by_mail(portal, email)
            status_page_tells(phone.new_page(), look)
            if script:
                three_answer_from_their_mails(chromium, portal, kenmerk)
                the_case_tells_who_answered(staff)
                the_hulpvrager_reads_the_answers(phone.new_page())
    assert_exactly_the_right_messages(messages)
    assert "Kamerverhuur De Demonstratie" in letter
    assert {reference for reference in REFERENCES if reference in letter} == {"KAMER-1212"}


def approve(staff: Hulpverlener, kenmerk: str) -> list[str]:
    """The whole review; returns the letters that go by post."""
    staff.sign_in()
    staff.open_case(kenmerk)
    staff.take()
    staff.confirm_suggestions()
    staff.match_all(COLLECTED_BY_OTHERS)
    staff.propose(15, OME_JAN, "jan@oom.example")
    staff.approve(confirm=["Ja, de hulpvrager wil dat deze persoon bericht krijgt"])
    return staff.post_letters()


def arrived(portal: Portal, kenmerk: str, count: int) -> list[ReceivedMail]:
    """The Kennisgevingen of this case, when all that are expected are there; and a moment later no more of them."""
    deadline = time.monotonic() + DELIVERY_SECONDS
    while len(found := of_case(portal, kenmerk)) < count:
        assert time.monotonic() < deadline, sorted(address for mail in found for address in mail.envelope_to)
        time.sleep(0.3)
    time.sleep(2)
    return of_case(portal, kenmerk)


def of_case(portal: Portal, kenmerk: str) -> list[ReceivedMail]:
    return [mail for mail in portal.mails() if mail.subject.startswith(f"Kennisgeving {kenmerk}")]


def assert_exactly_the_right_messages(messages: list[ReceivedMail]) -> None:
    assert Counter(address for mail in messages for address in mail.envelope_to) == Counter(EXPECTED.keys())
    assert len({mail.message["Message-ID"] for mail in messages}) == len(EXPECTED)
    for mail in messages:
        (recipient,) = mail.envelope_to
        for part in ("plain", "html"):
            body = mail.message.get_body((part,))
            assert body is not None
            words = body.get_content()
            assert {ref for ref in REFERENCES if ref in words} == EXPECTED[recipient], (recipient, part)
            assert [name for name in set(NAMENS.values()) if f"namens {name}" in words] == (
                [NAMENS[recipient]] if recipient in NAMENS else []
            ), (recipient, part)
            assert not [secret for secret in NEVER if secret in without_ids(words)], (recipient, part)
        assert str(mail.message["To"]) == recipient
        assert not mail.message["Cc"]
        assert not mail.message["Bcc"]
        assert "Vries" not in mail.subject
        assert "schuld" not in mail.subject.lower()


def without_ids(words: str) -> str:
    """Kenmerk, bericht-id and the port in an address are made by chance and may hold any digits."""
    return " ".join(word for word in words.split() if "-" not in word and "://" not in word)


def told_by_mail(portal: Portal, email: str) -> None:
    subjects = [mail.subject for mail in portal.mails() if email in mail.envelope_to]
    assert subjects == ["Bericht van gemeente Utrecht"] * 2  # it was received; it was approved


def status_page_tells(page: Page, look) -> None:  # type: ignore[no-untyped-def]
    page.goto("/verzoek")
    look(page, "Uw verzoek")
    body = page.locator("main").inner_text()
    assert "Vitens" in body
    assert "Kamerverhuur De Demonstratie" in body
    assert "gestopt" not in body.lower()


def three_answer_from_their_mails(chromium: Browser, portal: Portal, kenmerk: str) -> None:
    """Three companies, each in a browser of its own, from the link in its mail."""
    for number, ((address, referentie), answer) in enumerate(ANSWERS.items()):
        with chromium.new_context(viewport=PHONE, locale="nl-NL") as clerk:
            schuldeiser = Schuldeiser(clerk, mail_to(portal, address, kenmerk), careless=number == 0)
            schuldeiser.open(referentie)
            schuldeiser.answer(**answer)


def the_case_tells_who_answered(staff: Hulpverlener) -> None:
    staff.page.goto(staff.case)
    check(staff.page)
    body = staff.page.locator("main").inner_text()
    for words in (
        "Pauze toegepast tot en met",
        "Overgedragen aan een ander: Incasso Centrale Demo",
        "Werkt niet mee: geen samenwerking met deze schuldhulpverlener",
    ):
        assert words in body, words


def the_hulpvrager_reads_the_answers(page: Page) -> None:
    page.goto("/verzoek")
    check(page, "Uw verzoek")
    body = page.locator("main").inner_text()
    for words in ("Pauze bevestigd", "gaf de schuld door aan Incasso Centrale Demo", "Deze schuldeiser doet niet mee."):
        assert words in body, words


def seen_only(page: Page, h1: str | None) -> None:
    """The page must be the one meant. Without script there is no axe, and the questions are judged in test_talen.py."""
    heading = page.locator("h1").inner_text()
    assert h1 is None or h1 in heading, f"expected {h1!r}, got {heading!r} at {page.url}"
