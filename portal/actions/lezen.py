"""The photo of a letter: what is to be read, and what was read on it.

Reading itself happens between these acts, never inside one of their transactions.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.antwoorden import Persoon
from portal.domain.brieflezen import Lezing
from portal.domain.brieflezen.partijen import without_legal_form
from portal.domain.errors import NotFound
from portal.domain.foto import Beeld
from portal.domain.roles import Actor
from portal.domain.voorstel import Voorstel
from portal.models import Foto, Pauzeverzoek
from portal.models.sealed import fold
from portal.queries import directory

SAME_NAME = 0.85
"""Likeness (0..1) from which a line of a letter is a name of the directory: one letter in seven read wrongly."""


@dataclass(frozen=True, slots=True)
class Leeswerk:
    """The pages of a letter, and the words by which the hulpvrager is called."""

    paginas: Sequence[bytes]
    persoon: Sequence[str]


def to_read(session: ScopedSession, foto_id: UUID) -> Leeswerk | None:
    """The pages of a photo that nobody read; None when there is nothing to read (any more)."""
    found = session.execute(
        select(Foto, Pauzeverzoek)
        .join(Pauzeverzoek, Pauzeverzoek.id == Foto.verzoek_id)
        .where(Foto.id == foto_id, Foto.gelezen_at.is_(None))
        .options(undefer(Foto.beeld_sealed))
    ).first()
    if found is None:
        return None
    achternaam = Persoon.read(found.Pauzeverzoek.antwoorden).achternaam
    return Leeswerk(Beeld(found.Foto.beeld).paginas, [achternaam] if achternaam else [])


def record_read(session: ScopedSession, foto_id: UUID, lezing: Lezing) -> None:
    """Keep what was read, companies by their name in the directory. A photo that was taken back meanwhile stays
    away; what was read before stays.
    """
    with suppress(NotFound), unit_of_work(session, Actor.systeem()) as work:
        foto = work.load_for_update(Foto, foto_id, undefer(Foto.beeld_sealed))
        if foto.gelezen_at is None:
            voorstel = Voorstel(
                afzender=_known(session, lezing.afzenders) or next(iter(lezing.afzenders), ""),
                namens=(_known(session, [lezing.namens]) or lezing.namens) if lezing.namens else "",
                referentie=lezing.kenmerk or "",
                bedrag_cents=lezing.bedrag_cents,
            )
            work.record(foto.read(voorstel, work.now))


def _known(session: ScopedSession, lines: Iterable[str]) -> str | None:
    """The landelijke name that the first of these lines bears. What one organisatie knows is nothing for all."""
    bare = [name for line in lines if (name := without_legal_form(line))]
    found = directory.suggest_all(session, bare)
    for name in bare:
        for suggestion in found[name]:
            entry = suggestion.schuldeiser
            if entry.organisatie_id is None and any(_same(name, each) for each in (entry.naam, *entry.handelsnamen)):
                return entry.naam
    return None


def _same(one: str, other: str) -> bool:
    pair = (fold(one), fold(without_legal_form(other)))
    return SequenceMatcher(None, *pair, autojunk=False).ratio() >= SAME_NAME
