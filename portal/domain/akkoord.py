"""The two-key rule: what one member of staff asks, and a second one, never the same, agrees to."""

from enum import StrEnum


class Akkoordsoort(StrEnum):
    """What needs a second person."""

    GEHEIM_ADRES = "geheim_adres"
    CONTACTGEGEVENS = "contactgegevens"
    ONGECONTROLEERD_ADRES = "ongecontroleerd_adres"
    VEEL_BEEINDIGEN = "veel_beeindigen"
    VEEL_OPNIEUW = "veel_opnieuw"


ALWAYS_TWO = frozenset({Akkoordsoort.CONTACTGEGEVENS})
"""Kinds that no organisatie can switch off: a wrong address of a schuldeiser leaks about everybody who owes it."""


class Akkoordstatus(StrEnum):
    """What became of a question."""

    OPEN = "open"
    AKKOORD = "akkoord"
    NIET_AKKOORD = "niet_akkoord"
    VERVANGEN = "vervangen"
    VERLOPEN = "verlopen"
