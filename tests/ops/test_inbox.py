"""The development inbox is a real mail server that keeps what it was given."""

import smtplib
import time
from email.message import EmailMessage

import pytest

from portal.dev.inbox import Inbox, newest, read


def message(subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "portal@portal.example", "wie@dan.example", subject
    mail.set_content("Platte tekst é\n.\nna een punt\n")
    mail.add_alternative("<p>Opgemaakte tekst</p>", subtype="html")
    return mail


def send(inbox: Inbox, mail: EmailMessage, to: str = "a@b.example", envelope_from: str = "bounce+1@portal.example"):
    with smtplib.SMTP("127.0.0.1", inbox.port, timeout=5) as server:
        server.send_message(mail, envelope_from, [to])


def test_a_message_is_kept_with_its_envelope(tmp_path):
    with Inbox(tmp_path / "postvak") as inbox:
        send(inbox, message("Bericht één"), to="c@d.example", envelope_from="bounce+xyz@portal.example")
    (mail,) = newest(tmp_path / "postvak")
    assert (mail.envelope_from, mail.envelope_to) == ("bounce+xyz@portal.example", ["c@d.example"])
    assert mail.subject == "Bericht één"
    assert mail.text.replace("\r", "") == "Platte tekst é\n.\nna een punt\n"
    assert "<p>Opgemaakte tekst</p>" in mail.html


def test_the_list_is_newest_first_and_bounded(tmp_path):
    with Inbox(tmp_path) as inbox:
        for number in range(5):
            send(inbox, message(f"Bericht {number}"))
        assert [mail.subject for mail in inbox.messages(limit=3)] == ["Bericht 4", "Bericht 3", "Bericht 2"]


def test_a_message_is_read_by_its_key_and_no_other_file_is(tmp_path):
    (tmp_path / "geheim").write_text("geheim")
    with Inbox(tmp_path / "postvak") as inbox:
        send(inbox, message("Bericht"))
        (mail,) = inbox.messages()
    assert read(tmp_path / "postvak", mail.key).subject == "Bericht"
    assert read(tmp_path / "postvak", "../../geheim") is None
    assert read(tmp_path / "postvak", mail.key[:-1] + "999") is None


def test_an_empty_inbox_is_an_empty_list(tmp_path):
    assert newest(tmp_path / "niets") == []


def test_a_refused_recipient_hears_so_and_nothing_is_kept(tmp_path):
    answers = {"later@b.example": "451 4.3.0 Later", "weg@b.example": "550 5.1.1 Unknown"}
    with Inbox(tmp_path, answer=answers.get) as inbox:
        for to, answer in answers.items():
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                send(inbox, message("Bericht"), to=to)
            assert refused.value.recipients[to][0] == int(answer[:3])
        send(inbox, message("Wel"), to="goed@b.example")
        assert [mail.envelope_to for mail in inbox.messages()] == [["goed@b.example"]]


def test_a_slow_server_makes_the_sender_wait(tmp_path):
    with Inbox(tmp_path, delay_seconds=0.3) as inbox:
        start = time.perf_counter()
        send(inbox, message("Traag"))
        assert time.perf_counter() - start >= 0.3
