"""The pages in docs/ that are held against the code: words, diagrams, personal data."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from portal.domain import antwoorden, events
from portal.domain.status import Move
from portal.models import Base
from portal.models.sealed import sealed_attributes
from tests.house import statussen

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROOMS = ("domain", "models", "db", "queries", "texts", "actions")
MAPPERS = list(Base.registry.mappers)


def rows(page: str) -> dict[str, list[list[str]]]:
    """The table rows of a page under each heading: the cells of each row."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip().strip("`")
        elif line.startswith("| ") and not line.startswith(("| Word", "| Field", "| The request")):
            found.setdefault(heading, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def words(page: str, heading: str) -> list[str]:
    """The words in backquotes in the first cell of each row under a heading."""
    return [word for row in rows(page).get(heading, []) for word in re.findall(r"`([^`]+)`", row[0])]


def enums() -> Iterator[type[StrEnum]]:
    """Every enum of the inner rooms but the moves, which have their own heading."""
    for room in ROOMS:
        package = importlib.import_module(f"portal.{room}")
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"portal.{room}.{found.name}")
            for thing in vars(module).values():
                ours = isinstance(thing, type) and issubclass(thing, StrEnum) and thing.__module__ == module.__name__
                if ours and thing is not Move:
                    yield thing


EXPECTED = {
    "Tables": [mapper.class_.__name__ for mapper in MAPPERS],
    "Moves": [str(move) for move in Move],
    "Events": [kind.__name__ for kind in events.all_events()],
} | {enum.__name__: [str(value) for value in enum] for enum in enums()}


@pytest.mark.parametrize("heading", EXPECTED)
def test_every_word_of_the_code_is_in_the_word_list_and_no_other(heading):
    assert sorted(words("woordenlijst.md", heading)) == sorted(EXPECTED[heading])


def test_the_word_list_has_no_heading_of_something_that_is_gone():
    assert set(rows("woordenlijst.md")) == set(EXPECTED) | {"General words"}


def test_every_word_has_a_meaning_and_a_source():
    for heading, table in rows("woordenlijst.md").items():
        for row in table:
            if not row[0].startswith("---"):
                assert len(row) == 3, (heading, row)
                assert all(row), (heading, row)


def test_two_enums_do_not_share_a_name():
    names = [enum.__name__ for enum in enums()]
    assert len(names) == len(set(names)) > 10


def test_the_diagrams_are_those_of_the_tables():
    written = (DOCS / "statussen.md").read_text(encoding="utf-8")
    assert written == statussen.markdown(), "run: python -m tests.house.statussen > docs/statussen.md"


# --- personal data --------------------------------------------------------------------------------


class Asked(dict[str, Any]):
    """Answers that note which of them are read."""

    def __init__(self, name: str, noted: set[str]) -> None:
        super().__init__()
        self.name, self.noted = name, noted

    def get(self, key: str, default: Any = None) -> Any:
        if isinstance(default, dict):
            return Asked(key, self.noted)
        self.noted.add(f"{self.name}.{key}")
        return default


def answers_read() -> set[str]:
    """Every 'section.field' that the domain reads from the answers."""
    noted: set[str] = set()
    for kind in (antwoorden.Persoon, antwoorden.Adres, antwoorden.Contact):
        kind.read(Asked("", noted))
    antwoorden.is_dreigend(Asked("", noted))
    antwoorden.Schuldgegevens.read(Asked("schuld", noted))
    return noted


def listed() -> set[str]:
    return {word for heading in rows("gegevens.md") for word in words("gegevens.md", heading)}


def test_every_answer_that_is_read_is_listed_as_personal_data():
    read = answers_read()
    assert {"naam.achternaam", "dreiging.ontruiming", "schuld.bedrag_cents", "adres.geheim"} < read
    assert read - listed() == set()


def test_every_sealed_attribute_is_listed_and_no_other():
    sealed = {f"{m.class_.__tablename__}.{a.name}" for m in MAPPERS for a in sealed_attributes(m.class_)}
    assert sorted(words("gegevens.md", "What is stored sealed")) == sorted(sealed)


def test_every_keyed_index_and_hash_of_a_person_is_listed():
    keyed = {
        f"{mapper.local_table.name}.{column.name}"
        for mapper in MAPPERS
        for column in mapper.local_table.columns
        if column.name.endswith(("_index", "_hash")) and mapper.local_table.name != "audit"
    }
    assert len(keyed) == 9
    assert keyed - listed() == set()


def test_what_is_listed_is_in_the_code():
    columns = {f"{m.local_table.name}.{c.name}" for m in MAPPERS for c in m.local_table.columns}
    sealed = {f"{m.class_.__tablename__}.{a.name}" for m in MAPPERS for a in sealed_attributes(m.class_)}
    tables = {mapper.local_table.name for mapper in MAPPERS} - {"gemeente", "toestemming"}
    of_tables = {word for word in listed() if word.partition(".")[0] in tables and not word.startswith("schuld.")}
    assert of_tables - columns - sealed == set()


def test_every_row_of_personal_data_says_why_who_and_how_long():
    for heading, table in rows("gegevens.md").items():
        for row in table:
            assert all(row), (heading, row)
            assert len(row) == (3 if heading == "Personal data" else 4), (heading, row)
