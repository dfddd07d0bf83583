"""One form per question of the journey."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, StringField, ValidationError
from wtforms.form import BaseForm

from portal import clock
from portal.domain.antwoorden import DREIGINGEN, NEE, parse_day
from portal.texts.talen import gettext, lazy
from portal.web.fields import DagMaandJaarField
from portal.web.forms import MAX_LINE, OneLine, ZonderBsn, required
from portal.web.hulpvrager import invoer
from portal.web.hulpvrager.forms.velden import (
    JA_NEE,
    JA_NEE_WEET_NIET,
    Email,
    InNaam,
    Keuze,
    MagLeeg,
    NietVerplicht,
    StapForm,
    Telefoon,
)

OLDEST = date(1900, 1, 1)
"""Nobody who files was born earlier."""

THREAT_PAST, THREAT_AHEAD = timedelta(days=365), timedelta(days=730)
"""How far a threat may lie from today. Assumption: anything else is a wrong year."""


def _dreiging_on() -> DagMaandJaarField:
    return DagMaandJaarField(lazy("Weet u de datum?"), [NietVerplicht(), near_today])


def near_today(form: BaseForm, field: DagMaandJaarField) -> None:
    """Raises ValidationError for a date that is years away."""
    if field.data and not clock.today() - THREAT_PAST <= field.data <= clock.today() + THREAT_AHEAD:
        raise ValidationError(gettext("Deze datum is te ver weg. Kijk het jaar na."))


class DreigingForm(StapForm):
    """The three threats of Wgs art. 4(2), each with its date when known."""

    ontruiming = Keuze(
        lazy("Moet u binnenkort uw huis uit?"), lazy("Uw huis uit: kies ja, nee of weet ik niet."), JA_NEE_WEET_NIET
    )
    ontruiming_on = _dreiging_on()
    afsluiting = Keuze(
        lazy("Wordt uw gas, stroom, warmte of water afgesloten?"),
        lazy("Afsluiten: kies ja, nee of weet ik niet."),
        JA_NEE_WEET_NIET,
    )
    afsluiting_on = _dreiging_on()
    zorgverzekering = Keuze(
        lazy("Stopt uw zorgverzekering?"), lazy("Zorgverzekering: kies ja, nee of weet ik niet."), JA_NEE_WEET_NIET
    )
    zorgverzekering_on = _dreiging_on()

    def irrelevant(self) -> Iterable[str]:
        return [f"{dreiging}_on" for dreiging in DREIGINGEN if self[dreiging].data == NEE]

    def sectie(self) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for dreiging in DREIGINGEN:
            on = self[f"{dreiging}_on"].data
            kept[dreiging] = self[dreiging].data
            kept[f"{dreiging}_on"] = on.isoformat() if on and kept[dreiging] != NEE else None
        return kept

    @staticmethod
    def shown(sectie: dict[str, Any]) -> dict[str, Any]:
        days = {f"{dreiging}_on": parse_day(sectie.get(f"{dreiging}_on")) for dreiging in DREIGINGEN}
        return {**sectie, **days}


class NaamForm(StapForm):
    """Only the family name is needed: not everybody has first names."""

    voorletters = StringField(lazy("Voorletters"), [NietVerplicht(), InNaam(lazy("Bij uw voorletters"), 60)])
    voorvoegsel = StringField(lazy("Tussenvoegsel"), [NietVerplicht(), InNaam(lazy("Uw tussenvoegsel"), 20)])
    achternaam = StringField(
        lazy("Achternaam"), [required(lazy("Vul uw achternaam in.")), InNaam(lazy("Uw achternaam"))]
    )

    def sectie(self) -> dict[str, Any]:
        return {
            "voorletters": invoer.voorletters(self.voorletters.data or ""),
            "voorvoegsel": self.voorvoegsel.data or "",
            "achternaam": self.achternaam.data,
        }


class GeboortedatumForm(StapForm):
    geboren_on = DagMaandJaarField(
        lazy("Wanneer bent u geboren?"), [required(lazy("Vul uw geboortedatum in."))], ahead_years=0
    )

    def validate_geboren_on(self, field: DagMaandJaarField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(gettext("Deze datum is nog niet geweest. Kijk het jaar na."))
        if field.data and field.data < OLDEST:
            raise ValidationError(gettext("Deze datum is te lang geleden. Kijk het jaar na."))

    def sectie(self) -> dict[str, Any]:
        geboren_on = self.geboren_on.data
        return {"geboren_on": geboren_on.isoformat() if geboren_on else None}

    @staticmethod
    def shown(sectie: dict[str, Any]) -> dict[str, Any]:
        return {"geboren_on": parse_day(sectie.get("geboren_on"))}


class MinderjarigForm(StapForm):
    """Nothing to fill in: the person read it and goes on."""

    def sectie(self) -> dict[str, Any]:
        return {"gelezen": True}


class AdresForm(StapForm):
    """A postcode and number, or no fixed address."""

    soort = Keuze(
        lazy("Hebt u een vast adres?"),
        lazy("Kies of u een vast adres hebt."),
        {"adres": lazy("Ja, ik heb een vast adres"), "geen": lazy("Nee, ik heb geen vast adres")},
    )
    postcode = StringField(lazy("Postcode"))
    huisnummer = StringField(lazy("Huisnummer"))
    toevoeging = StringField(lazy("Toevoeging"), [NietVerplicht(), OneLine(10, lazy("De toevoeging")), ZonderBsn()])
    geheim = BooleanField(lazy("Mijn adres is geheim"))

    @property
    def has_address(self) -> bool:
        return bool(self.soort.data == "adres")

    def irrelevant(self) -> Iterable[str]:
        return () if self.has_address else ("postcode", "huisnummer", "toevoeging")

    def validate_postcode(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(gettext("Vul uw postcode in."))
        if (whole := invoer.postcode(field.data)) is None:
            raise ValidationError(
                gettext("Deze postcode klopt niet. Een postcode heeft 4 cijfers en 2 letters: 1234\u00a0AB.")
            )
        field.data = whole

    def validate_huisnummer(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(gettext("Vul uw huisnummer in."))
        read = invoer.huisnummer(field.data)
        if read is None or len(read[1]) > 10 or (read[1] and self.toevoeging.data):
            raise ValidationError(gettext("Dit huisnummer klopt niet. Vul alleen het nummer in, bijvoorbeeld 12."))
        field.data = read[0]
        self.toevoeging.data = self.toevoeging.data or read[1]

    def sectie(self) -> dict[str, Any]:
        if not self.has_address:
            return {"soort": "geen", "geheim": self.geheim.data}
        names = ("soort", "postcode", "huisnummer", "toevoeging", "geheim")
        return {name: self[name].data for name in names}


MOMENTEN = {
    "maakt_niet_uit": lazy("Maakt niet uit"),
    "ochtend": lazy("Ochtend"),
    "middag": lazy("Middag"),
    "avond": lazy("Einde van de middag"),
}


class ContactForm(StapForm):
    """A telephone number, an e-mail address, or both."""

    telefoon = StringField(lazy("Telefoonnummer"), [MagLeeg(), Telefoon()])
    email = StringField(lazy("E-mailadres"), [MagLeeg(), Email()])
    meelezen = BooleanField(lazy("Iemand anders leest mijn e-mail"))
    moment = Keuze(lazy("Wanneer kunnen wij u het beste bellen?"), lazy("Kies wanneer wij u kunnen bellen."), MOMENTEN)

    def check_together(self) -> None:
        if not (self.telefoon.data or self.email.data):
            self.telefoon.errors = [gettext("Vul uw telefoonnummer in, of uw e-mailadres. Eén van de twee is genoeg.")]

    def sectie(self) -> dict[str, Any]:
        return {
            "telefoon": self.telefoon.data or "",
            "email": self.email.data or "",
            "meelezen": self.meelezen.data,
            "moment": self.moment.data,
        }

    @staticmethod
    def shown(sectie: dict[str, Any]) -> dict[str, Any]:
        return {"moment": "maakt_niet_uit", **sectie}


HULP = {
    "niemand": lazy("Nee, ik doe het zelf"),
    "helper": lazy("Ja, iemand helpt mij"),
    "bewindvoerder": lazy("Ja, ik heb een bewindvoerder"),
}


class HulpForm(StapForm):
    """A helper or a bewindvoerder, with as much as the person knows; and whether a partner asks this too."""

    soort = Keuze(lazy("Helpt iemand u?"), lazy("Kies of iemand u helpt."), HULP)
    naam = StringField(lazy("Naam van deze persoon"), [MagLeeg(), OneLine(MAX_LINE, lazy("De naam"))])
    telefoon = StringField(lazy("Telefoonnummer van deze persoon"), [NietVerplicht(), Telefoon()])
    email = StringField(lazy("E-mailadres van deze persoon"), [NietVerplicht(), Email()])
    samen = BooleanField(lazy("Ik vraag dit samen met mijn partner"))

    def irrelevant(self) -> Iterable[str]:
        return ("naam", "telefoon", "email") if self.soort.data == "niemand" else ()

    def check_together(self) -> None:
        if self.soort.data in ("helper", "bewindvoerder") and not self.naam.data:
            self.naam.errors = [gettext("Vul in wie u helpt, met de naam.")]

    def sectie(self) -> dict[str, Any]:
        samen = {"samen": True} if self.samen.data else {}
        if self.soort.data == "niemand":
            return {"soort": "niemand", **samen}
        return {name: self[name].data or "" for name in ("soort", "naam", "telefoon", "email")} | samen


class BedrijfForm(StapForm):
    eigen_bedrijf = Keuze(lazy("Hebt u een eigen bedrijf?"), lazy("Kies ja of nee."), JA_NEE)


class ToestemmingForm(StapForm):
    keuze = Keuze(
        lazy("Geeft u toestemming?"),
        lazy("Kies ja of nee. U mag ook nee kiezen."),
        {"ja": lazy("Ja, ik geef toestemming"), "nee": lazy("Nee, nu niet")},
    )
