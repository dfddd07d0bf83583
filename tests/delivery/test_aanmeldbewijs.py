"""The Bewijs van aanmelding: what is in the file, and that it is made once and goes along with the first mail."""

import io
import re
from datetime import date
from uuid import UUID

from hypothesis import given as for_each
from hypothesis import settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from portal.actions import opmaak, verzending
from portal.delivery import aanmeldbewijs
from portal.delivery.tasks import Sender, typeset_bewijs
from portal.domain.aanmeldbewijs import AanmeldbewijsFeiten
from portal.domain.controle import DocumentSoort
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat
from portal.models import Aanmeldbewijs, AuditEntry, Bericht
from portal.models.links import bewijswijzers
from portal.queries import dossier
from tests.given import antwoorden
from tests.texts.feiten import AFZENDER

VERZOEK = UUID("9ae2a1bb-02ee-5a2a-bf8a-c79c85342d73")


def wijzers():
    return bewijswijzers("https://pauzeknop.example", VERZOEK, DocumentSoort.BEWIJS_VAN_AANMELDING)


def feiten(**changes):
    whole = {
        "kenmerk": "PK-H4X-9TQ-27F",
        "naam": "F. van der Meer",
        "geboren_on": date(1987, 5, 14),
        "meldingsdatum": date(2027, 2, 9),
        "afzender": AFZENDER,
    }
    return AanmeldbewijsFeiten(**whole | changes)


def opened(pdf):
    return PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).replace("\u200b", "").split())


def test_it_says_who_asked_for_help_when_and_where_on_one_page():
    pdf = aanmeldbewijs.typeset(feiten(), wijzers())
    said = text_of(pdf)
    for words in (
        "Bewijs van aanmelding",
        "F. van der Meer",
        "14 mei 1987",
        "dinsdag 9 februari 2027",
        "Stadsbank Midden namens gemeente Utrecht",
        "PK-H4X-9TQ-27F",
        wijzers().controlecode,
        "https://pauzeknop.example/controleren",
        "Het zegt ook niet dat er een pauze is.",
    ):
        assert words in said
    assert len(opened(pdf).pages) == 1


def test_the_file_keeps_for_ever_reads_aloud_and_carries_nothing_else():
    reader = opened(aanmeldbewijs.typeset(feiten(), wijzers()))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")3", xmp)
    assert re.search(r"pdfaid:conformance(>|=\")A", xmp)
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)
    assert dict(reader.attachments) == {}
    assert reader.metadata.title == "Bewijs van aanmelding PK-H4X-9TQ-27F"
    assert reader.metadata.creation_date.date() == date(2027, 2, 9)


def test_the_same_facts_are_the_same_bytes():
    first = aanmeldbewijs.typeset(feiten(), wijzers())
    assert aanmeldbewijs.typeset(feiten(naam="Ander"), wijzers()) != first
    assert aanmeldbewijs.typeset(feiten(), wijzers()) == first


def test_who_gave_no_birth_date_has_one_without():
    assert "Geboren" not in text_of(aanmeldbewijs.typeset(feiten(geboren_on=None), wijzers()))


@settings(max_examples=20, deadline=None)
@for_each(naam=st.text(min_size=1, max_size=60) | st.sampled_from(["#panic()", "## kop", "\u202eom", "<b>"]))
def test_a_hostile_name_stays_a_name(naam):
    assert aanmeldbewijs.typeset(feiten(naam=naam), wijzers()).startswith(b"%PDF-1.7")


# --- made once, and sent along --------------------------------------------------------------------


class Post:
    """A mail server that takes everything, and what it got."""

    def __init__(self):
        self.taken = []

    def deliver(self, zending):
        self.taken.append(zending)
        return verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="Ok", tls=True)


def send(given, id):
    """What the worker does with the mails to a hulpvrager."""
    with given.session(Actor.systeem()) as session:
        waiting = session.scalars(select(Bericht.id).where(Bericht.verzoek_id == id)).all()
    post = Post()
    for bericht_id in waiting:
        Sender(given.database, post, ()).send(Bericht, bericht_id)
    return post.taken


def kept(given, id):
    with given.session(Actor.hulpvrager(id)) as session:
        return dossier.aanmeldbewijs(session, id)


def test_the_first_mail_brings_the_very_document_that_is_kept(given):
    id = given.submitted()
    (mail,) = send(given, id)
    (bijlage,) = mail.bijlagen
    assert bijlage.naam == "bewijs-van-aanmelding.pdf"
    assert bijlage.inhoud == kept(given, id).pdf
    assert "Bij deze e-mail zit uw bewijs van aanmelding." in mail.tekst
    assert given.case(id).kenmerk in text_of(bijlage.inhoud)


def test_only_the_first_mail_brings_it(given):
    id = given.waiting()
    assert [len(mail.bijlagen) for mail in send(given, id)].count(1) == 1
    with given.session(Actor.systeem()) as session:
        assert [row.soort for row in dossier.berichten(session, id) if row.met_bewijs] == ["ontvangen"]


def test_where_somebody_reads_along_it_is_not_sent_and_not_spoken_of(given):
    id = given.submitted(contact={**antwoorden()["contact"], "meelezen": True})
    (mail,) = send(given, id)
    assert mail.bijlagen == ()
    assert "bewijs" not in (mail.tekst + mail.onderwerp).casefold()


def test_it_is_made_once_and_written_in_the_trail(given):
    id = given.submitted()
    for _ in range(2):
        typeset_bewijs(given.database, id)
    with given.session(Actor.systeem()) as session:
        opmaak.record_bewijs(session, id, b"another one")
        found = session.scalars(
            select(AuditEntry).where(AuditEntry.keten == id, AuditEntry.gebeurtenis == "AanmeldbewijsTypeset")
        ).all()
    made = kept(given, id)
    assert made.is_intact
    assert [entry.feiten["pdf_sha256"] for entry in found] == [made.pdf_sha256]


def test_a_concept_has_none(given):
    id = given.concept()
    typeset_bewijs(given.database, id)
    with given.session(Actor.systeem()) as session:
        assert session.scalars(select(Aanmeldbewijs)).all() == []


def test_a_tampered_document_is_not_mailed(given, owner):
    id = given.submitted()
    given.typeset_bewijs(id)
    owner.execute("UPDATE aanmeldbewijs SET pdf_sha256 = 'x'")
    assert send(given, id) == []
