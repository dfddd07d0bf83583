"""What the lanes of the queue and the clocks of the watch are called, on the pages and in the mail to the team."""

from portal.domain.baan import Baan
from portal.domain.bewaking import Klok

BAAN = {
    Baan.DREIGEND: ("Dreigend", "Er is geen zaak met een dreigende situatie. Dat is goed nieuws."),
    Baan.TERUGBELLEN: ("Bel mij", "Er is niemand die vroeg om een telefoontje."),
    Baan.TERMIJN: ("Termijn nadert", "Van geen enkele zaak is de helft van de termijn voorbij."),
    Baan.NIEUW: ("Nieuw", "Er wachten geen nieuwe verzoeken. U bent helemaal bij."),
    Baan.VAN_MIJ: ("Van mij", "U hebt geen zaken in beoordeling. Kijk bij Nieuw of er iets wacht."),
    Baan.AANGEVULD: ("Aanvulling binnen", "Er zijn geen antwoorden van hulpvragers die nog op u wachten."),
    Baan.WACHT: ("Wacht op hulpvrager", "Wij wachten op niemand. Alle vragen zijn beantwoord."),
    Baan.BIJ_COLLEGAS: ("Bij collega's", "Uw collega's hebben geen zaken in beoordeling."),
    Baan.BEZORGING_MISLUKT: ("Niet bezorgd", "Er zijn geen berichten die niet konden worden bezorgd."),
    Baan.MAIL_LEZEN: ("E-mail lezen", "Er is geen e-mail die iemand nog moet lezen."),
    Baan.TOCH_POST: ("Toch post gekregen", "Er is geen post van schuldeisers gemeld die u nog moet bekijken."),
    Baan.MELDING: ("Bericht van hulpvrager", "Er is geen bericht van een hulpvrager dat u nog moet bekijken."),
    Baan.PER_POST: ("Per post", "Er liggen geen brieven klaar om te versturen."),
    Baan.NIET_INGELICHT: ("Nog niet ingelicht", "Er is na een besluit geen schuldeiser bijgekomen die nog niets weet."),
    Baan.ANTWOORD: ("Antwoord van schuldeiser", "Er zijn geen antwoorden die u nog moet bekijken."),
    Baan.GEEN_REACTIE: ("Geen reactie", "U hoeft geen schuldeiser te bellen die niet antwoordt."),
    Baan.BIJNA_AFGELOPEN: ("Bijna afgelopen", "Er zijn geen pauzes die bijna stoppen en die u nog moet bekijken."),
    Baan.SCHULDHULP: (
        "Gesprek of beschikking",
        "Van elke zaak met een besluit over de pauze zijn het gesprek en de beschikking genoteerd.",
    ),
    Baan.LOPEND: ("Lopende pauzes", "Er lopen nu geen pauzes."),
    Baan.KLAAR: ("Klaar", "Er zijn nog geen afgeronde zaken."),
}
"""Label, and what an empty lane says."""

GROEPEN = {
    "Te doen": (
        Baan.DREIGEND,
        Baan.TERUGBELLEN,
        Baan.TERMIJN,
        Baan.NIEUW,
        Baan.VAN_MIJ,
        Baan.AANGEVULD,
        Baan.TOCH_POST,
        Baan.MELDING,
        Baan.ANTWOORD,
        Baan.MAIL_LEZEN,
        Baan.PER_POST,
        Baan.BIJNA_AFGELOPEN,
    ),
    "Zit vast": (Baan.BEZORGING_MISLUKT, Baan.GEEN_REACTIE, Baan.NIET_INGELICHT),
    "Loopt of is klaar": (Baan.WACHT, Baan.BIJ_COLLEGAS, Baan.SCHULDHULP, Baan.LOPEND, Baan.KLAAR),
}
"""The lanes under what they ask of somebody, in the order in which the page shows them."""

KLOK = {
    Klok.EERSTE_GESPREK: "Eerste gesprek",
    Klok.BESCHIKKING: "Beschikking",
    Klok.EINDE_PAUZE: "Einde van de pauze",
}

if set(BAAN) != set(Baan) or set(KLOK) != set(Klok):
    raise RuntimeError("a lane or a clock has no name")

if sorted(baan for banen in GROEPEN.values() for baan in banen) != sorted(Baan):
    raise RuntimeError("a lane stands in no group, or in two")
