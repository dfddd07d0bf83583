"""Cells for a spreadsheet: none is read as a formula, and what goes out comes back the same."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.texts.cel import bare, safe, written


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "'=", "''=", "＝"])
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(begin):
    assert safe(f"{begin}1+1") == f"'{begin}1+1"


@pytest.mark.parametrize("cell", ["", "Plons", "'s-Hertogenbosch", "a=b", "1-2"])
def test_another_cell_is_left_as_it_is(cell):
    assert safe(cell) == bare(cell) == cell


@given(st.text(alphabet="'=+-@\t\r a1", max_size=6))
def test_what_goes_out_comes_back_the_same_and_is_no_formula(cell):
    assert bare(safe(cell)) == cell
    assert not safe(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_whole_file_is_safe_and_can_be_read():
    rows = [['=HYPERLINK("http://x.example")', "a,b"], ["", 'zegt "nee"']]
    lines = list(csv.reader(written(["naam", "rest"], rows).splitlines()))
    assert lines == [["naam", "rest"], ['\'=HYPERLINK("http://x.example")', "a,b"], ["", 'zegt "nee"']]
