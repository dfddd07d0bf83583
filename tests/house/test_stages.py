"""Between what `make test` and what `make browsers` runs no test is lost."""

import re

from config.settings import ROOT


def test_each_test_is_run_by_one_stage_or_the_other() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    chosen = re.findall(r"-m pytest [^\n]*-m (\"[\w ]+\"|\w+)\n", makefile)
    assert chosen == ['"not matrix"', "matrix"]


def test_a_clean_machine_runs_both_stages() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"^make (.+)$", script, re.MULTILINE) == ["test", "browsers"]
