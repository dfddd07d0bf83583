"""The forms of the directory and the organisatie."""

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField, ValidationError

from portal.web.forms import EmailAddress, HouseForm, MaxText, OneLine
from portal.web.hulpverlener.forms import MAX_POSTADRES
from portal.web.hulpvrager.forms.velden import NietVerplicht


class LijstForm(HouseForm):
    """The search of the directory. It changes nothing, so it carries no token."""

    class Meta(HouseForm.Meta):
        csrf = False

    zoek = StringField("Zoek op naam", [OneLine(what="De zoektekst")])


class AdresForm(HouseForm):
    """How a party is reached: an e-mail address that somebody vouches for, a postal address, or both."""

    email = StringField("E-mailadres voor Kennisgevingen", [NietVerplicht(), EmailAddress()])
    gecontroleerd = BooleanField("Ik heb dit e-mailadres gecontroleerd")
    postadres = TextAreaField("Postadres", [NietVerplicht(), MaxText(MAX_POSTADRES, "Het postadres")])

    def validate_gecontroleerd(self, field: BooleanField) -> None:
        if not field.data and (self.email.data or None) != self.email.object_data:
            raise ValidationError("Zet een vinkje als u het e-mailadres hebt gecontroleerd.")

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if not (self.email.data or self.postadres.data):
            self.postadres.errors = ["Vul een e-mailadres of een postadres in."]
            return False
        return valid
