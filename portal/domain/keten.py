"""The hashes of the proof: of an entry, of a message, of all chains at the end of a day.

`docs/bewijs.md` gives the same rules for whoever checks in another language. Standard library only, because the check
of a bewijsdossier must run on any machine. All hashes are SHA-256; as text they are 64 lower-case hexadecimal signs.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

GENESIS = "0" * 64
"""What the first entry of a chain, and the first kop, is chained to."""

RIJEN = "rijen"
"""The fact of an entry that holds the fingerprints: row → fingerprint, or null for a row that was deleted."""

HASH_BYTES = 32
LEFT, RIGHT = b"\x00", b"\x01"
"""On which side of the running hash the hash of a step stands."""

Pad: TypeAlias = bytes
"""The way from a leaf to the root: per step one byte for the side and the 32 bytes of the other hash."""

_STEP = 1 + HASH_BYTES

_SPLIT = re.compile(r"(?<=[0-9a-f]{16})(<wbr>|\s)+(?=[0-9a-f]{16})")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LEAF, _NODE = b"\x00", b"\x01"


def canonical(value: Any) -> str:
    """The one way in which a value is written as JSON before it is hashed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def entry_hash(
    vorige_hash: str,
    *,
    keten: str,
    volgnummer: int,
    at: datetime,
    gebeurtenis: str,
    actor_kind: str,
    actor_id: str | None,
    feiten: Mapping[str, Any],
) -> str:
    """The hash of an audit entry: over the one before it and the canonical JSON of its content."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    body = canonical([keten, volgnummer, moment, gebeurtenis, actor_kind, actor_id, feiten])
    return _hex(f"{vorige_hash}\n{body}".encode())


def parts_hash(*parts: str) -> str:
    """The hash over several texts, each preceded by its length in bytes."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.hexdigest()


# --- all chains at the end of a day ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Boom:
    """A Merkle tree (RFC 9162, 2.1): its root, and the way from each leaf to it."""

    wortel: str
    paden: tuple[Pad, ...]


def leaf_hash(keten: str, volgnummer: int, hash: str) -> bytes:
    """The leaf of one chain: its id, the number and the hash of its last entry."""
    return hashlib.sha256(_LEAF + f"{keten}\n{volgnummer}\n{hash}".encode()).digest()


def tree(leaves: Sequence[bytes]) -> Boom:
    """The tree over leaves in this order. A node without a neighbour moves up as it is."""
    if not leaves:
        return Boom(_hex(b""), ())
    paden = [bytearray() for _ in leaves]
    groups: list[range] = [range(place, place + 1) for place in range(len(leaves))]
    level = list(leaves)
    while len(level) > 1:
        above, joined = [], []
        for at in range(0, len(level) - 1, 2):
            _extend(paden, groups[at], RIGHT + level[at + 1])
            _extend(paden, groups[at + 1], LEFT + level[at])
            above.append(_node(level[at], level[at + 1]))
            joined.append(range(groups[at].start, groups[at + 1].stop))
        if len(level) % 2:
            above.append(level[-1])
            joined.append(groups[-1])
        level, groups = above, joined
    return Boom(level[0].hex(), tuple(map(bytes, paden)))


def root_of(leaf: bytes, pad: Pad) -> str:
    """Where the way of a leaf ends. Raises ValueError for a way that is none."""
    if len(pad) % _STEP:
        raise ValueError("a path of broken steps")
    running = leaf
    for at in range(0, len(pad), _STEP):
        side, other = pad[at : at + 1], pad[at + 1 : at + _STEP]
        if side not in (LEFT, RIGHT):
            raise ValueError("a step to no side")
        running = _node(other, running) if side == LEFT else _node(running, other)
    return running.hex()


def kop_hash(dag: date, vorige_kop: str, wortel: str, bladen: int) -> str:
    """The kop of a day: chained to the day before, over the root and the number of leaves."""
    return _hex(f"{dag.isoformat()}\n{vorige_kop}\n{wortel}\n{bladen}".encode())


def published(text: str) -> list[str]:
    """The hashes in a list of koppen that somebody kept: JSON, HTML, or text with line breaks inside a hash."""
    return _HASH.findall(_SPLIT.sub("", text))


def _extend(paden: list[bytearray], group: Iterable[int], step: bytes) -> None:
    for place in group:
        paden[place] += step


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _hex(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
