"""Signatures under mail, judged by a verifier that is not ours (dkimpy), with the DNS record that we would publish."""

import re
from dataclasses import replace

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from portal.delivery.dkim import SIGNED, Signer
from portal.delivery.message import FrozenMessage
from portal.delivery.smtp import Mailer
from tests.delivery.test_message import ZENDING, parsed
from tests.mailserver import MailServer
from tests.workers import settings_for

DOMAIN = "pauzeknop.example"
KEYS = {
    "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}


@pytest.fixture(params=list(KEYS))
def signer(request):
    return Signer(DOMAIN, "pk2027", KEYS[request.param])


def signed(signer, zending=ZENDING):
    with Mailer(settings_for()).app.app_context():
        return FrozenMessage(zending, f"bericht@{DOMAIN}", signer).as_bytes()


def holds(signer, mail):
    """What a receiver finds who looks the record up."""
    name, text = signer.record()

    def dns(wanted, timeout):
        assert wanted.decode().rstrip(".") == name
        return text.encode()

    return dkim.verify(mail, dnsfunc=dns)


@pytest.mark.parametrize("naam", ["Súdwest-Fryslân", "x" * 119, ""])
@pytest.mark.parametrize("antwoord_aan", ["", "team@stadsbank.example"])
@pytest.mark.parametrize("tekst", ["Dag\n", "\n\n", "Twee  spaties \t\n\n\n", "." * 3000 + "\n.\n"])
def test_a_receiver_finds_the_signature_right(signer, naam, antwoord_aan, tekst):
    zending = replace(ZENDING, afzender_naam=naam, antwoord_aan=antwoord_aan, tekst=tekst, onderwerp="Uw kenmerk " * 30)
    assert holds(signer, signed(signer, zending))


def test_the_signature_is_of_the_domain_of_from_over_the_whole_body_without_a_time(signer):
    head = str(parsed(signed(signer))["DKIM-Signature"])
    tags = dict(part.strip().split("=", 1) for part in re.sub(r"\s", "", head).split(";"))
    assert tags["d"] == DOMAIN
    assert tags["c"] == "relaxed/relaxed"
    assert not {"l", "t", "x"} & set(tags)


def test_the_same_message_has_the_same_bytes(signer):
    assert signed(signer) == signed(signer)


@pytest.mark.parametrize("name", SIGNED)
def test_a_header_cannot_be_added(signer, name):
    """Each is signed once more than it occurs, so a second From, or a Cc, shows."""
    assert not holds(signer, name.encode() + b": vals@kwaad.example\r\n" + signed(signer))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"Pauzeer de incasso", b"Betaal de incasso"),
        (b"klanten@energie.example", b"ander@energie.example"),
        (b"PK-H4X-9TQ-27F", b"PK-H4X-9TQ-27G"),
        (b"team@stadsbank.example", b"team@kwaad.example"),
        (b"multipart/alternative", b"multipart/mixed"),
        (b"10:30:01", b"10:30:02"),
        (b"<9ae2a1bb", b"<9ae2a1bc"),
    ],
)
def test_a_changed_word_shows(signer, right, wrong):
    mail = signed(signer)
    assert right in mail
    assert not holds(signer, mail.replace(right, wrong))


def test_what_mail_servers_do_to_white_space_does_no_harm(signer):
    mail = signed(signer)
    assert holds(signer, mail.replace(b"Auto-Submitted: auto", b"auto-submitted:   auto") + b"\r\n\r\n")


def test_no_line_is_longer_than_a_mail_server_leaves_alone(signer):
    head = signed(signer).partition(b"\r\nFrom:")[0]
    assert head.startswith(b"DKIM-Signature: v=1;")
    assert max(map(len, head.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("kind", list(KEYS))
def test_mail_goes_out_signed_when_the_settings_say_so(kind, tmp_path):
    file = tmp_path / "dkim.pem"
    file.write_bytes(pem(KEYS[kind]))
    with MailServer() as server:
        settings = settings_for(
            MAIL_PORT=str(server.port),
            MAIL_DKIM_DOMAIN=DOMAIN,
            MAIL_DKIM_SELECTOR="pk2027",
            MAIL_DKIM_KEY_FILE=str(file),
        )
        mailer = Mailer(settings)
        mailer.deliver(ZENDING)
        mailer.close()
    [received] = server.received
    assert holds(Signer(DOMAIN, "pk2027", KEYS[kind]), received.content)


def test_without_the_settings_the_mail_server_signs():
    with MailServer() as server:
        mailer = Mailer(settings_for(MAIL_PORT=str(server.port)))
        mailer.deliver(ZENDING)
        mailer.close()
    assert server.received[0].mail["DKIM-Signature"] is None


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
