import psycopg
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.db.engine import Database
from tests.conftest import ADRESSEN
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser

Owner = psycopg.Connection[tuple[object, ...]]
NOTHING = {"database": False, "migratie": False, "worker": False}


def beat(owner: Owner, seconds_ago: int) -> None:
    owner.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [seconds_ago]
    )


def test_the_process_lives(browser: Browser) -> None:
    response = browser.get("/gezondheid")
    assert (response.status_code, response.json) == (200, {"leeft": True})


def test_ready_with_a_live_worker(browser: Browser, owner: Owner) -> None:
    beat(owner, 29)
    response = browser.get("/gezondheid/klaar")
    assert (response.status_code, response.json) == (200, {"database": True, "migratie": True, "worker": True})


def test_not_ready_when_the_worker_is_silent_or_absent(browser: Browser, owner: Owner) -> None:
    answers = [browser.get("/gezondheid/klaar")]
    beat(owner, 31)
    answers.append(browser.get("/gezondheid/klaar"))
    assert [answer.status_code for answer in answers] == [503, 503]
    assert [answer.json for answer in answers] == [{"database": True, "migratie": True, "worker": False}] * 2


def test_not_ready_on_an_older_schema(browser: Browser, owner: Owner) -> None:
    beat(owner, 0)
    (newest,) = owner.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    try:
        owner.execute("UPDATE alembic_version SET version_num = '0001'")
        response = browser.get("/gezondheid/klaar")
    finally:
        owner.execute("UPDATE alembic_version SET version_num = %s", [newest])
    assert (response.status_code, response.json) == (503, {"database": True, "migratie": False, "worker": False})


def test_without_a_database_the_process_lives_and_is_not_ready(app: Flask, new_browser: MakeBrowser) -> None:
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/portal", ADRESSEN)
    kept, app.extensions["database"] = app.extensions["database"], gone
    try:
        assert new_browser().get("/gezondheid").status_code == 200
        response = new_browser().get("/gezondheid/klaar")
        page = new_browser().see("/verzoek", None)
    finally:
        app.extensions["database"] = kept
        gone.dispose()
    assert (response.status_code, response.json) == (503, NOTHING)
    assert OperationalError.__name__ not in response.get_data(as_text=True)
    assert page.status == 302  # a stranger is led on without a look at the database
