"""What commands share: a database to work on, and failures that end in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from config.settings import Settings
from portal.domain.roles import Actor
from portal.problem import ProblemError

if TYPE_CHECKING:
    from portal.db.engine import ScopedSession


@contextmanager
def acting() -> Iterator["ScopedSession"]:
    """A session for one act of the operator; a broken rule is one sentence."""
    from portal.domain.errors import BestaatAl, NotFound
    from portal.process import start

    with sentences(), open_database(Settings.from_environ()) as settings:
        database = start(settings)
        try:
            with database.session(Actor.systeem()) as session:
                yield session
        except BestaatAl as error:
            raise click.ClickException(f"This {error} exists already.") from error
        except NotFound as error:
            raise click.ClickException(f"There is no such {error}.") from error
        finally:
            database.dispose()


@contextmanager
def open_database(settings: Settings) -> Iterator[Settings]:
    """The settings with a database; in development, without DATABASE_URL, that is the embedded one."""
    from portal.db.reachable import database_errors

    with database_errors():
        if settings.database_url:
            yield settings
            return
        from portal.db.embedded import running

        with running(settings.portal_instance / "postgres") as server:
            yield replace(settings, database_url=server.app_url, database_owner_url=server.owner_url)


@contextmanager
def sentences() -> Iterator[None]:
    """A failure that is one sentence already leaves without a traceback."""
    try:
        yield
    except ProblemError as error:
        raise click.ClickException(str(error)) from error
