"""Handing over to a real mail server: what each answer means, and when a connection is trusted."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.actions.zending import Zending
from portal.delivery.smtp import Mailer
from portal.domain.status import Pogingresultaat
from tests.mailserver import MailServer, certificates
from tests.workers import settings_for

AANGEBODEN, TIJDELIJK, GEWEIGERD = Pogingresultaat.AANGEBODEN, Pogingresultaat.TIJDELIJK, Pogingresultaat.GEWEIGERD


def zending(number: int = 1, aan: str = "klanten@energie.example") -> Zending:
    return Zending(
        aan=aan,
        onderwerp=f"Kennisgeving {number}",
        tekst="Goedendag\n",
        html="<p>Goedendag</p>",
        message_id=f"<{number}@portal.example>",
        envelope_token=f"token{number}",
        issued_at=datetime(2027, 2, 9, tzinfo=UTC),
        afzender_naam="Stadsbank namens gemeente Utrecht",
        antwoord_aan="team@stadsbank.example",
        tijdelijk=0,
    )


@contextmanager
def mailer(server: MailServer, **changed) -> Iterator[Mailer]:
    settings = replace(settings_for(MAIL_PORT=str(server.port)), **changed)
    made = Mailer(settings)
    try:
        yield made
    finally:
        made.close()


def test_the_envelope_and_the_one_recipient():
    with MailServer() as server, mailer(server, mail_envelope_domain="bounce.example") as mail:
        uitslag = mail.deliver(zending())
    [received] = server.received
    assert (uitslag.resultaat, uitslag.code, uitslag.antwoord) == (AANGEBODEN, 250, "2.0.0 Accepted")
    assert received.envelope_from == "bounce+token1@bounce.example"
    assert received.envelope_to == ["klanten@energie.example"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("421 4.3.2 Closing", TIJDELIJK),
        ("450 4.2.1 Busy", TIJDELIJK),
        ("451 4.3.0 Later", TIJDELIJK),
        ("452 4.2.2 Full", TIJDELIJK),
        ("550 5.1.1 Unknown user", GEWEIGERD),
        ("551 5.1.6 Moved", GEWEIGERD),
        ("552 5.2.2 Over quota", GEWEIGERD),
        ("553 5.1.3 Bad address", GEWEIGERD),
        ("550 5.7.1 Relaying denied", TIJDELIJK),
        ("550 5.1.8 Sender address rejected", TIJDELIJK),
        ("530 5.7.0 Sign in first", TIJDELIJK),
        ("503 5.5.1 Bad sequence", TIJDELIJK),
    ],
)
def test_what_an_answer_about_the_recipient_means(reply, expected):
    with MailServer(rcpt_reply=lambda address: reply) as server, mailer(server) as mail:
        uitslag = mail.deliver(zending())
    assert uitslag.resultaat is expected
    assert uitslag.code == int(reply[:3])
    assert server.received == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [("451 4.3.0 Later", TIJDELIJK), ("554 5.6.0 Not acceptable", GEWEIGERD), ("554 5.7.1 Policy", TIJDELIJK)],
)
def test_what_an_answer_to_the_message_means(reply, expected):
    with MailServer(data_reply=reply) as server, mailer(server) as mail:
        assert mail.deliver(zending()).resultaat is expected


def test_a_refused_sender_is_our_fault_and_not_the_end():
    with MailServer(mail_reply="550 5.1.0 Sender rejected") as server, mailer(server) as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, uitslag.code) == (TIJDELIJK, 550)


def test_a_wrong_password_is_our_fault_and_not_the_end():
    with MailServer(refuse_sign_in=True) as server, mailer(server, mail_username="u", mail_password="p") as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, uitslag.code) == (TIJDELIJK, 535)


def test_it_signs_in_when_there_is_a_user_name():
    with MailServer() as server, mailer(server, mail_username="u", mail_password="p") as mail:
        assert mail.deliver(zending()).resultaat is AANGEBODEN
    assert server.signed_in == [True]


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with mailer(MailServer(port=port)) as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, uitslag.code) == (TIJDELIJK, None)
    assert "ConnectionRefusedError" in uitslag.antwoord


def test_a_server_that_says_nothing_is_left_in_time():
    with MailServer(greeting_delay=30) as server, mailer(server, mail_timeout_seconds=1) as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, uitslag.antwoord) == (TIJDELIJK, "De mailserver antwoordde niet op tijd.")


def test_a_server_that_hangs_up_after_the_message():
    with MailServer(hang_up_at_data=True) as server, mailer(server) as mail:
        assert mail.deliver(zending()).resultaat is TIJDELIJK
        server.hang_up_at_data = False
        assert mail.deliver(zending()).resultaat is AANGEBODEN
    assert [received.message_id for received in server.received] == ["<1@portal.example>"] * 2
    assert len({received.content for received in server.received}) == 1


def test_an_unusable_address_is_refused_without_asking_the_server():
    with MailServer() as server, mailer(server) as mail:
        uitslag = mail.deliver(zending(aan="Jan <jan@energie.example>, dief@kwaad.example"))
    assert (uitslag.resultaat, uitslag.code, server.connections) == (GEWEIGERD, None, 0)


def test_an_address_does_not_stay_in_the_words_of_the_server():
    reply = "550 5.1.1 <jan.jansen@energie.example>: user Jan.Jansen unknown"
    with MailServer(rcpt_reply=lambda address: reply) as server, mailer(server) as mail:
        uitslag = mail.deliver(zending(aan="jan.jansen@energie.example"))
    assert "jansen" not in uitslag.antwoord.lower()
    assert "5.1.1" in uitslag.antwoord


# --- TLS --------------------------------------------------------------------------------------------


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    made = certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    return made


@pytest.mark.parametrize("required", [True, False])
def test_starttls_is_used_when_it_is_offered(trusted, required):
    with MailServer(tls=trusted.context) as server, mailer(server, mail_require_tls=required) as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, uitslag.tls) == (AANGEBODEN, True)
    assert server.received[0].tls


def test_required_tls_that_is_not_offered_waits():
    with MailServer() as server, mailer(server, mail_require_tls=True) as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, uitslag.code, uitslag.tls) == (TIJDELIJK, None, False)
    assert "STARTTLS" in uitslag.antwoord
    assert server.received == []


def test_without_tls_the_outcome_says_so():
    with MailServer() as server, mailer(server, mail_require_tls=False) as mail:
        assert mail.deliver(zending()).tls is False


@pytest.mark.parametrize("required", [True, False])
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, required):
    self_made = certificates(tmp_path)
    with MailServer(tls=self_made.context) as server, mailer(server, mail_require_tls=required) as mail:
        uitslag = mail.deliver(zending())
    assert uitslag.resultaat is TIJDELIJK
    assert ssl.SSLCertVerificationError.__name__ in uitslag.antwoord
    assert server.received == []


def test_a_certificate_for_another_host_is_refused(tmp_path, monkeypatch):
    other = certificates(tmp_path, address="127.0.0.9")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.authority))
    with MailServer(tls=other.context) as server, mailer(server) as mail:
        uitslag = mail.deliver(zending())
    assert (uitslag.resultaat, server.received) == (TIJDELIJK, [])


# --- kept connections -------------------------------------------------------------------------------


def test_one_connection_carries_many_messages():
    with MailServer() as server, mailer(server) as mail:
        assert {mail.deliver(zending(number)).resultaat for number in range(20)} == {AANGEBODEN}
    assert len(server.received) == 20
    assert server.connections == 1


def test_a_refusal_leaves_the_connection_usable():
    with MailServer() as server, mailer(server) as mail:
        server.rcpt_reply = lambda address: "550 5.1.1 Unknown" if address.startswith("weg") else "250 OK"
        results = [mail.deliver(zending(1)), mail.deliver(zending(2, "weg@energie.example")), mail.deliver(zending(3))]
    assert [uitslag.resultaat for uitslag in results] == [AANGEBODEN, GEWEIGERD, AANGEBODEN]
    assert server.connections == 1


def test_a_connection_that_died_meanwhile_is_replaced():
    with MailServer() as first, mailer(first) as mail:
        assert mail.deliver(zending(1)).resultaat is AANGEBODEN
        mail._kept.connection.host.sock.shutdown(socket.SHUT_RDWR)
        assert mail.deliver(zending(2)).resultaat is AANGEBODEN
    assert [received.message_id for received in first.received] == ["<1@portal.example>", "<2@portal.example>"]
    assert first.connections == 2


def test_threads_do_not_share_a_connection():
    with MailServer(data_delay=0.2) as server, mailer(server) as mail:
        threads = [threading.Thread(target=mail.deliver, args=(zending(number),)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.received) == 4
    assert server.connections == 4
