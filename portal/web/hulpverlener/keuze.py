"""What somebody wants to see of the queue, as it stands in the address: gemeente, behandelaar, order, page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, request
from wtforms import HiddenField, SelectField

from portal.domain.baan import Baan
from portal.models import Gemeente, Medewerker
from portal.queries import werkvoorraad as queue
from portal.queries.banen import Keuze
from portal.queries.werkvoorraad import Plek, Volgorde
from portal.web.forms import HouseForm
from portal.web.hulpverlener.woorden import VOLGORDE
from portal.web.session import actor

MIJ, NIEMAND = "mij", "niemand"
"""Not a member of staff by id: whoever looks, with whom he replaces; nobody yet."""


class KeuzeForm(HouseForm):
    """Sent in the address, so that it can be a bookmark. Nothing in it is about a hulpvrager."""

    class Meta(HouseForm.Meta):
        csrf = False

    baan = HiddenField()
    gemeente = SelectField("Gemeente", validate_choice=False)
    wie = SelectField("Behandelaar", validate_choice=False)
    volgorde = SelectField("Volgorde", validate_choice=False)


@dataclass(frozen=True, slots=True)
class Vraag:
    """The choices in the address of this request. Empty texts where nothing was chosen."""

    gemeente: str
    wie: str
    volgorde: Volgorde | None

    @classmethod
    def read(cls) -> "Vraag":
        """Not found when the address holds what no page of ours writes."""
        typed = request.args.get("volgorde")
        if typed and typed not in set(Volgorde):
            abort(404)
        return cls(request.args.get("gemeente", ""), request.args.get("wie", ""), Volgorde(typed) if typed else None)

    @property
    def is_filter(self) -> bool:
        return bool(self.gemeente or self.wie)

    def keuze(self, vervangt: frozenset[UUID]) -> Keuze:
        """The same for the query."""
        return Keuze(vervangt=vervangt, gemeente=self.gemeente or None, behandelaars=self._behandelaars(vervangt))

    def _behandelaars(self, vervangt: frozenset[UUID]) -> frozenset[UUID] | None:
        if not self.wie:
            return None
        if self.wie == MIJ:
            return Keuze(vervangt=vervangt).mine(actor())
        return frozenset() if self.wie == NIEMAND else frozenset({_id(self.wie)})

    def order_in(self, baan: Baan) -> Volgorde:
        """The chosen order where the lane has it, or else its usual one."""
        offered = queue.orders(baan)
        return self.volgorde if self.volgorde in offered else offered[0]

    def place_in(self, baan: Baan) -> Plek | None:
        """Behind which row the page begins."""
        text = request.args.get("na")
        if not text:
            return None
        try:
            return queue.read_place(text, self.order_in(baan))
        except ValueError:
            abort(404)

    @property
    def args(self) -> dict[str, Any]:
        """What a link to another lane takes along."""
        chosen = {"gemeente": self.gemeente, "wie": self.wie, "volgorde": self.volgorde}
        return {name: str(value) for name, value in chosen.items() if value}

    def form(self, baan: Baan, gemeenten: Sequence[Gemeente], staff: Sequence[Medewerker]) -> KeuzeForm:
        form = KeuzeForm(
            formdata=None, baan=str(baan), gemeente=self.gemeente, wie=self.wie, volgorde=str(self.order_in(baan))
        )
        form.gemeente.choices = {"": "Alle gemeenten"} | {each.code: each.naam for each in gemeenten}
        form.wie.choices = {"": "Iedereen", MIJ: "Ik, en wie ik vervang", NIEMAND: "Nog niemand"} | {
            str(each.id): each.naam for each in staff
        }
        form.volgorde.choices = {str(each): VOLGORDE[each] for each in queue.orders(baan)}
        return form


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        abort(404)
