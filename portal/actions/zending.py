"""A frozen message as the mail server gets it, with what goes along. Today and later: the proof makes it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from portal.db.engine import ScopedSession
from portal.domain.errors import MoveNotAllowed
from portal.domain.taal import Taal
from portal.models import Aanmeldbewijs, Bericht, Brief, Dagoverzicht, Kennisgeving, Teammail
from portal.queries import dossier

Message: TypeAlias = Kennisgeving | Bericht | Dagoverzicht
Model: TypeAlias = type[Kennisgeving] | type[Bericht] | type[Dagoverzicht]

Stuk: TypeAlias = Brief | Aanmeldbewijs
"""What was made of a message, or goes along with it."""

PDF = "application/pdf"


class NietOpgemaakt(MoveNotAllowed):
    """A message was to be handed over or posted before what goes along with it was made."""


@dataclass(frozen=True, slots=True)
class Bijlage:
    """One attached file. Its name tells nothing of a person."""

    naam: str
    mimetype: str
    inhoud: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Zending:
    """What the mail server gets of one message. `tijdelijk` counts its temporary failures since the last other outcome.

    `afzender_naam` and `antwoord_aan` are empty where the message must not tell who sent it.
    """

    aan: str
    onderwerp: str
    tekst: str
    html: str
    message_id: str
    envelope_token: str
    issued_at: datetime
    afzender_naam: str
    antwoord_aan: str
    tijdelijk: int
    bijlagen: tuple[Bijlage, ...] = ()
    taal: Taal = Taal.NL


def zending(row: Message | Teammail, bijlagen: tuple[Bijlage, ...], *, tijdelijk: int = 0) -> Zending:
    """The message in its frozen words."""
    return Zending(
        aan=row.aan or "",
        onderwerp=row.onderwerp,
        tekst=row.tekst,
        html=row.html,
        message_id=row.message_id,
        envelope_token=row.envelope_token,
        issued_at=row.issued_at,
        afzender_naam=row.afzender_naam,
        antwoord_aan=row.antwoord_aan,
        tijdelijk=tijdelijk,
        bijlagen=bijlagen,
        taal=row.written_in if isinstance(row, Bericht) else Taal.NL,
    )


def stuk_of(session: ScopedSession, row: Message) -> Stuk | None:
    """What goes along: the letter of a Kennisgeving, the Bewijs van aanmelding with the first mail.

    Raises NietOpgemaakt while it is not made yet.
    """
    if isinstance(row, Dagoverzicht) or (isinstance(row, Bericht) and not row.met_bewijs):
        return None
    stuk = (
        session.get(Brief, row.id) if isinstance(row, Kennisgeving) else dossier.aanmeldbewijs(session, row.verzoek_id)
    )
    if stuk is None:
        raise NietOpgemaakt(str(row.id))
    return stuk


def bijlagen(row: Message, stuk: Stuk | None) -> tuple[Bijlage, ...]:
    """The same as the files of a mail."""
    if isinstance(row, Kennisgeving) and isinstance(stuk, Brief):
        return (
            Bijlage(f"{row.feiten['kenmerk']}.pdf", PDF, stuk.pdf),
            Bijlage("kennisgeving.json", "application/json", stuk.gegevens),
        )
    return (Bijlage("bewijs-van-aanmelding.pdf", PDF, stuk.pdf),) if stuk else ()
