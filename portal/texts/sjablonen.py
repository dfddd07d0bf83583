"""The versioned templates, read by Jinja2 alone. An unknown name in one is an error, never an empty place."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.domain.taal import Taal
from portal.texts import talen
from portal.texts.klikbaar import klikbaar

_TOO_MUCH_ROOM = re.compile(r"\n{3,}")

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def dag(day: date) -> str:
    """'dinsdag 9 februari 2027'."""
    return format_date(day, "EEEE d MMMM y", locale="nl")


def datum(day: date) -> str:
    """'9 februari 2027', for a date of birth."""
    return format_date(day, "d MMMM y", locale="nl")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(dag=dag, datum=datum, weekday=talen.weekday, klikbaar=klikbaar)
    talen.speak_in(environment)
    return environment


_ENVIRONMENT = _environment()


def fill_in(template: str, **values: Any) -> str:
    """One template of one version in Dutch, for instance 'kennisgeving/v1/kennisgeving.txt'."""
    return fill_in_taal(Taal.NL, template, **values)


def fill_in_taal(taal: Taal, template: str, **values: Any) -> str:
    """The same in a language, whatever is spoken around it."""
    with talen.speaking(taal):
        filled = _ENVIRONMENT.get_template(template).render(taal=taal, **values)
    return _TOO_MUCH_ROOM.sub("\n\n", filled).strip() + "\n"


def spreker(organisatie: str, gemeente: str) -> str:
    """Who speaks: 'Stadsbank namens gemeente Utrecht', or plainly 'gemeente Utrecht' where they are the same."""
    eigen = f"gemeente {gemeente}"
    return eigen if is_same(organisatie, gemeente) else f"{organisatie} namens {eigen}"


def is_same(organisatie: str, gemeente: str) -> bool:
    """Whether the gemeente does the work itself."""
    return organisatie.casefold() in {f"gemeente {gemeente}".casefold(), gemeente.casefold(), ""}
