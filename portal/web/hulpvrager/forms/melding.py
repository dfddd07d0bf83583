"""The forms of what is reported after filing. Each page carries a mark, so that sending it twice is one report."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import StringField, TextAreaField, ValidationError

from portal import clock
from portal.domain.melding import Postsoort
from portal.models import Kennisgeving
from portal.texts.talen import gettext, lazy
from portal.web.fields import DagMaandJaarField
from portal.web.forms import MAX_LINE, MaxText, MerkForm, OneLine, required
from portal.web.hulpvrager.forms.foto import FotoField, MetFoto
from portal.web.hulpvrager.forms.velden import Keuze, NietVerplicht, StapForm, mark_id

ANDERS = "anders"

POSTSOORTEN = {
    Postsoort.BRIEF: lazy("Een brief of e-mail"),
    Postsoort.DEURWAARDER: lazy("Een deurwaarder kwam langs, of stuurde een brief"),
    Postsoort.RECHTBANK: lazy("Een brief over de rechtbank (dagvaarding)"),
    Postsoort.BESLAG: lazy("Een bericht over beslag, bijvoorbeeld op mijn loon"),
    Postsoort.TELEFOON: lazy("Een telefoontje of een bezoek"),
}


class MeldingForm(MerkForm):
    """Something to report."""

    def melding_id(self, verzoek_id: UUID, gegevens: dict[str, Any]) -> UUID:
        """The id of what this page reports."""
        return mark_id(verzoek_id, self.merk.data, gegevens)


class PostForm(MeldingForm, MetFoto, StapForm):
    van = Keuze(lazy("Van wie kreeg u post?"), lazy("Kies van wie u post kreeg."), {})
    afzender = StringField(lazy("Naam op de brief"), [NietVerplicht(), OneLine(MAX_LINE, lazy("De naam"))])
    wat = Keuze(
        lazy("Wat kreeg u?"), lazy("Kies wat u kreeg."), {str(kind): words for kind, words in POSTSOORTEN.items()}
    )
    gedateerd_on = DagMaandJaarField(lazy("Welke datum staat op de brief?"), [NietVerplicht()], ahead_years=0)
    foto = FotoField(lazy("Foto van de brief"))
    tekst = TextAreaField(lazy("Wat staat er in het kort?"), [NietVerplicht(), MaxText()])

    @classmethod
    def among(cls, told: Sequence[Kennisgeving]) -> "PostForm":
        """With the parties that were told as choices, and somebody else."""
        form = cls()
        form.van.choices = [
            *((str(each.id), each.schuldeiser.naam) for each in told),
            (ANDERS, gettext("Iemand anders")),
        ]
        return form

    def validate_gedateerd_on(self, field: DagMaandJaarField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(gettext("Deze datum is nog niet geweest. Kijk de datum na."))

    def check_together(self) -> None:
        if self.van.data == ANDERS and not self.afzender.data:
            self.afzender.errors = [gettext("Vul de naam in die op de brief staat.")]

    @property
    def kennisgeving_id(self) -> UUID | None:
        return None if self.van.data == ANDERS else UUID(self.van.data)

    def gegevens(self) -> dict[str, Any]:
        names = {value: label for value, label, *_ in self.van.iter_choices()}
        dated = self.gedateerd_on.data
        return {
            "afzender": self.afzender.data if self.van.data == ANDERS else names[self.van.data],
            "wat": self.wat.data,
            "gedateerd_on": dated.isoformat() if dated else None,
            "tekst": self.tekst.data or "",
        }


class KloptNietForm(MeldingForm):
    tekst = TextAreaField(
        lazy("Wat klopt er niet, en wat moet het zijn?"), [required(lazy("Schrijf op wat er niet klopt.")), MaxText()]
    )
