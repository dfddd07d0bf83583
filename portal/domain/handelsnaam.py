"""Which words of a company's name tell it from another."""

import re

_SHARED = (
    "b.v. b.v bv n.v. n.v nv u.a. u.a ua v.o.f. v.o.f vof",
    "de het een en van der den te ten ter bij in op voor &",
    "nederland nederlandse groep holding",
    "bureau kantoor incasso incassobureau incassokantoor invordering debiteurenbeheer",
    "deurwaarder deurwaarders deurwaarderskantoor gerechtsdeurwaarder gerechtsdeurwaarders gerechtsdeurwaarderskantoor",
    "bank finance energie gemeente stichting vereniging coöperatie coöperatieve",
    "verzekering verzekeringen verzekeraar uitvaartverzekeraar",
    "zorg zorgverzekeraar zorgverzekering zorgverzekeringen",
    "water waterbedrijf waterleidingbedrijf waterschap",
    "woningcorporatie woningstichting woningvereniging woonstichting wonen",
    "huisartsenpraktijk kinderopvang sportschool tandarts tandartspraktijk ziekenhuis",
)

COMMON = frozenset(word for line in _SHARED for word in line.split())
"""Words that many names share: legal forms, small words and trades. Source: the demonstration directory and the names
that a measurement confused (docs/metingen.md)."""

_WORD = re.compile(r"[^\s,;:/()]+")


def distinctive(naam: str) -> str:
    """The name in small letters without the words that many names share; whole when it has no other words."""
    words = _WORD.findall(naam.lower())
    return " ".join(word for word in words if word not in COMMON) or naam.lower().strip()
