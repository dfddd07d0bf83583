"""What the sentences of a history share."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from portal.domain import events
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.templating import day

Zin: TypeAlias = Callable[[str, Feiten, Namen], str]
"""Who, facts and names in; a sentence without its full stop out."""

Zinnen: TypeAlias = Mapping[type[events.Event], Zin]

HULPVRAGER = "De hulpvrager"
PORTAAL = "Het portaal"

_MIDDEL = {
    "begin": "de knop op de startpagina",
    "link": "een link",
    "toegangscode": "kenmerk en code",
    "digid": "DigiD",
    "referentie": "het eigen kenmerk",
    "geboortedatum": "de geboortedatum",
}
"""What somebody got in with, or was confirmed by."""


def day_of(iso: str) -> str:
    """A day of the facts, as people write it."""
    return day(date.fromisoformat(iso))


def middel(name: str) -> str:
    """What somebody got in with, in words."""
    return _MIDDEL.get(name, name)


def code(f: Feiten) -> str:
    """What the mail server answered, if it did."""
    return f" (antwoordcode {f['code']})" if f["code"] else ""
