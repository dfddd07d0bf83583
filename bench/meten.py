"""What the benches that look at pages share: somebody who is signed in, and the SQL that is sent meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from portal import clock
from portal.actions import toegang
from portal.actions.work import unit_of_work
from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.models import SessieSoort


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    """A browser in which this member of staff is signed in, without the password that takes its time on purpose."""
    database: Database = app.extensions["database"]
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        token = toegang.add_session(work, SessieSoort.MEDEWERKER, 3600, medewerker_id=actor.id)
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    with client.session_transaction(base_url="https://localhost") as cookie:
        cookie.update(_user_id=token, gezien=int(clock.now().timestamp()))
    return client


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
