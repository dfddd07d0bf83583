"""Bring the catalogs up to date with the sentences in the code: `python -m portal.dev.vertalen`.

A sentence that is gone leaves the catalogs, a new one comes in empty; nothing is guessed, so nothing is ever fuzzy.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from portal.domain.taal import Taal
from portal.texts.talen import path

ROOT = Path(__file__).resolve().parents[2]

_WHERE = {"portal": [("**.py", "python")], "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")]}
_KEYWORDS = {"_": None, "gettext": None, "lazy": None, "mark": None, "ngettext": (1, 2)}
_OPTIONS = {"jinja2": {"trimmed": "true"}}


def template() -> Catalog:
    """Every sentence that is to be translated, with the files that it stands in."""
    found = Catalog(fuzzy=False)
    for folder, methods in _WHERE.items():
        options = {pattern: _OPTIONS.get(method, {}) for pattern, method in methods}
        for file, _, message, comments, context in extract_from_dir(
            ROOT / folder, methods, options, _KEYWORDS, comment_tags=("Vertaler:",), strip_comment_tags=True
        ):
            found.add(message, locations=[(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return found


def read(taal: Taal) -> Catalog:
    """The catalog of a language as it is kept; an empty one when there is none."""
    if not path(taal).exists():
        return Catalog(locale=taal, fuzzy=False)
    with path(taal).open("rb") as source:
        return read_po(source, locale=taal)


def update(taal: Taal, wanted: Catalog) -> None:
    """Write the catalog of a language with exactly these sentences."""
    known, fresh = read(taal), Catalog(locale=taal, fuzzy=False)
    for message in messages(wanted):
        kept = known.get(message.id)
        fresh.add(message.id, kept.string if kept else None, locations=message.locations)
    path(taal).parent.mkdir(parents=True, exist_ok=True)
    with path(taal).open("wb") as target:
        write_po(target, fresh, width=120, sort_output=True, omit_header=True, include_lineno=False)


def messages(catalog: Catalog) -> Iterator[Message]:
    """The sentences of a catalog, without its header."""
    return (message for message in catalog if message.id)


def main() -> None:
    """Update the catalog of every language but the source."""
    wanted = template()
    for taal in Taal:
        if taal is not Taal.NL:
            update(taal, wanted)


if __name__ == "__main__":
    main()
