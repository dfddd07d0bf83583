"""A mailbox read over IMAP: each mail is kept first, then put away; what goes wrong loses none."""

from dataclasses import replace

import pytest

from portal.db.engine import Database
from portal.delivery.inbound import intake, mailbox
from portal.delivery.inbound.mailbox import MailboxNotUsable, read_mailbox
from portal.domain.inkomend import Mailsoort
from tests.conftest import ADRESSEN
from tests.delivery import mails
from tests.delivery.test_inbound import Postbus
from tests.given import Given
from tests.imapserver import ImapServer
from tests.mailserver import certificates
from tests.workers import settings_for


@pytest.fixture
def given(database: Database) -> Given:
    """By the real clock: OpenSSL looks at that one when it checks a certificate."""
    return Given(database)


@pytest.fixture
def box(given, tmp_path, monkeypatch):
    """A mailbox with a bounce and an answer, and the settings to read it."""
    made = certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    given_to = f"Delivered-To: bounce+{'0' * 32}@{ADRESSEN.envelope_domain}\r\n".encode()
    with ImapServer(made.context, {7: given_to + mails.dsn("5.1.1", to=""), 9: mails.mail("Goed.", to="")}) as server:
        yield server


def settings_of(server, **changes):
    facts = {
        "inbound_imap_host": "127.0.0.1",
        "inbound_imap_port": server.port,
        "inbound_imap_username": "postbus",
        "inbound_imap_password": "geheim",
    }
    return replace(settings_for(), **facts | changes)


def test_every_unread_mail_is_kept_and_marked_as_read_once(box, given):
    assert read_mailbox(settings_of(box), given.database) == 2
    assert (box.seen, box.moved) == ({7, 9}, {})
    assert {row.soort for row in Postbus(given).kept()} == {Mailsoort.ONBESTELBAAR, Mailsoort.ANTWOORD}
    assert read_mailbox(settings_of(box), given.database) == 0


def test_with_a_folder_for_what_was_kept_the_mails_go_there(box, given):
    assert read_mailbox(settings_of(box, inbound_imap_done_folder="Klaar"), given.database) == 2
    assert box.moved == {7: "Klaar", 9: "Klaar"}


def test_a_mail_that_could_not_be_kept_stays_unread_and_comes_again(box, given, monkeypatch):
    """The database goes away after the first one."""
    real, kept = intake.receive, []

    def once(*words):
        if kept:
            raise ConnectionError
        kept.append(real(*words))

    monkeypatch.setattr(mailbox.intake, "receive", once)
    with pytest.raises(MailboxNotUsable):
        read_mailbox(settings_of(box), given.database)
    assert box.seen == {7}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inbound_imap_password": "fout"}, "INBOUND_IMAP_PASSWORD"),
        ({"inbound_imap_folder": "Weg"}, "INBOUND_IMAP_FOLDER"),
        ({"inbound_imap_port": 1}, "cannot be reached"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_in_one_sentence(box, given, changes, said):
    with pytest.raises(MailboxNotUsable, match=said):
        read_mailbox(settings_of(box, **changes), given.database)


def test_a_mailbox_with_a_certificate_that_nobody_vouches_for_gets_no_password(box, given, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailboxNotUsable, match="cannot be reached"):
        read_mailbox(settings_of(box), given.database)
    assert box.seen == set()
