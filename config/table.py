"""The settings as a table, for docs/instellingen.md."""

from collections.abc import Iterator
from dataclasses import fields

from config.settings import ROOT, Settings, development_values

_HEAD = """# Settings

Made from `config/settings.py` by `portal settings --markdown`; a test compares the two.
The portal reads them from the environment, all at once, and does not start while one is missing or wrong.
An empty value counts as not set. Production is the default; `PORTAL_ENV=development` fills in the values of
`config/development.env`. *Required* means: in production. *Assumption* marks what no source prescribes.

| Name | Meaning | Unit | Default | In development |
|---|---|---|---|---|
"""


def markdown_table() -> str:
    return _HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    development = development_values({})
    for each in fields(Settings):
        name, about = each.name.upper(), each.metadata
        default = "**required**" if about["default"] is None else _code(about["default"].removeprefix(f"{ROOT}/"))
        present = "" if about["secret"] else _code(development.get(name, ""))
        present = "a key that production refuses" if about["secret"] and name in development else present
        cells = (f"`{name}`", about["meaning"], about["unit"], default, present)
        yield "| " + " | ".join(cells) + " |\n"


def _code(value: str) -> str:
    return f"`{value}`" if value else ""
