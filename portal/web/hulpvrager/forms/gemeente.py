"""The form of the gemeente: a name as typed, and a choice when the name fits more than one."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, StringField

from portal.models import Gemeente
from portal.queries import gemeenten
from portal.texts.talen import gettext, lazy
from portal.web import session
from portal.web.forms import MAX_LINE, OneLine, required
from portal.web.hulpvrager.forms.velden import StapForm

UNKNOWN = lazy(
    "Wij kennen geen gemeente ‘{}’. Kijk of de naam goed is getypt. Woont u in een dorp? "
    "Vul dan de gemeente in waar uw dorp bij hoort."
)
PART = lazy("‘{}’ is niet de hele naam van een gemeente. Kies hieronder uw gemeente.")
ALIKE = lazy("Wij kennen geen gemeente ‘{}’. Staat uw gemeente hieronder? Kies die dan.")

NOT_AMONG_THEM = lazy(
    "Woont u in een dorp? Vul dan de gemeente in waar uw dorp bij hoort. "
    "De naam staat op een brief van de gemeente, bijvoorbeeld over belasting."
)
GEEN = "geen"
"""The choice of who finds the own gemeente not among those that are offered."""


class GemeenteForm(StapForm):
    """`matches` are the gemeenten that the typed name may mean, `chosen` the one it does."""

    naam = StringField(
        lazy("Gemeente"), [required(lazy("Vul de naam van uw gemeente in.")), OneLine(MAX_LINE, lazy("De naam"))]
    )
    keuze = RadioField(lazy("Welke gemeente bedoelt u?"), choices={}, validate_choice=False)

    matches: Sequence[Gemeente] = ()
    chosen: Gemeente | None = None

    def check_together(self) -> None:
        if self.naam.errors:
            return
        typed = self.naam.data or ""
        found = gemeenten.search(session.db(), typed)
        if len(found) == 1 and gemeenten.is_name_of(found[0], typed):
            self.chosen = found[0]
        else:
            self._choose(found, typed)

    def _choose(self, found: Sequence[Gemeente], typed: str) -> None:
        """The name is not one gemeente's: it takes a choice out of what it may mean."""
        if found and self.keuze.data == GEEN:
            self.naam.errors = [NOT_AMONG_THEM]
            return
        self.matches = found
        self.keuze.choices = {gemeente.code: gemeente.naam for gemeente in found}
        self.keuze.choices[GEEN] = gettext("Mijn gemeente staat er niet bij")
        self.chosen = next((gemeente for gemeente in found if gemeente.code == self.keuze.data), None)
        if self.chosen is None and found:
            self.keuze.errors = [(PART if gemeenten.is_in_name_of(found[0], typed) else ALIKE).format(typed)]
        elif self.chosen is None:
            self.naam.errors = [UNKNOWN.format(typed)]

    def sectie(self) -> dict[str, Any]:
        if self.chosen is None:
            raise RuntimeError("a gemeente is kept only after it was found")
        return {"code": self.chosen.code}
