"""Take a mail in: its bytes from a stream or a mailbox, what it says, and what was done with it."""

import hashlib
import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from config.settings import Settings
from portal.actions import inkomend
from portal.actions.inkomend import Begrepen, Ontvangen
from portal.db.engine import Adressen, Database
from portal.delivery.inbound.reader import Envelop, Huis, read
from portal.domain.inkomend import Gelezen, Mailsoort
from portal.domain.roles import Actor
from portal.models import Pauzeverzoek

CHUNK = 1024 * 1024

_MBOX_LINE = re.compile(rb"From [^\n]*\n")
"""Some mail servers put it in front, with the hour in it: it is no part of the mail."""

_log = logging.getLogger(__name__)


def take(stream: BinaryIO, envelop: Envelop, limit: int) -> Ontvangen:
    """The mail in a stream: all of it is hashed, at most `limit` bytes are kept."""
    digest = hashlib.sha256(f"{envelop.ontvanger}\0{envelop.afzender}\0".encode())
    kept, size = bytearray(), 0
    for chunk in _chunks(stream):
        digest.update(chunk)
        size += len(chunk)
        kept += chunk[: max(0, limit - len(kept))]
    return Ontvangen(
        ruw=bytes(kept),
        sha256=digest.hexdigest(),
        ontvanger=envelop.ontvanger,
        afzender=envelop.afzender,
        afgekapt=size > len(kept),
    )


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.read(CHUNK)
    yield _MBOX_LINE.sub(b"", first, count=1) if first.startswith(b"From ") else first
    while chunk := stream.read(CHUNK):
        yield chunk


def understand(ontvangen: Ontvangen, adressen: Adressen) -> Gelezen:
    """What the mail says. One that trips the reader up is kept unread: losing it would be worse than any error."""
    envelop = Envelop(ontvanger=ontvangen.ontvanger, afzender=ontvangen.afzender)
    huis = Huis(
        mail_from=adressen.mail_from, mail_domain=adressen.mail_domain, envelope_domain=adressen.envelope_domain
    )
    try:
        return read(ontvangen.ruw, envelop, huis)
    except Exception:
        _log.exception("A received mail could not be read")
        return Gelezen(soort=Mailsoort.ONLEESBAAR)


def receive(database: Database, settings: Settings, ontvangen: Ontvangen) -> Begrepen:
    """Keep a mail and do what follows from it."""
    gelezen = understand(ontvangen, database.adressen)
    with database.session(Actor.systeem()) as session:
        begrepen = inkomend.keep(session, ontvangen, gelezen, settings.inbound_full_retry_seconds)
    _log.info(
        "Mail kept: %s, tied by %s, %s%s",
        gelezen.soort,
        begrepen.spoor.band,
        begrepen.gevolg,
        "" if begrepen.is_nieuw else " (it was there already)",
    )
    return begrepen


def explanation(database: Database, settings: Settings, ontvangen: Ontvangen) -> dict[str, object]:
    """What would be done with a mail, and why, as plain values. Changes nothing."""
    gelezen = understand(ontvangen, database.adressen)
    with database.session(Actor.systeem()) as session:
        begrepen = inkomend.explain(session, ontvangen, gelezen, settings.inbound_full_retry_seconds)
        spoor = begrepen.spoor
        case = session.get(Pauzeverzoek, spoor.verzoek_id) if spoor.verzoek_id else None
        return {
            "kind": gelezen.soort,
            "code": gelezen.code or None,
            "smtp_reply": gelezen.smtp,
            "diagnosis": gelezen.diagnose or None,
            "recipient": gelezen.ontvanger or None,
            "sender": gelezen.afzender or None,
            "tied_by": spoor.band,
            "case": case.kenmerk if case else None,
            "kennisgeving": _text(spoor.kennisgeving_id),
            "bericht": _text(spoor.bericht_id),
            "consequence": begrepen.gevolg,
            "attachments": len(gelezen.bijlagen),
            "truncated": ontvangen.afgekapt,
            "already_kept": not begrepen.is_nieuw,
        }


def _text(value: object) -> str | None:
    return str(value) if value else None
