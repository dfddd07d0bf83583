"""A case goes to another gemeente: what goes along, what stays, and who sees what."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.actions import directory, hulpvrager, review
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.actions.work import unit_of_work
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import AlreadyDecided, GemeenteDoetNietMee, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.domain.status import Status
from portal.models import Categorie, Inkomend, PartijRol, Pauzeverzoek, Schuldsoort
from portal.queries import audit, doorsturen, dossier
from portal.queries import inkomend as received
from tests.actions.conftest import at_once
from tests.given import AMERSFOORT, HILVERSUM, WIJDEMEREN, Given, Schuldregel

WHY = "U woont in Amersfoort."


def forward(given: Given, id, gemeente=AMERSFOORT, actor=None, versie=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        forward_pauzeverzoek(session, actor, id, given.versie(id) if versie is None else versie, gemeente, WHY)


def sees(given, actor, id):
    with given.session(actor) as session:
        return session.get(Pauzeverzoek, id) is not None


def trail(given, actor, id):
    with given.session(actor) as session:
        return [entry.gebeurtenis for entry in dossier.history(session, id)][::-1]


@pytest.mark.parametrize("state", ["submitted", "taken", "waiting"])
def test_a_case_is_new_at_the_other_gemeente_and_its_clock_runs_on(given, clock, state):
    _ = given.other_actor
    id = getattr(given, state)()
    before = given.case(id)
    clock.set(date(2027, 2, 20))
    forward(given, id)
    case = given.case(id)
    assert (case.gemeente_code, case.organisatie_id) == (AMERSFOORT, given.other_actor.organisatie_id)
    assert (case.status, case.behandelaar_id) == (Status.INGEDIEND, None)
    same = ("kenmerk", "meldingsdatum", "submitted_at", "eerste_gesprek_voor", "dreigend", "antwoorden")
    assert [getattr(case, name) for name in same] == [getattr(before, name) for name in same]
    given.take(id, given.other_actor)
    assert given.case(id).behandelaar_id == given.other_actor.id


def test_who_gave_it_away_sees_the_trail_until_then_and_the_case_no_more(given):
    id = given.taken()
    _ = given.other_actor
    forward(given, id)
    given.take(id, given.other_actor)
    assert not sees(given, given.actor, id)
    assert sees(given, given.other_actor, id)
    kept, whole = trail(given, given.actor, id), trail(given, given.other_actor, id)
    assert kept[-2:] == ["PauzeverzoekForwarded", "BerichtIssued"]
    assert whole == [*kept, "PauzeverzoekAssigned"]
    with given.session(given.actor) as session:
        given_away = doorsturen.last_given_away(session, given.actor, id)
        assert (given_away.toelichting, given_away.naar.naam) == (WHY, "Amersfoort")
        with pytest.raises(NotFound):
            review.assign_to_self(session, given.actor, id, 99)


def test_a_third_organisatie_sees_nothing_of_it(given):
    id = given.taken()
    _ = given.other_actor
    third = given.medewerker(given.organisatie("Derde", "GM0599"), Role.HULPVERLENER)
    forward(given, id)
    assert trail(given, third, id) == []
    with given.session(third) as session:
        assert dossier.doorsturingen(session, id) == []


def test_the_hulpvrager_hears_who_has_it_now_and_why_and_keeps_the_own_page(given):
    id = given.taken()
    _ = given.other_actor
    forward(given, id)
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        told = dossier.berichten(session, id)[0]
        words = " ".join(told.tekst.split())
        assert told.soort is BerichtSoort.DOORGESTUURD
        for said in (WHY, "Gemeente Amersfoort behandelt uw verzoek vanaf nu.", "Uiterlijk maandag 1 maart 2027",
                     "Bel vanaf nu gemeente Amersfoort: 030 1234567."):  # fmt: skip
            assert said in words
        hulpvrager.withdraw(session, person)
    assert given.case(id).status is Status.INGETROKKEN


def test_received_mail_and_questions_go_along(given):
    id = given.waiting()
    with given.session(Actor.systeem()) as session:
        asked = dossier.aanvullingen(session, id)[0].id
    mail = given.mail(id, token=False)
    _ = given.other_actor
    forward(given, id)
    with given.session(given.other_actor) as session:
        assert [each.id for each in dossier.aanvullingen(session, id)] == [asked]
        assert [each.id for each in received.of_case(session, id)] == [mail]
    with given.session(given.actor) as session:
        assert session.get(Inkomend, mail) is None


def test_ties_to_the_own_part_of_the_directory_are_let_go_and_the_others_stay(given):
    with given.session(given.actor) as session:
        own = directory.propose_schuldeiser(
            session, given.actor, email=None, naam="Huisarts", rol=PartijRol.SCHULDEISER,
            categorie=Categorie.ZORGVERLENER, schuldsoort=Schuldsoort.ZORG,
        )  # fmt: skip
    shared = given.regel("Waterbedrijf Plons")
    id = given.matched([shared, Schuldregel("Huisarts", {own: None})])
    _ = given.other_actor
    forward(given, id)
    with given.session(given.other_actor) as session:
        case = dossier.load(session, id)
        assert [len(schuld.partijen) for schuld in case.schulden] == [1, 0]
        assert case.schulden[0].partijen[0].schuldeiser.naam == "Waterbedrijf Plons"


def test_within_one_organisatie_only_the_gemeente_changes(given):
    id = given.taken()
    forward(given, id, HILVERSUM)
    case = given.case(id)
    assert (case.gemeente_code, case.organisatie_id) == (HILVERSUM, given.organisatie_id)
    assert sees(given, given.actor, id)


def test_a_case_of_a_merged_gemeente_goes_to_its_successor(given, clock):
    clock.set(date(2026, 12, 21))
    id = given.taken(gemeente={"code": WIJDEMEREN})
    clock.set(date(2027, 1, 4))
    with pytest.raises(GemeenteDoetNietMee):
        forward(given, id, "GM0363")
    forward(given, id, WIJDEMEREN)
    case = given.case(id)
    assert (case.gemeente_code, case.meldingsdatum) == (HILVERSUM, date(2026, 12, 21))
    assert case.eerste_gesprek_voor == date(2027, 1, 18)


@pytest.mark.parametrize("state", ["approved", "declined", "withdrawn", "ended"])
def test_once_decided_nothing_goes_away(given, state):
    id = getattr(given, state)()
    _ = given.other_actor
    with pytest.raises(MoveNotAllowed):
        forward(given, id)
    assert sees(given, given.actor, id)


@pytest.mark.parametrize("gemeente", ["GM0344", "GM0363", "GM9999"])
def test_not_to_itself_nor_to_who_takes_no_part_nor_to_nowhere(given, count, gemeente):
    id = given.taken()
    before = count.everything()
    with pytest.raises(GemeenteDoetNietMee):
        forward(given, id, gemeente)
    assert count.everything() == before


def test_only_reviewers_of_the_own_organisatie_give_it_away(given):
    id = given.taken()
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    for actor, refused in ((auditor, NotAllowed), (Actor.hulpvrager(id), NotAllowed), (given.other_actor, NotFound)):
        with pytest.raises(refused):
            forward(given, id, actor=actor)


def test_the_function_of_the_database_gives_away_only_what_is_the_callers_own_and_once(given, owner):
    id = given.taken()
    there = given.other_actor
    forward(given, id)
    row = owner.execute("SELECT id FROM doorsturing").fetchone()[0]
    move = text("SELECT forward_case(:row)")
    for thief in (given.actor, there, Actor.hulpvrager(id), Actor.bezoeker(), Actor.systeem()):
        with (
            given.session(thief) as session,
            pytest.raises(DBAPIError, match=r"only staff|not a case"),
            unit_of_work(session, thief),
        ):
            session.execute(move, {"row": row})
    assert given.case(id).organisatie_id == there.organisatie_id


def test_of_two_who_give_it_away_at_once_one_does(given):
    id = given.taken()
    _ = given.other_actor
    versie = given.versie(id)
    done, refused = at_once(2, lambda _: forward(given, id, versie=versie))
    assert len(done) == 1
    assert isinstance(refused[0], AlreadyDecided | NotFound)
    assert trail(given, Actor.systeem(), id).count("PauzeverzoekForwarded") == 1


def test_who_read_an_older_version_is_told_first(given):
    id = given.submitted()
    _ = given.other_actor
    versie = given.versie(id)
    given.take(id)
    with pytest.raises(AlreadyDecided):
        forward(given, id, versie=versie)


def test_it_can_come_back_and_the_trail_agrees_with_the_case(given, database):
    id = given.taken()
    _ = given.other_actor
    forward(given, id)
    forward(given, id, "GM0344", given.other_actor)
    assert sees(given, given.actor, id)
    assert not sees(given, given.other_actor, id)
    given.take(id)
    assert trail(given, given.actor, id)[-1] == "PauzeverzoekAssigned"
    assert trail(given, given.other_actor, id)[-2:] == ["PauzeverzoekForwarded", "BerichtIssued"]
    assert audit.verify(database).ok
