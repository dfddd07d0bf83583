"""The benches run: on a world of a few requests, so that they are not found broken on the day they are needed."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from portal.db.engine import Database
from portal.models.sealed import Keyring
from tests.conftest import Server

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, keys: Keyring) -> Any:
    """A bench by its name. They stand beside each other, as when one is started, and take keys of their own."""
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module


def test_the_queue_and_a_case_are_measured_at_two_sizes(
    bench: Any, server: Server, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    werkvoorraad = bench("werkvoorraad")
    monkeypatch.setattr(werkvoorraad, "CREDITORS", 2)
    monkeypatch.setattr(werkvoorraad, "PAGES", {"nieuw": werkvoorraad.PAGES["nieuw"]})
    werkvoorraad.run(server.owner_url, server.app_url, [20, 30], times=2, real=1)
    printed = capsys.readouterr().out
    rows = {line[:18].strip(): line for line in printed.splitlines() if "p50" in line}
    assert set(rows) == {*werkvoorraad.PAGES, "lopend, verderop", "een zaak"}
    assert all(line.count("sql") == 2 for line in rows.values())


def test_kennisgevingen_are_sent_by_real_workers_and_by_bare_smtplib(
    bench: Any, server: Server, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    bench("kennisgevingen").run(server.owner_url, server.app_url, 6, workers=(1,), signing=(True,))
    [heading, row] = capsys.readouterr().out.splitlines()
    assert heading.split() == ["workers", "DKIM", "issued/s", "sent/s", "smtplib/s", "ratio"]
    assert row.split()[:2] == ["1", "yes"]
    assert 0 < float(row.split()[-1]) < 1


def test_approval_and_sending_are_measured_for_two_sizes_of_a_case(
    bench: Any, server: Server, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    bench("goedkeuren").run(server.owner_url, server.app_url, 1, creditors=(1, 2))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["schuldeisers", "1", "2"]
    assert all(line.count(" ms") == 4 for line in lines[1:])


def test_the_watch_is_measured_at_two_sizes(
    bench: Any, server: Server, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    bench("wacht").run(server.owner_url, server.app_url, [20, 40], new=1)
    [heading, small, large] = capsys.readouterr().out.splitlines()
    assert "nothing due" in heading
    assert [int(row.split()[3]) for row in (small, large)] == [3, 3], "every silent schuldeiser is reminded"
    assert "x" in large


def test_letters_are_read_in_every_condition(bench: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bench("brieven").run(1)
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split()[:5] == ["photo", "afzender", "namens", "kenmerk", "bedrag_cents"]
    assert [row.split()[0] for row in rows] == ["scan", "aslant", "blurred", "shaded"]
    assert all(row.count("1 / 1 (0)") == 3 for row in rows)
