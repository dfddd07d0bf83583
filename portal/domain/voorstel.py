"""What a computer read on the photo of a letter, as answers that the person may take over: never answers by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorstel:
    """Named as the answers about a schuld are; an empty field was not read."""

    afzender: str = ""
    namens: str = ""
    referentie: str = ""
    bedrag_cents: int | None = None

    @property
    def velden(self) -> dict[str, Any]:
        """The fields that were read."""
        return {name: value for name, value in asdict(self).items() if value}

    def missing_in(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """What was read and is not told yet."""
        return {name: value for name, value in self.velden.items() if not told.get(name)}


def newest_of(voorstellen: Sequence[Voorstel]) -> Voorstel:
    """Of one photo alone, so that two letters are never mixed: the newest that names a sender, else the newest that
    says anything. In the order of sending.
    """
    said = [each for each in reversed(voorstellen) if each.velden]
    return next((each for each in said if each.afzender), next(iter(said), Voorstel()))
