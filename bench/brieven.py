"""How much of a letter on a photo is read right, by field and by kind of photo, and how long a page takes.

    .venv/bin/python bench/brieven.py

All letters of tests/beeld/post in all conditions: some two minutes. Needs Tesseract with Dutch.
"""

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.beeld import brieven
from tests.beeld.gelezen import FIELDS, NOTHING, RIGHT, WRONG, judged


def run(letters: int | None = None) -> None:
    """Prints a row for each condition: of each field right / of all, and wrong ones between brackets."""
    print(f"{'photo':<10}{''.join(f'{name:>20}' for name in FIELDS)}{'s a letter':>12}")
    for condition in brieven.CONDITIONS:
        counted: Counter[tuple[str, str]] = Counter()
        chosen = list(brieven.brieven().values())[:letters]
        began = time.perf_counter()
        for brief in chosen:
            counted.update(judged(brief, condition).items())
        print(f"{condition:<10}{_cells(counted)}{(time.perf_counter() - began) / len(chosen):>12.1f}")


def _cells(counted: Counter[tuple[str, str]]) -> str:
    cells = []
    for name in FIELDS:
        right, wrong, nothing = (counted[name, verdict] for verdict in (RIGHT, WRONG, NOTHING))
        cells.append(f"{f'{right} / {right + wrong + nothing} ({wrong})':>20}")
    return "".join(cells)


if __name__ == "__main__":
    run()
