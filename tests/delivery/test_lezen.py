"""The photo of a letter, from the page that took it to what is proposed: by the real worker and the real Tesseract."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.actions import lezen as acts
from portal.actions import melden
from portal.actions.hulpvrager import add_schuld
from portal.beeld import lezen
from portal.beeld.decoderen import pages_of
from portal.db.engine import Database
from portal.delivery.later import TryLater
from portal.delivery.lezen import WAITS, queue_unread, read_foto
from portal.domain import brieflezen
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.voorstel import Voorstel, newest_of
from portal.models import Foto
from portal.queries import audit, fotos
from tests.beeld import plaatjes
from tests.beeld.brieven import brieven, photographed
from tests.given import Given

LETTER = "deurwaarder"


def sent(given: Given, page: bytes | None = None) -> tuple[UUID, UUID]:
    """A case with one photo of a letter; the id of the case and of the photo."""
    id = given.concept()
    person = Actor.hulpvrager(id)
    beeld = pages_of(page or photographed(brieven()[LETTER], "aslant"))
    with given.session(person) as session:
        add_schuld(session, person, id, {"afzender": ""}, beeld=beeld)
    return id, foto(given, id).id


def foto(given: Given, id: UUID) -> Foto:
    with given.session(Actor.hulpvrager(id)) as session:
        (found,) = fotos.of_case(session, id)
        return found


def record(given: Given, id: UUID, text: str) -> Voorstel:
    case, foto_id = sent(given)
    with given.session(Actor.systeem()) as session:
        acts.record_read(session, foto_id, brieflezen.read(text))
    return foto(given, case).gelezen


def test_a_photo_is_read_by_a_job_and_what_it_says_is_kept_sealed(given: Given, database: Database, owner) -> None:
    id, foto_id = sent(given)
    jobs = owner.execute("SELECT args, priority FROM procrastinate_jobs WHERE task_name = 'read_foto'").fetchall()
    assert jobs == [({"id": str(foto_id)}, -10)]
    read_foto(database, foto_id)
    read_foto(database, foto_id)
    found = foto(given, id)
    assert found.gelezen == Voorstel(
        afzender="Van Aken & Partners Gerechtsdeurwaarders",
        namens="Woonstichting De Haven",
        referentie="26-104482",
        bedrag_cents=2140_13,
    )
    assert found.gelezen_at is not None
    (row,) = owner.execute("SELECT voorstel_sealed FROM foto").fetchall()
    assert b"104482" not in bytes(row[0])
    told = [feiten for name, feiten in owner.execute("SELECT gebeurtenis, feiten FROM audit") if name == "FotoRead"]
    assert [feiten["velden"] for feiten in told] == [["afzender", "namens", "referentie", "bedrag_cents"]]
    assert audit.verify(database).broken is None


@pytest.mark.usefixtures("given")
def test_without_tesseract_the_photo_is_kept_unread_and_nothing_fails(
    given: Given, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    id, foto_id = sent(given)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        read_foto(database, foto_id)
    assert foto(given, id).gelezen_at is None
    assert foto(given, id).gelezen == Voorstel()


def test_a_photo_that_was_taken_back_meanwhile_stays_away(given: Given, database: Database) -> None:
    read_foto(database, uuid4())
    with given.session(Actor.systeem()) as session:
        acts.record_read(session, uuid4(), brieflezen.read("Vitens N.V."))


def test_the_hulpvrager_is_never_the_sender(given: Given, database: Database) -> None:
    id = given.concept()
    achternaam = given.case(id).persoon.achternaam
    _, foto_id = sent(given)
    with given.session(Actor.systeem()) as session:
        work = acts.to_read(session, foto_id)
    assert work is not None
    assert work.persoon == [achternaam]


def test_a_company_is_called_as_the_directory_calls_it(given: Given) -> None:
    case, _ = sent(given)
    given.schuldeiser("Vitens")
    given.schuldeiser("Incasso Direct Nederland")
    assert record(given, case, "Vitens N.V.\nKlantnummer: 12345").afzender == "Vitens"
    assert record(given, case, "Vítens N.V.").afzender == "Vitens"
    assert record(given, case, "Incassodienst Brand").afzender == "Incassodienst Brand"


def test_of_two_photos_the_newest_that_names_a_sender_is_proposed_and_nothing_of_the_other() -> None:
    one, two = Voorstel(afzender="Vitens", bedrag_cents=100), Voorstel(afzender="Brouwer", referentie="26-1")
    assert newest_of([one, two]) == two
    assert newest_of([one, Voorstel(referentie="26-1")]) == one
    assert newest_of([Voorstel(bedrag_cents=100), Voorstel(referentie="26-1"), Voorstel()]) == Voorstel(
        referentie="26-1"
    )
    assert newest_of([]) == newest_of([Voorstel()]) == Voorstel()


@pytest.mark.parametrize("setting", ["ASK_SECONDS", "WALL_SECONDS"])
def test_a_photo_that_could_not_be_read_now_is_tried_again_and_then_stays_unread(
    setting: str, given: Given, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, foto_id = sent(given)
    with monkeypatch.context() as busy:
        busy.setattr(lezen, setting, 0)
        for attempts, seconds in enumerate(WAITS):
            with pytest.raises(TryLater) as later:
                read_foto(database, foto_id, attempts)
            assert later.value.seconds == seconds
        read_foto(database, foto_id, len(WAITS))
        assert foto(given, id).gelezen_at is None
    read_foto(database, foto_id, 1)
    assert foto(given, id).gelezen.referentie == "26-104482"


# --- the photos that stayed unread ----------------------------------------------------------------


def queued(owner: Any) -> list[Any]:
    """The arguments and priority of the jobs that wait; they are gone after that."""
    found = owner.execute("SELECT args ->> 'id', priority FROM procrastinate_jobs WHERE task_name = 'read_foto'")
    rows = sorted(found.fetchall())
    owner.execute("DELETE FROM procrastinate_jobs")
    return rows


def test_what_was_sent_before_tesseract_was_there_is_read_at_night(
    given: Given, database: Database, owner: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    id, foto_id = sent(given)
    assert queued(owner) == [(str(foto_id), -10)]
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        queue_unread(database)
    assert queued(owner) == []
    with monkeypatch.context() as busy:
        busy.setattr(lezen, "ASK_SECONDS", 0)
        queue_unread(database)
    assert queued(owner) == []
    queue_unread(database)
    queue_unread(database)
    assert queued(owner) == [(str(foto_id), -10)], "once"
    read_foto(database, foto_id)
    queue_unread(database)
    assert queued(owner) == []
    assert foto(given, id).gelezen.referentie == "26-104482"


def test_only_what_still_helps_somebody_is_read_at_night(given: Given, database: Database, owner: Any) -> None:
    beeld = pages_of(plaatjes.jpeg())
    open_case, ended, told = given.submitted([]), given.submitted([]), given.approved()
    for id in (open_case, ended):
        with given.session(Actor.hulpvrager(id)) as session:
            add_schuld(session, Actor.hulpvrager(id), id, {"afzender": ""}, beeld=beeld)
    given.withdraw(ended)
    vergeten = given.report(told, Meldingsoort.SCHULD, {"afzender": ""}, beeld=beeld)
    given.report(told, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."}, beeld=beeld)
    queued(owner)
    queue_unread(database)
    with given.session(Actor.systeem()) as session:
        (reported,) = fotos.by_onderwerp(session, told)[vergeten]
    assert {id for id, _ in queued(owner)} == {str(foto(given, open_case).id), str(reported.id)}
    with given.session(given.actor) as session:
        melden.handle(session, given.actor, vergeten, "")
    queue_unread(database)
    assert {id for id, _ in queued(owner)} == {str(foto(given, open_case).id)}
