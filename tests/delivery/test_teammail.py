"""The daily mail to the mailbox of a team: once a working day, nothing about a person, and no mail about nothing."""

from datetime import date, time, timedelta

import pytest

from portal.actions import bewaking, instellingen, teammail, wachtrij, wgs
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import TryLater, send_to_staff
from portal.domain.baan import Baan
from portal.domain.roles import Actor, Role
from portal.domain.status import Verzendstatus
from portal.models import Teammail
from portal.queries import teammail as queries
from tests.actions.conftest import at_once
from tests.mailserver import MailServer
from tests.workers import settings_for

AT = time(7, 30)
TEAM = "werk@stadsbank.example"
MONDAY, FRIDAY = date(2027, 3, 1), date(2027, 2, 26)
"""The last day for the conversation about a request of 1 February, and the day on which the team is warned of it."""


class Team:
    """One organisatie that wants the mail, and the worker."""

    def __init__(self, given, server):
        self.given, self.server = given, server
        self.beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER)
        self.choose(TEAM)

    def choose(self, address):
        with self.given.session(self.beheerder) as session:
            instellingen.change_teammail(session, self.beheerder, teammail=address)

    def make(self):
        return teammail.make_due(self.given.database, AT)

    def last(self) -> Teammail:
        with self.given.session(Actor.systeem()) as session:
            return queries.last(session, self.given.organisatie_id)

    def carry(self, wait=None):
        """As the job of the last one would."""
        mailer = Mailer(settings_for(MAIL_PORT=str(self.server.port)))
        try:
            send_to_staff(self.given.database, mailer, teammail, self.last().id, wait)
        finally:
            mailer.close()


@pytest.fixture
def team(given, clock):
    with MailServer() as server:
        yield Team(given, server)


def test_it_counts_the_lanes_and_names_what_runs_out_and_nobody(team, given, clock):
    waits = given.submitted()
    talked, soon = given.declined(), given.approved_for(Kort=1)
    clock.set(date(2027, 2, 2))
    with given.session(given.actor) as session:
        wgs.register_gesprek(session, given.actor, talked, given.versie(talked), date(2027, 2, 2))
    clock.set(FRIDAY)
    bewaking.warn_of_ends(given.database, (30, 14, 7))
    assert team.make() == 1
    team.carry()
    [received] = team.server.received
    assert received.envelope_to == [TEAM]
    assert str(received.mail["Subject"]) == "Werk voor vandaag, 26 februari 2027"
    assert [str(received.mail[name]) for name in ("Message-ID", "Reply-To")] == [team.last().message_id, "None"]
    plain, html = received.body("plain").replace("\r\n", "\n"), received.body("html")
    for line in ("- Termijn nadert: 2", "- Nieuw: 1", "- Bijna afgelopen: 1"):
        assert line in plain.splitlines()
    for id in (waits, soon):
        line = f"- {given.case(id).kenmerk}: eerste gesprek uiterlijk 1 maart 2027"
        assert f"{line}\n  https://pauzeknop.example/werkvoorraad/{id}" in plain
        assert f'<a href="https://pauzeknop.example/werkvoorraad/{id}">{given.case(id).kenmerk}</a>' in html
    assert f"- {given.case(soon).kenmerk}: einde van de pauze 1 maart 2027" in plain
    assert given.case(talked).kenmerk not in plain, "its beschikking has weeks to go"
    for body in (plain, html):
        assert not any(word in body for word in ("Meer", "Fatma", "Kort", "06 1234", "Wacht op", "Klaar:"))


def test_every_lane_is_told_of_or_is_no_work_for_the_team():
    no_work = {Baan.VAN_MIJ, Baan.BIJ_COLLEGAS, Baan.WACHT, Baan.SCHULDHULP, Baan.LOPEND, Baan.KLAAR}
    assert {*queries.WERK} == {*Baan} - no_work


def test_an_address_that_was_mended_meanwhile_gets_no_mail_at_the_old_one(team, given, clock):
    given.submitted()
    assert team.make() == 1
    team.choose("beter@stadsbank.example")
    team.carry()
    assert team.server.received == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (MONDAY, "eerste gesprek vandaag"),
        (date(2027, 3, 2), "eerste gesprek te laat, moest er uiterlijk 1 maart 2027 zijn"),
    ],
)
def test_it_says_what_is_due_today_and_what_is_late(team, given, clock, day, words):
    id = given.declined()
    clock.set(day)
    team.make()
    assert f"- {given.case(id).kenmerk}: {words}\n" in team.last().tekst


def test_it_is_made_once_on_a_working_day_after_the_hour(team, given, clock):
    given.submitted()
    made = {}
    for day in (date(2027, 3, 25) + timedelta(days=n) for n in range(7)):
        for hour, minute in ((7, 29), (7, 30), (18, 0)):
            clock.set(day, hour, minute)
            made[day, hour] = made.get((day, hour), 0) + team.make()
    days = [day for (day, _), count in made.items() if count]
    assert days == [date(2027, 3, 25), date(2027, 3, 30), date(2027, 3, 31)], (
        "from Good Friday to Easter Monday nobody works"
    )


def test_a_worker_that_was_down_for_a_week_makes_that_of_today_only(team, given, clock, owner):
    given.submitted()
    clock.set(date(2027, 2, 2), 8)
    team.make()
    clock.set(date(2027, 2, 9), 16)
    assert team.make() == 1
    assert owner.execute("SELECT count(*) FROM teammail").fetchone() == (2,)
    team.carry()
    assert len(team.server.received) == 1


def test_nothing_to_tell_is_no_mail_and_what_comes_later_waits_for_tomorrow(team, given, clock, owner):
    clock.set(date(2027, 2, 2), 8)
    assert team.make() == 1
    assert (team.last().status, team.last().zaken) == (Verzendstatus.VERVALLEN, 0)
    given.submitted()
    assert team.make() == 0
    team.carry()
    assert owner.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail_teammail'").fetchone() == (0,)
    assert team.server.received == []
    clock.set(date(2027, 2, 3), 8)
    team.make()
    team.carry()
    assert len(team.server.received) == 1


def test_two_workers_at_once_make_one(team, given, owner):
    given.submitted()
    results, errors = at_once(4, lambda _: team.make())
    assert errors == []
    assert sorted(results) == [0, 0, 0, 1]
    jobs = owner.execute("SELECT args ->> 'id' FROM procrastinate_jobs WHERE task_name = 'mail_teammail'").fetchall()
    assert jobs == [(str(team.last().id),)]


def test_who_wants_none_gets_none_also_when_it_lies_ready(team, given, clock):
    given.submitted()
    _ = given.other_actor
    given.submitted(gemeente={"code": "GM0307"})
    assert team.make() == 1, "the other organisatie chose no mailbox"
    team.choose(None)
    team.carry()
    clock.set(date(2027, 2, 2), 8)
    assert team.make() == 0
    assert team.server.received == []


def test_temporary_trouble_repeats_the_same_mail_until_it_is_taken(team, given, clock):
    given.submitted()
    team.make()
    team.server.hang_up_at_data = True
    with pytest.raises(TryLater):
        team.carry(wait=60)
    team.server.hang_up_at_data = False
    given.submitted()
    team.carry(wait=60)
    team.carry(wait=60)
    first, second = team.server.received
    assert first.content == second.content
    assert team.last().status is Verzendstatus.AANGEBODEN


def test_one_that_is_refused_says_so_and_yesterdays_does_not_leave(team, given, clock, owner):
    given.submitted()
    team.make()
    clock.set(date(2027, 2, 2), 6)
    team.carry()
    assert team.server.received == []
    clock.set(date(2027, 2, 2), 8)
    team.make()
    team.server.rcpt_reply = lambda address: "550 5.1.1 Unknown"
    team.carry()
    assert team.last().status is Verzendstatus.NIET_BEZORGD
    found = owner.execute(
        "SELECT gebeurtenis FROM audit WHERE keten = %s AND gebeurtenis LIKE 'Teammail%%' ORDER BY volgnummer",
        [given.organisatie_id],
    ).fetchall()
    assert [name for (name,) in found] == ["TeammailIssued", "TeammailIssued", "TeammailRefused"]


def test_a_changed_mail_does_not_leave_and_one_without_its_job_is_queued_again(team, given, clock, owner):
    given.submitted()
    team.make()
    owner.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'mail_teammail'")
    clock.set(date(2027, 2, 1), 20)
    with given.session(Actor.systeem()) as session:
        wachtrij.requeue(session, timedelta(minutes=10))
    assert owner.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail_teammail'").fetchone() == (1,)
    owner.execute("UPDATE teammail SET sha256 = 'anders'")
    team.carry()
    assert team.server.received == []


def test_what_was_made_long_ago_is_forgotten(team, given, clock):
    given.submitted()
    team.make()
    clock.set(date(2027, 3, 3))
    assert teammail.forget(given.database) == 0
    clock.set(date(2027, 3, 4))
    assert teammail.forget(given.database) == 1
