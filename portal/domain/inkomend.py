"""Mail that comes back: what it can be, how it is tied to what was sent, and what follows from it.

Only a mail that carries the delivery token of a message may change how that message stands. Whoever sends a bounce
without it may have made it up: it is kept and read, and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mailsoort(StrEnum):
    """What a received mail is."""

    ONBESTELBAAR = "onbestelbaar"
    POSTVAK_VOL = "postvak_vol"
    GEBLOKKEERD = "geblokkeerd"
    POSTVAK_GESLOTEN = "postvak_gesloten"
    VERTRAAGD = "vertraagd"
    BEZORGD = "bezorgd"
    LEESBEWIJS = "leesbewijs"
    AFWEZIG = "afwezig"
    ONTVANGSTBEVESTIGING = "ontvangstbevestiging"
    MISBRUIKMELDING = "misbruikmelding"
    ANTWOORD = "antwoord"
    LUS = "lus"
    ONLEESBAAR = "onleesbaar"


class Mailband(StrEnum):
    """What ties a received mail to what was sent, the strongest first."""

    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    MESSAGE_ID = "message_id"
    KENMERK = "kenmerk"
    GEEN = "geen"


class Mailgevolg(StrEnum):
    """What follows from a received mail."""

    NIETS = "niets"
    LATER_OPNIEUW = "later_opnieuw"
    NIET_BEZORGD = "niet_bezorgd"
    PER_POST = "per_post"
    LEZEN = "lezen"
    UITZOEKEN = "uitzoeken"


GEVOLGEN: Mapping[Mailsoort, Mailgevolg] = {
    Mailsoort.ONBESTELBAAR: Mailgevolg.NIET_BEZORGD,
    Mailsoort.POSTVAK_VOL: Mailgevolg.LATER_OPNIEUW,
    Mailsoort.GEBLOKKEERD: Mailgevolg.PER_POST,
    Mailsoort.POSTVAK_GESLOTEN: Mailgevolg.PER_POST,
    Mailsoort.VERTRAAGD: Mailgevolg.NIETS,
    Mailsoort.BEZORGD: Mailgevolg.NIETS,
    Mailsoort.LEESBEWIJS: Mailgevolg.NIETS,
    Mailsoort.AFWEZIG: Mailgevolg.NIETS,
    Mailsoort.ONTVANGSTBEVESTIGING: Mailgevolg.NIETS,
    Mailsoort.MISBRUIKMELDING: Mailgevolg.LEZEN,
    Mailsoort.ANTWOORD: Mailgevolg.LEZEN,
    Mailsoort.LUS: Mailgevolg.NIETS,
    Mailsoort.ONLEESBAAR: Mailgevolg.LEZEN,
}
"""What follows from a mail of which the delivery is known for certain."""

VAN_INVLOED = frozenset({Mailgevolg.LATER_OPNIEUW, Mailgevolg.NIET_BEZORGD, Mailgevolg.PER_POST})
"""What follows of which the message moves: only with its token."""

TE_LEZEN = frozenset({Mailgevolg.LEZEN, Mailgevolg.UITZOEKEN})
"""What somebody must look at."""


def gevolg_of(soort: Mailsoort, band: Mailband) -> Mailgevolg:
    """What follows from a mail of this kind that is tied this way."""
    if soort is Mailsoort.LUS:
        return Mailgevolg.NIETS
    if band is Mailband.GEEN:
        return Mailgevolg.UITZOEKEN
    wanted = GEVOLGEN[soort]
    return Mailgevolg.LEZEN if wanted in VAN_INVLOED and band is not Mailband.TOKEN else wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Bijlage:
    """What came along with a mail. It is named, never opened."""

    naam: str
    soort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gelezen:
    """What was read in one mail. Empty text: it does not say.

    `code` is an enhanced status code (RFC 3463), `smtp` the reply code before it. `diagnose` is what the mail server
    of the recipient said, without mail addresses. `tokens`, `message_ids` and `kenmerken` may lead to what was sent.
    """

    soort: Mailsoort
    code: str = ""
    smtp: int | None = None
    diagnose: str = ""
    ontvanger: str = ""
    tokens: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    kenmerken: tuple[str, ...] = ()
    afzender: str = ""
    onderwerp: str = ""
    tekst: str = ""
    bijlagen: tuple[Bijlage, ...] = ()
