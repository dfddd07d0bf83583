"""A message that is not what was issued any more is found, whatever part of it was changed."""

import pytest

from portal.queries import audit

KENNISGEVING = {
    "its id": "id = gen_random_uuid()",
    "its recipient": "schuldeiser_id = gen_random_uuid()",
    "its kind": "soort = 'herinnering'",
    "its moment": "moment = 'na_toelating'",
    "its ground": "grondslag = CASE grondslag WHEN 'verzoek' THEN 'convenant' ELSE 'verzoek' END",
    "its last day": "eind_on = eind_on + 1",
    "its template": "sjabloon = 'anders'",
    "its hash": "sha256 = repeat('a', 64)",
    "its case": "verzoek_id = gen_random_uuid()",
}
WORDS = ("onderwerp_sealed", "tekst_sealed", "html_sealed")
FLIP = "{0} = set_byte({0}, length({0}) / 2, 255 - get_byte({0}, length({0}) / 2))"


@pytest.fixture
def rewritten(given, owner):
    def change(statement):
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            assert owner.execute(statement).rowcount == 1

    return change


@pytest.fixture
def case(given):
    id = given.approved([given.regel("Energie Noord")])
    given.hand_over(id)
    assert audit.verify(given.database).ok
    return id


@pytest.mark.parametrize("change", KENNISGEVING.values(), ids=KENNISGEVING)
def test_every_part_of_a_kennisgeving_that_was_issued_is_held_against_the_trail(given, case, rewritten, change):
    rewritten(f"UPDATE kennisgeving SET {change}")
    assert audit.verify(given.database).broken.startswith(("kennisgeving:", "brief:"))


@pytest.mark.parametrize("table", ["kennisgeving", "bericht"])
@pytest.mark.parametrize("column", WORDS)
def test_one_byte_of_the_words_is_enough(given, case, rewritten, table, column):
    one = f"id = (SELECT id FROM {table} LIMIT 1)"
    rewritten(f"UPDATE {table} SET {FLIP.format(column)} WHERE {one}")
    assert audit.verify(given.database).broken.startswith(f"{table}:")


def test_words_that_somebody_with_the_keys_changed_are_found(given, case, owner):
    from sqlalchemy import select

    from portal.domain.roles import Actor
    from portal.models import Kennisgeving

    with given.session(Actor.systeem()) as session:
        message = session.scalars(select(Kennisgeving)).one()
        message.tekst = message.tekst.replace("tot en met", "tot")
        owner.execute("UPDATE kennisgeving SET tekst_sealed = %s", [message.tekst_sealed])
    assert audit.verify(given.database).broken == f"kennisgeving:{message.id} is not what the trail says"


@pytest.mark.parametrize("table", ["kennisgeving", "bericht"])
def test_a_message_that_is_gone_is_missed(given, case, rewritten, table):
    rewritten(f"DELETE FROM {table} WHERE id = (SELECT id FROM {table} LIMIT 1)")
    found = audit.verify(given.database).broken
    assert found.startswith((f"{table}:", "brief:"))  # a letter goes along with its message
    assert found.endswith("is gone")


def test_a_dossier_that_was_deleted_when_its_time_came_is_no_fault(given, clock):
    from datetime import timedelta

    from portal.actions import bewaren
    from tests.conftest import FIRST_DAY

    given.ended([given.regel("Energie Noord")])
    clock.set(FIRST_DAY + timedelta(days=400))
    terms = bewaren.Bewaartermijnen(ingetrokken_days=1, niet_goedgekeurd_days=1, goedgekeurd_days=1)
    assert bewaren.forget_dossiers(given.database, terms) == 1
    assert audit.verify(given.database).ok


@pytest.mark.parametrize(
    "change",
    [
        FLIP.format("pdf_sealed"), FLIP.format("gegevens_sealed"), "pdf_sha256 = repeat('a', 64)",
        "gegevens_sha256 = repeat('a', 64)",
    ],
)  # fmt: skip
def test_every_part_of_a_letter_is_held_against_the_trail(given, case, rewritten, change):
    rewritten(f"UPDATE brief SET {change}")
    assert audit.verify(given.database).broken.startswith("brief:")
