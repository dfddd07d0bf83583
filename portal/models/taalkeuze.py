"""In which language the hulpvrager is written to."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.taal import Taal
from portal.models.base import value_enum

if TYPE_CHECKING:
    from uuid import UUID


class Taalkeuze:
    """Of a pauzeverzoek. `taal` is None where nobody chose one: Dutch."""

    if TYPE_CHECKING:

        @property
        def id(self) -> UUID: ...

    taal: Mapped[Taal | None] = mapped_column(value_enum(Taal))

    @property
    def reads(self) -> Taal:
        """The language that the hulpvrager reads."""
        return self.taal or Taal.NL

    def choose(self, taal: Taal) -> events.TaalChosen:
        """What is written from now on is in this language. In every status: links are mailed after the end too."""
        self.taal = taal
        return events.TaalChosen(keten=self.id)
