"""Tampering with the audit trail is found, and the first broken entry is named."""

import pytest

from portal.queries import audit


@pytest.fixture
def tampered(given, owner):
    """Change the trail behind its back, as a superuser who takes the trigger away."""

    def change(statement, *values):
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            assert owner.execute(statement, values).rowcount == 1

    return change


def entry_id(owner, keten, number):
    return owner.execute("SELECT id FROM audit WHERE keten = %s AND volgnummer = %s", [keten, number]).fetchone()[0]


def test_an_untouched_trail_is_whole(given, owner):
    for _ in range(3):
        given.approved()
    found = audit.verify(given.database)
    assert found.ok
    assert found.broken is None
    (entries, chains) = owner.execute("SELECT count(*), count(DISTINCT keten) FROM audit").fetchone()
    assert (found.entries, found.chains) == (entries, chains)
    assert entries > 40


def test_a_schuld_that_is_tied_anew_lets_go_of_its_former_party_in_the_trail_too(given):
    id = given.matched([given.regel("Waterbedrijf Plons")])
    given.match(id, 1, {given.schuldeiser("Ziggo"): "KL-2"})
    assert audit.verify(given.database).broken is None


def test_an_empty_trail_is_whole(database):
    assert audit.verify(database) == audit.Verification(0, 0, None)


@pytest.mark.parametrize(
    "change",
    [
        'feiten = feiten || \'{"stap": "anders"}\'',
        "feiten = feiten || '{\"extra\": 1}'",
        "at = at + interval '1 microsecond'",
        "gebeurtenis = 'IetsAnders'",
        "actor_kind = 'systeem'",
        "actor_id = gen_random_uuid()",
        "actor_id = NULL",
        "keten = gen_random_uuid()",
    ],
)
def test_every_changed_part_of_an_entry_is_found(given, owner, tampered, change):
    id = given.concept()
    tampered(f"UPDATE audit SET {change} WHERE id = %s", entry_id(owner, id, 4))
    found = audit.verify(given.database)
    assert not found.ok


def test_the_first_broken_entry_is_named(given, owner, tampered):
    id = given.concept()
    for number in (4, 7):
        tampered("UPDATE audit SET feiten = '{}' WHERE id = %s", entry_id(owner, id, number))
    assert audit.verify(given.database).broken == f"entry 4 of {id} (AntwoordSaved): its content was changed"


def test_an_entry_taken_out_of_the_middle_is_found(given, owner, tampered):
    id = given.concept()
    tampered("DELETE FROM audit WHERE id = %s", entry_id(owner, id, 5))
    assert audit.verify(given.database).broken == f"entry 5 of {id} (AntwoordSaved): entry 5 is missing"


def test_an_entry_taken_out_and_the_rest_renumbered_is_found(given, owner, tampered):
    id = given.concept()
    last = owner.execute("SELECT max(volgnummer) FROM audit").fetchone()[0]
    tampered("DELETE FROM audit WHERE id = %s", entry_id(owner, id, 5))
    for number in range(6, last + 1):
        tampered("UPDATE audit SET volgnummer = volgnummer - 1 WHERE id = %s", entry_id(owner, id, number))
    assert audit.verify(given.database).broken == (
        f"entry 5 of {id} (AntwoordSaved): it is not chained to the entry before it"
    )


def test_two_entries_that_changed_places_are_found(given, owner, tampered):
    id = given.concept()
    third, fourth = (entry_id(owner, id, number) for number in (3, 4))
    tampered("UPDATE audit SET volgnummer = 1000 WHERE id = %s", third)
    tampered("UPDATE audit SET volgnummer = 3 WHERE id = %s", fourth)
    tampered("UPDATE audit SET volgnummer = 4 WHERE id = %s", third)
    assert audit.verify(given.database).broken.startswith(f"entry 3 of {id}")


def test_a_changed_hash_is_found(given, owner, tampered):
    id = given.concept()
    tampered("UPDATE audit SET hash = repeat('a', 64) WHERE id = %s", entry_id(owner, id, 2))
    assert audit.verify(given.database).broken == f"entry 2 of {id} (AntwoordSaved): its content was changed"


def test_a_changed_entry_with_a_hash_made_to_fit_breaks_the_next_one(given, owner, tampered):
    """Who recomputes one hash must recompute all that follow: the next entry gives it away."""
    from sqlalchemy import select

    from portal.domain.roles import Actor
    from portal.models import AuditEntry

    id = given.concept()
    with given.session(Actor.systeem()) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.keten == id, AuditEntry.volgnummer == 3)).one()
        session.expunge(entry)
    entry.feiten = {"stap": "naam"}
    tampered('UPDATE audit SET feiten = \'{"stap": "naam"}\', hash = %s WHERE id = %s', entry.computed_hash(), entry.id)
    assert audit.verify(given.database).broken == (
        f"entry 4 of {id} (AntwoordSaved): it is not chained to the entry before it"
    )


def test_one_broken_chain_is_found_among_many(given, owner, tampered):
    ids = [given.concept() for _ in range(4)]
    tampered("UPDATE audit SET feiten = '{}' WHERE id = %s", entry_id(owner, ids[2], 2))
    assert f"entry 2 of {ids[2]}" in audit.verify(given.database).broken


def test_a_walk_longer_than_a_batch_finds_it_too(given, owner, tampered, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 4)
    id = given.concept()
    assert audit.verify(given.database).ok
    tampered("UPDATE audit SET feiten = '{}' WHERE id = %s", entry_id(owner, id, 9))
    assert f"entry 9 of {id}" in audit.verify(given.database).broken
