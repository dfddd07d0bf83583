"""What the tests of the read side share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from portal.db.engine import Database


@pytest.fixture
def statements(database: Database) -> Any:
    """`with statements() as made:` — the SQL statements that were sent meanwhile, without the actor's settings."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        made: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if "set_config" not in statement:
                made.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        try:
            yield made
        finally:
            event.remove(database.engine, "before_cursor_execute", note)

    return counting
