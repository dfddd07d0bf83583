"""The form of one schuld, as the person knows it from the last letter."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import BooleanField, StringField, ValidationError

from portal.domain.voorstel import Voorstel
from portal.models import Schuld
from portal.texts.talen import gettext, lazy
from portal.web.forms import MAX_LINE, MerkForm, OneLine
from portal.web.hulpvrager import invoer
from portal.web.hulpvrager.forms.foto import FotoField, MetFoto
from portal.web.hulpvrager.forms.velden import Keuze, NietVerplicht, StapForm, mark_id
from portal.web.templating import euro

MAX_REFERENTIE = 60
"""Characters in a reference. Assumption: longer than any case number."""


VAN = {"": lazy("Van mij"), "partner": lazy("Van mijn partner"), "beiden": lazy("Van ons samen")}
"""Whose a schuld is: asked only of who asks together with a partner."""


PROPOSED = ("afzender", "namens", "referentie", "bedrag")
"""Fields that a computer may find on a photo, in the order of the page."""


class SchuldForm(MetFoto, StapForm):
    """`bedrag` stays as typed on the page; the cents are kept."""

    foto = FotoField(lazy("Foto van de brief"))
    afzender = StringField(lazy("Van wie is de laatste brief?"), [OneLine(MAX_LINE, lazy("De naam"))])
    namens = StringField(lazy("Voor welk bedrijf is dat?"), [NietVerplicht(), OneLine(MAX_LINE, lazy("De naam"))])
    referentie = StringField(lazy("Nummer op de brief"), [NietVerplicht(), OneLine(MAX_REFERENTIE, lazy("Het nummer"))])
    bedrag = StringField(lazy("Hoeveel moet u nog betalen?"), [NietVerplicht(), OneLine(40, lazy("Het bedrag"))])
    particulier = BooleanField(lazy("Dit is een persoon, geen bedrijf"))
    van = Keuze(lazy("Van wie is deze schuld?"), lazy("Kies van wie deze schuld is."), VAN, default="")

    cents: int | None = None
    op_foto = False
    """Whether a photo of the letter is kept already."""

    def validate_afzender(self, field: StringField) -> None:
        if not field.data and (self.op_foto or self.beeld):
            return
        if not field.data:
            raise ValidationError(gettext("Vul in van wie de laatste brief is."))
        if not any(sign.isalnum() for sign in field.data or ""):
            raise ValidationError(gettext("Vul een naam in met letters of cijfers."))

    def validate_bedrag(self, field: StringField) -> None:
        typed = field.data or ""
        self.cents = None if not typed or invoer.is_unknown(typed) else invoer.bedrag_cents(typed)
        if typed and self.cents is None and not invoer.is_unknown(typed):
            raise ValidationError(
                gettext(
                    "Wij kunnen dit bedrag niet lezen. Schrijf het zo: 1234,50. Weet u het niet? Laat het dan leeg."
                )
            )

    def sectie(self) -> dict[str, Any]:
        return {
            "afzender": self.afzender.data or "",
            "namens": self.namens.data or "",
            "referentie": self.referentie.data or "",
            "bedrag_cents": self.cents,
            "particulier": self.particulier.data,
            **({"van": self.van.data} if self.van else {}),
        }

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the boxes now, right or wrong."""
        return {name: self[name].data for name in PROPOSED} | {"bedrag_cents": self.bedrag.data}

    def take_over(self, voorstel: Voorstel) -> None:
        """Fill what is still empty with what was read on a photo; nothing is kept by it."""
        for name, value in SchuldForm.shown(voorstel.velden).items():
            if name in self and not self[name].data:
                self[name].data = value

    def proposal_rows(self, gelezen: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """What was read, under the questions of this form."""
        shown = {**gelezen, "bedrag": euro(gelezen.get("bedrag_cents"))}
        return [(self[name].label.text, shown[name]) for name in PROPOSED if shown.get(name)]

    def ask_whose(self, *, samen: bool) -> None:
        """Leave the question out for who asks this alone."""
        if not samen:
            del self.van

    @staticmethod
    def shown(sectie: dict[str, Any]) -> dict[str, Any]:
        return {**sectie, "bedrag": invoer.written_bedrag(sectie.get("bedrag_cents"))}


class NieuweSchuldForm(MerkForm, SchuldForm):
    """A new line carries a mark of its own, so that sending the page twice adds it once."""

    def schuld_id(self, verzoek_id: UUID) -> UUID:
        """The id of the line that this page makes. The same page with something else typed on it is another line."""
        return mark_id(verzoek_id, self.merk.data, self.sectie() | self.told_foto)


def shown_schuld(schuld: Schuld) -> dict[str, Any]:
    """The values of the form for a line of the list."""
    return SchuldForm.shown(dict(schuld.gegevens))
