"""The words of one message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tekst:
    """Subject (one line), plain text and HTML with the same content. `sjabloon` is the version: 'kennisgeving/v1'.

    `tekst_nl` is what the plain text says in Dutch, where it is in another language.
    """

    onderwerp: str
    tekst: str
    html: str
    sjabloon: str
    tekst_nl: str | None = None
