"""The bewijsdossier of a case: everything that proves what was sent and what happened, in one file."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from portal.actions.work import unit_of_work
from portal.actions.zending import Zending, bijlagen, zending
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.bewijscontrole import BEWIJS, FORMAAT, LINKS, RECHTS
from portal.domain.bewijsdossier import pack
from portal.domain.errors import NotAllowed
from portal.domain.keten import HASH_BYTES, LEFT
from portal.domain.roles import READERS, Actor
from portal.models import AuditEntry, Bericht, Brief, Dagkop, Kennisgeving, Ketenstand
from portal.queries import bewijs, dossier

MakeMail: TypeAlias = Callable[[Zending, str], bytes]
"""The mail of a frozen message, from the address of the portal (`portal.delivery.message.mail_bytes`)."""

ENDINGS = {"eml": "eml", "pdf": "pdf", "gegevens": "json"}
"""Kind of file → how its name ends."""


@dataclass(frozen=True, slots=True)
class Bewijsdossier:
    """The file, and what it is called."""

    naam: str
    inhoud: bytes


def take_bewijs(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, *, uitleg: Mapping[str, bytes], make_mail: MakeMail
) -> Bewijsdossier:
    """Make the file and record who took it, with its hash. `uitleg`: the files for people, by their names.

    Raises NotAllowed, NotFound.
    """
    if not actor.roles & READERS:
        raise NotAllowed("only who reads cases takes a bewijsdossier")
    verzoek = dossier.load(session, verzoek_id)
    archive = pack({**uitleg, **_files(session, verzoek_id, verzoek.kenmerk, make_mail)})
    with unit_of_work(session, actor) as work:
        work.record(events.BewijsTaken(keten=verzoek_id, sha256=hashlib.sha256(archive).hexdigest()))
    return Bewijsdossier(f"bewijsdossier-{verzoek.kenmerk}.zip", archive)


def _files(session: ScopedSession, verzoek_id: UUID, kenmerk: str, make_mail: MakeMail) -> dict[str, bytes]:
    entries = bewijs.chain(session, verzoek_id)
    sent, attached = _hashes_of_mails(entries), bewijs.attached(session, verzoek_id)
    files: dict[str, bytes] = {}
    berichten = []
    messages = bewijs.messages(session, verzoek_id)
    parties = {row.id: row.schuldeiser.naam for row in messages if isinstance(row, Kennisgeving)}
    for number, row in enumerate(messages, start=1):
        about, stuk, name = _bericht(row, parties), attached.get(row.id), f"berichten/{number:03}-{row.soort}"
        made = {"pdf": stuk.pdf, "gegevens": stuk.gegevens} if isinstance(stuk, Brief) else {}
        if (wanted := sent.get(str(row.id))) is not None:
            made["eml"] = make_mail(zending(row, bijlagen(row, stuk)), session.adressen.mail_from)
            about["eml_opnieuw"] = hashlib.sha256(made["eml"]).hexdigest() != wanted
        about["bestanden"] = {kind: f"{name}.{ENDINGS[kind]}" for kind in made}
        files |= {about["bestanden"][kind]: content for kind, content in made.items()}
        berichten.append(about)
    document = {
        "formaat": FORMAAT,
        "kenmerk": kenmerk,
        "keten": str(verzoek_id),
        "gebeurtenissen": [_gebeurtenis(entry) for entry in entries],
        "berichten": berichten,
        "koppen": [_kop(stand, kop) for stand, kop in bewijs.standen(session, verzoek_id)],
    }
    files[BEWIJS] = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return files


def _hashes_of_mails(entries: Sequence[AuditEntry]) -> dict[str, str]:
    """Message → the hash of the mail that the mail server took last."""
    found = {}
    for entry in entries:
        if entry.feiten.get("eml_sha256"):
            id = entry.feiten.get("kennisgeving_id") or entry.feiten["bericht_id"]
            found[id] = entry.feiten["eml_sha256"]
    return found


def _gebeurtenis(entry: AuditEntry) -> dict[str, Any]:
    return {
        "volgnummer": entry.volgnummer,
        "at": entry.at.isoformat(timespec="microseconds"),
        "gebeurtenis": entry.gebeurtenis,
        "actor_kind": str(entry.actor_kind),
        "actor_id": str(entry.actor_id) if entry.actor_id else None,
        "feiten": entry.feiten,
        "vorige_hash": entry.vorige_hash,
        "hash": entry.hash,
    }


def _bericht(row: Kennisgeving | Bericht, parties: Mapping[UUID, str]) -> dict[str, Any]:
    kennisgeving_id = row.id if isinstance(row, Kennisgeving) else row.bevestigt_id
    return {
        "id": str(row.id),
        "soort": str(row.soort),
        "aan": parties[kennisgeving_id] if kennisgeving_id else "hulpvrager",
        "onderwerp": row.onderwerp,
        "tekst": row.tekst,
        "html": row.html,
        "eml_opnieuw": False,
    }


def _kop(stand: Ketenstand, kop: Dagkop) -> dict[str, Any]:
    return {
        "dag": kop.dag.isoformat(),
        "vorige_kop": kop.vorige_kop,
        "wortel": kop.wortel,
        "bladen": kop.bladen,
        "kop": kop.kop,
        "volgnummer": stand.volgnummer,
        "pad": _steps(stand.pad),
    }


def _steps(pad: bytes) -> list[list[str]]:
    size = 1 + HASH_BYTES
    steps = (pad[at : at + size] for at in range(0, len(pad), size))
    return [[LINKS if step[:1] == LEFT else RECHTS, step[1:].hex()] for step in steps]
