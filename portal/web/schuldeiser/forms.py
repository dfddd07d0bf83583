"""The forms of a schuldeiser."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import Field, HiddenField, RadioField, StringField, ValidationError

from portal.domain.beantwoording import MAX_REGEL, GeenMedewerking, GegevenAntwoord
from portal.domain.kenmerk import CODE_LENGTH, normalise_code, normalise_kenmerk
from portal.domain.status import Antwoord
from portal.models import Beantwoording, Schuldeiser
from portal.web.fields import DagMaandJaarField
from portal.web.forms import EmailAddress, HouseForm, OneLine, required
from portal.web.hulpvrager.forms.velden import MagLeeg, NietVerplicht

NOT_MATCHING = (
    "Dit hoort niet bij het bericht. Kijk het kenmerk of de geboortedatum nog eens na.",
    "Dit hoort niet bij het bericht. Kijk de geboortedatum nog eens na.",
)
"""Where both are asked, and where only the birth date is."""

ANTWOORDEN: Mapping[str, str] = {
    "bevestigd": "Wij passen de pauze toe",
    "klant_onbekend": "Wij kennen deze klant niet",
    "overgedragen": "Iemand anders behandelt de vordering",
    "al_in_regeling": "Wij hebben al een regeling met deze klant",
    "geen_medewerking": "Wij werken niet mee",
}
"""What can be answered, as it is asked. Not knowing the customer is a ground of its own in the SKP."""

REDENEN: Mapping[str, str] = {
    "recente_finale_kwijting": "Er was kort geleden een finale kwijting",
    "recente_poging_stabilisatie": "Er was kort geleden al een poging tot stabilisatie",
    "geen_samenwerking": "Wij werken niet samen met deze schuldhulpverlener",
}


FIELDS = {"naar_id": "naar", "naar_naam": "naar"}
"""Where the form has another name for a field of the answer."""


class ControleForm(HouseForm):
    kenmerk = StringField("Kenmerk", [required("Vul het kenmerk in. Het begint met PK.")])
    code = StringField("Controlecode", [required("Vul de controlecode in. Die heeft 12 tekens."), OneLine()])

    def validate_kenmerk(self, field: Field) -> None:
        """The last sign is a public check sign, so this says nothing about which kenmerken exist."""
        if normalise_kenmerk(field.data) is None:
            raise ValidationError("In dit kenmerk zit een tikfout. Kijk het nog eens na. Bijvoorbeeld: PK-H4X-9TQ-27F")

    def validate_code(self, field: Field) -> None:
        if len(normalise_code(field.data)) != CODE_LENGTH:
            raise ValidationError("Een controlecode heeft 12 tekens. Bijvoorbeeld: H4X9-TQ27-FKM3")


class PostvakForm(HouseForm):
    email = StringField(
        "E-mailadres van uw organisatie",
        [required("Vul het e-mailadres in."), OneLine(what="Het adres"), EmailAddress()],
    )


class BevestigForm(HouseForm):
    """One of the two is enough. Of a message that names no own kenmerk only the birth date is asked."""

    referentie = StringField("Uw eigen kenmerk", [OneLine(MAX_REGEL, "Het kenmerk")])
    geboren_on = DagMaandJaarField("Geboortedatum van uw klant", [MagLeeg()], ahead_years=0)

    def __init__(self, *, names_kenmerk: bool) -> None:
        super().__init__()
        if not names_kenmerk:
            del self.referentie

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if valid and not self.known["referentie"] and self.geboren_on.data is None:
            self.refuse("Vul uw eigen kenmerk in, of de geboortedatum.", "Vul de geboortedatum in.")
            return False
        return valid

    @property
    def known(self) -> dict[str, Any]:
        """What was typed of the two."""
        return {"referentie": self.data.get("referentie") or "", "geboren_on": self.geboren_on.data}

    def refuse(self, either: str, born: str) -> None:
        """At the first box: `either` where both are asked, `born` where only the birth date is."""
        if "referentie" in self:
            self.referentie.errors = [either]
        else:
            self.geboren_on.errors = [born]


class AntwoordForm(HouseForm):
    """One page for every answer. What belongs to another answer than the chosen one does not count."""

    na = HiddenField()
    antwoord = RadioField("Wat is uw antwoord?", choices=dict(ANTWOORDEN), validate_choice=False)
    tot_en_met = DagMaandJaarField("Tot en met welke dag past u de pauze toe?", [MagLeeg()])
    naar = StringField("Wie behandelt de vordering nu?", [OneLine(MAX_REGEL, "De naam")])
    reden = RadioField("Waarom werkt u niet mee?", choices=dict(REDENEN), validate_choice=False)
    contactpersoon = StringField("Naam van uw contactpersoon", [NietVerplicht(), OneLine(MAX_REGEL, "De naam")])
    telefoon = StringField("Telefoonnummer", [NietVerplicht(), OneLine(MAX_REGEL, "Het telefoonnummer")])
    email = StringField("E-mailadres", [NietVerplicht(), EmailAddress()])
    referentie = StringField("Uw eigen kenmerk", [NietVerplicht(), OneLine(MAX_REGEL, "Het kenmerk")])

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        chosen = self.antwoord.data
        for name, belongs_to in (("tot_en_met", "bevestigd"), ("naar", "overgedragen"), ("reden", "geen_medewerking")):
            if chosen != belongs_to:
                self[name].errors = []
        if chosen not in ANTWOORDEN:
            self.antwoord.errors = ["Kies uw antwoord."]
        elif chosen == "bevestigd" and self.tot_en_met.data is None and not self.tot_en_met.errors:
            self.tot_en_met.errors = ["Vul de laatste dag van de pauze in."]
        elif chosen == "overgedragen" and not self.naar.data:
            self.naar.errors = ["Vul in wie de vordering nu behandelt."]
        elif chosen == "geen_medewerking" and self.reden.data not in REDENEN:
            self.reden.errors = ["Kies waarom u niet meewerkt."]
        return not self.errors

    @property
    def seen(self) -> int:
        """The number of the answer that stood on the page."""
        typed = self.na.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0

    def gegeven(self, called: Schuldeiser | None) -> GegevenAntwoord:
        """The answer of a valid form. `called`: the party of the directory with the typed name."""
        chosen = self.antwoord.data
        naar = (self.naar.data or "") if chosen == "overgedragen" else ""
        naar_id = called.id if called and naar else None
        return GegevenAntwoord(
            antwoord=Antwoord.GEEN_MEDEWERKING if chosen == "klant_onbekend" else Antwoord(chosen),
            tot_en_met=self.tot_en_met.data if chosen == "bevestigd" else None,
            reden=_reden(chosen, self.reden.data),
            naar_id=naar_id,
            naar_naam="" if naar_id else naar,
            contactpersoon=self.contactpersoon.data or "",
            telefoon=self.telefoon.data or "",
            email=self.email.data or "",
            referentie=self.referentie.data or "",
        )


def _reden(chosen: str, reden: str | None) -> GeenMedewerking | None:
    if chosen == "klant_onbekend":
        return GeenMedewerking.KLANT_ONBEKEND
    return GeenMedewerking(reden) if reden and chosen == "geen_medewerking" else None


def shown(last: Beantwoording | None, gevraagd_on: date) -> dict[str, Any]:
    """The values of the form: what was answered last, and the day that was asked."""
    if last is None:
        return {"na": "0", "tot_en_met": gevraagd_on}
    said = last.gegeven
    unknown = said.reden is GeenMedewerking.KLANT_ONBEKEND
    return {
        "na": str(last.volgnummer),
        "antwoord": "klant_onbekend" if unknown else str(said.antwoord),
        "tot_en_met": said.tot_en_met or gevraagd_on,
        "naar": last.naar.naam if last.naar else said.naar_naam,
        "reden": str(said.reden) if said.reden else None,
        "contactpersoon": said.contactpersoon,
        "telefoon": said.telefoon,
        "email": said.email,
        "referentie": said.referentie,
    }
