"""The forms of the directory and the organisatie."""

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField, ValidationError

from portal.domain.kenmerk import normalise_kenmerk
from portal.models.schuldeiser import MAX_POSTADRES
from portal.web.forms import EmailAddress, HouseForm, MaxText, OneLine, required
from portal.web.hulpvrager.forms.velden import NietVerplicht


class LijstForm(HouseForm):
    """The search of the directory. It changes nothing, so it carries no token."""

    class Meta(HouseForm.Meta):
        csrf = False

    zoek = StringField("Zoek op naam", [OneLine(what="De zoektekst")])


class KoppelMailForm(HouseForm):
    kenmerk = StringField("Kenmerk van de zaak", [required("Vul het kenmerk in. Het begint met PK.")])

    def validate_kenmerk(self, field: StringField) -> None:
        if normalise_kenmerk(field.data or "") is None:
            raise ValidationError("In dit kenmerk zit een tikfout. Kijk het nog eens na. Bijvoorbeeld: PK-H4X-9TQ-27F")


class AdresForm(HouseForm):
    """How a party is reached: an e-mail address that somebody vouches for, a postal address, or both."""

    email = StringField("E-mailadres voor Kennisgevingen", [NietVerplicht(), EmailAddress()])
    gecontroleerd = BooleanField("Ik heb dit e-mailadres gecontroleerd")
    reden = TextAreaField("Waarom een ander e-mailadres?", [NietVerplicht(), MaxText()])
    postadres = TextAreaField("Postadres", [NietVerplicht(), MaxText(MAX_POSTADRES, "Het postadres")])

    @property
    def has_new_email(self) -> bool:
        return bool(self.email.data) and self.email.data != self.email.object_data

    def validate_gecontroleerd(self, field: BooleanField) -> None:
        if not field.data and (self.email.data or None) != self.email.object_data:
            raise ValidationError("Zet een vinkje als u het e-mailadres hebt gecontroleerd.")

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if not (self.email.data or self.postadres.data):
            self.postadres.errors = ["Vul een e-mailadres of een postadres in."]
            return False
        if valid and self.has_new_email and not self.reden.data:
            self.reden.errors = ["Vul in waarom het e-mailadres verandert. Uw collega leest dit."]
            return False
        return valid


class KoppelingForm(HouseForm):
    """Whose machine comes in, and how it is called among others."""

    schuldeiser = StringField("Schuldeiser", [required("Vul in voor welke schuldeiser."), OneLine(what="De naam")])
    naam = StringField("Naam van de koppeling", [required("Geef de koppeling een naam."), OneLine(what="De naam")])
