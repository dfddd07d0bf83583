"""The forms after the questions: to file, and to answer a hulpverlener."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from portal.web.forms import HouseForm, MaxText, required


class IndienenForm(HouseForm):
    klopt = BooleanField(
        "Ik heb alles ingevuld zoals ik het weet",
        [InputRequired("Zet een vinkje als u alles hebt ingevuld zoals u het weet.")],
    )


class AanvullingForm(HouseForm):
    reactie = TextAreaField("Uw antwoord", [required("Vul uw antwoord in."), MaxText(what="Uw antwoord")])
