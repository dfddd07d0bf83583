"""A rewrite of the past is found by the koppen, and of the koppen by a published one."""

import json
from datetime import timedelta

import pytest

from portal.actions import dagkoppen as closing
from portal.domain.roles import Actor
from portal.queries import audit
from portal.queries.dagkoppen import koppen
from tests.conftest import FIRST_DAY


@pytest.fixture
def rewritten(given, owner):
    """Change the database behind its back, as a superuser who takes the triggers away. Returns the rows changed."""

    def change(statement, *values):
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            return owner.execute(statement, values).rowcount

    return change


@pytest.fixture
def closed(given, clock):
    """Two chains of the first day, one of which grew on the third, and three closed days."""
    ids = given.approved([given.regel("Energie Noord")]), given.concept()
    clock.set(FIRST_DAY + timedelta(days=2))
    given.withdraw(ids[0])
    clock.set(FIRST_DAY + timedelta(days=3))
    assert closing.close_days(given.database) == 3
    assert audit.verify(given.database).ok
    return ids


def broken(given, published=None):
    return audit.verify(given.database, published).broken


def published(given):
    with given.session(Actor.bezoeker()) as session:
        return json.dumps([{"dag": str(kop.dag), "kop": kop.kop} for kop in koppen(session, 10)])


def test_entries_cut_off_at_the_end_of_a_chain_are_missed(given, closed, owner, rewritten):
    id = closed[1]
    last = owner.execute("SELECT max(volgnummer) FROM audit WHERE keten = %s", [id]).fetchone()[0]
    assert rewritten("DELETE FROM audit WHERE keten = %s AND volgnummer = %s", id, last) == 1
    assert broken(given) == f"the kop of {FIRST_DAY}: entry {last} of {id} is gone"


def test_a_whole_chain_that_is_gone_is_missed(given, closed, rewritten):
    assert rewritten("DELETE FROM audit WHERE keten = %s", closed[1]) > 1
    assert str(closed[1]) in broken(given)


def test_a_chain_that_was_written_anew_does_not_fit_its_day(given, closed, owner, rewritten):
    """Every hash of the chain is made to fit again, so the chain itself is whole."""
    id = closed[1]
    rewrite_chain(owner, rewritten, id)
    assert broken(given).startswith(f"the kop of {FIRST_DAY}: entry ")


def rewrite_chain(owner, rewritten, id):
    """Somebody else's name at the first entry, and every hash after it made to fit. The last hash is returned."""
    from portal.domain.keten import GENESIS, entry_hash

    names = ("id", "volgnummer", "at", "gebeurtenis", "actor_kind", "actor_id", "feiten")
    rows = owner.execute(f"SELECT {', '.join(names)} FROM audit WHERE keten = %s ORDER BY volgnummer", [id]).fetchall()
    vorige = GENESIS
    for values in rows:
        row = dict(zip(names, values, strict=True))
        key, actor_id = row.pop("id"), row.pop("actor_id")
        if row["volgnummer"] == 1:
            row["feiten"] = {"kenmerk": "PK-VALS"}
        made = entry_hash(vorige, keten=str(id), actor_id=str(actor_id) if actor_id else None, **row)
        assert rewritten(
            "UPDATE audit SET feiten = %s, vorige_hash = %s, hash = %s WHERE id = %s",
            json.dumps(row["feiten"]), vorige, made, key,
        ) == 1  # fmt: skip
        vorige = made
    return vorige


def test_a_rewrite_of_chain_days_and_all_is_found_by_a_kop_that_somebody_kept(given, closed, owner, rewritten):
    kept = published(given)
    assert broken(given, kept) is None
    rewrite_chain(owner, rewritten, closed[1])
    rewritten("DELETE FROM ketenstand")
    rewritten("DELETE FROM dagkop")
    assert closing.close_days(given.database) == 3
    assert broken(given) is None, "by itself the database is in order again"
    assert broken(given, kept).endswith("was published and is no kop any more")


@pytest.mark.parametrize("kept", ["", "geen hash te zien", "f" * 63])
def test_a_published_text_without_a_kop_is_no_comparison(given, closed, kept):
    assert broken(given, kept) == "the published text holds no kop"


def test_an_entry_written_into_the_past_is_under_no_kop(given, closed, clock, rewritten, owner):
    clock.set(FIRST_DAY, 12)
    id = given.concept()
    clock.set(FIRST_DAY + timedelta(days=3))
    assert broken(given).startswith("entry ")
    assert broken(given).endswith(f" of {id} is under no kop: it was added later")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE dagkop SET dag = dag + 100 WHERE dag = %s",
        "UPDATE dagkop SET bladen = bladen + 1 WHERE dag = %s",
        "UPDATE dagkop SET wortel = repeat('a', 64) WHERE dag = %s",
        "UPDATE dagkop SET vorige_kop = repeat('a', 64) WHERE dag = %s",
        "UPDATE dagkop SET kop = repeat('a', 64) WHERE dag = %s",
        "DELETE FROM dagkop WHERE dag = %s",
        "UPDATE ketenstand SET keten = gen_random_uuid() WHERE dag = %s",
        "UPDATE ketenstand SET dag = dag + 1 WHERE dag = %s AND volgnummer > 12",
        "UPDATE ketenstand SET volgnummer = volgnummer - 1 WHERE dag = %s",
        "UPDATE ketenstand SET hash = repeat('a', 64) WHERE dag = %s",
        "UPDATE ketenstand SET pad = set_byte(pad, 7, 255 - get_byte(pad, 7)) WHERE dag = %s",
        "DELETE FROM ketenstand WHERE dag = %s",
    ],
)
def test_every_changed_part_of_a_kop_and_of_a_stand_is_found(given, closed, rewritten, change):
    assert rewritten(change, FIRST_DAY) >= 1
    assert broken(given) is not None
