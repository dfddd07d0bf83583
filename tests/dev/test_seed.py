"""The demonstration world on a real database."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from portal import clock
from portal.actions import inloggen
from portal.dev import inbox
from portal.dev.seed import DEMO_ACCOUNTS, DevelopmentOnlyError, NoDemoCodeError, demo_code, seed
from portal.dev.wereld.verhalen import read_verhalen
from portal.dev.wereld.verteller import Verteller
from portal.domain.errors import OngeldigeToegang
from portal.domain.inkomend import Mailgevolg
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Status, Verzendstatus
from portal.models import (
    Base,
    Bericht,
    Categorie,
    Deelname,
    Inkomend,
    Kennisgeving,
    Medewerker,
    Organisatie,
    Pauzeverzoek,
    Poging,
    Schuldeiser,
)
from portal.process import start
from portal.queries import audit, banen, dossier, gemeenten
from portal.queries.banen import Baan
from tests.dev.conftest import MONDAY, instant

MAX_MAILS = 60
"""More would make the inbox of a new portal unreadable."""


def everything(world, statement):
    with world.database.session(Actor.systeem()) as session:
        return session.scalars(statement).all()


def person(world, achternaam):
    with world.database.session(Actor.systeem()) as session:
        for id in session.scalars(select(Pauzeverzoek.id)).all():
            verzoek = dossier.load(session, id)
            if verzoek.persoon.achternaam == achternaam:
                return verzoek
    raise AssertionError(achternaam)


def sign_in(world, email, password, code):
    with world.database.session(Actor.systeem()) as session:
        id = inloggen.check_password(session, email, password)
        return inloggen.sign_in(session, id, code, 600)


# --- what is there --------------------------------------------------------------------------------


def test_two_organisaties_work_for_five_gemeenten(world):
    with world.database.session(Actor.bezoeker()) as session:
        served = {
            code: gemeenten.route(session, code, MONDAY).organisatie.naam
            for code in ("GM0344", "GM1696", "GM1904", "GM0402", "GM1942")
        }
        assert not gemeenten.route(session, "GM0363", MONDAY).doet_mee
    assert Counter(served.values()) == {"Pauzeloket Vecht en Rijn": 3, "Pauzeloket Gooiland": 2}
    assert len(everything(world, select(Organisatie))) == 2


def test_wijdemeren_comes_to_the_queue_of_hilversum_from_2027(world):
    with world.database.session(Actor.bezoeker()) as session:
        before = gemeenten.route(session, "GM1696", date(2026, 12, 31))
        after = gemeenten.route(session, "GM1696", date(2027, 1, 1))
    assert (before.gemeente.naam, before.organisatie.naam) == ("Wijdemeren", "Pauzeloket Vecht en Rijn")
    assert (after.gemeente.naam, after.organisatie.naam) == ("Hilversum", "Pauzeloket Gooiland")


def test_gemeenten_take_part_from_2026(world):
    assert {row.geldig_vanaf for row in everything(world, select(Deelname))} == {date(2026, 1, 1)}


def test_staff_in_every_role_of_both_organisaties(world):
    staff = everything(world, select(Medewerker))
    assert {row.email for row in staff} == {email for email, _, _ in DEMO_ACCOUNTS}
    per_organisatie = Counter((row.organisatie_id, role) for row in staff for role in row.roles)
    for organisatie in everything(world, select(Organisatie)):
        assert per_organisatie[organisatie.id, Role.HULPVERLENER] >= 2
        for role in (Role.TEAMLEIDER, Role.BEHEERDER, Role.AUDITOR):
            assert per_organisatie[organisatie.id, role] == 1
    assert per_organisatie[None, Role.LANDELIJK_BEHEERDER] == 2  # who asks, and who agrees


def test_every_categorie_and_no_private_person_in_the_landelijke_directory(world):
    entries = everything(world, select(Schuldeiser))
    assert {entry.categorie for entry in entries} == set(Categorie)
    assert all(entry.organisatie_id for entry in entries if entry.categorie is Categorie.PARTICULIER)


def test_every_status_is_there_more_than_once(world):
    counts = Counter(row.status for row in everything(world, select(Pauzeverzoek)))
    assert set(counts) == set(Status)
    assert min(counts.values()) >= 2


def test_requests_are_spread_over_both_organisaties_and_all_gemeenten(world):
    verzoeken = everything(world, select(Pauzeverzoek).where(Pauzeverzoek.status != Status.CONCEPT))
    assert {row.gemeente_code for row in verzoeken} == {"GM0344", "GM1696", "GM1904", "GM0402", "GM1942"}
    assert len({row.organisatie_id for row in verzoeken}) == 2


def test_every_lane_holds_something(world):
    filled = set()
    for email in ("sanne@vechtenrijn.example", "fatima@gooiland.example"):
        [row] = everything(world, select(Medewerker).where(Medewerker.email == email))
        with world.database.session(row.as_actor()) as session:
            filled |= {baan for baan, count in banen.counts(session, row.as_actor()).items() if count}
    assert filled == set(Baan)


def test_schuldeisers_answered_and_one_mail_is_about_nothing_that_the_portal_knows(world):
    given = {row.antwoord for row in everything(world, select(Kennisgeving))}
    assert given == set(Antwoord)
    [unknown] = everything(world, select(Inkomend).where(Inkomend.verzoek_id.is_(None)))
    assert unknown.gevolg is Mailgevolg.UITZOEKEN


def test_threatened_cases_before_on_and_past_their_deadline(world):
    voor = [
        row.eerste_gesprek_voor
        for row in everything(world, select(Pauzeverzoek).where(Pauzeverzoek.dreigend))
        if row.status is Status.INGEDIEND
    ]
    assert min(voor) < MONDAY < max(voor)
    assert MONDAY in voor


def test_a_minor_and_somebody_who_gave_no_toestemming(world):
    minor = person(world, "Yildiz")
    assert minor.persoon.geboren_on + timedelta(days=18 * 365) > MONDAY
    assert minor.antwoorden["minderjarig"] == {"gelezen": True}
    assert person(world, "Brink").toestemming is None


# --- its past -------------------------------------------------------------------------------------


def test_the_audit_trail_of_the_world_holds(world):
    found = audit.verify(world.database)
    assert found.broken is None
    assert found.chains >= len(read_verhalen(MONDAY))


def test_nothing_lies_in_the_future(world):
    with world.database.session(Actor.systeem()) as session:
        assert session.scalar(text("SELECT max(at) FROM audit")) <= world.made_at
    assert all(row.issued_at <= world.made_at for row in everything(world, select(Kennisgeving)))


def test_mails_of_the_past_were_delivered_then_and_the_newest_are_left_to_the_worker(world):
    waiting = everything(world, select(Bericht).where(Bericht.status == Verzendstatus.KLAAR))
    assert waiting
    assert all(row.issued_at > world.made_at - timedelta(days=1) for row in waiting)
    handed_over = everything(world, select(Kennisgeving).where(Kennisgeving.status == Verzendstatus.AANGEBODEN))
    assert handed_over
    assert all(row.handed_over_at - row.issued_at < timedelta(days=2) for row in handed_over)


def test_the_inbox_holds_each_mail_once(world):
    mails = inbox.newest(world.postvak, 1000)
    ids = {mail.message["Message-ID"] for mail in mails}
    delivered = [
        row.message_id
        for model in (Kennisgeving, Bericht)
        for row in everything(world, select(model).where(model.status == Verzendstatus.AANGEBODEN))
        if row.kanaal == "email"
    ]
    assert sorted(delivered) == sorted(ids)
    assert len(mails) == len(ids) <= MAX_MAILS
    assert all(address.endswith(".example") for mail in mails for address in mail.envelope_to)


def test_one_mail_was_refused_by_the_mail_server(world):
    [refused] = everything(world, select(Kennisgeving).where(Kennisgeving.status == Verzendstatus.NIET_BEZORGD))
    [attempt] = everything(world, select(Poging).where(Poging.kennisgeving_id == refused.id))
    assert attempt.code == 550


def test_an_ended_pause_told_its_schuldeisers(world):
    ended = person(world, "Jansen")
    with world.database.session(Actor.systeem()) as session:
        told = [(row.soort, row.status) for row in dossier.kennisgevingen(session, ended.id)]
    assert ended.status is Status.BEEINDIGD
    assert told == [("kennisgeving", "aangeboden"), ("beeindiging", "aangeboden")]


def test_a_pause_that_is_over_ended_on_its_last_day(world):
    over = [row for row in everything(world, select(Pauzeverzoek)) if row.status is Status.AFGELOPEN]
    assert over
    assert all(row.eind_on < MONDAY for row in over)
    running = [row for row in everything(world, select(Pauzeverzoek)) if row.status is Status.GOEDGEKEURD]
    assert all(row.eind_on >= MONDAY for row in running)


# --- who sees it ----------------------------------------------------------------------------------


def test_without_an_actor_no_row_of_any_table_is_visible(world):
    with world.database.engine.connect() as connection:
        seen = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    assert len(seen) > 10
    assert not any(seen.values()), seen


def test_staff_see_the_own_organisatie_only(world):
    [fatima] = everything(world, select(Medewerker).where(Medewerker.email == "fatima@gooiland.example"))
    with world.database.session(fatima.as_actor()) as session:
        assert {row.organisatie_id for row in session.scalars(select(Pauzeverzoek))} == {fatima.organisatie_id}
        assert "H. van Nassau" not in session.scalars(select(Schuldeiser.naam)).all()


# --- making it ------------------------------------------------------------------------------------


def test_a_second_seed_changes_nothing(world):
    with world.database.session(Actor.systeem()) as session:
        before = (
            session.scalar(text("SELECT count(*) FROM audit")),
            session.scalar(text("SELECT count(*) FROM medewerker")),
        )
    with clock.at(world.made_at + timedelta(days=400)):
        seed(world.settings)
    with world.database.session(Actor.systeem()) as session:
        after = (
            session.scalar(text("SELECT count(*) FROM audit")),
            session.scalar(text("SELECT count(*) FROM medewerker")),
        )
    assert before == after


def test_production_is_refused_before_the_database_is_touched(world):
    production = replace(
        world.settings, portal_env="production", database_url="postgresql+psycopg://nobody@nowhere.example/x"
    )
    with pytest.raises(DevelopmentOnlyError, match="development only"):
        seed(production)
    with pytest.raises(DevelopmentOnlyError, match="development only"):
        demo_code(production, "sanne@vechtenrijn.example")


def test_an_interrupted_seed_is_finished_by_the_next(empty_world, monkeypatch):
    """Made on a Sunday just after midnight, in the spring with its feestdagen, and after Wijdemeren merged."""
    settings = empty_world("onderbroken")
    moment = instant(date(2027, 5, 30), 0, 10)
    tell, told = Verteller.tell, []

    def tell_three(self, verhaal):
        if len(told) == 3:
            raise KeyboardInterrupt
        told.append(verhaal.achternaam)
        return tell(self, verhaal)

    with clock.at(moment):
        monkeypatch.setattr(Verteller, "tell", tell_three)
        with pytest.raises(KeyboardInterrupt):
            seed(settings)
        monkeypatch.undo()
        seed(settings)
    database = start(settings)
    with database.session(Actor.systeem()) as session:
        verzoeken = session.scalars(select(Pauzeverzoek)).all()
        names = Counter(dossier.load(session, row.id).persoon.achternaam for row in verzoeken)
        assert set(names.values()) == {1}
        assert len(names) == len(read_verhalen(moment.date()))
        assert {row.status for row in verzoeken} == set(Status)
        assert "GM1696" not in {row.gemeente_code for row in verzoeken}
        assert session.scalar(text("SELECT max(at) FROM audit")) <= moment
    assert audit.verify(database).ok
    database.dispose()


def test_the_world_can_be_made_early_in_2026(empty_world):
    """Its people filed before 1 January 2026; the gemeenten took part by then."""
    settings = empty_world("vroeg")
    with clock.at(instant(date(2026, 1, 2))):
        seed(settings)
    database = start(settings)
    with database.session(Actor.systeem()) as session:
        assert {row.status for row in session.scalars(select(Pauzeverzoek))} == set(Status)
    database.dispose()


# --- signing in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["marit@vechtenrijn.example", "wouter@landelijk.example"])
def test_an_account_signs_in_with_its_password_and_code(world, email):
    password = next(password for each, password, _ in DEMO_ACCOUNTS if each == email)
    with clock.at(world.made_at):
        assert sign_in(world, email, password, demo_code(world.settings, email))


def test_after_a_code_was_used_the_next_one_is_given_until_none_is_left(world):
    email, password, _ = DEMO_ACCOUNTS[0]
    with clock.at(world.made_at):
        first = demo_code(world.settings, email)
        assert demo_code(world.settings, email) == first, "asking does not use it"
        sign_in(world, email, password, first)
        second = demo_code(world.settings, email)
        assert second != first
        sign_in(world, email, password, second)
        with pytest.raises(OngeldigeToegang):
            sign_in(world, email, password, second)
        with pytest.raises(NoDemoCodeError, match="try again in 30 seconds"):
            demo_code(world.settings, email)


def test_who_is_not_enrolled_enrols_at_the_first_sign_in(world):
    [lotte] = everything(world, select(Medewerker).where(Medewerker.enrolled_at.is_(None)))
    with pytest.raises(NoDemoCodeError, match="sign in with the password first"):
        demo_code(world.settings, lotte.email)
    with world.database.session(Actor.systeem()) as session:
        inloggen.begin_enrolment(session, lotte.id)
    password = next(password for email, password, _ in DEMO_ACCOUNTS if email == lotte.email)
    assert sign_in(world, lotte.email, password, demo_code(world.settings, lotte.email))
    assert not everything(world, select(Medewerker).where(Medewerker.enrolled_at.is_(None)))


def test_an_unknown_address_has_no_code(world):
    with pytest.raises(NoDemoCodeError, match="not a demonstration account"):
        demo_code(world.settings, "iemand@elders.example")
