"""The forms about the own organisatie and its staff."""

import re
from typing import Any

from wtforms import BooleanField, Field, IntegerField, SelectMultipleField, StringField, TextAreaField, ValidationError

from portal.domain.roles import OF_AN_ORGANISATIE, Role
from portal.domain.termijn import BESCHIKKING_WEKEN
from portal.models.schuldeiser import MAX_POSTADRES
from portal.web.forms import EmailAddress, HouseForm, MaxText, OneLine, ZonderBsn, required
from portal.web.hulpverlener.woorden import ROL
from portal.web.hulpvrager.forms.velden import InNaam, Keuze, NietVerplicht

MAX_EMAIL = 254
"""Characters in a mail address (RFC 5321)."""

MIN_BEWAAR_DAYS, MAX_BEWAAR_DAYS = 30, 7305
"""Days: a slip of the pen must not wipe every case; 20 years at most. Assumption."""

_TELEFOON = re.compile(r"\+?[0-9][0-9 ()-]{3,20}")
"""Also the short numbers of gemeenten, such as 14 030."""


class Lines:
    """At most so many lines of so many characters: there is no room for more on the letter."""

    def __init__(self, lines: int, maximum: int, what: str) -> None:
        self.lines, self.maximum, self.what = lines, maximum, what

    def __call__(self, form: Any, field: Field) -> None:
        typed = (field.data or "").splitlines()
        if len(typed) > self.lines:
            raise ValidationError(f"{self.what} heeft te veel regels. Gebruik er hoogstens {self.lines}.")
        if any(len(line) > self.maximum for line in typed):
            raise ValidationError(f"{self.what} heeft een te lange regel. Gebruik hoogstens {self.maximum} tekens.")


class ContactForm(HouseForm):
    """How the organisatie is reached. The mail address is that of the team."""

    telefoon = StringField("Telefoonnummer", [required("Vul het telefoonnummer in.")])
    email = StringField(
        "E-mailadres van het team",
        [required("Vul het e-mailadres in."), OneLine(MAX_EMAIL, "Het e-mailadres"), EmailAddress()],
    )
    postadres = TextAreaField("Postadres", [required("Vul het postadres in."), MaxText(MAX_POSTADRES, "Het postadres")])

    def validate_telefoon(self, field: Field) -> None:
        if not _TELEFOON.fullmatch(field.data or ""):
            raise ValidationError("Dit telefoonnummer klopt niet. Bijvoorbeeld: 030 1234567 of 14 030")


class BriefpapierForm(HouseForm):
    briefhoofd = TextAreaField("Briefhoofd", [NietVerplicht(), Lines(4, 60, "Het briefhoofd"), ZonderBsn()])
    ondertekening = TextAreaField("Ondertekening", [NietVerplicht(), Lines(3, 80, "De ondertekening"), ZonderBsn()])


class Aantal(IntegerField):
    """So many days or weeks, from a minimum to a maximum; empty is fine."""

    wat: str
    minimum: int
    maximum: int
    voorbeeld: int

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [NietVerplicht()], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = (valuelist or [""])[0].strip()
        self.data = int(typed) if re.fullmatch("[0-9]{1,6}", typed) else None
        if typed and self.data is None:
            raise ValueError(f"Vul een aantal {self.wat} in, in cijfers. Bijvoorbeeld: {self.voorbeeld}")

    def pre_validate(self, form: Any) -> None:
        """Before the other checks, for which 0 is an empty answer."""
        if self.data is not None and not self.minimum <= self.data <= self.maximum:
            raise ValidationError(f"Kies een aantal {self.wat} van {self.minimum} tot en met {self.maximum}.")


class Dagen(Aantal):
    wat, minimum, maximum, voorbeeld = "dagen", MIN_BEWAAR_DAYS, MAX_BEWAAR_DAYS, 365


class Weken(Aantal):
    wat, minimum, maximum, voorbeeld = "weken", 1, BESCHIKKING_WEKEN, 6


class BewaartermijnenForm(HouseForm):
    """Days; empty is the term of the settings (`standaard`, in the order of the fields)."""

    ingetrokken_days = Dagen("Door de hulpvrager gestopt, niemand ingelicht")
    niet_goedgekeurd_days = Dagen("Niet goedgekeurd")
    goedgekeurd_days = Dagen("Goedgekeurd")
    akkoord = BooleanField("Ik begrijp dat het portaal zaken wist die ouder zijn")

    standaard: tuple[int, int, int] = (0, 0, 0)

    @property
    def _termijnen(self) -> tuple[Dagen, Dagen, Dagen]:
        return self.ingetrokken_days, self.niet_goedgekeurd_days, self.goedgekeurd_days

    def validate_akkoord(self, field: BooleanField) -> None:
        """Shorter than it was wipes cases that are there now."""
        pairs = zip(self._termijnen, self.standaard, strict=True)
        shorter = [each for each, days in pairs if (each.data or days) < (each.object_data or days)]
        if shorter and not field.data:
            raise ValidationError("U maakt een termijn korter. Zet een vinkje als u zeker bent.")


class BeschikkingstermijnForm(HouseForm):
    """Weeks; empty is the term of the settings."""

    beschikking_weken = Weken("Aantal weken na het eerste gesprek")


class TeammailForm(HouseForm):
    """Where the daily mail goes; empty for none."""

    teammail = StringField(
        "E-mailadres van het team", [NietVerplicht(), OneLine(MAX_EMAIL, "Het e-mailadres"), EmailAddress()]
    )


class TweeSleutelsForm(HouseForm):
    keuze = Keuze(
        "Moet een tweede collega akkoord geven?",
        "Kies of een tweede collega akkoord moet geven.",
        {"ja": "Ja, altijd twee mensen", "nee": "Nee, wij zijn een klein team"},
    )


class MedewerkerForm(HouseForm):
    """A colleague: the name that hulpvragers and schuldeisers read, and what he may do."""

    naam = StringField("Naam", [required("Vul de naam in."), InNaam("De naam")])
    rollen = SelectMultipleField(
        "Wat mag deze collega?",
        choices={role.value: ROL[role] for role in Role if role in OF_AN_ORGANISATIE},
        validate_choice=False,
    )

    def validate_rollen(self, field: SelectMultipleField) -> None:
        if not field.data or not set(field.data) <= OF_AN_ORGANISATIE:
            raise ValidationError("Kies wat deze collega mag. U kunt meer dan één rol kiezen.")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(map(Role, self.rollen.data or ()))


class UitnodigingForm(MedewerkerForm):
    """A colleague who has no account yet. The address cannot be changed afterwards."""

    email = StringField(
        "E-mailadres",
        [required("Vul het e-mailadres in."), OneLine(MAX_EMAIL, "Het e-mailadres"), EmailAddress()],
    )
