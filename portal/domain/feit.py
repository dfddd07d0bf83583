"""The form in which a fact of an event is kept in the audit trail: a JSON value that never reads in two ways."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

Fact: TypeAlias = str | int | bool | None | list[str | int]


def as_fact(value: object) -> Fact:
    """Raises TypeError for what has no such form."""
    match value:
        case StrEnum() | UUID():
            return str(value)
        case date() | datetime():
            return value.isoformat()
        case tuple():
            return [item if isinstance(item, int) else str(item) for item in value]
        case None | str() | int():
            return value
        case _:
            raise TypeError(f"no audit form for {type(value).__name__}")
