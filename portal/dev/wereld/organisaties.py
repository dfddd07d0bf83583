"""The two organisaties and the five gemeenten that they work for."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.actions.work import Work
from portal.clock import dutch_date
from portal.dev.wereld.logo import drawn_logo
from portal.models import Deelname, Organisatie

VANAF = date(2026, 1, 1)
"""First day on which the gemeenten take part."""

PAST_DAYS = 140
"""The cases of the world lie in this past: on a machine whose calendar is early, the gemeenten take part earlier."""

WIJDEMEREN_TOT = date(2027, 1, 1)
"""Wijdemeren merges into Hilversum on this day; from then on its people come to the organisatie of Hilversum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loket:
    """One organisatie with its gemeenten: CBS code, and the first day on which it takes no requests any more."""

    key: str
    naam: str
    telefoon: str
    postadres: str
    gemeenten: dict[str, date | None]

    @property
    def email(self) -> str:
        return f"team@{self.key}.example"


LOKETTEN = (
    Loket(
        key="vechtenrijn",
        naam="Pauzeloket Vecht en Rijn",
        telefoon="030 000 01 00",
        postadres="Postbus 100\n3500 SS Utrecht",
        gemeenten={"GM0344": None, "GM1696": WIJDEMEREN_TOT, "GM1904": None},
    ),
    Loket(
        key="gooiland",
        naam="Pauzeloket Gooiland",
        telefoon="035 000 02 00",
        postadres="Postbus 200\n1200 SS Hilversum",
        gemeenten={"GM0402": None, "GM1942": None},
    ),
)


def add_organisaties(work: Work) -> dict[str, Organisatie]:
    """The organisaties by key, with their deelnames."""
    added = {loket.key: _organisatie(loket) for loket in LOKETTEN}
    added["vechtenrijn"].logo = drawn_logo("Vecht en Rijn")
    for organisatie in added.values():
        work.add(organisatie)
    work.session.flush()
    vanaf = min(VANAF, dutch_date(work.now) - timedelta(days=PAST_DAYS))
    for loket in LOKETTEN:
        for code, tot in loket.gemeenten.items():
            work.add(
                Deelname(
                    gemeente_code=code,
                    geldig_vanaf=vanaf,
                    geldig_tot=tot,
                    organisatie_id=added[loket.key].id,
                )
            )
    return added


def _organisatie(loket: Loket) -> Organisatie:
    return Organisatie(naam=loket.naam, telefoon=loket.telefoon, email=loket.email, postadres=loket.postadres)
