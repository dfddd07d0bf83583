"""`portal doctor` against a real name server, a real mail server and Tesseract: right, wrong, and not to be seen."""

import hashlib
import os
import re
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from portal.cli import cli
from portal.delivery.doctor import checks, hosts
from portal.delivery.doctor.finding import Verdict, txt_record
from portal.delivery.doctor.lookup import Lookup
from portal.delivery.doctor.mail import examine
from portal.delivery.doctor.server import hand_over
from portal.delivery.doctor.spf import MAX_LOOKUPS
from tests.mailserver import MailServer, certificates
from tests.nameserver import NameServer
from tests.workers import settings_for

DOMAIN, BOUNCES = "mijnzaken.example", "bounce.mijnzaken.example"
SERVER = "198.51.100.7"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = ed25519.Ed25519PrivateKey.generate()

RIGHT = MappingProxyType({
    ("smtp.example", "A"): [SERVER],
    ("7.100.51.198.in-addr.arpa", "PTR"): ["smtp.example."],
    (BOUNCES, "TXT"): [f'"v=spf1 ip4:{SERVER} -all"'],
    (f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=reject; rua=mailto:dmarc@mijnzaken.example"'],
    (DOMAIN, "MX"): ["10 mx.example."],
    (BOUNCES, "MX"): ["20 mx2.example.", "10 mx.example."],
    ("mx.example", "A"): ["127.0.0.1"],
    ("mx2.example", "A"): ["127.0.0.1"],
})  # fmt: skip


@pytest.fixture
def key_file(tmp_path):
    def written(key):
        file = tmp_path / "dkim.pem"
        pkcs8, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        file.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, bare))
        return file

    return written


@pytest.fixture
def settings(key_file):
    names = {"MAIL_FROM": f"bericht@{DOMAIN}", "MAIL_ENVELOPE_DOMAIN": BOUNCES, "MAIL_SERVER": "smtp.example"}
    signing = {"MAIL_DKIM_DOMAIN": DOMAIN, "MAIL_DKIM_SELECTOR": "pk1", "MAIL_DKIM_KEY_FILE": str(key_file(KEY))}
    return settings_for(**names, **signing)


@contextmanager
def names(changes=(), **switches):
    """A look-up in the records of RIGHT with these changes; None takes one away."""
    records = {place: lines for place, lines in (RIGHT | dict(changes)).items() if lines}
    with NameServer(records, **switches) as server:
        yield Lookup(server.address, seconds=0.5)


def found(check, settings, *more, changes=(), **switches):
    with names(changes, **switches) as lookup:
        return list(check(settings, lookup, *more))


def one_wrong(findings):
    [found] = [each for each in findings if each.verdict is Verdict.WRONG]
    return found


def verdicts(findings):
    return {each.verdict for each in findings}


def text(line):
    return [f'"{line}"']


# --- SPF ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        f"v=spf1 ip4:{SERVER} -all",
        "v=spf1 ip4:198.51.100.0/24 ~all",
        "v=spf1 a:smtp.example -all",
        "v=spf1 a:smtp.example/28 -all",
        "v=spf1 mx:met-mx.example -all",
        "v=spf1 ip6:2001:db8::/32 include:_spf.example -all",
        "v=spf1 redirect=_spf.example",
        "v=spf1 ?ip4:192.0.2.1 exp=uitleg.example include:_spf.example -all",
    ],
)
def test_a_record_that_lets_the_mail_server_send_is_right(settings, record):
    more = {
        (BOUNCES, "TXT"): ['"google-site-verification=x"', *text(record)],
        ("_spf.example", "TXT"): text("v=spf1 ip4:198.51.100.4/30 -all"),
        ("met-mx.example", "MX"): ["10 smtp.example."],
    }
    assert verdicts(found(checks.spf, settings, changes=more)) == {Verdict.RIGHT}


@pytest.mark.parametrize(
    ("record", "sentence", "mend"),
    [
        (None, "has no SPF record", f"v=spf1 ip4:{SERVER} -all"),
        ("v=spf1 ip4:192.0.2.1 -all", "does not let 198.51.100.7", f"v=spf1 ip4:{SERVER} ip4:192.0.2.1 -all"),
        ("v=spf1 -ip4:198.51.100.7 -all", "does not let 198.51.100.7", f"v=spf1 ip4:{SERVER} -ip4:{SERVER} -all"),
        (f"v=spf1 ip4:{SERVER} ?all", "it must end in -all", f"v=spf1 ip4:{SERVER} -all"),
        (f"v=spf1 ip4:{SERVER} +all", "it must end in -all", f"v=spf1 ip4:{SERVER} -all"),
        (f"v=spf1 ip4:{SERVER}", "it must end in -all", f"v=spf1 ip4:{SERVER} -all"),
        ("v=spf1 include:niets.example -all", "includes niets.example, which has none", ""),
        ("v=spf1 ipv4:198.51.100.7 -all", "a word that nobody knows: ipv4:198.51.100.7", ""),
        ("v=spf1 ip4:999.1.1.1 -all", "an address that is none: 999.1.1.1", ""),
        (f"v=spf1 include:{BOUNCES} -all", f"needs more than {MAX_LOOKUPS} look-ups", ""),
    ],
)
def test_what_is_wrong_with_spf_is_said_and_mended(settings, record, sentence, mend):
    wrong = one_wrong(found(checks.spf, settings, changes={(BOUNCES, "TXT"): record and text(record)}))
    assert sentence in wrong.sentence
    assert wrong.record == (f'{BOUNCES}. IN TXT "{mend}"' if mend else "")


def test_two_spf_records_are_none(settings):
    twice = {(BOUNCES, "TXT"): text("v=spf1 -all") + text("v=spf1 ~all")}
    assert "there 2 times" in one_wrong(found(checks.spf, settings, changes=twice)).sentence


def test_what_depends_on_the_mail_is_unseen(settings):
    macro = {(BOUNCES, "TXT"): text("v=spf1 exists:%{i}.example -all")}
    assert Verdict.UNSEEN in verdicts(found(checks.spf, settings, changes=macro))


def test_a_mail_server_inside_is_no_fault(settings):
    inside = {("smtp.example", "A"): ["10.1.2.3"]}
    assert verdicts(found(checks.spf, settings, changes=inside)) == {Verdict.RIGHT, Verdict.UNSEEN}
    assert verdicts(found(hosts.ptr, settings, changes=inside)) == {Verdict.UNSEEN}


# --- DKIM -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [KEY, OTHER_KEY], ids=["rsa", "ed25519"])
def test_the_record_that_is_printed_is_the_one_that_is_right(settings, key, key_file):
    settings = replace(settings, mail_dkim_key_file=key_file(key))
    wrong = one_wrong(found(checks.dkim, settings))
    name, _, line = wrong.record.partition(". IN TXT ")
    assert name == f"pk1._domainkey.{DOMAIN}"
    assert verdicts(found(checks.dkim, settings, changes={(name, "TXT"): [line]})) == {Verdict.RIGHT}


def test_another_key_in_dns_is_wrong(settings, key_file):
    place = (f"pk1._domainkey.{DOMAIN}", "TXT")
    line = one_wrong(found(checks.dkim, settings)).record.partition(" IN TXT ")[2]
    other = replace(settings, mail_dkim_key_file=key_file(OTHER_KEY))
    assert "another key" in one_wrong(found(checks.dkim, other, changes={place: [line]})).sentence
    assert "another key" in one_wrong(found(checks.dkim, other, changes={place: text("v=DKIM1; p=%")})).sentence
    assert "2 records" in one_wrong(found(checks.dkim, other, changes={place: [line, *text("v=DKIM1; p=")]})).sentence


def test_when_the_mail_server_signs_it_cannot_be_seen(settings):
    assert verdicts(found(checks.dkim, replace(settings, mail_dkim_domain=""))) == {Verdict.UNSEEN}


# --- DMARC and the sender -------------------------------------------------------------------------


def dmarc(settings, record, place=f"_dmarc.{DOMAIN}"):
    nothing = {(f"_dmarc.{DOMAIN}", "TXT"): None}
    return found(checks.dmarc, settings, changes=nothing | {(place, "TXT"): record and text(record)})


def test_a_policy_of_the_domain_or_of_the_one_above_it_counts(settings):
    assert verdicts(dmarc(settings, "v=DMARC1; p=quarantine")) == {Verdict.RIGHT}
    under = replace(settings, mail_from="bericht@post.mijnzaken.example")
    assert verdicts(dmarc(under, "v=DMARC1; p=reject")) == {Verdict.RIGHT}
    assert "p=none" in one_wrong(dmarc(under, "v=DMARC1; p=reject; sp=none")).sentence


@pytest.mark.parametrize(
    ("record", "sentence"), [(None, "has no DMARC record"), ("v=DMARC1; p=none", "only looks on (p=none)")]
)
def test_a_policy_that_does_nothing_is_wrong(settings, record, sentence):
    wrong = one_wrong(dmarc(settings, record))
    assert sentence in wrong.sentence
    assert wrong.record == f'_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@{DOMAIN}"'


def test_alignment_is_as_strict_as_the_record_says(settings):
    strict = "v=DMARC1; p=reject; aspf=s; adkim=s"
    assert verdicts(dmarc(settings, strict)) == {Verdict.RIGHT}  # our own signature is of the very domain
    unsigned = replace(settings, mail_dkim_domain="")
    assert verdicts(dmarc(unsigned, "v=DMARC1; p=reject")) == {Verdict.RIGHT}
    assert "Neither SPF nor" in one_wrong(dmarc(unsigned, strict)).sentence


def test_from_and_envelope_belong_together_and_tell_nothing(settings):
    assert verdicts(checks.sender(settings)) == {Verdict.RIGHT}
    apart = replace(settings, mail_envelope_domain="elders.example")
    assert "SPF then says nothing about From" in one_wrong(checks.sender(apart)).sentence
    telling = replace(settings, mail_from=f"pauzeknop@{DOMAIN}")
    assert "neutral address" in one_wrong(checks.sender(telling)).sentence


# --- MX, DANE, PTR --------------------------------------------------------------------------------


@pytest.fixture
def mx(tmp_path):
    """A mail server with STARTTLS, and the digest of its public key."""
    made = certificates(tmp_path)
    leaf = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    info = serialization.PublicFormat.SubjectPublicKeyInfo
    key = leaf.public_key().public_bytes(serialization.Encoding.DER, info)
    with MailServer(tls=made.context) as server:
        server.digest = hashlib.sha256(key).hexdigest()
        yield server


TLSA = ("_25._tcp.mx.example", "TLSA")
ONE_MX = {(BOUNCES, "MX"): ["10 mx.example."]}


def test_without_tlsa_the_record_for_the_present_certificate_is_printed(settings, mx):
    wrong = one_wrong(found(hosts.dane, settings, mx.port, changes=ONE_MX))
    assert wrong.record == f"_25._tcp.mx.example. IN TLSA 3 1 1 {mx.digest}"
    mended = ONE_MX | {TLSA: [f"3 1 1 {mx.digest}"]}
    assert verdicts(found(hosts.dane, settings, mx.port, changes=mended)) == {Verdict.RIGHT}


def test_tlsa_of_another_key_is_wrong_and_without_dnssec_it_is_unseen(settings, mx):
    stale = ONE_MX | {TLSA: [f"3 1 1 {'0' * 64}"]}
    assert "another public key" in one_wrong(found(hosts.dane, settings, mx.port, changes=stale)).sentence
    assert Verdict.UNSEEN in verdicts(found(hosts.dane, settings, mx.port, changes=stale, vouched=False))


def test_a_domain_that_takes_no_mail_loses_its_bounces(settings, mx):
    none = {(BOUNCES, "MX"): None, TLSA: [f"3 1 1 {mx.digest}"]}
    wrong = one_wrong(found(hosts.dane, settings, mx.port, changes=none))
    assert wrong.record == f"{BOUNCES}. IN MX 10 smtp.example."


def test_a_name_that_does_not_lead_back_is_wrong(settings):
    assert verdicts(found(hosts.ptr, settings)) == {Verdict.RIGHT}
    place = ("7.100.51.198.in-addr.arpa", "PTR")
    assert "called nothing" in one_wrong(found(hosts.ptr, settings, changes={place: None})).sentence
    elsewhere = {place: ["mx.example."]}
    assert "does not lead back" in one_wrong(found(hosts.ptr, settings, changes=elsewhere)).sentence


# --- the mail server, and the whole ---------------------------------------------------------------


def at(server, settings, **changes):
    return replace(settings, mail_server="127.0.0.1", mail_port=server.port, **changes)


def test_a_checked_connection_is_right_and_a_wrong_password_is_not(settings, mx, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert verdicts(hand_over(at(mx, settings))) == {Verdict.RIGHT}
    mx.refuse_sign_in = True
    refused = one_wrong(hand_over(at(mx, settings, mail_username="portal", mail_password="anders")))
    assert "does not take MAIL_USERNAME" in refused.sentence


def test_a_certificate_of_nobody_no_starttls_and_silence_are_told_apart(settings, mx):
    assert "certificate of 127.0.0.1" in one_wrong(hand_over(at(mx, settings))).sentence
    with MailServer() as plain:
        assert "offers no STARTTLS" in one_wrong(hand_over(at(plain, settings))).sentence
    assert "does not answer" in one_wrong(hand_over(at(plain, settings))).sentence


def test_a_certificate_that_ends_soon_is_reported(settings, tmp_path, monkeypatch):
    made = certificates(tmp_path, days=3)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    with MailServer(tls=made.context) as server:
        assert "Renew it" in one_wrong(hand_over(at(server, settings))).sentence


def test_a_silent_name_server_is_no_fault(settings):
    with names(silent=frozenset({BOUNCES})) as lookup:
        findings = [each for each in examine(settings, lookup, 1) if each.subject in {"SPF", "DKIM"}]
    assert findings[0].verdict is Verdict.UNSEEN
    assert findings[0].sentence == f"The name server did not answer (TXT of {BOUNCES})."
    assert findings[1].verdict is Verdict.WRONG  # the checks after it are made


def test_the_command_says_what_to_mend_and_its_exit_code_tells():
    environ = {"PORTAL_ENV": "development", "MAIL_FROM": f"bericht@{DOMAIN}", "MAIL_SERVER": "127.0.0.1"}
    with NameServer({}) as server, MailServer() as mail:
        env = environ | {"MAIL_PORT": str(mail.port)}
        done = CliRunner().invoke(cli, ["doctor", "mail", "--resolver", server.address], env=env)
    assert done.exit_code == 1
    assert f'Put in DNS: {DOMAIN}. IN TXT "v=spf1 ip4:ADDRESS -all"' in done.output
    assert re.search(r"^WRONG +STARTTLS: ", done.output, re.MULTILINE)
    assert re.search(r"^not checked +DKIM: ", done.output, re.MULTILINE)


def test_a_long_text_is_several_strings():
    assert txt_record("a.example", "x" * 256) == f'a.example. IN TXT "{"x" * 255}" "x"'


@pytest.mark.parametrize(("path", "verdict"), [("", Verdict.UNSEEN), (os.environ["PATH"], Verdict.RIGHT)])
def test_whether_letters_can_be_read_is_told_and_is_never_a_fault(path, verdict, monkeypatch):
    monkeypatch.setenv("PATH", path)
    done = CliRunner().invoke(cli, ["doctor", "letters"], env={"PORTAL_ENV": "development"})
    assert done.exit_code == 0
    assert done.output.startswith(verdict)
