"""Keys rotate: everything stays readable, and the old key can go."""

from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from portal.actions import api_toegang, beantwoorden, hulpvrager, inloggen, lezen, melden, notities, webhook
from portal.actions import keys as rotation
from portal.actions.work import unit_of_work
from portal.domain import brieflezen
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord
from portal.domain.taal import Taal
from portal.models import Akkoordvraag, Base, Foto, Register, Registeruitkomst, Werksessie
from portal.models.sealed import Keyring, Sealed, fold, sealed_attributes, use_keyring
from portal.queries import dossier
from tests.given import AMERSFOORT, Schuldregel, dagoverzicht
from tests.queries.test_tenancy import fill
from tests.taal import submitted

OLD, NEW, INDEX = bytes(range(32)), bytes(range(100, 132)), bytes(range(32, 64))
BOTH = Keyring(keys={2: NEW, 1: OLD}, index_key=INDEX)
NEW_ONLY = Keyring(keys={2: NEW}, index_key=INDEX)
SEALED = [
    (mapper.class_.__tablename__, attribute.column)
    for mapper in Base.registry.mappers
    for attribute in sealed_attributes(mapper.class_)
]


def words(given, id):
    """Everything sealed of a case, opened."""
    case = given.case(id)
    with given.session(Actor.systeem()) as session:
        messages = [*dossier.kennisgevingen(session, id), *dossier.berichten(session, id)]
        asked = dossier.aanvullingen(session, id)
    return (
        case.antwoorden, case.bellen, case.bsn, case.toelichting, [schuld.gegevens for schuld in case.schulden],
        [partij.referentie for schuld in case.schulden for partij in schuld.partijen],
        [(m.aan, m.onderwerp, m.tekst, m.html, m.is_intact, getattr(m, "tekst_nl", None)) for m in messages],
        [(a.vraag, a.reactie) for a in asked],
    )  # fmt: skip


@pytest.fixture
def full(given):
    """Cases that together use every sealed column."""
    approved = given.approved([Schuldregel("Plons", {given.schuldeiser("Plons"): "KL-1"})])
    given.hand_over(approved)
    given.typeset_bewijs(approved)
    melding = given.report(approved, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    with given.session(given.actor) as session:
        melden.handle(session, given.actor, melding, "Dat is aangepast.")
    given.mail(approved)
    with given.session(given.actor) as session:
        (message,) = dossier.kennisgevingen(session, approved)
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        beantwoorden.answer(session, given.actor, message.id, said, via=Antwoordweg.HULPVERLENER)
    declined, waiting = given.declined(), given.waiting()
    person = Actor.hulpvrager(waiting)
    with given.session(person) as session:
        hulpvrager.supplement(session, person, "Dat is 1.")
    concept = given.concept()
    person = Actor.hulpvrager(concept)
    with given.session(person) as session:
        hulpvrager.confirm_identity(session, person, "digid", "123456782", {})
    with given.session(Actor.bezoeker()) as session:
        inloggen.begin_enrolment(session, given.actor.id)
    translated = submitted(given, Taal.AR)
    call_webhook_of(given, given.schuldeiser("Stroom"))
    elsewhere = fill(given, given.other_actor, AMERSFOORT)
    with given.session(given.actor) as session:
        notities.check_register(
            session, given.actor, elsewhere, Register.VISH, Registeruitkomst.IN_ORDE, "Niets.", id=uuid4()
        )
    with given.session(Actor.systeem()) as session:
        for foto_id in session.scalars(select(Foto.id)).all():
            lezen.record_read(session, foto_id, brieflezen.read("Vitens N.V."))
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()):
        vraag = session.scalars(select(Akkoordvraag)).one()
        vraag.antwoord, vraag.reden, vraag.inhoud = "Dat klopt.", "Een nieuw adres.", {"email": "a@b.example"}
        session.scalars(select(Werksessie)).one().refresh_token = "geheim"
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        work.add(dagoverzicht(given.schuldeiser("Stroom"), work.now))
    return [approved, declined, waiting, concept, elsewhere, translated]


def call_webhook_of(given, schuldeiser_id):
    with given.session(Actor.systeem()) as session:
        client_id, _ = api_toegang.add_client(session, Actor.systeem(), schuldeiser_id, "productie")
    actor = Actor.schuldeiser(schuldeiser_id)
    with given.session(actor) as session:
        webhook.register(session, actor, client_id, "https://stroom.example/", lokaal=False)


def key_numbers(owner):
    """For each sealed column the numbers of the keys in it."""
    return {
        (table, column): {n for (n,) in owner.execute(f"SELECT DISTINCT get_byte({column}, 0) FROM {table}") if n}
        for table, column in SEALED
    }


def test_after_a_rotation_everything_is_readable_without_the_old_key(given, full, keys, owner):
    before = [words(given, id) for id in full]
    assert {number for numbers in key_numbers(owner).values() for number in numbers} == {1}
    use_keyring(BOTH)
    assert [words(given, id) for id in full] == before
    assert rotation.rotate(given.database) > 0
    assert {place for place, numbers in key_numbers(owner).items() if numbers != {2}} == set(), "filled by no case"
    use_keyring(NEW_ONLY)
    assert [words(given, id) for id in full] == before


def test_a_second_rotation_has_nothing_to_do(given, full, keys):
    use_keyring(BOTH)
    assert rotation.rotate(given.database) > 0
    assert rotation.rotate(given.database) == 0


def test_a_rotation_takes_more_than_one_batch(given, keys, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    for _ in range(8):
        given.concept()
    use_keyring(BOTH)
    assert rotation.rotate(given.database) == 8


def test_new_values_are_sealed_with_the_first_key(given, keys, owner):
    use_keyring(BOTH)
    given.concept()
    assert owner.execute("SELECT DISTINCT get_byte(antwoorden_sealed, 0) FROM pauzeverzoek").fetchall() == [(2,)]


def test_a_value_moved_to_another_row_does_not_open(given, owner):
    one, two = given.concept(), given.concept()
    owner.execute(
        "UPDATE pauzeverzoek SET antwoorden_sealed = (SELECT antwoorden_sealed FROM pauzeverzoek WHERE id = %s)"
        " WHERE id = %s",
        [one, two],
    )
    with pytest.raises(InvalidTag):
        _ = given.case(two).antwoorden


def test_a_value_moved_to_another_column_does_not_open(given, owner):
    id = given.approved()
    owner.execute("UPDATE kennisgeving SET tekst_sealed = html_sealed")
    with given.session(given.actor) as session, pytest.raises(InvalidTag):
        _ = dossier.kennisgevingen(session, id)[0].tekst


def test_the_same_value_is_never_sealed_into_the_same_bytes():
    assert BOTH.seal(b"Meer", "a:b:c") != BOTH.seal(b"Meer", "a:b:c")


def test_a_name_is_found_again_whatever_its_accents_case_and_dashes():
    assert fold("Ré-My  de Vries") == fold("remy DEVRIES") == "remydevries"
    assert BOTH.index("naam", "x") != BOTH.index("geboren", "x")


def test_every_sealed_attribute_has_its_column():
    for mapper in Base.registry.mappers:
        for attribute in sealed_attributes(mapper.class_):
            assert isinstance(attribute, Sealed)
            assert hasattr(mapper.class_, attribute.column)
        columns = {column.name for column in mapper.local_table.columns if column.name.endswith("_sealed")}
        assert columns == {attribute.column for attribute in sealed_attributes(mapper.class_)}
