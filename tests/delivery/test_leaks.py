"""Twelve secrets of one person, searched for in every kind of mail to a schuldeiser: words, letter, files, metadata."""

import io
import re
import runpy
import subprocess
import sys
import zipfile
from datetime import time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from config.settings import ROOT
from portal.actions import beantwoorden, dagoverzicht, hulpvrager, verzending
from portal.delivery.dagoverzicht import make_due
from portal.delivery.message import FrozenMessage
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import typeset
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.bsn import is_bsn
from portal.domain.kennisgeving import Levering, Soort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Pogingresultaat
from portal.models import Bericht, Dagoverzicht, Kennisgeving
from portal.models.sealed import fold
from portal.queries import dossier
from tests.actions.test_corrigeren import correct
from tests.actions.test_stilte import REMIND
from tests.actions.test_stilte import run as remind
from tests.actions.test_verlengen import extend
from tests.workers import settings_for

READER = str(ROOT / "examples" / "lees_kennisgeving.py")
SECRETS = {
    "street": "Verborgenstraat",
    "postcode": "9741 QZ",
    "house number": "8873-geheim",
    "telephone": "06 98765432",
    "e-mail": "stiekem@inwoner.example",
    "partner": "Sjoerd Partnerstra",
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


VERKEERD = "Verhuur Verkeerd"

DELIVERED = verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="2.0.0 Ok", tls=True)
_app = Mailer(settings_for()).app


def approved(given, party, bundled):
    """A person with every secret, known by DigiD. Four schuldeisers are about to be told: one is looked at, one gets
    its daily digest, one is the wrong one, and one is a secret to the others.
    """
    _ = given.organisatie_id
    id = given.concept(**ANSWERS)
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.confirm_identity(session, person, "digid", SECRETS["BSN"], {})
        hulpvrager.save_answers(session, person, {"contact": ANSWERS["contact"]})
        for name in ("Plons", "Ander", "Stroom", "Huur"):
            hulpvrager.add_schuld(session, person, id, {"afzender": name})
        hulpvrager.submit(session, person)
    given.take(id)
    given.ask(id)
    with given.session(person) as session:
        hulpvrager.supplement(session, person, f"Ik woon samen met {SECRETS['partner']}.")
    given.match(id, 1, {party: "KL-1"})
    given.match(id, 2, {given.schuldeiser(SECRETS["other schuldeiser"]): SECRETS["its reference"]})
    given.match(id, 3, {bundled: "ST-3"})
    given.match(id, 4, {given.schuldeiser(VERKEERD): "HU-4"})
    given.approve(id, geheim_bevestigd=True)
    return id


def send(given, id, party, soort):
    """What the worker hands over to the mail server."""
    with given.session(Actor.systeem()) as session:
        issued = dossier.kennisgevingen(session, id)
    message = next(each.id for each in issued if each.schuldeiser_id == party and each.soort is soort)
    typeset(given.database, message)
    with given.session(Actor.systeem()) as session:
        zending = verzending.begin_attempt(session, Kennisgeving, message)
        verzending.record_handover(session, Kennisgeving, message, DELIVERED)
    return as_mailed(zending)


def as_mailed(zending):
    with _app.app_context():
        return FrozenMessage(zending, "pauzeknop@portal.example").as_bytes()


def receipt(given, id, party):
    """The mail that confirms an answer in which somebody typed what is secret."""
    with given.session(Actor.systeem()) as session:
        issued = dossier.kennisgevingen(session, id)
    message = next(each.id for each in reversed(issued) if each.schuldeiser_id == party)
    typed = GegevenAntwoord(
        antwoord=Antwoord.OVERGEDRAGEN, naar_naam=SECRETS["street"], contactpersoon=SECRETS["helper"],
        telefoon=SECRETS["telephone"], email=SECRETS["e-mail"], referentie=SECRETS["BSN"],
    )  # fmt: skip
    with given.session(Actor.schuldeiser(party)) as session:
        beantwoorden.answer(session, Actor.schuldeiser(party), message, typed, via=Antwoordweg.LINK)
    with given.session(given.actor) as session:
        [confirmed] = dossier.ontvangstbewijzen(session, message)
    with given.session(Actor.systeem()) as session:
        return as_mailed(verzending.begin_attempt(session, Bericht, confirmed.id))


def schuldeiser_in(given, id, naam):
    """The id of the schuldeiser of this name in a case."""
    with given.session(given.actor) as session:
        return next(k.schuldeiser_id for k in dossier.kennisgevingen(session, id) if k.schuldeiser.naam == naam)


def digest(given):
    """The one daily digest that waits."""
    assert make_due(given.database, time(7), 9_000_000, timedelta()) == 1
    with given.session(Actor.systeem()) as session:
        [made] = session.scalars(select(Dagoverzicht))
        return as_mailed(dagoverzicht.begin_attempt(session, made.id))


@pytest.fixture
def sent(given):
    """The first and the last mail to one schuldeiser."""
    party = given.schuldeiser("Waterbedrijf Plons")
    id = approved(given, party, given.schuldeiser("Energie Stroom", levering=Levering.DAGOVERZICHT))
    first = send(given, id, party, Soort.KENNISGEVING)
    given.withdraw(id)
    return [first, send(given, id, party, Soort.BEEINDIGING)]


@pytest.fixture
def every_kind(given, clock):
    """Kind → the mail, in the order of a case in which everything happens."""
    party = given.schuldeiser("Waterbedrijf Plons")
    id = approved(given, party, given.schuldeiser("Energie Stroom", levering=Levering.DAGOVERZICHT))
    mails = {"kennisgeving": send(given, id, party, Soort.KENNISGEVING), "dagoverzicht": digest(given)}
    wrong = schuldeiser_in(given, id, VERKEERD)
    send(given, id, wrong, Soort.KENNISGEVING)
    given.recall(id, VERKEERD)
    mails["intrekking"] = send(given, id, wrong, Soort.INTREKKING)
    clock.set(REMIND)
    remind(given)
    mails["herinnering"] = send(given, id, party, Soort.HERINNERING)
    extend(given, id, only={"Waterbedrijf Plons"})
    mails["verlenging"] = send(given, id, party, Soort.VERLENGING)
    correct(given, id, naam={"voorletters": "F.", "voorvoegsel": "van der", "achternaam": "Meerman"})
    mails["correctie"] = send(given, id, party, Soort.CORRECTIE)
    mails["antwoord_ontvangen"] = receipt(given, id, party)
    given.withdraw(id)
    mails["beeindiging"] = send(given, id, party, Soort.BEEINDIGING)
    assert {*Soort} <= mails.keys()
    return mails


def said(content):
    """Everything a mail says: headers, words, and each file with what is in and about it."""
    mail = message_from_bytes(content, policy=default)
    yield from (f"{name}: {value}" for name, value in mail.items())
    for part in mail.walk():
        if part.is_multipart():
            continue
        yield part.get_filename() or ""
        raw = part.get_payload(decode=True)
        yield from file_says(part.get_content_type(), raw)


def file_says(kind, raw):
    match kind:
        case "application/pdf":
            yield from pdf_says(raw)
        case "application/zip":
            archive = zipfile.ZipFile(io.BytesIO(raw))
            for name in archive.namelist():
                yield name
                yield from file_says("application/pdf" if name.endswith(".pdf") else "", archive.read(name))
        case _:
            yield raw.decode()


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


def test_none_of_thirteen_secrets_leaves(every_kind):
    assert len(SECRETS) == 13
    for kind, content in every_kind.items():
        whole = fold("".join(said(content)))
        assert "PK" in "".join(said(content))
        assert [name for name, secret in SECRETS.items() if fold(secret) in whole] == [], kind


def test_no_number_that_may_be_a_bsn_leaves(every_kind):
    for kind, content in every_kind.items():
        for each in said(content):
            for number in re.findall(r"(?<![\w.-])[0-9]{9}(?![\w.-])", each):
                assert not is_bsn(number), kind


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
