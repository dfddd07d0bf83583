"""Twelve secrets of one person, searched for in everything that leaves: mail, letter, attached files and metadata."""

import io
import re
import runpy
import subprocess
import sys
from email import message_from_bytes
from email.policy import default

import pytest
from pypdf import PdfReader

from config.settings import ROOT
from portal.actions import hulpvrager, verzending
from portal.delivery.message import FrozenMessage
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import typeset
from portal.domain.bsn import is_bsn
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat
from portal.models import Kennisgeving
from portal.models.sealed import fold
from portal.queries import dossier
from tests.workers import settings_for

READER = str(ROOT / "examples" / "lees_kennisgeving.py")
SECRETS = {
    "street": "Verborgenstraat",
    "postcode": "9741 QZ",
    "house number": "8873-geheim",
    "telephone": "06 98765432",
    "e-mail": "stiekem@inwoner.example",
    "helper": "Hendrika Helpmans",
    "helper's telephone": "06 23456781",
    "helper's e-mail": "hendrika@helper.example",
    "own business": "Bakkerij Zonneschijn",
    "other schuldeiser": "Geheime Lening Bv",
    "its reference": "ANDERE-REF-77",
    "BSN": "123456782",
}
ANSWERS = {
    "adres": {
        "soort": "adres", "straat": SECRETS["street"], "postcode": SECRETS["postcode"], "geheim": True,
        "huisnummer": SECRETS["house number"], "toevoeging": "",
    },
    "contact": {
        "telefoon": SECRETS["telephone"], "email": SECRETS["e-mail"], "meelezen": False, "moment": "ochtend",
    },
    "hulp": {
        "soort": "helper", "naam": SECRETS["helper"], "telefoon": SECRETS["helper's telephone"],
        "email": SECRETS["helper's e-mail"],
    },
    "bedrijf": {"eigen_bedrijf": "ja", "naam": SECRETS["own business"]},
}  # fmt: skip


DELIVERED = verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="2.0.0 Ok", tls=True)
_app = Mailer(settings_for()).app


def approved(given, party):
    """A person with every secret, known by DigiD; one schuldeiser is about to be told, the other is a secret to it."""
    _ = given.organisatie_id
    id = given.concept(**ANSWERS)
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.confirm_identity(session, person, "digid", SECRETS["BSN"], {})
        hulpvrager.save_answer(session, person, "contact", ANSWERS["contact"])
        for name in ("Plons", "Ander"):
            hulpvrager.add_schuld(session, person, id, {"afzender": name})
        hulpvrager.submit(session, person)
    given.take(id)
    given.match(id, 1, {party: "KL-1"})
    given.match(id, 2, {given.schuldeiser(SECRETS["other schuldeiser"]): SECRETS["its reference"]})
    given.approve(id, geheim_bevestigd=True)
    return id


def send(given, id, party, soort):
    """What the worker hands over to the mail server."""
    with given.session(Actor.systeem()) as session:
        issued = dossier.kennisgevingen(session, id)
    [message] = [each.id for each in issued if each.schuldeiser_id == party and each.soort is soort]
    typeset(given.database, message)
    with given.session(Actor.systeem()) as session:
        zending = verzending.begin_attempt(session, Kennisgeving, message)
        verzending.record_handover(session, Kennisgeving, message, DELIVERED)
    with _app.app_context():
        return FrozenMessage(zending, "pauzeknop@portal.example").as_bytes()


@pytest.fixture
def sent(given):
    """The first and the last mail to one schuldeiser."""
    party = given.schuldeiser("Waterbedrijf Plons")
    id = approved(given, party)
    first = send(given, id, party, Soort.KENNISGEVING)
    given.withdraw(id)
    return [first, send(given, id, party, Soort.BEEINDIGING)]


def said(content):
    """Everything a mail says: headers, words, and each file with what is in and about it."""
    mail = message_from_bytes(content, policy=default)
    yield from (f"{name}: {value}" for name, value in mail.items())
    for part in mail.walk():
        if part.is_multipart():
            continue
        yield part.get_filename() or ""
        raw = part.get_payload(decode=True)
        yield from pdf_says(raw) if part.get_content_type() == "application/pdf" else [raw.decode()]


def pdf_says(raw):
    reader = PdfReader(io.BytesIO(raw))
    yield " ".join(page.extract_text() for page in reader.pages)
    yield " ".join(map(str, (reader.metadata or {}).values()))
    yield reader.trailer["/Root"]["/Metadata"].get_data().decode()
    yield " ".join(str(reader.get_object(number)) for number in range(1, reader.trailer["/Size"]))
    for name, files in reader.attachments.items():
        yield name
        yield from (file.decode() for file in files)


def test_the_search_finds_what_is_there(sent):
    """It looks in text, tags, metadata and files: what a message does tell is found in each."""
    for content in sent:
        assert sum("PK-" in each for each in said(content)) >= 7
        assert sum("Meer" in each for each in said(content)) >= 4


def test_none_of_twelve_secrets_leaves(sent):
    assert len(SECRETS) == 12
    for content in sent:
        whole = fold("".join(said(content)))
        assert [name for name, secret in SECRETS.items() if fold(secret) in whole] == []


def test_no_number_that_may_be_a_bsn_leaves(sent):
    for content in sent:
        for each in said(content):
            for number in re.findall(r"(?<![\w.-])[0-9]{9}(?![\w.-])", each):
                assert not is_bsn(number)


def test_the_sample_reader_opens_the_case_from_a_mail_file(sent, tmp_path):
    script = runpy.run_path(READER)
    cases = [case for content in sent for case in script["read_kennisgevingen"](content)]
    assert [case["soort"] for case in cases] == ["kennisgeving", "beeindiging"]
    assert len({case["kenmerk"] for case in cases}) == 1
    assert cases[0]["verwijzingen"] == [{"uw_kenmerk": "KL-1", "namens": None}]
    assert (cases[0]["klant"]["postcode"], cases[0]["klant"]["achternaam"]) == (None, "Meer")
    file = tmp_path / "bericht.eml"
    file.write_bytes(sent[0])
    shown = subprocess.run([sys.executable, READER, str(file)], capture_output=True, text=True, check=True).stdout
    assert shown.startswith(f"kennisgeving {cases[0]['kenmerk']} uw kenmerk: ['KL-1'] tot en met: 2027-06-01")


def test_the_sample_reader_says_when_there_is_no_case():
    with pytest.raises(LookupError):
        runpy.run_path(READER)["read_kennisgevingen"](b"Subject: iets anders\r\n\r\nDag.\r\n")
