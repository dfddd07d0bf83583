"""The forms after the questions: to file, and to answer a hulpverlener."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from portal.texts.talen import lazy
from portal.web.forms import HouseForm, MaxText, required


class IndienenForm(HouseForm):
    klopt = BooleanField(
        lazy("Ik heb alles ingevuld zoals ik het weet"),
        [InputRequired(lazy("Zet een vinkje als u alles hebt ingevuld zoals u het weet."))],
    )


class AanvullingForm(HouseForm):
    reactie = TextAreaField(
        lazy("Uw antwoord"), [required(lazy("Vul uw antwoord in.")), MaxText(what=lazy("Uw antwoord"))]
    )
