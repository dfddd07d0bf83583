"""A letter on a photo is read: some of them here, all of them in `bench/brieven.py`."""

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from portal.beeld import leeskind, lezen
from portal.beeld.decoderen import pages_of
from tests.beeld import plaatjes
from tests.beeld.brieven import brieven, photographed
from tests.beeld.gelezen import RIGHT, judged

SAMPLE = (("deurwaarder", "shaded"), ("incasso", "blurred"), ("huur", "aslant"))
LEAST = 0.85
"""Share of right fields; 1.0 was measured of these, 0.98 of all."""


def tesseract(where: Path, script: str) -> None:
    """A program of that name that does this."""
    program = where / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def strip(width: int, height: int) -> bytes:
    return pages_of(plaatjes.jpeg((width, height))).paginas[0]


def test_most_fields_of_photographed_letters_are_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    letters = brieven()
    found = [verdict for name, condition in SAMPLE for verdict in judged(letters[name], condition).values()]
    share = found.count(RIGHT) / len(found)
    with capsys.disabled():
        print(f"\nread right on photos of letters: {found.count(RIGHT)} of {len(found)} fields ({share:.0%})")
    assert share >= LEAST


def test_a_machine_without_tesseract_reads_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lezen.text_of([b"a page"]) is None


def test_a_tesseract_without_dutch_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract(tmp_path, "echo eng")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lezen.reader() is None


def test_a_page_that_cannot_be_read_says_nothing() -> None:
    assert lezen.text_of([b"no picture"]) == ""


@pytest.mark.parametrize("script", ["kill -9 $$", "kill -9 $PPID"])
def test_a_reader_that_is_ended_may_read_another_time(
    script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tesseract(tmp_path, f"case $1 in --list-langs) echo nld;; *) {script};; esac")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(lezen.NuNietTeLezen):
        lezen.text_of(pages_of(plaatjes.jpeg()).paginas)


def test_tesseract_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program itself, and not one that it starts: that would be ended without it."""
    written = tmp_path / "written"
    tesseract(tmp_path, f"case $1 in --list-langs) echo nld;; *) echo tried; echo word > {written}; echo on;; esac")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(lezen.NuNietTeLezen):
        lezen.text_of([strip(10, 10)])
    assert written.exists(), "it tried"
    assert written.read_bytes() == b""


def test_when_the_wait_is_over_tesseract_ends_with_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract(tmp_path, "case $1 in --list-langs) echo nld;; *) sleep 50;; esac")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(lezen, "WALL_SECONDS", 4)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(lezen.text_of, [strip(10, 10)])
        while not reading.done() and not running(f"{tmp_path}/tesseract stdin"):
            time.sleep(0.1)
        assert running(f"{tmp_path}/tesseract stdin"), "it was reading"
        with pytest.raises(lezen.NuNietTeLezen):
            reading.result()
    time.sleep(0.5)
    assert not running(f"{tmp_path}/tesseract stdin")


def running(command: str) -> bool:
    return any(command in " ".join(each.info["cmdline"] or ()) for each in psutil.process_iter(["cmdline"]))


def test_tesseract_is_asked_without_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract(tmp_path, 'test -z "$PAUZEKNOP_SECRET" && echo nld')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PAUZEKNOP_SECRET", "geheim")
    assert lezen.reader() is not None


def test_a_tesseract_that_does_not_answer_in_time_is_asked_another_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tesseract(tmp_path, "exec sleep 5")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(lezen, "ASK_SECONDS", 0)
    with pytest.raises(lezen.NuNietTeLezen):
        lezen.reader()


STRIP_CPU_SECONDS = 5
"""A strip takes 0.5, most of it to start; 20 when every slant of all its length is tried."""


@pytest.mark.parametrize("size", [(2, 2000), (2000, 2), (1, 1)])
def test_a_strip_takes_no_longer_than_a_letter(size: tuple[int, int]) -> None:
    page, began = strip(*size), cpu_of_children()
    assert lezen.text_of([page]) is not None
    assert cpu_of_children() - began < STRIP_CPU_SECONDS


def cpu_of_children() -> float:
    """Seconds that ended children of this process worked, and theirs: a busy machine does not add to it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_child_and_who_starts_it_mean_the_same() -> None:
    assert lezen.NOT_NOW == leeskind.NOT_NOW


def test_two_pages_are_read_of_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = pages_of(photographed(brieven()["boete"], "scan")).paginas
    assert (lezen.text_of([page] * 4) or "").count("Boetenummer") == lezen.MAX_PAGES
