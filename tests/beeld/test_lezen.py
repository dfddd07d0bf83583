"""A letter on a photo is read: some of them here, all of them in `bench/brieven.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.beeld import lezen
from portal.beeld.decoderen import pages_of
from tests.beeld import plaatjes
from tests.beeld.brieven import brieven, photographed
from tests.beeld.gelezen import RIGHT, judged

SAMPLE = (("deurwaarder", "shaded"), ("incasso", "blurred"), ("huur", "aslant"))
LEAST = 0.85
"""Share of right fields; 1.0 was measured of these, 0.98 of all."""


@pytest.fixture
def _anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    lezen.reader.cache_clear()
    yield
    monkeypatch.undo()
    lezen.reader.cache_clear()


def test_most_fields_of_photographed_letters_are_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    letters = brieven()
    found = [verdict for name, condition in SAMPLE for verdict in judged(letters[name], condition).values()]
    share = found.count(RIGHT) / len(found)
    with capsys.disabled():
        print(f"\nread right on photos of letters: {found.count(RIGHT)} of {len(found)} fields ({share:.0%})")
    assert share >= LEAST


@pytest.mark.usefixtures("_anew")
def test_a_machine_without_tesseract_reads_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lezen.text_of([b"a page"]) is None


@pytest.mark.usefixtures("_anew")
def test_a_tesseract_without_dutch_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    english = tmp_path / "tesseract"
    english.write_text("#!/bin/sh\necho eng\n")
    english.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lezen.reader() is None


def test_a_page_that_cannot_be_read_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lezen.text_of([b"no picture"]) == ""
    monkeypatch.setattr(lezen, "WALL_SECONDS", 0)
    assert lezen.text_of(pages_of(plaatjes.jpeg()).paginas) == ""


def test_two_pages_are_read_of_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = pages_of(photographed(brieven()["boete"], "scan")).paginas
    assert (lezen.text_of([page] * 4) or "").count("Boetenummer") == lezen.MAX_PAGES
