"""What happened to the second person of a request, in sentences."""

from portal.domain import events
from portal.web.hulpverlener.woorden_zaak import SCHULDENAAR
from portal.web.hulpverlener.zinnen.taal import Zinnen

ZINNEN: Zinnen = {
    events.PartnerAdded: lambda wie, f, n: f"{wie} zette de partner in de zaak",
    events.PartnerChanged: lambda wie, f, n: f"{wie} wijzigde de gegevens van de partner",
    events.PartnerRemoved: lambda wie, f, n: f"{wie} haalde de partner uit de zaak",
    events.PartnertoestemmingGiven: lambda wie, f, n: (
        f"De partner gaf toestemming (versie {f['versie']}). {wie} hoorde dat"
    ),
    events.PartnertoestemmingRevoked: lambda wie, f, n: f"De partner trok de toestemming in. {wie} hoorde dat",
    events.SchuldenaarNoted: lambda wie, f, n: (
        f"{wie} noteerde dat schuld {f['volgnummer']} {SCHULDENAAR[f['schuldenaar'] or '']} is"
    ),
}
