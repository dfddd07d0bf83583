"""The forms after the questions: to file, and to answer a hulpverlener."""

from typing import Any

from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired

from portal.texts.talen import gettext, lazy
from portal.web.forms import HouseForm, MaxText
from portal.web.hulpvrager.forms.foto import FotoField, MetFoto


class IndienenForm(HouseForm):
    klopt = BooleanField(
        lazy("Ik heb alles ingevuld zoals ik het weet"),
        [InputRequired(lazy("Zet een vinkje als u alles hebt ingevuld zoals u het weet."))],
    )


class AanvullingForm(MetFoto):
    """A photo alone is an answer too. `gelezen_vraag`: the id of the question that stood on the page."""

    gelezen_vraag = HiddenField()
    reactie = TextAreaField(lazy("Uw antwoord"), [MaxText(what=lazy("Uw antwoord"))])
    foto = FotoField(lazy("Foto van de brief"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing at all is no answer; a bad file has its own sentence."""
        super().validate(extra_validators)
        if not (self.reactie.data or self.beeld or self.foto.errors):
            self.reactie.errors = [gettext("Vul uw antwoord in.")]
        return not self.errors
