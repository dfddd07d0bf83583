"""What the watch did with a case, in sentences."""

from portal.domain import events
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.hulpverlener.woorden import plural
from portal.web.hulpverlener.zinnen.taal import Zinnen, day_of


def _warned(_: str, f: Feiten, __: Namen) -> str:
    when = "de helft van de termijn is voorbij" if f["nummer"] == 1 else "de termijn is bijna voorbij"
    return f"Herinnering voor het team: {when}. Eerste gesprek: uiterlijk {day_of(f['voor'])}"


def _announced(_: str, f: Feiten, __: Namen) -> str:
    bij = plural(f["ontvangers"], "schuldeiser", "schuldeisers")
    return f"Herinnering: de pauze bij {bij} stopt na {day_of(f['eind_on'])}"


ZINNEN: Zinnen = {
    events.TermijnWarned: _warned,
    events.EindeAnnounced: _announced,
    events.EindeSeen: lambda wie, f, n: f"{wie} zag dat de pauze bijna stopt",
}
