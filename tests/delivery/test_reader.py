"""What a mail is, by a table of mails as the common systems send them, and by mails that are no mails."""

import pytest
from hypothesis import given as over
from hypothesis import settings, strategies

from portal.delivery.inbound import mime
from portal.delivery.inbound.reader import Envelop, Huis, read
from portal.domain.inkomend import Gelezen, Mailsoort
from tests.delivery import mails
from tests.delivery.mails import AT, BOUNCE_TO, KENMERK, MESSAGE_ID, TOKEN

HUIS = Huis(
    mail_from="portaal@pauzeknop.example", mail_domain="pauzeknop.example", envelope_domain="bounce.pauzeknop.example"
)
NOBODY = "iemand@portaal.example"


def understood(raw: bytes, ontvanger: str = "") -> Gelezen:
    return read(raw, Envelop(ontvanger=ontvanger), HUIS)


AFWEZIG_NL = "Ik ben tot en met 12 februari met vakantie. Voor spoed belt u 020 000 00 00."
GESLOTEN_NL = "Dit e-mailadres is niet meer in gebruik. Gebruik ons contactformulier op onze website."
QUOTED = (
    f"\n\nOp 1 februari 2027 schreef Stadsbank <portaal@pauzeknop.example>:\n> Kenmerk {KENMERK}\n> Wij zijn afwezig\n"
)

S = Mailsoort
CORPUS: dict[str, tuple[bytes, Mailsoort, str]] = {
    # name: the mail, what it is, its enhanced status code
    "dsn: unknown user": (mails.dsn("5.1.1"), S.ONBESTELBAAR, "5.1.1"),
    "dsn: unknown domain": (mails.dsn("5.4.4", said="X-Postfix; Host not found"), S.ONBESTELBAAR, "5.4.4"),
    "dsn: gave up after days": (mails.dsn("4.4.1", said="X-Postfix; connect timed out"), S.ONBESTELBAAR, "4.4.1"),
    "dsn: address moved": (mails.dsn("5.1.6"), S.ONBESTELBAAR, "5.1.6"),
    "dsn: mailbox disabled": (mails.dsn("5.2.1", said="smtp; 550 5.2.1 disabled"), S.ONBESTELBAAR, "5.2.1"),
    "dsn: full": (mails.dsn("5.2.2", said="smtp; 552 5.2.2 Over quota"), S.POSTVAK_VOL, "5.2.2"),
    "dsn: full, temporary code, gave up": (mails.dsn("4.2.2", said="smtp; 452 4.2.2 full"), S.POSTVAK_VOL, "4.2.2"),
    "dsn: full, in words only": (mails.dsn("5.0.0", said="smtp; 552 mailbox is full"), S.POSTVAK_VOL, "5.0.0"),
    "dsn: full in Dutch, in words only": (mails.dsn("5.0.0", said="smtp; 552 Postvak is vol"), S.POSTVAK_VOL, "5.0.0"),
    "dsn: the code is in the words": (mails.dsn("5.0.0", said="smtp; 550 5.2.2 full"), S.POSTVAK_VOL, "5.2.2"),
    "dsn: policy": (mails.dsn("5.7.1", said="smtp; 550 5.7.1 rejected by policy"), S.GEBLOKKEERD, "5.7.1"),
    "dsn: SPF": (mails.dsn("5.7.23", said="smtp; 550 5.7.23 SPF validation failed"), S.GEBLOKKEERD, "5.7.23"),
    "dsn: block list, in words only": (
        mails.dsn("5.0.0", said="smtp; 554 blocked using zen blocklist"),
        S.GEBLOKKEERD,
        "5.0.0",
    ),
    "dsn: delayed": (mails.dsn("4.4.1", "delayed", said="X-Postfix; timed out"), S.VERTRAAGD, "4.4.1"),
    "dsn: delayed by a full mailbox": (mails.dsn("4.2.2", "delayed", said="smtp; 452 4.2.2"), S.VERTRAAGD, "4.2.2"),
    "dsn: delivered": (mails.dsn("2.0.0", "delivered", said=""), S.BEZORGD, "2.0.0"),
    "dsn: relayed": (mails.dsn("2.0.0", "relayed", said=""), S.BEZORGD, "2.0.0"),
    "dsn: nothing came back with it": (mails.dsn("5.1.1", original=None), S.ONBESTELBAAR, "5.1.1"),
    "qmail": (mails.qmail(), S.ONBESTELBAAR, "5.1.1"),
    "exim": (mails.exim(), S.ONBESTELBAAR, ""),
    "exchange in Dutch": (mails.exchange_text(), S.ONBESTELBAAR, "5.1.1"),
    "gmail": (mails.gmail(), S.ONBESTELBAAR, "5.1.1"),
    "postfix without its form: full": (mails.postfix_text(), S.POSTVAK_VOL, "5.2.2"),
    "home-made delay": (
        mails.mail(
            "Your message is delayed. We will keep trying for 5 days.",
            subject="Delivery Status Notification (Delay)",
            sender="mailer-daemon@mx.example",
        ),
        S.VERTRAAGD,
        "",
    ),
    "home-made warning of sendmail": (
        mails.mail(
            "** THIS IS A WARNING MESSAGE ONLY **\nYou do not need to resend your message",
            subject="Warning: message delayed 4 hours",
            sender="MAILER-DAEMON@mx.example",
        ),
        S.VERTRAAGD,
        "",
    ),
    "home-made block": (
        mails.mail(
            "550 Message blocked because of spam content",
            subject="Undeliverable: Kennisgeving",
            sender="postmaster@schuldeiser.example",
        ),
        S.GEBLOKKEERD,
        "",
    ),
    "abuse report": (mails.abuse(), S.MISBRUIKMELDING, ""),
    "read receipt": (mails.receipt(), S.LEESBEWIJS, ""),
    "out of office in Dutch": (
        mails.mail(AFWEZIG_NL, subject="Automatisch antwoord: Kennisgeving", Auto_Submitted="auto-replied"),
        S.AFWEZIG,
        "",
    ),
    "out of office in English": (
        mails.mail("I am out of the office until Monday.", subject="Automatic reply: x", X_Autoreply="yes"),
        S.AFWEZIG,
        "",
    ),
    "out of office by its subject only": (mails.mail("Tot maandag.", subject="Afwezig: uw mail"), S.AFWEZIG, ""),
    "out of office in HTML": (
        mails.html("Ik ben <b>niet&nbsp;op kantoor</b>.", subject="x", Auto_Submitted="auto-replied"),
        S.AFWEZIG,
        "",
    ),
    "closed mailbox": (mails.mail(GESLOTEN_NL, Auto_Submitted="auto-replied"), S.POSTVAK_GESLOTEN, ""),
    "closed mailbox, from noreply": (
        mails.mail("This mailbox is not monitored. Please use our online form.", sender="no-reply@schuldeiser.example"),
        S.POSTVAK_GESLOTEN,
        "",
    ),
    "receipt of a ticket system": (
        mails.mail("Wij hebben uw bericht ontvangen. Uw ticket is 1234.", Auto_Submitted="auto-replied"),
        S.ONTVANGSTBEVESTIGING,
        "",
    ),
    "an automatic mail that answers": (
        mails.mail("Uw e-mail is ontvangen. De pauze is toegepast.", Auto_Submitted="auto-generated"),
        S.ANTWOORD,
        "",
    ),
    "an automatic mail that says nothing we know": (
        mails.mail("Goedemiddag.", Auto_Submitted="auto-replied"),
        S.ANTWOORD,
        "",
    ),
    "an answer": (mails.mail("Wij zetten de incasso stil tot 1 juni."), S.ANTWOORD, ""),
    "an answer above a quoted holiday reply": (mails.mail("Akkoord." + QUOTED), S.ANTWOORD, ""),
    "an answer that says it is no robot": (mails.mail("Prima.", Auto_Submitted="no"), S.ANTWOORD, ""),
    "an answer about a form": (mails.mail("Gebruik ons formulier niet meer, mail mij gewoon."), S.ANTWOORD, ""),
    "an answer in HTML": (mails.html("Wij doen <b>mee</b>."), S.ANTWOORD, ""),
    "our own mail": (mails.mail("x", sender="Stadsbank <portaal@pauzeknop.example>"), S.LUS, ""),
    "our own mail, sent on as it was": (mails.ORIGINAL.encode(), S.LUS, ""),
    "nothing at all": (b"", S.ONLEESBAAR, ""),
    "zeros": (b"\0" * 5000, S.ONLEESBAAR, ""),
}


@pytest.mark.parametrize("name", CORPUS)
def test_each_kind_of_mail_is_told_apart(name):
    raw, soort, code = CORPUS[name]
    found = understood(raw)
    assert (found.soort, found.code) == (soort, code), found


def test_the_corpus_has_every_kind():
    assert {soort for _, soort, _ in CORPUS.values()} == set(Mailsoort)
    assert len(CORPUS) >= 40


def test_a_mail_with_thirty_hops_goes_round():
    hops = "".join(f"Received: from mx{at}.example by mx.example; Mon, 1 Feb 2027 10:00:00 +0100\n" for at in range(31))
    assert understood(hops.encode() + mails.mail("Akkoord.")).soort is Mailsoort.LUS


@pytest.mark.parametrize("name", ["dsn: unknown user", "qmail", "exim", "gmail", "exchange in Dutch"])
def test_a_report_names_the_recipient_and_what_was_said_without_any_address(name):
    found = understood(CORPUS[name][0])
    assert found.ontvanger == AT
    assert found.diagnose
    assert "@" not in found.diagnose


# --- what leads to the delivery -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "Return-Path", "To"])
def test_the_token_is_found_in_the_headers_that_mail_servers_write(name):
    raw = f"{name}: {BOUNCE_TO}\nSubject: x\n\nx\n".encode()
    assert understood(raw).tokens == (TOKEN,)


def test_the_token_of_the_envelope_comes_first():
    other = "0" * 32
    found = understood(mails.mail("x"), ontvanger=f"bounce+{other}@bounce.pauzeknop.example")
    assert found.tokens == (other, TOKEN)


def test_a_token_at_another_domain_is_none_of_ours():
    assert understood(mails.mail("x", to=f"bounce+{TOKEN}@evil.example")).tokens == ()


def test_the_token_in_what_came_back_is_found():
    assert understood(mails.mail(mails.qmail().decode(), to=NOBODY)).tokens == ()  # an answer may quote anything
    raw = mails.dsn("5.1.1", to=NOBODY, original=f"Return-Path: <{BOUNCE_TO}>\n{mails.ORIGINAL}")
    assert understood(raw).tokens == (TOKEN,)


def test_the_message_id_is_found_in_replies_and_in_what_came_back():
    for raw in (
        mails.mail("x", In_Reply_To=MESSAGE_ID),
        mails.mail("x", References=f"<a@b.example> {MESSAGE_ID}"),
        mails.dsn("5.1.1", to=NOBODY),
        mails.abuse(),
        mails.qmail(),
    ):
        assert understood(raw).message_ids == (MESSAGE_ID,)
    assert understood(mails.mail("x", In_Reply_To="<a@elders.example>")).message_ids == ()


@pytest.mark.parametrize("typed", [KENMERK, KENMERK.lower(), "PK H4X 9TQ 27Q", "pkh4x9tq27q", "PK-H4X–9TQ–27Q"])
def test_the_kenmerk_is_found_however_it_is_typed(typed):
    assert understood(mails.mail(f"Over {typed}: akkoord", subject="Uw brief")).kenmerken == (KENMERK,)
    assert understood(mails.mail("akkoord", subject=f"Re: {typed} (brief)")).kenmerken == (KENMERK,)


def test_a_kenmerk_in_the_subject_goes_before_those_in_the_text_and_a_wrong_one_is_none():
    assert understood(mails.mail("PK-C3C-3C3-C3C", subject=f"Re: {KENMERK}")).kenmerken == (KENMERK,)
    assert understood(mails.mail("PK-H4X-9TQ-27R", subject="x")).kenmerken == ()


def test_attachments_are_named_and_not_read():
    raw = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=g\n\n"
        b"--g\nContent-Type: text/plain\n\nZie bijlage\n"
        b"--g\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''br%C3%AFef.pdf\n"
        b"Content-Transfer-Encoding: base64\n\nJVBERi0=\n--g--\n"
    )
    found = understood(raw)
    assert [(each.naam, each.soort) for each in found.bijlagen] == [("brïef.pdf", "application/pdf")]
    assert found.tekst.strip() == "Zie bijlage"


# --- mails that are no mails ----------------------------------------------------------------------

HOSTILE = {
    "10,000 parts inside each other": mails.nested(10_000),
    "just within the limit": mails.nested(mime.MAX_NESTED),
    "10,000 parts beside each other": b"From: a@b.example\nContent-Type: multipart/mixed; boundary=g\n\n"
    + b"--g\n\nx\n" * 10_000,
    "an unknown character set": b"From: a@b.example\nContent-Type: text/plain; charset=klingon\n\n"
    b"h\xe9 PK-H4X-9TQ-27Q\n",
    "a zero in the character set": b'From: a@b.example\nContent-Type: text/plain; charset="u\0tf"\n\nx\n',
    "a codec that is none": b"From: a@b.example\nContent-Type: text/plain; charset=zip\n\nx\n",
    "broken base64": b"From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!=\n",
    "broken uuencode": b"From: a@b.example\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 x\n\xff\xff\n",
    "a broken encoded word": b"From: =?utf-8?b?=ZZ?= <a@b.example>\nSubject: =?x?q?=ff?= =?utf-8?b?A?=\n\nx\n",
    "raw bytes in headers": b"From: \xff\xfe <a@b.example>\nSubject: h\xe9\xc3\xa9\n\nx\n",
    "a header without end": b"From: a@b.example\nSubject: " + b"x" * 300_000 + b"\n\nx\n",
    "no line ends": b"From" + b"@" * 300_000,
    "only line ends": b"From: a@b.example\n\n" + b"\n" * 300_000,
    "a word without end": b"From: mailer-daemon@b.example\nSubject: failure notice\n\n" + b"a" * 300_000,
    "boundaries without parts": b"From: a@b.example\nContent-Type: multipart/report; boundary=\n\n--\n--\n",
    "a report that is empty": mails.report("delivery-status", [("message/delivery-status", "")]),
    "a report in base64": mails.report(
        "delivery-status", [("message/delivery-status\nContent-Transfer-Encoding: base64", "QWN0aW9uOiBmYWlsZWQK")]
    ),
    "strange HTML": mails.html("<![ENDIF" + "<!" * 2000 + "<a" * 2000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mail_can_hurt_the_reader(name):
    found = understood(HOSTILE[name])
    assert found.soort in Mailsoort
    assert len(found.tekst) <= mime.MAX_TEXT


def test_a_mail_in_an_unknown_character_set_still_leads_to_its_case():
    assert understood(HOSTILE["an unknown character set"]).kenmerken == (KENMERK,)


def pieces(raw: bytes) -> strategies.SearchStrategy[bytes]:
    """The lines of a mail, some gone, some twice, some changed."""
    lines = raw.split(b"\n")
    line = strategies.one_of(strategies.sampled_from(lines), strategies.binary(max_size=40))
    return strategies.lists(line, max_size=60).map(b"\n".join)


@settings(max_examples=150)
@over(
    strategies.one_of(
        strategies.binary(max_size=400),
        *[pieces(raw) for raw in (mails.dsn("5.1.1"), mails.abuse(), mails.html("x"), mails.exim())],
    )
)
def test_whatever_comes_in_is_read_without_an_error_and_the_same_each_time(raw):
    assert understood(raw) == understood(raw)
