"""What happened outside any case, in sentences."""

from portal.domain import events
from portal.web.hulpverlener.lijstwoorden import VELD
from portal.web.hulpverlener.woorden import INSTELLING, en, plural
from portal.web.hulpverlener.zinnen.taal import Zinnen, code, day_of

ZINNEN: Zinnen = {
    events.SchuldeiserProposed: lambda wie, f, n: f"{wie} voegde {n.schuldeiser(f['schuldeiser_id'])} toe aan de lijst",
    events.SchuldeiserAddressVerified: lambda wie, f, n: (
        f"{wie} controleerde het e-mailadres van {n.schuldeiser(f['schuldeiser_id'])}"
    ),
    events.SchuldeiserPostadresChanged: lambda wie, f, n: (
        f"{wie} vulde het postadres van {n.schuldeiser(f['schuldeiser_id'])} in"
    ),
    events.SchuldeiserAdded: lambda wie, f, n: f"{wie} zette {n.schuldeiser(f['schuldeiser_id'])} op de lijst",
    events.SchuldeiserChanged: lambda wie, f, n: (
        f"{wie} wijzigde {n.schuldeiser(f['schuldeiser_id'])}: {en([VELD[name] for name in f['velden']])}"
    ),
    events.SchuldeisersMerged: lambda wie, f, n: (
        f"{n.medewerker(f['medewerker_id'])} voegde {n.schuldeiser(f['weg_id'])} samen met "
        f"{n.schuldeiser(f['schuldeiser_id'])}"
    ),
    events.LijstvoorstelDecided: lambda wie, f, n: (
        f"{n.medewerker(f['medewerker_id'])} nam {n.schuldeiser(f['schuldeiser_id'])} "
        f"{'op in de landelijke lijst' if f['overgenomen'] else 'niet op in de landelijke lijst'}"
    ),
    events.DirectoryImported: lambda wie, f, n: (
        f"{wie} las een lijst met schuldeisers in: {f['added']} nieuw, {f['changed']} gewijzigd, "
        f"{f['unchanged']} hetzelfde"
    ),
    events.CijfersPublished: lambda wie, f, n: f"{wie} publiceerde de cijfers van kwartaal {f['kwartaal']}",
    events.DdasExported: lambda wie, f, n: (
        f"{wie} maakte het DDAS-bestand van {day_of(f['vanaf'])} tot en met {day_of(f['tot_en_met'])}"
    ),
    events.OrganisatieAdded: lambda wie, f, n: f"{wie} voegde de organisatie toe",
    events.OrganisatieChanged: lambda wie, f, n: (
        f"{wie} veranderde van de organisatie: {en([INSTELLING[veld] for veld in f['velden']])}"
    ),
    events.BewaartermijnenChanged: lambda wie, f, n: f"{wie} veranderde de bewaartermijnen van de organisatie",
    events.DeelnameStarted: lambda wie, f, n: f"{wie} liet gemeente {f['gemeente']} meedoen",
    events.MedewerkerAdded: lambda wie, f, n: f"{wie} voegde {n.medewerker(f['medewerker_id'])} toe",
    events.MedewerkerChanged: lambda wie, f, n: (
        f"{wie} veranderde van {n.medewerker(f['medewerker_id'])}: {en([INSTELLING[veld] for veld in f['velden']])}"
    ),
    events.MedewerkerInvited: lambda wie, f, n: (
        f"{wie} liet {n.medewerker(f['medewerker_id'])} een link mailen om een wachtwoord te kiezen"
    ),
    events.UitnodigingHandedOver: lambda wie, f, n: f"De mailserver nam een link voor een medewerker aan{code(f)}",
    events.UitnodigingRefused: lambda wie, f, n: f"Een link voor een medewerker is niet bezorgd{code(f)}",
    events.UitnodigingUsed: lambda wie, f, n: f"{n.medewerker(f['medewerker_id'])} koos een wachtwoord met een link",
    events.MedewerkerSignedIn: lambda wie, f, n: f"{n.medewerker(f['medewerker_id'])} logde in",
    events.MedewerkerEnrolled: lambda wie, f, n: f"{n.medewerker(f['medewerker_id'])} koppelde een code-app",
    events.WachtwoordChanged: lambda wie, f, n: f"{wie} koos een nieuw wachtwoord",
    events.HerstelcodesMade: lambda wie, f, n: f"{wie} maakte {f['aantal']} herstelcodes",
    events.HerstelcodeUsed: lambda wie, f, n: f"{n.medewerker(f['medewerker_id'])} gebruikte een herstelcode",
    events.AppTakenOff: lambda wie, f, n: f"{wie} maakte de eigen code-app los",
    events.PasskeyAdded: lambda wie, f, n: f"{wie} voegde een passkey toe",
    events.PasskeyRemoved: lambda wie, f, n: f"{wie} haalde een eigen passkey weg",
    events.WerkaccountTied: lambda wie, f, n: (
        f"{n.medewerker(f['medewerker_id'])} logt voortaan in met een werkaccount, niet meer met een wachtwoord"
    ),
    events.MedewerkerRestored: lambda wie, f, n: (
        f"{wie} gaf {n.medewerker(f['medewerker_id'])} nieuwe toegang en maakte de code-app los"
    ),
    events.MedewerkerDeactivated: lambda wie, f, n: f"{wie} zette {n.medewerker(f['medewerker_id'])} uit",
    events.InkomendExpired: lambda wie, f, n: (
        f"{wie} wiste {plural(f['aantal'], 'ontvangen e-mail', 'ontvangen e-mails')} zonder zaak"
    ),
    events.SessiesRevoked: lambda wie, f, n: (
        f"{wie} logde {n.medewerker(f['medewerker_id'])} overal uit ({plural(f['aantal'], 'sessie', 'sessies')})"
    ),
    events.AfwezigheidRegistered: lambda wie, f, n: (
        f"{wie} gaf door dat {n.medewerker(f['medewerker_id'])} afwezig is van {day_of(f['start_on'])} tot en met "
        f"{day_of(f['eind_on'])}. Vervanger: {n.medewerker(f['vervanger_id'])}"
    ),
    events.AfwezigheidEnded: lambda wie, f, n: (
        f"{wie} gaf door dat {n.medewerker(f['medewerker_id'])} er weer is, of niet weg gaat"
    ),
    events.ApiClientAdded: lambda wie, f, n: f"{wie} gaf {n.schuldeiser(f['schuldeiser_id'])} toegang tot de koppeling",
    events.WebhookRegistered: lambda wie, f, n: "De schuldeiser stelde een webhook in",
    events.WebhookRemoved: lambda wie, f, n: "De schuldeiser zette de webhook uit",
    events.WebhookGivenUp: lambda wie, f, n: (
        f"{wie} meldde {plural(f['aantal'], 'bericht', 'berichten')} niet via de webhook: die was niet bereikbaar"
    ),
    events.TekstblokWritten: lambda wie, f, n: f"{wie} schreef een tekstblok",
    events.TekstblokRemoved: lambda wie, f, n: f"{wie} haalde een tekstblok weg",
    events.ZandbakgevalMade: lambda wie, f, n: f"{wie} maakte een voorbeeld in de zandbak ({f['soort']})",
    events.TweeSleutelsSwitched: lambda wie, f, n: (
        f"{wie} zette akkoord van een tweede persoon {'aan' if f['aan'] else 'uit'}"
    ),
    events.OverzichtslinkIssued: lambda wie, f, n: "Een schuldeiser kreeg een link naar alle open berichten",
    events.OverzichtslinkRevoked: lambda wie, f, n: "Een schuldeiser zette de link naar alle open berichten uit",
    events.ApiClientRevoked: lambda wie, f, n: f"{wie} sloot een koppeling van {n.schuldeiser(f['schuldeiser_id'])} af",
}
