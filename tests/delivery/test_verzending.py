"""The acts around an attempt: what is recorded, who may, and what never happens twice."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from portal.actions import verzending, wachtrij
from portal.actions.verzending import GeenGeverifieerdAdres, Uitslag
from portal.actions.zending import NietOpgemaakt, Zending
from portal.db.engine import Database
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound
from portal.domain.kennisgeving import Kanaal, Soort
from portal.domain.keten import RIJEN
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat, Verzendstatus
from portal.models import AuditEntry, Bericht, BerichtSoort, Kennisgeving, Poging
from portal.queries import dossier
from tests.actions.conftest import at_once
from tests.given import Given

AANGEBODEN = Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="2.0.0 Accepted", tls=True)
TIJDELIJK = Uitslag(resultaat=Pogingresultaat.TIJDELIJK, code=451, antwoord="4.3.0 Later", tls=True)
GEWEIGERD = Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)


class Post:
    """One case with one Kennisgeving, and the acts of the worker on it."""

    def __init__(self, given: Given, **values: Any) -> None:
        self.given, self.database = given, given.database
        self.verzoek_id = given.approved([given.regel("Waterbedrijf Plons", **values)])
        self.id = self.kennisgeving().id

    def kennisgeving(self, soort: Soort = Soort.KENNISGEVING) -> Kennisgeving:
        with self.database.session(Actor.systeem()) as session:
            [found] = [each for each in dossier.kennisgevingen(session, self.verzoek_id) if each.soort is soort]
            return found

    def begin(self) -> Zending | None:
        self.given.typeset(self.id)
        with self.database.session(Actor.systeem()) as session:
            return verzending.begin_attempt(session, Kennisgeving, self.id)

    def record(self, act: Any, uitslag: Uitslag) -> None:
        with self.database.session(Actor.systeem()) as session:
            act(session, Kennisgeving, self.id, uitslag)

    def pogingen(self) -> list[Pogingresultaat]:
        with self.database.session(Actor.systeem()) as session:
            return [poging.resultaat for poging in dossier.pogingen(session, self.verzoek_id)]

    def events(self, *names: str) -> list[dict[str, Any]]:
        with self.database.session(Actor.systeem()) as session:
            entries = select(AuditEntry).where(AuditEntry.keten == self.verzoek_id).order_by(AuditEntry.volgnummer)
            named = (entry.feiten for entry in session.scalars(entries) if entry.gebeurtenis in names)
            return [{name: value for name, value in facts.items() if name != RIJEN} for facts in named]

    def jobs(self) -> int:
        with self.database.engine.connect() as connection:
            return connection.exec_driver_sql(
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND lock = %s",
                (f"send_kennisgeving:{self.id}",),
            ).scalar_one()


@pytest.fixture
def post(given: Given) -> Post:
    return Post(given)


@pytest.fixture
def letter(given: Given) -> Post:
    return Post(given, mailable=False)


# --- the worker -------------------------------------------------------------------------------------


def test_what_goes_to_the_mail_server_is_what_was_issued(post):
    zending = post.begin()
    issued = post.kennisgeving()
    assert (zending.aan, zending.onderwerp, zending.tekst, zending.html) == (
        issued.aan, issued.onderwerp, issued.tekst, issued.html,
    )  # fmt: skip
    assert (zending.message_id, zending.envelope_token) == (issued.message_id, issued.envelope_token)
    assert zending.afzender_naam == "Stadsbank Midden namens gemeente Utrecht"
    assert zending.antwoord_aan == "team@stadsbank.example"


def test_the_beginning_is_noted_before_anything_leaves(post):
    assert post.kennisgeving().attempt_started_at is None
    post.begin()
    first = post.kennisgeving().attempt_started_at
    assert first is not None
    post.begin()
    assert post.kennisgeving().attempt_started_at == first


def test_a_hand_over_moves_status_audit_and_attempt_together(post):
    post.begin()
    post.record(verzending.record_handover, AANGEBODEN)
    assert post.kennisgeving().status is Verzendstatus.AANGEBODEN
    assert post.kennisgeving().handed_over_at is not None
    (told,) = post.events("KennisgevingHandedOver")
    told = {name: value for name, value in told.items() if not name.startswith("poging_")}
    assert told == {
        "kennisgeving_id": str(post.id),
        "code": 250,
        "tls": True,
        "eml_sha256": None,
        "dagoverzicht_id": None,
    }
    assert post.pogingen() == [Pogingresultaat.AANGEBODEN]


def test_what_was_handed_over_is_not_begun_again(post):
    post.begin()
    post.record(verzending.record_handover, AANGEBODEN)
    assert post.begin() is None


def test_a_repeated_hand_over_is_one_event(post):
    post.begin()
    post.record(verzending.record_handover, AANGEBODEN)
    post.record(verzending.record_handover, AANGEBODEN)
    (first,), (second,) = post.events("KennisgevingHandedOver"), post.events("PogingKept")
    assert first["poging_id"] != second["poging_id"]
    assert len(post.pogingen()) == 2


def test_temporary_trouble_leaves_the_status_and_is_counted(post):
    for expected in (0, 1, 2):
        assert post.begin().tijdelijk == expected
        post.record(verzending.record_temporary, TIJDELIJK)
    assert post.kennisgeving().status is Verzendstatus.KLAAR
    assert post.events("KennisgevingRefused") == []
    assert [told["code"] for told in post.events("PogingKept")] == [TIJDELIJK.code] * 3


def test_a_refusal_is_visible_work(post):
    post.begin()
    post.record(verzending.record_temporary, TIJDELIJK)
    post.record(verzending.record_refusal, GEWEIGERD)
    assert post.kennisgeving().status is Verzendstatus.NIET_BEZORGD
    (told,) = post.events("KennisgevingRefused")
    assert (told["kennisgeving_id"], told["code"], told["pogingen"]) == (str(post.id), 550, 2)
    assert post.begin() is None


def test_a_late_hand_over_of_what_lapsed_is_recorded(post):
    post.begin()
    post.given.withdraw(post.verzoek_id)
    assert post.kennisgeving().status is Verzendstatus.VERVALLEN
    assert post.begin() is None
    post.record(verzending.record_handover, AANGEBODEN)
    assert post.kennisgeving().status is Verzendstatus.AANGEBODEN
    assert post.kennisgeving(Soort.BEEINDIGING).status is Verzendstatus.KLAAR


def test_a_late_refusal_of_what_lapsed_changes_nothing(post):
    post.begin()
    post.given.withdraw(post.verzoek_id)
    post.record(verzending.record_refusal, GEWEIGERD)
    assert post.kennisgeving().status is Verzendstatus.VERVALLEN
    assert post.events("KennisgevingRefused") == []


def test_changed_words_are_refused_and_never_sent(post):
    with post.database.session(Actor.systeem()) as session:
        session.info["work"] = True
        session.execute(update(Kennisgeving).where(Kennisgeving.id == post.id).values(sha256="0" * 64))
        session.commit()
    assert post.begin() is None
    assert post.kennisgeving().status is Verzendstatus.NIET_BEZORGD
    assert post.kennisgeving().attempt_started_at is None


def test_a_letter_is_never_mailed(letter):
    assert letter.begin() is None
    assert letter.jobs() == 0


def test_a_message_of_a_forgotten_concept_is_nothing_to_do(database: Database):
    with database.session(Actor.systeem()) as session:
        assert verzending.begin_attempt(session, Bericht, uuid4()) is None


def begin_bericht(database: Database, verzoek_id, soort: BerichtSoort) -> Zending | None:
    with database.session(Actor.systeem()) as session:
        id = session.scalars(select(Bericht.id).where(Bericht.verzoek_id == verzoek_id, Bericht.soort == soort)).one()
    with database.session(Actor.systeem()) as session:
        return verzending.begin_attempt(session, Bericht, id)


def test_a_message_to_the_hulpvrager_comes_from_the_gemeente(given):
    id = given.submitted()
    given.typeset_bewijs(id)
    zending = begin_bericht(given.database, id, BerichtSoort.ONTVANGEN)
    assert zending.afzender_naam == "Stadsbank Midden namens gemeente Utrecht"
    assert zending.antwoord_aan == "team@stadsbank.example"


def test_where_somebody_reads_along_the_sender_has_no_name(given):
    contact = {"telefoon": "", "email": "ik@inwoner.example", "meelezen": True, "moment": ""}
    zending = begin_bericht(given.database, given.submitted(contact=contact), BerichtSoort.ONTVANGEN)
    assert (zending.afzender_naam, zending.antwoord_aan) == ("", "")


def test_the_words_of_a_server_are_one_short_line(post):
    post.begin()
    loud = Uitslag(resultaat=Pogingresultaat.TIJDELIJK, code=451, antwoord="a\r\nb" * 500, tls=False)
    post.record(verzending.record_temporary, loud)
    with post.database.session(Actor.systeem()) as session:
        antwoord = session.scalars(select(Poging.antwoord)).one()
    assert len(antwoord) <= verzending.MAX_ANTWOORD
    assert "\n" not in antwoord


# --- the hulpverlener -------------------------------------------------------------------------------


def test_nothing_is_mailed_without_its_letter(post):
    with post.database.session(Actor.systeem()) as session, pytest.raises(NietOpgemaakt):
        verzending.begin_attempt(session, Kennisgeving, post.id)
    assert post.kennisgeving().attempt_started_at is None
    assert post.pogingen() == []


def test_nothing_is_posted_without_its_letter(letter):
    with letter.database.session(letter.given.actor) as session, pytest.raises(NietOpgemaakt):
        verzending.mark_posted(session, letter.given.actor, letter.id)
    assert letter.kennisgeving().status is Verzendstatus.KLAAR
    assert letter.events("KennisgevingPosted") == []


def test_a_letter_in_the_post_is_on_its_way(letter):
    letter.given.typeset(letter.id)
    with letter.database.session(letter.given.actor) as session:
        verzending.mark_posted(session, letter.given.actor, letter.id)
    assert letter.kennisgeving().status is Verzendstatus.AANGEBODEN
    assert letter.events("KennisgevingPosted") == [{"kennisgeving_id": str(letter.id)}]


def test_a_letter_is_posted_once(letter):
    letter.given.typeset(letter.id)
    with letter.database.session(letter.given.actor) as session:
        verzending.mark_posted(session, letter.given.actor, letter.id)
    with letter.database.session(letter.given.actor) as session, pytest.raises(MoveNotAllowed):
        verzending.mark_posted(session, letter.given.actor, letter.id)


def test_a_mail_is_not_posted(post):
    with post.database.session(post.given.actor) as session, pytest.raises(MoveNotAllowed):
        verzending.mark_posted(session, post.given.actor, post.id)


@pytest.mark.parametrize("act", [verzending.mark_posted, lambda *args: verzending.retry(*args, Kanaal.BRIEF)])
def test_only_a_reviewer_of_this_organisatie(letter, act):
    auditor = letter.given.medewerker(letter.given.organisatie_id, Role.AUDITOR)
    with letter.database.session(auditor) as session, pytest.raises(NotAllowed):
        act(session, auditor, letter.id)
    stranger = letter.given.other_actor
    with letter.database.session(stranger) as session, pytest.raises(NotFound):
        act(session, stranger, letter.id)


def refused(post: Post) -> Post:
    post.begin()
    post.record(verzending.record_refusal, GEWEIGERD)
    return post


def retry(post: Post, kanaal: Kanaal) -> None:
    with post.database.session(post.given.actor) as session:
        verzending.retry(session, post.given.actor, post.id, kanaal)


def test_a_mended_address_is_tried_with_the_same_message(post):
    before = refused(post).kennisgeving()
    post.given.change_email(before.schuldeiser_id, "nieuw@plons.example")
    queued = post.jobs()
    retry(post, Kanaal.EMAIL)
    zending = post.begin()
    assert zending.aan == "nieuw@plons.example"
    assert (zending.message_id, zending.tekst, zending.tijdelijk) == (before.message_id, before.tekst, 0)
    assert post.jobs() == queued + 1
    assert len(post.events("KennisgevingRetried")) == 1


def test_sent_again_after_the_portal_gave_up_it_gets_all_its_waits_again(post):
    post.begin()
    post.record(verzending.record_temporary, TIJDELIJK)
    post.begin()
    post.record(verzending.record_refusal, TIJDELIJK)
    assert post.pogingen() == [Pogingresultaat.TIJDELIJK, Pogingresultaat.GEWEIGERD]
    retry(post, Kanaal.EMAIL)
    assert post.begin().tijdelijk == 0


def test_an_undeliverable_mail_becomes_a_letter(post):
    refused(post)
    queued = post.jobs()
    retry(post, Kanaal.BRIEF)
    assert (post.kennisgeving().kanaal, post.kennisgeving().status) == (Kanaal.BRIEF, Verzendstatus.KLAAR)
    assert post.jobs() == queued
    assert post.begin() is None


def test_without_a_verified_address_it_cannot_be_mailed(post):
    refused(post)
    with post.database.session(Actor.systeem()) as session:
        session.info["work"] = True
        session.connection().exec_driver_sql(
            "UPDATE schuldeiser SET email_verified_on = NULL, email_verified_by = NULL"
        )
        session.commit()
    with pytest.raises(GeenGeverifieerdAdres):
        retry(post, Kanaal.EMAIL)
    assert post.kennisgeving().status is Verzendstatus.NIET_BEZORGD


def test_what_was_handed_over_is_not_tried_again(post):
    post.begin()
    post.record(verzending.record_handover, AANGEBODEN)
    with pytest.raises(MoveNotAllowed):
        retry(post, Kanaal.EMAIL)


def test_after_the_end_of_a_pause_nothing_is_tried_again(post):
    refused(post)
    post.given.withdraw(post.verzoek_id)
    with pytest.raises(MoveNotAllowed):
        retry(post, Kanaal.EMAIL)


# --- after the last day of this schuldeiser ---

DAY_AFTER = date(2027, 6, 2)


def test_after_its_own_last_day_it_is_not_mailed(post, clock):
    clock.set(DAY_AFTER)
    assert post.begin() is None
    assert post.kennisgeving().attempt_started_at is None


def test_after_its_own_last_day_it_is_not_posted(letter, clock):
    clock.set(DAY_AFTER)
    with letter.database.session(letter.given.actor) as session, pytest.raises(MoveNotAllowed):
        verzending.mark_posted(session, letter.given.actor, letter.id)


@pytest.mark.parametrize("kanaal", Kanaal)
def test_after_its_own_last_day_it_is_not_tried_again(post, clock, kanaal):
    refused(post)
    clock.set(DAY_AFTER)
    with pytest.raises(MoveNotAllowed):
        retry(post, kanaal)


# --- nothing stays behind ---------------------------------------------------------------------------


def requeue(post: Post, older_than: timedelta = timedelta(0)) -> int:
    with post.database.session(Actor.systeem()) as session:
        return wachtrij.requeue(session, older_than)


def test_messages_that_lost_their_job_are_queued_once(post, owner):
    assert requeue(post) == 0
    owner.execute("DELETE FROM procrastinate_jobs")
    assert requeue(post, timedelta(hours=1)) == 0
    assert requeue(post) == 3  # the Kennisgeving and two messages to the hulpvrager
    assert requeue(post) == 0
    assert post.jobs() == 1


def test_a_failed_job_does_not_count_as_one(post, owner):
    owner.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert requeue(post) == 0
    owner.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert requeue(post) == 3


def test_letters_and_delivered_messages_need_no_job(letter, owner):
    owner.execute("DELETE FROM procrastinate_jobs")
    owner.execute("UPDATE bericht SET status = 'aangeboden'")
    assert requeue(letter) == 1  # the letter has to be made
    owner.execute("DELETE FROM procrastinate_jobs")
    letter.given.typeset(letter.id)
    assert requeue(letter) == 0


def test_the_worker_and_somebody_who_stops_do_not_wait_for_each_other_for_ever(given: Given) -> None:
    """The worker takes one message and then the trail, stopping takes the trail and then every message."""
    for _round in range(4):
        verzoek_id = given.approved([given.regel(f"Bedrijf {number:02}") for number in range(11)])
        given.begin_attempt(verzoek_id)
        with given.session(Actor.systeem()) as session:
            ids = [each.id for each in dossier.kennisgevingen(session, verzoek_id)]

        def act(number: int, ids: list[UUID] = ids, verzoek_id: UUID = verzoek_id) -> None:
            if number == 5:
                given.withdraw(verzoek_id)
                return
            with given.session(Actor.systeem()) as session:
                verzending.record_handover(session, Kennisgeving, ids[number], AANGEBODEN)

        _, errors = at_once(11, act)
        assert errors == []
