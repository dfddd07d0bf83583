"""What approve-and-send costs for a case with 14 and with 40 schuldeisers, the usual number and the largest.

    .venv/bin/python bench/goedkeuren.py [cases of each]

The page with all previews, the act behind its button, and then what the worker does: a letter set and a mail handed
over for each message, one after the other, to a mail server in this process. Printed per case and per message.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from meten import counted, signed_in
from wereld import Wereld, server, settings

from portal import create_app
from portal.db.engine import Database
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import Sender
from portal.dev.inbox import Inbox
from portal.domain.roles import Actor
from portal.models import Kennisgeving
from portal.queries import dossier

CREDITORS = (14, 40)
CASES = 8


def main(words: list[str]) -> None:
    with server() as started:
        run(started.owner_url, started.app_url, int(words[0]) if words else CASES)


def run(owner_url: str, app_url: str, cases: int, creditors: tuple[int, ...] = CREDITORS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, Inbox(Path(folder)) as inbox:
        mail = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(inbox.port), "MAIL_REQUIRE_TLS": "no"}
        chosen = settings(app_url, **mail)
        app = create_app(chosen)
        database: Database = app.extensions["database"]
        mailer = Mailer(chosen)
        wereld = Wereld.begin(database, owner_url)
        sender = Sender(database, mailer, chosen.delivery_retry_seconds)
        client = signed_in(app, wereld.staff[0])
        print(f"{'schuldeisers':<14}{'page':>22}{'act':>22}{'sent':>14}{'sent, a message':>20}")
        for count in creditors:
            ready = [wereld.ready(count) for _ in range(cases + 1)]  # the first warms up
            pages = [timed(database, lambda case=case: look(client, case)) for case in ready]
            acts = [timed(database, lambda case=case: wereld.approve(case)) for case in ready]
            sent = [timed(database, lambda case=case: send(database, sender, case)) for case in ready]
            report(count, pages[1:], acts[1:], sent[1:])
        mailer.close()
        database.dispose()


def look(client: FlaskClient, verzoek_id: Any) -> None:
    url = f"/werkvoorraad/{verzoek_id}/besluit"
    if (status := client.get(url).status_code) != 200:
        raise SystemExit(f"{status} of {url}")


def send(database: Database, sender: Sender, verzoek_id: Any) -> None:
    """As the worker does, but for its waiting."""
    with database.session(Actor.systeem()) as session:
        ids = [message.id for message in dossier.kennisgevingen(session, verzoek_id)]
    for id in ids:
        sender.send(Kennisgeving, id)


def timed(database: Database, act: Callable[[], Any]) -> tuple[float, int]:
    """Milliseconds and SQL statements."""
    with counted(database) as statements:
        begin = time.perf_counter()
        act()
        return (time.perf_counter() - begin) * 1000, len(statements)


def report(count: int, pages: list[Any], acts: list[Any], sent: list[Any]) -> None:
    cells = [f"{_ms(found):.0f} ms sql {found[0][1]}" for found in (pages, acts)]
    print(f"{count:<14}{cells[0]:>22}{cells[1]:>22}{f'{_ms(sent):.0f} ms':>14}{f'{_ms(sent) / count:.1f} ms':>20}")


def _ms(found: list[tuple[float, int]]) -> float:
    return median(took for took, _ in found)


if __name__ == "__main__":
    main(sys.argv[1:])
