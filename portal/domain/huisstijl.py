"""The looks that an organisatie can choose for its pages."""

from enum import StrEnum


class Huisstijl(StrEnum):
    """A set of colours of static/bouw; each is readable in the light and in the dark."""

    BLAUW = "blauw"
    GROEN = "groen"
    TURKOOIS = "turkoois"
    PAARS = "paars"
    GRIJS = "grijs"
