"""The forms of the directory and the organisatie."""

from wtforms import BooleanField, StringField, ValidationError

from portal.web.forms import EmailAddress, HouseForm, OneLine, required


class LijstForm(HouseForm):
    """The search of the directory. It changes nothing, so it carries no token."""

    class Meta(HouseForm.Meta):
        csrf = False

    zoek = StringField("Zoek op naam", [OneLine(what="De zoektekst")])


class AdresForm(HouseForm):
    """An e-mail address that somebody vouches for."""

    email = StringField("E-mailadres voor Kennisgevingen", [required("Vul het e-mailadres in."), EmailAddress()])
    gecontroleerd = BooleanField("Ik heb dit e-mailadres gecontroleerd")

    def validate_gecontroleerd(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Zet een vinkje als u het adres hebt gecontroleerd.")
