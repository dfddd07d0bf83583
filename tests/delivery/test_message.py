"""The bytes of a mail: the right headers, the same each time, and nothing from a field becomes a header."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.actions.zending import Bijlage, Zending
from portal.delivery.message import AddressNotUsable, FrozenMessage, envelope_sender, mail_address
from portal.delivery.smtp import Mailer
from portal.models.links import wegwijzers
from portal.texts.kennisgeving import render
from tests.texts import feiten
from tests.workers import settings_for

ZENDING = Zending(
    aan="klanten@energie.example",
    onderwerp="Kennisgeving PK-H4X-9TQ-27F – uw kenmerk 123",
    tekst="Goedendag,\n\nPauzeer de incasso.\n",
    html="<p>Goedendag,</p><p>Pauzeer de incasso.</p>",
    message_id="<9ae2a1bb-02ee-5a2a-bf8a-c79c85342d73@portal.example>",
    envelope_token="0123456789abcdef",
    issued_at=datetime(2027, 2, 9, 10, 30, 1, 5, tzinfo=UTC),
    afzender_naam="Stadsbank namens gemeente Súdwest-Fryslân",
    antwoord_aan="team@stadsbank.example",
    tijdelijk=0,
)
HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
    "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
}  # fmt: skip

HOSTILE = st.one_of(
    st.text(max_size=120),
    st.text(alphabet='\r\n\0\x0b\x85\u2028\u202e :@,<>"\\;()[]=?éabcBcc', max_size=80),
    st.sampled_from(
        [
            "x\r\nBcc: dief@kwaad.example",
            "x\nSubject: anders",
            "x\r\n\r\n<h1>anders</h1>",
            "x\u2028Bcc: dief@kwaad.example",
            '"Jan, Piet" <dief@kwaad.example>',
            "=?utf-8?q?x=0ABcc=3A_dief=40kwaad=2Eexample?=",
            "é, dief@kwaad.example",
        ]
    ),
)

_app = Mailer(settings_for()).app


def mail_bytes(zending: Zending) -> bytes:
    with _app.app_context():
        return FrozenMessage(zending, "pauzeknop@portal.example").as_bytes()


def parsed(content: bytes):
    return message_from_bytes(content, policy=default)


def test_the_headers_are_exactly_these():
    mail = parsed(mail_bytes(ZENDING))
    assert {name.title() for name in mail} == {name.title() for name in HEADERS}
    assert str(mail["From"]) == "Stadsbank namens gemeente Súdwest-Fryslân <pauzeknop@portal.example>"
    assert str(mail["To"]) == "klanten@energie.example"
    assert str(mail["Reply-To"]) == "team@stadsbank.example"
    assert str(mail["Subject"]) == ZENDING.onderwerp
    assert str(mail["Date"]) == "Tue, 09 Feb 2027 10:30:01 +0000"
    assert str(mail["Message-ID"]) == ZENDING.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "nl"


def test_text_comes_before_html_in_one_alternative():
    mail = parsed(mail_bytes(ZENDING))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == ZENDING.tekst


def test_attached_files_keep_their_bytes_and_names():
    pdf = Bijlage("PK-H4X-9TQ-27F.pdf", "application/pdf", bytes(range(256)) * 9)
    facts = Bijlage("kennisgeving.json", "application/json", '{"naam": "Żółć"}'.encode())
    content = mail_bytes(replace(ZENDING, bijlagen=(pdf, facts)))
    mail = parsed(content)
    assert content == mail_bytes(replace(ZENDING, bijlagen=(pdf, facts)))
    assert mail.get_content_type() == "multipart/mixed"
    assert mail["Content-Language"] == "nl"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == ZENDING.tekst
    attached = list(mail.iter_attachments())
    assert [(each.get_filename(), each.get_content_type()) for each in attached] == [
        ("PK-H4X-9TQ-27F.pdf", "application/pdf"),
        ("kennisgeving.json", "application/json"),
    ]
    assert [each.get_payload(decode=True) for each in attached] == [pdf.inhoud, facts.inhoud]
    assert len({part.get_boundary() for part in mail.walk() if part.is_multipart()}) == 2


def test_every_line_fits_a_mail_server_whatever_the_text():
    long = replace(ZENDING, tekst="é" * 5000 + "\n", html="<p>" + "€" * 5000 + "</p>")
    content = mail_bytes(long)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert parsed(content).get_body(("plain",)).get_content().strip() == "é" * 5000


def test_a_repeat_is_the_same_to_the_byte(monkeypatch):
    first = mail_bytes(ZENDING)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert mail_bytes(ZENDING) == first


def test_the_words_of_a_kennisgeving_are_small():
    """Text and HTML with all headers fit in 16 KB: nothing that a mail filter or a phone stumbles over."""
    woorden = render(feiten.kennisgeving(), wegwijzers("https://pauzeknop.example", feiten.kennisgeving()))
    whole = replace(ZENDING, onderwerp=woorden.onderwerp, tekst=woorden.tekst, html=woorden.html)
    assert len(mail_bytes(whole)) < 16 * 1024


def test_without_a_name_and_a_reply_address_neither_is_shown():
    mail = parsed(mail_bytes(replace(ZENDING, afzender_naam="", antwoord_aan="")))
    assert str(mail["From"]) == "pauzeknop@portal.example"
    assert mail["Reply-To"] is None


def test_a_message_id_at_a_long_domain_stays_whole():
    message_id = f"<9ae2a1bb-02ee-5a2a-bf8a-c79c85342d73@{'lang.' * 20}example>"
    assert message_id.encode() in mail_bytes(replace(ZENDING, message_id=message_id))


@settings(max_examples=300, deadline=None)
@given(onderwerp=HOSTILE, naam=HOSTILE, tekst=HOSTILE, html=HOSTILE)
def test_no_field_can_add_a_header_or_an_address(onderwerp, naam, tekst, html):
    clean = {"tekst": tekst.encode("utf-8", "ignore").decode(), "html": html.encode("utf-8", "ignore").decode()}
    content = mail_bytes(replace(ZENDING, onderwerp=onderwerp, afzender_naam=naam, **clean))
    head = content.split(b"\r\n\r\n", 1)[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    mail = parsed(content)
    assert len(mail.keys()) == len({name.title() for name in mail})
    assert {name.title() for name in mail} <= {name.title() for name in HEADERS}
    assert [address.addr_spec for address in mail["From"].addresses] == ["pauzeknop@portal.example"]
    assert [address.addr_spec for address in mail["To"].addresses] == ["klanten@energie.example"]
    assert len(list(mail.iter_parts())) == 2


@settings(max_examples=300, deadline=None)
@given(text=HOSTILE)
def test_an_address_is_one_plain_address_or_none(text):
    for hostile in (text, f"klant@energie.example{text}", f"{text}klant@energie.example"):
        try:
            address = mail_address(hostile)
        except AddressNotUsable:
            continue
        assert address.addr_spec.isascii()
        assert not set(address.addr_spec) & set('\r\n\0 ,;<>"()[]\\:?')
        assert address.addr_spec.count("@") == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen",
        "a@",
        "@b.example",
        "a@b@c.example",
        "a b@c.example",
        "a@b..example",
        "a,b@c.example",
        "Jan <a@b.example>",
    ],
)
def test_what_is_no_plain_address_is_refused(text):
    with pytest.raises(AddressNotUsable):
        mail_address(text)


def test_a_domain_with_an_accent_goes_out_in_ascii():
    assert mail_address("info@café.example").addr_spec == "info@xn--caf-dma.example"


def test_the_envelope_names_the_delivery_and_nothing_else():
    assert envelope_sender(ZENDING, "bounce.example") == "bounce+0123456789abcdef@bounce.example"


@pytest.mark.parametrize("token", ["", "a b", "a>\r\nRCPT TO:<dief@kwaad.example>", "a@b", "é"])
def test_an_envelope_token_is_letters_and_digits(token):
    with pytest.raises(ValueError, match="envelope"):
        envelope_sender(replace(ZENDING, envelope_token=token), "bounce.example")


@pytest.mark.parametrize("message_id", ["", "geen", "<a>\r\nBcc: x@y.example", "<a b@c>", "<é@c.example>"])
def test_a_message_id_cannot_carry_anything_else(message_id):
    with pytest.raises(ValueError, match="envelope"):
        mail_bytes(replace(ZENDING, message_id=message_id))
