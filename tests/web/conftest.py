"""The portal as a visitor meets it: the real application on the database of the tests, as in production."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias, cast

import pytest
from flask import Flask
from sqlalchemy import event

from config.settings import Settings
from portal import create_app
from portal.db.engine import Database
from tests.conftest import ADRESSEN, KEYRING, Server
from tests.web.browser import Browser

MakeApp: TypeAlias = "Callable[..., Flask]"
MakeBrowser: TypeAlias = "Callable[..., Browser]"


def settings_for(server: Server, **changes: str) -> Settings:
    """Settings as in production, with the keys and the database of the tests. Changes are environment variables."""
    number, key = next(iter(KEYRING.keys.items()))
    environ = {
        "PORTAL_ENV": "production",
        "SECRET_KEY": "a key of the tests, which is long enough for production",
        "ENCRYPTION_KEYS": f"{number}:{base64.b64encode(key).decode()}",
        "INDEX_KEY": base64.b64encode(KEYRING.index_key).decode(),
        "DATABASE_URL": server.app_url,
        "BASE_URL": ADRESSEN.base_url,
        "MAIL_SERVER": "mail.invalid",
        "MAIL_FROM": ADRESSEN.mail_from,
        "MAIL_ENVELOPE_DOMAIN": ADRESSEN.envelope_domain,
        "TRUSTED_PROXIES": "0",
    }
    return Settings.from_environ(environ | changes)


@pytest.fixture(scope="session")
def make_app(server: Server) -> Iterator[MakeApp]:
    """The application with changed settings, for instance make_app(PORTAL_ENV='development')."""
    made: dict[tuple[tuple[str, str], ...], Flask] = {}

    def make(**changes: str) -> Flask:
        wanted = tuple(sorted(changes.items()))
        if wanted not in made:
            made[wanted] = create_app(settings_for(server, **changes))
            made[wanted].test_client_class = Browser
        return made[wanted]

    yield make
    for app in made.values():
        cast("Database", app.extensions["database"]).dispose()


@pytest.fixture
def app(make_app: MakeApp, database: Database) -> Flask:
    """The application as in production; the tables are emptied after the test."""
    return make_app()


@pytest.fixture
def new_browser(app: Flask) -> MakeBrowser:
    """Another visitor with cookies of his own: new_browser(), or new_browser(address='203.0.113.9')."""

    def make(app: Flask = app, address: str = "198.51.100.7") -> Browser:
        browser = cast("Browser", app.test_client())
        browser.environ_base |= {"REMOTE_ADDR": address}
        return browser

    return make


@pytest.fixture
def browser(new_browser: MakeBrowser) -> Browser:
    """A visitor."""
    return new_browser()


@pytest.fixture
def count_statements(app: Flask) -> Callable[[], Any]:
    """`with count_statements() as sent:` collects the SQL that the application sends inside the block."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        engine = cast("Database", app.extensions["database"]).engine
        sent: list[str] = []

        def note(_: Any, __: Any, statement: str, *___: Any) -> None:
            sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
