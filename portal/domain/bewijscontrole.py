"""Check a bewijsdossier: with the file alone, on any machine. `docs/bewijs.md` says the same for other languages.

Standard library only; no database, no settings, no key.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from portal.domain.bewijsdossier import Gebroken, unpack
from portal.domain.keten import GENESIS, LEFT, RIGHT, entry_hash, kop_hash, leaf_hash, parts_hash, published, root_of

FORMAAT = "pauzeknop-bewijsdossier/1"
BEWIJS, LEESMIJ, SAMENVATTING = "bewijs.json", "LEESMIJ.txt", "samenvatting.pdf"

LINKS, RECHTS = "links", "rechts"
"""The sides of a step, as the file writes them."""

ISSUED = frozenset({"KennisgevingIssued", "BerichtIssued"})
"""The events with the hash of the words of a message."""

WITHHELD = "toegangslink"
"""Messages of this kind are never in the file: who has one has the case."""

HASHES = {"eml_sha256": "eml", "pdf_sha256": "pdf", "gegevens_sha256": "gegevens"}
"""Fact of an event → the file of the message whose hash it is. The last event with such a fact counts."""

Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitkomst:
    """What holds: the numbers, and the last closed day with the entry that it reaches.

    `opnieuw` names the mails that could not be made again byte for byte, `elders` the files that the chain tells of and
    that are not in here.
    """

    kenmerk: str
    gebeurtenissen: int
    berichten: int
    bestanden: int
    koppen: tuple[str, ...]
    dag: date | None
    tot_en_met: int
    opnieuw: tuple[str, ...]
    elders: tuple[str, ...]


def check(archive: bytes, kept: str | None = None) -> Uitkomst:
    """Everything that can be checked; with `kept`, the text of a published list, the koppen too. Raises Gebroken."""
    files = unpack(archive)
    try:
        bewijs = json.loads(files[BEWIJS])
        if bewijs["formaat"] != FORMAAT:
            raise Gebroken(f"this is {bewijs['formaat']}, not {FORMAAT}")
        return _check(files, bewijs, kept)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise Gebroken(f"{BEWIJS} does not have the form it must have: {type(error).__name__} {error}") from error


def _check(files: Mapping[str, bytes], bewijs: Json, kept: str | None) -> Uitkomst:
    entries = bewijs["gebeurtenissen"]
    _check_chain(bewijs["keten"], entries)
    _check_koppen(bewijs["keten"], entries, bewijs["koppen"])
    proven, again, elsewhere = _check_messages(files, entries, bewijs["berichten"])
    koppen = tuple(kop["kop"] for kop in bewijs["koppen"])
    if kept is not None:
        _check_published(bewijs["koppen"], kept)
    last = bewijs["koppen"][-1] if koppen else None
    return Uitkomst(
        kenmerk=str(bewijs["kenmerk"]),
        gebeurtenissen=len(entries),
        berichten=len(bewijs["berichten"]),
        bestanden=proven,
        koppen=koppen,
        dag=date.fromisoformat(last["dag"]) if last else None,
        tot_en_met=last["volgnummer"] if last else 0,
        opnieuw=tuple(again),
        elders=tuple(elsewhere),
    )


def _check_chain(keten: str, entries: list[Json]) -> None:
    vorige = GENESIS
    if not entries:
        raise Gebroken("the chain is empty")
    for number, entry in enumerate(entries, start=1):
        name = f"entry {number} ({entry['gebeurtenis']})"
        if entry["volgnummer"] != number:
            raise Gebroken(f"{name}: its number is {entry['volgnummer']}")
        if entry["vorige_hash"] != vorige:
            raise Gebroken(f"{name}: it is not chained to the entry before it")
        content = {field: entry[field] for field in ("volgnummer", "gebeurtenis", "actor_kind", "actor_id", "feiten")}
        if entry["hash"] != entry_hash(vorige, keten=keten, at=datetime.fromisoformat(entry["at"]), **content):
            raise Gebroken(f"{name}: its content was changed")
        vorige = entry["hash"]


# --- the koppen -----------------------------------------------------------------------------------


def _check_koppen(keten: str, entries: list[Json], koppen: list[Json]) -> None:
    before = ("", 0)
    for kop in koppen:
        name = f"the kop of {kop['dag']}"
        if (kop["dag"], kop["volgnummer"]) <= before or not before[1] < kop["volgnummer"] <= len(entries):
            raise Gebroken(f"{name}: it does not follow the one before it")
        leaf = leaf_hash(keten, kop["volgnummer"], entries[kop["volgnummer"] - 1]["hash"])
        if root_of(leaf, _pad(kop["pad"])) != kop["wortel"]:
            raise Gebroken(f"{name}: entry {kop['volgnummer']} does not lead to its root")
        if kop_hash(date.fromisoformat(kop["dag"]), kop["vorige_kop"], kop["wortel"], kop["bladen"]) != kop["kop"]:
            raise Gebroken(f"{name}: it is not the hash of its parts")
        before = (kop["dag"], kop["volgnummer"])


def _pad(steps: list[list[str]]) -> bytes:
    sides = {LINKS: LEFT, RECHTS: RIGHT}
    return b"".join(sides[side] + bytes.fromhex(other) for side, other in steps)


def _check_published(koppen: list[Json], kept: str) -> None:
    known = set(published(kept))
    if not koppen:
        raise Gebroken("no day is closed over this chain yet: there is no kop to compare")
    for kop in koppen:
        if kop["kop"] not in known:
            raise Gebroken(f"the kop of {kop['dag']} is not in the published list")


# --- the messages ---------------------------------------------------------------------------------


def _check_messages(
    files: Mapping[str, bytes], entries: list[Json], messages: list[Json]
) -> tuple[int, list[str], list[str]]:
    """The number of files that the chain proves, the mails of which it proves the words alone, and what is not here."""
    by_id = {message["id"]: message for message in messages}
    if len(by_id) != len(messages):
        raise Gebroken("a message is there twice")
    issued, hashes = _claims(entries, by_id)
    for id, message in by_id.items():
        words = parts_hash(message["onderwerp"], message["tekst"], message["html"])
        if issued.get(id) != words:
            raise Gebroken(f"message {id}: its words are not those that were issued")
    proven, again = [], []
    for id, message in by_id.items():
        for kind, name in message["bestanden"].items():
            if _proves(files, message, kind, name, hashes.pop((id, kind), None)):
                proven.append(name)
            else:
                again.append(name)
    _nothing_else(files, [*proven, *again])
    return len(proven), again, [f"{kind} of message {id}" for id, kind in hashes]


def _claims(entries: list[Json], by_id: Mapping[str, Json]) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """What the chain says: the hash of the words of each message, and of each of its files."""
    issued: dict[str, str] = {}
    hashes: dict[tuple[str, str], str] = {}
    for entry in entries:
        feiten = entry["feiten"]
        for id in _messages_of(feiten):
            if entry["gebeurtenis"] in ISSUED and feiten["soort"] != WITHHELD:
                issued[id] = feiten["sha256"]
                if id not in by_id:
                    raise Gebroken(f"message {id} of entry {entry['volgnummer']} is missing")
            if id in by_id:
                hashes |= {(id, kind): feiten[fact] for fact, kind in HASHES.items() if feiten.get(fact)}
    return issued, hashes


def _messages_of(feiten: Json) -> Iterator[str]:
    return (feiten[name] for name in ("kennisgeving_id", "bericht_id") if name in feiten)


def _proves(files: Mapping[str, bytes], message: Json, kind: str, name: str, wanted: str | None) -> bool:
    """Whether the chain proves this file; False for a mail that says of itself that it was made again."""
    if name not in files:
        raise Gebroken(f"{name} is missing")
    if kind == "eml" and message["eml_opnieuw"]:
        return False
    if wanted is None:
        raise Gebroken(f"{name}: nothing in the chain tells of it")
    if hashlib.sha256(files[name]).hexdigest() != wanted:
        raise Gebroken(f"{name} is not the file of which the chain tells")
    return True


def _nothing_else(files: Mapping[str, bytes], named: list[str]) -> None:
    for name in files:
        if name not in {BEWIJS, LEESMIJ, SAMENVATTING, *named}:
            raise Gebroken(f"{name} does not belong to this proof")
    if len(set(named)) != len(named):
        raise Gebroken("one file stands for two messages")
