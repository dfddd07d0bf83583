"""Mails in the language of the hulpvrager, over a real mail server."""

import pytest

from portal.actions import toegang
from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.domain.taal import Taal
from portal.texts import talen
from tests.conftest import Server
from tests.delivery.test_worker import Round
from tests.given import Given
from tests.mailserver import MailServer, Received
from tests.taal import choose, submitted


@pytest.fixture
def given(database: Database) -> Given:
    """By the real clock: PostgreSQL decides when a job is due, and its clock cannot be set."""
    return Given(database)


@pytest.fixture
def quick(server: Server, database: Database) -> Round:
    return Round(server, database)


def contact(email: str) -> dict[str, object]:
    return {"telefoon": "06 12345678", "email": email}


def languages(mails: list[Received]) -> dict[str, str]:
    return {got.envelope_to[0]: got.mail["Content-Language"] for got in mails}


def test_a_mail_in_arabic_arrives_as_it_was_frozen(given, quick):
    submitted(given, Taal.AR, contact=contact("ar@inwoner.example"))
    with MailServer() as mail:
        quick.run_until(mail, lambda: len(mail.received) == 1)
    [got] = mail.received
    assert got.mail["Content-Language"] == "ar"
    assert got.mail["Subject"] == "رسالة من بلدية Utrecht"
    assert '<html lang="ar" dir="rtl">' in got.body("html")
    for kind in ("plain", "html"):
        assert "وصل طلبك" in got.body(kind)
        assert "الإثبات مكتوب بالهولندية" in got.body(kind)
        assert "Uw verzoek" not in got.body(kind)
    [bewijs] = got.mail.iter_attachments()
    assert bewijs.get_content_type() == "application/pdf"


def test_one_worker_speaks_to_each_in_the_own_language(given, quick, database):
    """The mails with links are written by the worker itself."""
    mailed = {}
    for taal in (Taal.AR, Taal.NL, Taal.UK, Taal.NL, Taal.TR):
        email = f"{taal}{len(mailed)}@inwoner.example"
        choose(given, given.submitted(contact=contact(email)), taal)
        mailed[email] = str(taal)
    with MailServer() as mail:
        quick.run_until(mail, lambda: len(mail.received) == len(mailed))
        mail.received.clear()
        with database.session(Actor.bezoeker()) as session:
            for email in mailed:
                toegang.request_links_for_address(session, email)
        quick.run_until(mail, lambda: len(mail.received) == len(mailed))
    assert languages(mail.received) == mailed
    dutch = [got.body("plain") for got in mail.received if got.mail["Content-Language"] == "nl"]
    assert len(dutch) == 2
    assert all(text.startswith("Goedendag,") for text in dutch)
    assert talen.spoken() is Taal.NL
