"""What DigiD vouches for, as answers of a pauzeverzoek."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.settings import Settings
from portal.domain.bsn import is_bsn
from portal.web.forms import MAX_LINE, clean

BRON = "digid"


@dataclass(frozen=True, slots=True)
class Identiteit:
    """A person as the BRP knows him; `secties` are the answers that this fills in."""

    bsn: str
    secties: dict[str, dict[str, Any]]


def read(claims: Mapping[str, Any], settings: Settings) -> Identiteit | None:
    """The identity in the claims of the broker; None when a part of it is missing or cannot be true.

    A person may have no first names. A birth date of which the BRP knows only the year is no date.
    """
    bsn = _text(claims, settings.digid_claim_bsn)
    achternaam = _text(claims, settings.digid_claim_family_name)
    geboren_on = _day(_text(claims, settings.digid_claim_birth_date))
    if not is_bsn(bsn) or not achternaam or geboren_on is None:
        return None
    naam = {
        "voorletters": voorletters(_text(claims, settings.digid_claim_given_names)),
        "voorvoegsel": _text(claims, settings.digid_claim_prefix),
        "achternaam": achternaam,
    }
    return Identiteit(bsn, {"naam": naam, "geboortedatum": {"geboren_on": geboren_on.isoformat()}})


def voorletters(given_names: str) -> str:
    """'Fatma IJsbrand Anne-Marie' -> 'F.IJ.A.': one initial per name, the Dutch IJ is one letter."""
    initials = ("IJ" if name.startswith("IJ") else name[0].upper() for name in given_names.split())
    return "".join(f"{initial}." for initial in initials)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    text = (clean(value) or "") if isinstance(value, str) else ""
    return text if len(text) <= MAX_LINE and "\n" not in text else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
