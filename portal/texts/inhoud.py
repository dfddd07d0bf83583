"""What a letter says, apart from how it looks: written once, shown as text, as HTML and on paper.

The words of a kind of message stand in one small text: '# ' begins the title, '## ' a heading, '- ' an item of a list,
and the first paragraph is the heart of the matter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rij:
    """A named value. A value of more lines has more items; `is_nadruk`: what a clerk looks for first."""

    naam: str
    regels: tuple[str, ...]
    is_nadruk: bool = False
    is_url: bool = False


@dataclass(frozen=True, slots=True)
class Blok:
    """A paragraph, or a list of items."""

    regels: tuple[str, ...]
    is_lijst: bool


@dataclass(frozen=True, slots=True)
class Deel:
    """A heading and what stands under it."""

    kop: str
    blokken: tuple[Blok, ...]


@dataclass(frozen=True, slots=True)
class Inhoud:
    """A letter: title, the heart of the matter in a sentence or two, the case, the rest, who signs, and how to reach
    us.
    """

    titel: str
    kern: str
    zaak: tuple[Rij, ...]
    delen: tuple[Deel, ...]
    contact: tuple[Rij, ...]
    slot: str
    ondertekening: tuple[str, ...] = ()


def read_delen(text: str) -> tuple[str, str, tuple[Deel, ...]]:
    """Title, heart and parts of a written text."""
    head, *parts = text.strip().split("\n## ")
    titel, kern = head.removeprefix("# ").split("\n", 1)
    return titel.strip(), " ".join(kern.split()), tuple(_deel(part) for part in parts)


def _deel(part: str) -> Deel:
    kop, body = part.split("\n", 1)
    paragraphs = [paragraph.splitlines() for paragraph in body.strip().split("\n\n")]
    return Deel(kop.strip(), tuple(_blok([line.strip() for line in lines]) for lines in paragraphs))


def _blok(lines: list[str]) -> Blok:
    if all(line.startswith("- ") for line in lines):
        return Blok(tuple(line.removeprefix("- ") for line in lines), is_lijst=True)
    return Blok((" ".join(lines),), is_lijst=False)
