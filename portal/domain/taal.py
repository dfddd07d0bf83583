"""The languages that the portal speaks with a hulpvrager. Staff and schuldeisers read Dutch."""

from enum import StrEnum


class Taal(StrEnum):
    """A language by its code (ISO 639-1)."""

    NL = "nl"
    EN = "en"
    AR = "ar"
    TR = "tr"
    PL = "pl"
    UK = "uk"

    @property
    def richting(self) -> str:
        """Which way it is written, as HTML says it."""
        return "rtl" if self is Taal.AR else "ltr"


def mark(text: str) -> str:
    """The text as it is: only puts it into the catalogs, for who translates it when it is shown."""
    return text
