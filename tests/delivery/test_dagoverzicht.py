"""The daily digest: one mail a day, everything in it, and each Kennisgeving in it as good as one that left alone."""

import hashlib
import io
import json
import runpy
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from config.settings import ROOT
from portal.actions import dagoverzicht, verzending, wachtrij
from portal.actions.verzending import Uitslag
from portal.clock import NEDERLAND
from portal.delivery.dagoverzicht import make_due
from portal.delivery.inbound import intake
from portal.delivery.inbound.reader import Envelop
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import Sender, TryLater
from portal.domain.dagoverzicht import leaves_at, parts
from portal.domain.inkomend import Mailgevolg
from portal.domain.kennisgeving import Kanaal, Levering
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat, Verzendstatus
from portal.models import AuditEntry, Brief, Dagoverzicht, Inkomend, Kennisgeving
from portal.queries import dossier
from tests.delivery import mails
from tests.given import Schuldregel
from tests.mailserver import MailServer
from tests.workers import settings_for

READER = str(ROOT / "examples" / "lees_kennisgeving.py")
AT = time(7)
LARGE = 9_000_000
END_DELAY = timedelta(minutes=15)
DAY = date(2027, 2, 1)
KLAAR, AANGEBODEN, NIET_BEZORGD = Verzendstatus.KLAAR, Verzendstatus.AANGEBODEN, Verzendstatus.NIET_BEZORGD


class Desk:
    """One schuldeiser that wants a digest, cases at it, and the worker."""

    def __init__(self, given, clock):
        self.given, self.clock, self.database = given, clock, given.database
        self.schuldeiser_id = given.schuldeiser("Energie Stroom", levering=Levering.DAGOVERZICHT)
        self.server = MailServer()

    def case(self, reference):
        id = self.given.approved([Schuldregel("Stroom", {self.schuldeiser_id: reference})])
        return id, self.messages(id)[0].id

    def messages(self, case_id):
        with self.database.session(Actor.systeem()) as session:
            return dossier.kennisgevingen(session, case_id)

    def statuses(self, *case_ids):
        return [message.status for id in case_ids for message in self.messages(id)]

    def digests(self):
        with self.database.session(Actor.systeem()) as session:
            return list(session.scalars(select(Dagoverzicht).order_by(Dagoverzicht.dag, Dagoverzicht.nummer)))

    def make(self, most=LARGE):
        return make_due(self.database, AT, most, END_DELAY)

    def carry(self, waits=(60,)):
        """Every digest that waits, as its job would."""
        mailer = Mailer(settings_for(MAIL_PORT=str(self.server.port)))
        try:
            for digest in self.digests():
                if digest.status is KLAAR:
                    Sender(self.database, mailer, waits).send_dagoverzicht(digest.id)
        finally:
            mailer.close()

    def events(self, keten, name):
        with self.database.session(Actor.systeem()) as session:
            entries = select(AuditEntry).where(AuditEntry.keten == keten, AuditEntry.gebeurtenis == name)
            return [entry.feiten for entry in session.scalars(entries.order_by(AuditEntry.volgnummer))]


@pytest.fixture
def desk(given, clock):
    made = Desk(given, clock)
    with made.server:
        yield made


def zip_of(received):
    [part] = received.mail.iter_attachments()
    return part.get_filename(), zipfile.ZipFile(io.BytesIO(part.get_content()))


def test_one_mail_has_every_letter_and_each_message_keeps_its_own_proof(desk):
    (one, first), (two, second) = desk.case("KL-1"), desk.case("KL-2")
    assert desk.make() == 1
    desk.carry()
    [received] = desk.server.received
    [digest] = desk.digests()
    assert received.envelope_from == f"bounce+{digest.envelope_token}@bounce.pauzeknop.example"
    assert received.message_id == digest.message_id
    assert str(received.mail["Subject"]) == "Dagoverzicht 1 februari 2027: 2 berichten"
    for kind in ("plain", "html"):
        body = received.body(kind)
        assert all(reference in body for reference in ("KL-1", "KL-2"))
        assert "Meer" not in body
    cases = runpy.run_path(READER)["read_kennisgevingen"](received.content)
    assert [case["bericht_id"] for case in cases] == [str(first), str(second)], "the sample reader opens it too"
    name, archive = zip_of(received)
    assert name == "dagoverzicht-2027-02-01.zip"
    index = json.loads(archive.read("overzicht.json"))
    assert [each["bericht_id"] for each in index["berichten"]] == [str(first), str(second)]
    with desk.database.session(Actor.systeem()) as session:
        letters = {str(brief.id): brief for brief in session.scalars(select(Brief))}
    for each in index["berichten"]:
        brief = letters[each["bericht_id"]]
        files = [archive.read(file["naam"]) for file in each["bestanden"]]
        assert files == [brief.pdf, brief.gegevens]
        assert [file["sha256"] for file in each["bestanden"]] == [hashlib.sha256(file).hexdigest() for file in files]
    assert desk.statuses(one, two) == [AANGEBODEN] * 2
    handed_over = {"code": 250, "tls": False, "dagoverzicht_id": str(digest.id), "eml_sha256": None}
    [told] = desk.events(one, "KennisgevingHandedOver")
    assert told.items() >= {"kennisgeving_id": str(first), **handed_over}.items()
    [carried] = desk.events(desk.schuldeiser_id, "DagoverzichtHandedOver")
    assert carried["eml_sha256"] == hashlib.sha256(received.content).hexdigest()
    assert len(desk.events(desk.schuldeiser_id, "DagoverzichtIssued")) == 1


def test_nothing_of_it_leaves_by_itself(desk):
    _, id = desk.case("KL-1")
    with desk.database.session(Actor.systeem()) as session:
        assert verzending.begin_attempt(session, Kennisgeving, id) is None


def test_it_is_made_once_a_day_after_the_hour(desk):
    desk.clock.set(DAY, 6, 59)
    one, _ = desk.case("KL-1")
    assert desk.make() == 0
    desk.clock.set(DAY, 7, 0)
    assert desk.make() == 1
    desk.case("KL-2")
    assert desk.make() == 0
    desk.clock.set(DAY + timedelta(days=4), 9)  # nobody worked for days
    desk.case("KL-3")
    assert desk.make() == 1
    desk.carry()
    assert [len(zip_of(mail)[1].namelist()) for mail in desk.server.received] == [3, 5]
    assert desk.statuses(one) == [AANGEBODEN]


def test_two_workers_at_once_make_one(desk):
    desk.case("KL-1")
    with ThreadPoolExecutor(4) as threads:
        made = [done.result() for done in [threads.submit(desk.make) for _ in range(4)]]
    assert sorted(made) == [0, 0, 0, 1]


def test_a_digest_that_cannot_be_made_keeps_no_other_waiting(desk, given, owner):
    other = given.schuldeiser("Waterbedrijf Plons", levering=Levering.DAGOVERZICHT)
    desk.case("KL-1")
    given.approved([Schuldregel("Plons", {other: "KL-2"})])
    first = min(desk.schuldeiser_id, other)
    owner.execute("UPDATE kennisgeving SET feiten_sealed = 'damaged' WHERE schuldeiser_id = %s", [first])
    assert desk.make() == 1


def test_a_large_digest_is_divided(desk):
    cases = [desk.case(f"KL-{number}")[0] for number in range(3)]
    assert desk.make(most=1) == 3
    desk.carry()
    assert [zip_of(mail)[0] for mail in desk.server.received] == [
        f"dagoverzicht-2027-02-01-deel-{deel}.zip" for deel in (1, 2, 3)
    ]
    assert desk.statuses(*cases) == [AANGEBODEN] * 3


def test_what_lapsed_before_it_left_goes_to_nobody(desk):
    (stays, kept), (stops, _) = desk.case("KL-1"), desk.case("KL-2")
    desk.make()
    desk.given.withdraw(stops)
    desk.carry()
    assert desk.server.received == []
    desk.carry()
    [received] = desk.server.received
    index = json.loads(zip_of(received)[1].read("overzicht.json"))
    assert [each["bericht_id"] for each in index["berichten"]] == [str(kept)]
    assert "KL-2" not in received.body("plain")
    assert desk.statuses(stays, stops) == [AANGEBODEN, Verzendstatus.VERVALLEN]
    assert [digest.status for digest in desk.digests()] == [Verzendstatus.VERVALLEN, AANGEBODEN]


def test_a_changed_message_is_refused_and_the_others_go(desk, owner):
    (right, _), (wrong, id) = desk.case("KL-1"), desk.case("KL-2")
    desk.make()
    owner.execute("UPDATE brief SET pdf_sha256 = 'anders' WHERE id = %s", [id])
    desk.carry()
    desk.carry()
    assert desk.statuses(right, wrong) == [AANGEBODEN, NIET_BEZORGD]
    assert len(desk.server.received) == 1


def test_temporary_trouble_repeats_the_same_bytes(desk):
    one, _ = desk.case("KL-1")
    desk.make()
    desk.server.hang_up_at_data = True  # it was heard, and we do not know
    with pytest.raises(TryLater):
        desk.carry()
    assert desk.statuses(one) == [KLAAR]
    desk.server.hang_up_at_data = False
    desk.clock.set(DAY, 15)
    desk.carry()
    first, second = desk.server.received
    assert first.content == second.content
    with desk.database.session(Actor.systeem()) as session:
        attempts = [poging.resultaat for poging in dossier.pogingen(session, one)]
    assert attempts == [Pogingresultaat.TIJDELIJK, Pogingresultaat.AANGEBODEN]


def test_a_refused_digest_is_work_for_each_case_and_goes_again_in_a_later_one(desk):
    one, id = desk.case("KL-1")
    desk.make()
    desk.server.rcpt_reply = lambda address: "550 5.1.1 Unknown"
    desk.carry()
    assert desk.statuses(one) == [NIET_BEZORGD]
    with desk.given.session(desk.given.actor) as session:
        verzending.retry(session, desk.given.actor, id, Kanaal.EMAIL)
    desk.server.rcpt_reply = lambda address: "250 OK"
    assert desk.make() == 0
    desk.clock.set(DAY + timedelta(days=1))
    assert desk.make() == 1
    desk.carry()
    assert desk.statuses(one) == [AANGEBODEN]


def test_a_worker_that_died_after_the_hand_over_leaves_nobody_untold(desk):
    (one, _), (two, _) = desk.case("KL-1"), desk.case("KL-2")
    desk.make()
    [digest] = desk.digests()
    taken = Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="2.0.0 Ok", tls=True)
    with desk.database.session(Actor.systeem()) as session:
        dagoverzicht.begin_attempt(session, digest.id)
        verzending.record_handover(session, Dagoverzicht, digest.id, taken)
    assert desk.statuses(one, two) == [KLAAR] * 2
    with desk.database.session(Actor.systeem()) as session:
        assert wachtrij.requeue(session, timedelta(0)) == 0  # its job is still there: it is done again
    mailer = Mailer(settings_for(MAIL_PORT=str(desk.server.port)))
    for _ in range(2):
        Sender(desk.database, mailer, ()).send_dagoverzicht(digest.id)
    assert desk.statuses(one, two) == [AANGEBODEN] * 2
    assert desk.server.received == []
    assert len(desk.events(one, "KennisgevingHandedOver")) == 1


def test_a_digest_without_its_job_is_queued_again(desk, owner):
    desk.case("KL-1")
    desk.make()
    owner.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'send_dagoverzicht'")
    desk.clock.set(DAY, 12)
    with desk.database.session(Actor.systeem()) as session:
        assert wachtrij.requeue(session, timedelta(minutes=10)) == 1


def receive(desk, raw, to=""):
    ontvangen = intake.take(io.BytesIO(raw), Envelop(ontvanger=to, afzender=""), 1_000_000)
    return intake.receive(desk.database, settings_for(), ontvangen)


def bounce(desk, code, turn=""):
    """What a mail server sends back of the last digest."""
    raw = mails.dsn(code, to="", said=f"smtp; 550 {code} no", text=f"beurt {turn}")
    return receive(desk, raw, f"bounce+{desk.digests()[-1].envelope_token}@bounce.pauzeknop.example").gevolg


def test_a_bounce_of_a_digest_concerns_all_in_it(desk):
    (one, _), (two, _) = desk.case("KL-1"), desk.case("KL-2")
    desk.make()
    desk.carry()
    desk.clock.set(DAY, 15)
    (later, _) = desk.case("KL-3")
    assert bounce(desk, "5.1.1") is Mailgevolg.NIET_BEZORGD
    assert desk.statuses(one, two, later) == [NIET_BEZORGD, NIET_BEZORGD, KLAAR]
    assert bounce(desk, "5.1.1", "nog eens") is Mailgevolg.NIETS
    with desk.database.session(Actor.systeem()) as session:
        assert [mail.verzoek_id for mail in session.scalars(select(Inkomend))] == [None, None]
        said = [poging.antwoord for poging in dossier.pogingen(session, one)]
    assert said[-1] == "5.1.1 no"


def test_a_full_mailbox_gets_it_in_the_next_digests_and_then_it_is_work(desk):
    one, _ = desk.case("KL-1")
    for turn in range(3):
        desk.clock.set(DAY + timedelta(days=turn), 8)
        assert desk.make() == 1
        desk.carry()
        desk.clock.set(DAY + timedelta(days=turn), 9)
        outcome = bounce(desk, "5.2.2", turn)
        assert desk.statuses(one) == [KLAAR if turn < 2 else NIET_BEZORGD]
    assert outcome is Mailgevolg.NIET_BEZORGD
    assert len(desk.server.received) == 3


def test_a_reply_to_a_digest_goes_to_the_case_it_names_or_to_the_landelijk_beheerder(desk):
    one, _ = desk.case("KL-1")
    desk.make()
    desk.carry()
    [digest] = desk.digests()
    reply = {"to": "info@pauzeknop.example", "In_Reply_To": digest.message_id}
    unclear = receive(desk, mails.mail("Dit hoort niet bij ons.", subject="Re: Dagoverzicht", **reply))
    assert (unclear.spoor.dagoverzicht_id, unclear.gevolg) == (digest.id, Mailgevolg.UITZOEKEN)
    named = receive(desk, mails.mail("Wij pauzeren.", subject=f"Re: {desk.given.case(one).kenmerk}", **reply))
    assert (named.spoor.verzoek_id, named.gevolg) == (one, Mailgevolg.LEZEN)


def test_an_end_goes_along_after_the_hulpvrager_was_told(desk):
    one, _ = desk.case("KL-1")
    desk.make()
    desk.carry()
    desk.clock.set(DAY + timedelta(days=1), 8)
    desk.given.withdraw(one)
    assert desk.make() == 0
    desk.given.refuse_mail(one)  # it was tried: from then on nothing holds the schuldeiser up
    desk.clock.set(DAY + timedelta(days=1), 8, 30)
    assert desk.make() == 1
    desk.carry()
    assert desk.statuses(one) == [AANGEBODEN] * 2


def test_a_digest_is_forgotten_and_its_messages_stay(desk):
    one, _ = desk.case("KL-1")
    desk.make()
    desk.carry()
    assert dagoverzicht.forget(desk.database) == 0
    desk.clock.set(DAY + timedelta(days=31))
    assert dagoverzicht.forget(desk.database) == 1
    assert desk.statuses(one) == [AANGEBODEN]
    assert desk.messages(one)[0].dagoverzicht_id is None


@pytest.mark.parametrize(
    ("ready", "leaves"),
    [
        (datetime(2027, 2, 1, 6, 59, tzinfo=NEDERLAND), datetime(2027, 2, 1, 7, tzinfo=NEDERLAND)),
        (datetime(2027, 2, 1, 7, 0, tzinfo=NEDERLAND), datetime(2027, 2, 2, 7, tzinfo=NEDERLAND)),
        (datetime(2027, 3, 27, 12, 0, tzinfo=NEDERLAND), datetime(2027, 3, 28, 7, tzinfo=NEDERLAND)),  # summer time
    ],
)
def test_when_it_leaves(ready, leaves):
    assert leaves_at(ready, AT, NEDERLAND) == leaves


def test_parts_keep_the_order_and_what_is_too_large_goes_alone():
    assert list(parts([("a", 4), ("b", 4), ("c", 9), ("d", 1), ("e", 1)], 8)) == [["a", "b"], ["c"], ["d", "e"]]
    assert list(parts([], 8)) == []
