"""The journey of a hulpvrager as data: an ordered tuple of questions and pure functions over it.

One rule gives the next page, resumption days later on another phone, and the return to the check page after 'wijzigen':
go to the first open question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.domain.antwoorden import MEERDERJARIG, Antwoorden, Persoon, age_on
from portal.domain.taal import mark


@dataclass(frozen=True, slots=True)
class Omgeving:
    """What a path depends on besides the answers: the day, and whether the chosen gemeente takes part on it."""

    today: date
    gemeente_doet_mee: bool


def _always(_: Antwoorden, __: Omgeving) -> bool:
    return True


def _minderjarig(antwoorden: Antwoorden, omgeving: Omgeving) -> bool:
    geboren_on = Persoon.read(antwoorden).geboren_on
    return geboren_on is not None and age_on(geboren_on, omgeving.today) < MEERDERJARIG


def _doet_niet_mee(antwoorden: Antwoorden, omgeving: Omgeving) -> bool:
    return "gemeente" in antwoorden and not omgeving.gemeente_doet_mee


@dataclass(frozen=True, slots=True)
class Stap:
    """One question on one screen. `blocks`: nothing behind it is open while it applies."""

    slug: str
    titel: str
    applies: Callable[[Antwoorden, Omgeving], bool] = _always
    blocks: bool = False


STAPPEN: tuple[Stap, ...] = (
    Stap("dreiging", mark("Is er haast bij?")),
    Stap("gemeente", mark("In welke gemeente woont u?")),
    Stap("nog-niet", mark("Uw gemeente doet nog niet mee"), _doet_niet_mee, blocks=True),
    Stap("naam", mark("Hoe heet u?")),
    Stap("geboortedatum", mark("Wanneer bent u geboren?")),
    Stap("minderjarig", mark("U bent jonger dan 18 jaar"), _minderjarig),
    Stap("adres", mark("Waar woont u?")),
    Stap("contact", mark("Hoe kunnen wij u bereiken?")),
    Stap("hulp", mark("Helpt iemand u?")),
    Stap("bedrijf", mark("Hebt u een eigen bedrijf?")),
    Stap("schulden", mark("Bij wie hebt u schulden?")),
    Stap("toestemming", mark("Mogen wij het vertellen?")),
)

CONTROLE = "controle"
"""The check page: open when every question on the path has its answer."""

_BY_SLUG = {stap.slug: stap for stap in STAPPEN}


def find(slug: str) -> Stap | None:
    """The question with this slug."""
    return _BY_SLUG.get(slug)


def path(antwoorden: Antwoorden, omgeving: Omgeving) -> list[Stap]:
    """The questions that apply to these answers, in order."""
    return [stap for stap in STAPPEN if stap.applies(antwoorden, omgeving)]


def first_open(antwoorden: Antwoorden, omgeving: Omgeving) -> str:
    """The slug of the first question without an answer, or the check page."""
    for stap in path(antwoorden, omgeving):
        if stap.blocks or stap.slug not in antwoorden:
            return stap.slug
    return CONTROLE


def may_open(slug: str, antwoorden: Antwoorden, omgeving: Omgeving) -> bool:
    """Whether a page may be shown: every answered question on the path and the first open one, nothing beyond."""
    slugs = [stap.slug for stap in path(antwoorden, omgeving)]
    opened = first_open(antwoorden, omgeving)
    if slug == CONTROLE or slug not in slugs:
        return slug == opened
    return opened == CONTROLE or slugs.index(slug) <= slugs.index(opened)


def before(slug: str, antwoorden: Antwoorden, omgeving: Omgeving) -> str | None:
    """The question before this one on the path: where 'Terug' leads. None at the first."""
    slugs = [*(stap.slug for stap in path(antwoorden, omgeving)), CONTROLE]
    at = slugs.index(slug) if slug in slugs else 0
    return slugs[at - 1] if at else None
