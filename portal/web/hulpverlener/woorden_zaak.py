"""The words of staff for what is written down in a case. Every mapping is complete, or the import fails."""

from portal.domain.antwoorden import Bron
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Bloksoort, Register, Registeruitkomst

BLOKSOORT = {
    Bloksoort.VRAAG: "Vraag aan de hulpvrager",
    Bloksoort.NIET_GOEDKEUREN: "Uitleg waarom er geen pauze komt",
}
"""Where a text block is used."""

REGISTER = {Register.VISH: "VISH (eerdere schuldhulp, bewind)", Register.BRP: "BRP (adres, geheimhouding)"}

REGISTERUITKOMST = {
    Registeruitkomst.IN_ORDE: "Niets bijzonders",
    Registeruitkomst.BIJZONDERHEDEN: "Er is iets bijzonders",
}

BRON = {Bron.DIGID: "DigiD", Bron.BALIE: "Aan de balie", Bron.TELEFOON: "Aan de telefoon"}
"""Who filled in name and birth date."""

if set(BRON) != set(Bron):
    raise RuntimeError("a source of name and birth date has no word for staff")
if set(BLOKSOORT) != set(Bloksoort) or set(REGISTER) != set(Register) or set(REGISTERUITKOMST) != set(Registeruitkomst):
    raise RuntimeError("something that is written down in a case has no word for staff")

SCHULDENAAR = {"": "van de hulpvrager", Schuldenaar.PARTNER: "van de partner", Schuldenaar.BEIDEN: "van beiden"}
"""Whose a schuld is; none: the hulpvrager's alone."""
