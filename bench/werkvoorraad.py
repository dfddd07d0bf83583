"""What the queue and a case cost beside a database that grows: p50, p95 and SQL statements of whole pages.

    .venv/bin/python bench/werkvoorraad.py [--vol] [requests ...]

Everything belongs to one organisatie. Without numbers: 500 and 50,000 requests; --vol adds 500,000 (some ten minutes).
Printed as ratios to the smallest: about 1 is what is wanted.
"""

import re
import sys
import time
from collections.abc import Callable
from statistics import quantiles
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from meten import counted, signed_in
from wereld import Wereld, server, settings

from portal import create_app
from portal.db.engine import Database
from portal.domain.roles import Actor

SIZES = (500, 50_000)
FULL = 500_000
TIMES = 60
CASES = 12
CREDITORS = 14

PAGES = {
    "nieuw": "/werkvoorraad?baan=nieuw",
    "van mij": "/werkvoorraad?baan=van_mij",
    "antwoord": "/werkvoorraad?baan=antwoord",
    "niet bezorgd": "/werkvoorraad?baan=bezorging_mislukt",
    "e-mail lezen": "/werkvoorraad?baan=mail_lezen",
    "lopend": "/werkvoorraad?baan=lopend",
    "klaar": "/werkvoorraad?baan=klaar",
}
"""What is measured of the queue: a lane of each kind, at its beginning."""


def main(words: list[str]) -> None:
    sizes = [int(word) for word in words if word.isdigit()] or [*SIZES, *([FULL] if "--vol" in words else [])]
    with server() as started:
        run(started.owner_url, started.app_url, sizes)


def run(owner_url: str, app_url: str, sizes: list[int], times: int = TIMES, real: int = CASES) -> None:
    """Measure at each size, in one growing database, and print. `real`: cases that are looked at."""
    app = create_app(settings(app_url))
    database: Database = app.extensions["database"]
    wereld = Wereld.begin(database, owner_url)
    cases = [wereld.ready(CREDITORS) for _ in range(real)]
    for id in cases[::2]:
        wereld.approve(id)
    found: dict[str, list[tuple[float, float, int]]] = {}
    loaded = real
    for size in sizes:
        begin = time.perf_counter()
        wereld.fill(max(size - loaded, 0))
        loaded = size
        print(f"{size:>9,} requests, loaded in {time.perf_counter() - begin:.0f} s", flush=True)
        for name, page in pages(wereld, cases).items():
            found.setdefault(name, []).append(measure(app, wereld.staff[1], page, times))
    report(sizes, found)
    database.dispose()


def pages(wereld: Wereld, cases: list[UUID]) -> dict[str, Callable[[FlaskClient, int], str]]:
    """Each page as a function of client and turn, to its address."""
    fixed = {name: (lambda client, turn, url=url: url) for name, url in PAGES.items()}
    return {
        **fixed,
        "lopend, verderop": Deep("/werkvoorraad?baan=lopend"),
        "een zaak": lambda client, turn: f"/werkvoorraad/{cases[turn % len(cases)]}",
    }


class Deep:
    """The pages behind each other: every turn follows 'Volgende', from the end to the beginning again."""

    def __init__(self, begin: str) -> None:
        self.begin = self.at = begin

    def __call__(self, client: FlaskClient, turn: int) -> str:
        page = client.get(self.at).get_data(as_text=True)
        found = re.search(r'href="([^"]+)">Volgende', page)
        self.at = found[1].replace("&amp;", "&") if found else self.begin
        return self.at


def measure(app: Flask, actor: Actor, page: Callable[[FlaskClient, int], str], times: int) -> tuple[float, float, int]:
    """p50 and p95 in milliseconds, and the SQL statements of one page."""
    client, taken = signed_in(app, actor), []
    with counted(app.extensions["database"]) as statements:
        for turn in range(times + 3):
            url = page(client, turn)
            statements.clear()
            begin = time.perf_counter()
            answer = client.get(url)
            taken.append((time.perf_counter() - begin) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{answer.status_code} of {url}")
        cuts = quantiles(taken[3:], n=20)
        return cuts[9], cuts[18], len(statements)


def report(sizes: list[int], found: dict[str, list[tuple[float, float, int]]]) -> None:
    print(
        f"{'page':<20}"
        + "".join(f"{f'{size:,}':>26}" for size in sizes)
        + "".join(f"{f'x {size:,}':>14}" for size in sizes[1:])
    )
    for name, row in found.items():
        cells = "".join(f"{f'p50 {p50:.1f} p95 {p95:.1f} sql {sql}':>26}" for p50, p95, sql in row)
        ratios = "".join(f"{p50 / row[0][0]:>14.2f}" for p50, _, _ in row[1:])
        print(f"{name:<20}{cells}{ratios}")


if __name__ == "__main__":
    main(sys.argv[1:])
