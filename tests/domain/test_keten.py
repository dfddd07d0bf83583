"""The hashes of the proof, held against a second reading of the same rules."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import keten

LEAVES = st.lists(st.binary(min_size=32, max_size=32), max_size=40)


def rfc_root(leaves):
    """The tree of RFC 9162 2.1.1 as it is written there: split at the largest power of two below the number."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + rfc_root(leaves[:split]) + rfc_root(leaves[split:])).digest()


@given(LEAVES)
def test_the_root_is_that_of_the_standard(leaves):
    assert keten.tree(leaves).wortel == rfc_root(leaves).hex()


@given(LEAVES)
def test_every_leaf_has_a_way_to_the_root(leaves):
    boom = keten.tree(leaves)
    assert len(boom.paden) == len(leaves)
    assert all(keten.root_of(leaf, pad) == boom.wortel for leaf, pad in zip(leaves, boom.paden, strict=True))


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=40, unique=True), st.data())
def test_a_leaf_that_is_not_there_has_no_way(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))
    boom = keten.tree(leaves)
    assert keten.root_of(leaves[place - 1], boom.paden[place]) != boom.wortel


def test_a_way_with_a_changed_bit_leads_elsewhere():
    leaves = [hashlib.sha256(bytes([n])).digest() for n in range(5)]
    boom = keten.tree(leaves)
    for leaf, pad in zip(leaves, boom.paden, strict=True):
        for bit in range(len(pad) * 8):
            changed = bytearray(pad)
            changed[bit // 8] ^= 1 << bit % 8
            try:
                assert keten.root_of(leaf, bytes(changed)) != boom.wortel
            except ValueError:
                assert bit // 8 % 33 == 0, "a step to no side"


@pytest.mark.parametrize("pad", [b"\x00", b"\x02" + bytes(32), bytes(34)])
def test_a_broken_way_is_refused(pad):
    with pytest.raises(ValueError, match=r"path|step"):
        keten.root_of(bytes(32), pad)


def test_a_leaf_cannot_be_taken_for_a_node():
    """A leaf and a node begin with different bytes, so a tree cannot be read as a smaller one."""
    assert keten.leaf_hash("k", 1, "h") == hashlib.sha256(b"\x00k\n1\nh").digest()
    assert keten.tree([bytes(32), bytes(32)]).wortel == hashlib.sha256(b"\x01" + bytes(64)).hexdigest()


def test_every_part_of_a_kop_counts():
    whole = (date(2027, 2, 1), keten.GENESIS, "a" * 64, 12)
    others = [
        (date(2027, 2, 2), *whole[1:]),
        (whole[0], "1" * 64, *whole[2:]),
        (*whole[:2], "b" * 64, 12),
        (*whole[:3], 13),
    ]
    assert len({keten.kop_hash(*each) for each in [whole, *others]}) == 5


ENTRY = {
    "keten": "7d0f2c3e-9a55-4b6b-8f0e-2d5c8a1b4e11",
    "volgnummer": 3,
    "at": datetime(2027, 2, 1, 9, tzinfo=UTC),
    "gebeurtenis": "AntwoordSaved",
    "actor_kind": "hulpvrager",
    "actor_id": None,
    "feiten": {"stap": "naam", "één": 1},
}


def test_an_entry_is_written_in_one_way():
    body = (
        '["7d0f2c3e-9a55-4b6b-8f0e-2d5c8a1b4e11",3,"2027-02-01T09:00:00.000000+00:00","AntwoordSaved","hulpvrager",null,'
        '{"stap":"naam","één":1}]'
    )
    assert keten.entry_hash("f" * 64, **ENTRY) == hashlib.sha256(f"{'f' * 64}\n{body}".encode()).hexdigest()


def test_an_instant_counts_in_whatever_zone_it_is_given():
    elsewhere = ENTRY["at"].astimezone(timezone(timedelta(hours=5)))
    assert keten.entry_hash("f" * 64, **ENTRY | {"at": elsewhere}) == keten.entry_hash("f" * 64, **ENTRY)


def test_parts_cannot_be_moved_from_one_to_the_next():
    assert len({keten.parts_hash("ab", "c"), keten.parts_hash("a", "bc"), keten.parts_hash("abc")}) == 3


A, B = "a1" * 32, "b2" * 32


@pytest.mark.parametrize(
    "text",
    [
        f'{{"kop": "{A}", "wortel": "{B}"}}',
        f"<td>1</td><code>{A[:16]}<wbr>{A[16:32]}<wbr>{A[32:48]}<wbr>{A[48:]}</code><td>2 <code>{B}</code>",
        f"1 februari 2027\t2\t{A[:32]}\n{A[32:]}\n2 februari 2027\t0\t{B[:16]}\r\n  {B[16:]}",
    ],
)
def test_a_kept_list_is_read_in_whatever_form_it_was_kept(text):
    assert keten.published(text) == [A, B]


def test_longer_and_shorter_things_are_no_hash():
    assert keten.published(f"{A}{B} {A[:-1]} {A.upper()}") == []
