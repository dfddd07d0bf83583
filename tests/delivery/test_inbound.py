"""What follows from a received mail: the message moves only with its token, and every mail is kept once."""

import base64
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis import given as over
from sqlalchemy import select

from config.settings import ROOT
from portal.actions import inkomend, verzending
from portal.actions.beantwoorden import answer
from portal.db.engine import Database
from portal.delivery.inbound import intake
from portal.delivery.inbound.reader import Envelop
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound
from portal.domain.inkomend import Mailband, Mailgevolg, Mailsoort
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Pogingresultaat, Verzendstatus
from portal.models import Bericht, Inkomend, Kennisgeving
from portal.queries import audit, dossier
from portal.queries import inkomend as received
from tests.actions.conftest import at_once
from tests.conftest import ADRESSEN
from tests.delivery import mails
from tests.given import EMAIL, Given
from tests.workers import _FIXED, settings_for

DOMAIN = ADRESSEN.envelope_domain
WAITS = (86400, 259200)


class Postbus:
    """Receives mails and shows what became of them."""

    def __init__(self, given: Given) -> None:
        self.given, self.database = given, given.database
        self.settings = settings_for()

    def receive(self, raw: bytes, to: str = "", sender: str = "") -> inkomend.Begrepen:
        ontvangen = intake.take(io.BytesIO(raw), Envelop(ontvanger=to, afzender=sender), 1_000_000)
        return intake.receive(self.database, self.settings, ontvangen)

    def kept(self) -> list[Inkomend]:
        with self.database.session(Actor.systeem()) as session:
            return list(session.scalars(select(Inkomend).order_by(Inkomend.received_at)))

    def kennisgevingen(self, verzoek_id) -> dict[str, Kennisgeving]:
        with self.database.session(Actor.systeem()) as session:
            return {each.schuldeiser.naam: each for each in dossier.kennisgevingen(session, verzoek_id)}

    def kennisgeving(self, verzoek_id) -> Kennisgeving:
        (found,) = self.kennisgevingen(verzoek_id).values()
        return found

    def bericht(self, verzoek_id) -> Bericht:
        with self.database.session(Actor.systeem()) as session:
            return dossier.berichten(session, verzoek_id)[0]

    def events(self, keten) -> list[str]:
        with self.database.session(Actor.systeem()) as session:
            return [entry.gebeurtenis for entry in dossier.history(session, keten)][::-1]

    def pogingen(self, verzoek_id) -> list[tuple[str, int | None, str]]:
        with self.database.session(Actor.systeem()) as session:
            return [(each.resultaat, each.code, each.antwoord) for each in dossier.pogingen(session, verzoek_id)]


@pytest.fixture
def postbus(given: Given) -> Postbus:
    return Postbus(given)


@pytest.fixture
def sent(given: Given, postbus: Postbus):
    """A case with one Kennisgeving that a mail server took."""
    id = given.approved()
    given.hand_over(id)
    return id, postbus.kennisgeving(id)


def back(message: Kennisgeving | Bericht) -> str:
    return f"bounce+{message.envelope_token}@{DOMAIN}"


FATES = {
    # what comes back with the token → what the message becomes, what is to be done
    "5.1.1": (Verzendstatus.NIET_BEZORGD, Kanaal.EMAIL, Mailgevolg.NIET_BEZORGD),
    "5.4.4": (Verzendstatus.NIET_BEZORGD, Kanaal.EMAIL, Mailgevolg.NIET_BEZORGD),
    "5.2.2": (Verzendstatus.KLAAR, Kanaal.EMAIL, Mailgevolg.LATER_OPNIEUW),
    "5.7.1": (Verzendstatus.NIET_BEZORGD, Kanaal.EMAIL, Mailgevolg.PER_POST),
}


def test_a_bounce_with_the_token_moves_the_message(postbus, given):
    """One case, a schuldeiser for each code."""
    id = given.approved([given.regel(code) for code in FATES])
    given.hand_over(id)
    for code, message in postbus.kennisgevingen(id).items():
        begrepen = postbus.receive(mails.dsn(code, to="", said=f"smtp; 550 {code} no"), to=back(message))
        assert (begrepen.spoor.band, begrepen.gevolg) == (Mailband.TOKEN, FATES[code][2])
    after = {code: (each.status, each.kanaal) for code, each in postbus.kennisgevingen(id).items()}
    assert after == {code: fate[:2] for code, fate in FATES.items()}
    refused = [(code, said) for resultaat, code, said in postbus.pogingen(id) if resultaat != "aangeboden"]
    assert sorted(refused) == sorted((550, f"{code} no") for code in FATES)
    assert audit.verify(postbus.database).ok


HARMLESS = {
    "delayed": mails.dsn("4.4.1", "delayed", to=""),
    "delivered": mails.dsn("2.0.0", "delivered", to=""),
    "out of office": mails.mail("Ik ben met vakantie.", to="", Auto_Submitted="auto-replied"),
    "read": mails.receipt(),
    "an answer": mails.mail("Akkoord.", to=""),
    "abuse": mails.abuse(),
    "our own": mails.ORIGINAL.encode(),
    "zeros": b"\0\0",
}


def test_other_mail_with_the_token_moves_nothing_and_is_on_the_case(postbus, sent):
    id, message = sent
    for name, raw in HARMLESS.items():
        before = {row.id for row in postbus.kept()}
        postbus.receive(raw, to=back(message))
        [row] = [row for row in postbus.kept() if row.id not in before]
        assert (row.verzoek_id, row.kennisgeving_id) == (id, message.id), name
        assert row.is_te_lezen == (name in {"an answer", "abuse", "zeros"}), name
    assert postbus.kennisgeving(id).status is Verzendstatus.AANGEBODEN


def test_a_closed_mailbox_makes_it_a_letter_for_the_hulpverlener(postbus, sent):
    id, message = sent
    raw = mails.mail("Dit e-mailadres is niet meer in gebruik.", to="", Auto_Submitted="auto-replied")
    assert postbus.receive(raw, to=back(message)).gevolg is Mailgevolg.PER_POST
    assert postbus.kennisgeving(id).status is Verzendstatus.NIET_BEZORGD


FORGED = {
    "no token": lambda message: mails.dsn("5.1.1", to=""),
    "another token": lambda message: mails.dsn("5.1.1", to=f"bounce+{'0' * 32}@{DOMAIN}"),
    "the message id only": lambda message: mails.dsn("5.1.1", to="", original=f"Message-ID: {message.message_id}\n\n"),
    "the token at another domain": lambda message: mails.dsn(
        "5.1.1", to=f"bounce+{message.envelope_token}@evil.example"
    ),
    "the token in the words of an answer": lambda message: mails.mail(back(message), to=""),
}


def test_a_forged_bounce_is_kept_and_moves_nothing(postbus, sent):
    id, message = sent
    gevolgen = {name: postbus.receive(forge(message)).gevolg for name, forge in FORGED.items()}
    assert gevolgen == dict.fromkeys(FORGED, Mailgevolg.UITZOEKEN) | {"the message id only": Mailgevolg.LEZEN}
    assert postbus.kennisgeving(id).status is Verzendstatus.AANGEBODEN
    assert len(postbus.kept()) == len(FORGED)


def test_a_full_mailbox_is_tried_again_after_each_wait_and_then_it_is_work(postbus, sent, given, owner):
    id, message = sent
    for turn, wait in enumerate(WAITS):
        raw = mails.dsn("5.2.2", to="", said="smtp; 552 5.2.2 full", text=f"beurt {turn}")
        assert postbus.receive(raw, to=back(message)).gevolg is Mailgevolg.LATER_OPNIEUW
        assert postbus.kennisgeving(id).status is Verzendstatus.KLAAR
        [(scheduled,)] = owner.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE args->>'id' = %s AND status = 'todo'"
            " AND scheduled_at IS NOT NULL",
            [str(message.id)],
        ).fetchall()
        assert abs(scheduled - datetime.now(UTC) - timedelta(seconds=wait)) < timedelta(minutes=5)
        owner.execute("DELETE FROM procrastinate_jobs")
        given.hand_over(id)
    raw = mails.dsn("5.2.2", to="", said="smtp; 552 5.2.2 full", text="de laatste")
    assert postbus.receive(raw, to=back(message)).gevolg is Mailgevolg.NIET_BEZORGD
    assert postbus.kennisgeving(id).status is Verzendstatus.NIET_BEZORGD


def test_a_bounce_before_the_hand_over_was_noted_counts(postbus, given):
    """The mail server of the neighbour is quicker than our own commit."""
    id = given.approved()
    given.begin_attempt(id)
    message = postbus.kennisgeving(id)
    postbus.receive(mails.dsn("5.1.1", to=""), to=back(message))
    assert postbus.kennisgeving(id).status is Verzendstatus.NIET_BEZORGD
    uitslag = verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="Ok", tls=True)
    with given.session(Actor.systeem()) as session:
        verzending.record_handover(session, Kennisgeving, message.id, uitslag)
    assert postbus.kennisgeving(id).status is Verzendstatus.NIET_BEZORGD


def test_the_same_of_a_message_that_came_back_before(postbus, sent, given):
    id, message = sent
    postbus.receive(mails.dsn("5.1.1", to="", recipient=message.aan), to=back(message))
    with given.session(given.actor) as session:
        verzending.retry(session, given.actor, message.id, Kanaal.EMAIL)
    given.begin_attempt(id)
    again = mails.dsn("5.1.1", to="", recipient=message.aan, text="weer")
    assert postbus.receive(again, to=back(message)).gevolg is Mailgevolg.NIET_BEZORGD


def test_a_bounce_of_what_never_left_changes_nothing(postbus, given):
    id = given.approved()
    message = postbus.kennisgeving(id)
    assert postbus.receive(mails.dsn("5.1.1", to=""), to=back(message)).gevolg is Mailgevolg.NIETS
    assert postbus.kennisgeving(id).status is Verzendstatus.KLAAR


def test_a_late_bounce_of_an_earlier_address_does_not_touch_the_new_one(postbus, sent, given):
    id, message = sent
    postbus.receive(mails.dsn("5.1.1", to="", recipient=message.aan), to=back(message))
    with given.session(given.actor) as session:
        verzending.retry(session, given.actor, message.id, Kanaal.EMAIL)
    raw = mails.dsn("5.1.1", to="", recipient="vorig@schuldeiser.example", text="weer")
    assert postbus.receive(raw, to=back(message)).gevolg is Mailgevolg.NIETS
    given.hand_over(id)
    raw = mails.dsn("5.1.1", to="", recipient="vorig@schuldeiser.example", text="en weer")
    assert postbus.receive(raw, to=back(message)).gevolg is Mailgevolg.NIETS
    assert postbus.kennisgeving(id).status is Verzendstatus.AANGEBODEN
    raw = mails.dsn("5.1.1", to="", recipient=message.aan, text="nu echt")
    assert postbus.receive(raw, to=back(message)).gevolg is Mailgevolg.NIET_BEZORGD


def test_a_bounce_of_what_went_by_post_meanwhile_changes_nothing(postbus, sent, given):
    id, message = sent
    postbus.receive(mails.dsn("5.1.1", to=""), to=back(message))
    with given.session(given.actor) as session:
        verzending.retry(session, given.actor, message.id, Kanaal.BRIEF)
    postbus.receive(mails.dsn("5.1.1", to="", text="nog eens"), to=back(message))
    after = postbus.kennisgeving(id)
    assert (after.status, after.kanaal) == (Verzendstatus.KLAAR, Kanaal.BRIEF)


def test_a_bounce_after_the_pause_ended_is_no_work_any_more(postbus, sent, given):
    id, message = sent
    given.withdraw(id)
    postbus.receive(mails.dsn("5.1.1", to=""), to=back(message))
    with given.session(Actor.systeem()) as session:
        assert session.get_one(Kennisgeving, message.id).status is Verzendstatus.VERVALLEN


def test_a_bounce_of_a_message_to_the_hulpvrager_asks_to_call(postbus, given):
    id = given.submitted()
    given.typeset_bewijs(id)
    message = postbus.bericht(id)
    uitslag = verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="Ok", tls=True)
    with given.session(Actor.systeem()) as session:
        verzending.begin_attempt(session, Bericht, message.id)
        verzending.record_handover(session, Bericht, message.id, uitslag)
    assert postbus.receive(mails.dsn("5.2.2", to=""), to=back(message)).gevolg is Mailgevolg.NIET_BEZORGD
    assert postbus.bericht(id).status is Verzendstatus.NIET_BEZORGD
    assert "BerichtRefused" in postbus.events(id)


def test_a_bounced_receipt_is_on_the_page_of_its_message_and_not_work_for_anybody(postbus, sent, given):
    id, message = sent
    schuldeiser = Actor.schuldeiser(message.schuldeiser_id)
    with given.session(schuldeiser) as session:
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        answer(session, schuldeiser, message.id, said, via=Antwoordweg.LINK)
    with given.session(Actor.systeem()) as session:
        (receipt,) = dossier.ontvangstbewijzen(session, message.id)
        verzending.begin_attempt(session, Bericht, receipt.id)
    assert postbus.receive(mails.dsn("5.1.1", to=""), to=back(receipt)).gevolg is Mailgevolg.NIET_BEZORGD
    with given.session(given.actor) as session:
        assert session.get_one(Bericht, receipt.id).status is Verzendstatus.NIET_BEZORGD
        assert dossier.untold(session, id) == []
        assert [each.kennisgeving_id for each in received.of_case(session, id)] == [message.id]
    assert postbus.kennisgeving(id).status is Verzendstatus.AANGEBODEN


# --- answers, and mail about nobody knows what ----------------------------------------------------


def test_an_answer_is_tied_by_message_id_or_by_kenmerk_and_sender(postbus, sent, given):
    id, message = sent
    kenmerk = given.case(id).kenmerk
    by_id = postbus.receive(mails.mail("Goed.", to="", subject="Re", In_Reply_To=message.message_id))
    by_kenmerk = postbus.receive(mails.mail("Goed.", to="", subject=f"Re: {kenmerk}", sender=message.aan))
    by_stranger = postbus.receive(mails.mail(f"Over {kenmerk.lower()}: goed.", to="", subject="x", sender=EMAIL))
    assert [each.spoor.band for each in (by_id, by_kenmerk, by_stranger)] == [
        Mailband.MESSAGE_ID,
        Mailband.KENMERK,
        Mailband.KENMERK,
    ]
    assert [each.spoor.kennisgeving_id for each in (by_id, by_kenmerk, by_stranger)] == [message.id, message.id, None]
    assert {row.gevolg for row in postbus.kept()} == {Mailgevolg.LEZEN}
    assert {row.verzoek_id for row in postbus.kept()} == {id}


def test_a_mail_about_two_cases_or_about_a_concept_is_for_somebody_to_look_at(postbus, given):
    one, two = (given.case(given.approved([given.regel(naam)])).kenmerk for naam in ("Een", "Twee"))
    concept = given.case(given.concept()).kenmerk
    for text in (f"{one} en {two}", concept, "geen idee"):
        begrepen = postbus.receive(mails.mail(text, to="", subject="vraag"))
        assert (begrepen.spoor.band, begrepen.gevolg) == (Mailband.GEEN, Mailgevolg.UITZOEKEN)


def test_the_landelijk_beheerder_ties_an_unknown_mail_and_no_longer_sees_it(postbus, sent, given):
    id, _ = sent
    postbus.receive(mails.mail("Goed.", to="", subject="uw brief"))
    [row] = postbus.kept()
    beheer = given.medewerker(None, Role.LANDELIJK_BEHEERDER)
    with given.session(given.actor) as session, pytest.raises(NotAllowed):
        inkomend.tie(session, given.actor, row.id, given.case(id).kenmerk)
    with given.session(given.actor) as session, pytest.raises(NotFound):
        inkomend.handle(session, given.actor, row.id)
    with given.session(beheer) as session:
        with pytest.raises(NotFound):
            inkomend.tie(session, beheer, row.id, "PK-H4X-9TQ-27Q")
        inkomend.tie(session, beheer, row.id, given.case(id).kenmerk)
        with pytest.raises(MoveNotAllowed):
            inkomend.tie(session, beheer, row.id, given.case(id).kenmerk)
        assert session.get(Inkomend, row.id) is None
    assert postbus.events(id)[-1] == "InkomendTied"
    with given.session(given.actor) as session:
        inkomend.handle(session, given.actor, row.id)
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        inkomend.handle(session, given.actor, row.id)
    assert audit.verify(postbus.database).ok


def test_unknown_mail_goes_after_its_term_and_the_proof_stays(postbus, sent, clock):
    _, message = sent
    postbus.receive(mails.mail("x", to="", subject="x"))
    postbus.receive(mails.mail("Akkoord.", to=""), to=back(message))
    clock.set((datetime(2027, 2, 1) + timedelta(days=89)).date())
    assert inkomend.forget_unknown(postbus.database, 90) == 0
    clock.set((datetime(2027, 2, 1) + timedelta(days=91)).date())
    assert inkomend.forget_unknown(postbus.database, 90) == 1
    assert inkomend.forget_unknown(postbus.database, 90) == 0
    assert [row.kennisgeving_id for row in postbus.kept()] == [message.id]


# --- kept, once, whole ----------------------------------------------------------------------------


def test_the_same_mail_is_kept_once_and_also_when_it_comes_twice_at_once(postbus, sent):
    id, message = sent
    raw = mails.dsn("5.1.1", to="")
    results, errors = at_once(4, lambda _: postbus.receive(raw, to=back(message)))
    assert errors == []
    assert sum(each.is_nieuw for each in results) == 1
    assert not postbus.receive(b"From MAILER-DAEMON Mon Feb  1 10:00:00 2027\n" + raw, to=back(message)).is_nieuw
    assert len(postbus.kept()) == 1
    assert postbus.events(id).count("KennisgevingRefused") == 1


def test_two_reports_of_one_delivery_at_once_are_one_refusal(postbus, sent):
    id, message = sent
    _, errors = at_once(4, lambda at: postbus.receive(mails.dsn("5.1.1", to="", text=f"{at}"), to=back(message)))
    assert errors == []
    assert len(postbus.kept()) == 4
    assert postbus.events(id).count("KennisgevingRefused") == 1


def test_a_mail_that_is_too_long_is_kept_as_far_as_it_goes_and_says_so(postbus, sent):
    _, message = sent
    raw = mails.mail("Akkoord.\n" + "x" * 70 * 1000, to="")
    ontvangen = intake.take(io.BytesIO(raw), Envelop(ontvanger=back(message)), 5_000)
    intake.receive(postbus.database, postbus.settings, ontvangen)
    [row] = postbus.kept()
    assert row.afgekapt
    assert row.tekst.startswith("Akkoord.")
    other = intake.take(io.BytesIO(raw + b"y"), Envelop(ontvanger=back(message)), 5_000)
    assert other.sha256 != ontvangen.sha256


def test_the_whole_mail_is_kept_sealed_and_comes_back_byte_for_byte(postbus, sent, owner):
    raw = mails.mail("Geheim woord: karnemelk", to="", subject="karnemelk") + bytes(range(256))
    postbus.receive(raw, to=back(sent[1]), sender="afzender@karnemelk.example")
    [row] = postbus.kept()
    with postbus.database.session(Actor.systeem()) as session:
        assert base64.b64decode(session.get_one(Inkomend, row.id).ruw) == raw
    [stored] = owner.execute("SELECT inkomend::text FROM inkomend").fetchall()
    assert "karnemelk" not in str(stored)
    assert b"karnemelk".hex() not in str(stored)


def test_a_mail_that_trips_the_reader_up_is_kept_unread(postbus, sent, monkeypatch):
    """A fault of our own that we do not know yet."""
    monkeypatch.setattr(intake, "read", lambda *_: 1 / 0)
    assert postbus.receive(b"x", to=back(sent[1])).gevolg is Mailgevolg.UITZOEKEN
    [row] = postbus.kept()
    assert row.soort is Mailsoort.ONLEESBAAR


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@over(strategies.one_of(strategies.binary(max_size=300), strategies.sampled_from(list(HARMLESS.values()))))
def test_without_a_token_nothing_moves_whatever_comes_in(postbus, database: Database, raw):
    before = moved(database)
    begrepen = postbus.receive(raw)
    assert begrepen.gevolg in {Mailgevolg.UITZOEKEN, Mailgevolg.NIETS}
    assert moved(database) == before


def moved(database: Database) -> list[tuple[object, ...]]:
    with database.session(Actor.systeem()) as session:
        return [tuple(row) for row in session.execute(select(Kennisgeving.id, Kennisgeving.status))]


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def portal(server):
    def run(*words: str, stdin: bytes = b"", **environ: str) -> subprocess.CompletedProcess[bytes]:
        own = {"PORTAL_ENV": "development", "DATABASE_URL": server.app_url, "PATH": "/usr/bin"} | _FIXED | environ
        command = [sys.executable, "-m", "portal", "inbound", *words]
        return subprocess.run(command, cwd=ROOT, env=own, input=stdin, capture_output=True)

    return run


def test_explain_says_what_would_happen_and_changes_nothing(portal, postbus, sent, given):
    id, message = sent
    raw = mails.dsn("5.1.1", to="", recipient=message.aan)
    told = portal("--explain", f"--recipient={back(message)}", stdin=raw)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == {
        "kind": "onbestelbaar",
        "code": "5.1.1",
        "smtp_reply": 550,
        "diagnosis": "[adres]: User unknown",
        "recipient": message.aan,
        "sender": "mailer-daemon@mx.example",
        "tied_by": "token",
        "case": given.case(id).kenmerk,
        "kennisgeving": str(message.id),
        "bericht": None,
        "consequence": "niet_bezorgd",
        "attachments": 0,
        "truncated": False,
        "already_kept": False,
    }
    assert postbus.kept() == []
    assert portal(f"--recipient={back(message)}", stdin=raw).returncode == 0
    assert postbus.kennisgeving(id).status is Verzendstatus.NIET_BEZORGD


def test_whatever_is_wrong_the_mail_server_is_asked_to_try_again(portal, server, given):
    away = server.app_url.replace("/portal?", "/weg?")
    for words, environ in (
        ((), {"DATABASE_URL": away}),
        ((), {"MAIL_FROM": "geen adres"}),
        (("--onbekend",), {}),
        (("--imap", "--explain"), {}),
    ):
        told = portal(*words, stdin=mails.qmail(), **environ)
        assert told.returncode == 75, (words, environ, told.stderr)
        assert b"Traceback" not in told.stderr
