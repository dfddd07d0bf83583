import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.bsn import contains_bsn, is_bsn


@pytest.mark.parametrize("bsn", ["999990019", "123456782", "000000012"])
def test_nine_digits_that_pass_the_elfproef_are_a_bsn(bsn: str) -> None:
    assert is_bsn(bsn)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345678",
        "1234567820",
        "123456789",
        "000000000",
        "12345678a",
        "１２３４５６７８２",
        " 123456782",
        "²²²²²²²²²",
    ],
)
def test_anything_else_is_not(typed: str) -> None:
    assert not is_bsn(typed)


@given(st.integers(min_value=1, max_value=99_999_999), st.integers(min_value=0, max_value=8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body: int, place: int, shift: int) -> None:
    bsn = next((f"{body:08}{last}" for last in range(10) if is_bsn(f"{body:08}{last}")), None)
    if bsn is None:
        return  # the check digit would be 10: such numbers are not given out
    wrong = bsn[:place] + str((int(bsn[place]) + shift) % 10) + bsn[place + 1 :]
    assert not is_bsn(wrong)


@pytest.mark.parametrize(
    "typed",
    [
        "123456782",
        "00123456782",
        "0 0012 34.56.782",
        "BSN123456782",
        "1234.56.782",
        "1234 56 782",
        "123–456–782",
        "123_456_782",
        "123,456,782",
        "KL-7 1234-56-782",
        "１２３４５６７８２",
        "١٢٣٤٥٦٧٨٢",
        "①②③④⑤⑥⑦⑧②",
    ],
)
def test_a_bsn_is_seen_however_it_is_written(typed: str) -> None:
    assert contains_bsn(typed)


ORDINARY = ["", "KL-1", "123456789", "1234567820", "030 123 45 67", "2027.014.556-A", "12a3456782"]


@pytest.mark.parametrize("typed", ORDINARY)
def test_an_ordinary_reference_is_no_bsn(typed: str) -> None:
    assert not contains_bsn(typed)
