"""Begin a text to the hulpvrager with a text block of the own organisatie."""

from flask import request
from wtforms import Field, SelectField

from portal.models import Bloksoort
from portal.queries import tekstblokken
from portal.web.hulpverlener.forms import VersieForm
from portal.web.session import actor, db

INSERT = "invoegen"
"""What the button 'Invoegen' sends."""


class MetTekstblok(VersieForm):
    """A form whose text can begin with a block; without blocks nothing is offered."""

    blok = SelectField("Tekstblok", validate_choice=False)

    def offer_blokken(self, soort: Bloksoort) -> None:
        self.blokken = {str(each.id): each for each in tekstblokken.for_use(db(), actor(), soort)}
        titles = {id: each.titel for id, each in self.blokken.items()}
        self.blok.choices = {"": "Kies een tekstblok", **titles}

    def insert_into(self, field: Field) -> bool:
        """Whether a block was asked for. Its text then stands in the field, below what was typed."""
        if request.form.get("actie") != INSERT:
            return False
        chosen = self.blokken.get(self.blok.data or "")
        if chosen is not None:
            field.data = "\n\n".join(part for part in (field.data, chosen.tekst) if part)
        return True
