"""Text from people, made fit for one line or for paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.texts import toestemming
from portal.texts.veilig import multi_line, single_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \t b ", "a b"),
        ("a\r\nBcc: b", "a Bcc: b"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("12\u202e34", "1234"),
        ("\ud800a\ufffe", "a"),
        ("J\u00f3se\u0301 \U0001f600", "J\u00f3se\u0301 \U0001f600"),
    ],
)
def test_one_line(text, expected):
    assert single_line(text) == expected


@given(text=st.text(), most=st.integers(5, 50))
def test_a_line_is_never_longer_than_asked_nor_more_than_one(text, most):
    line = single_line(text, most)
    assert len(line) <= most
    assert line.splitlines() in ([], [line])
    assert single_line(line, most) == line


@given(text=st.text())
def test_lines_are_kept_but_no_more_than_one_empty_between(text):
    assert "\n\n\n" not in multi_line(text)
    assert multi_line(multi_line(text)) == multi_line(text)


def test_the_consent_text_has_not_changed_under_its_version():
    """A change of a word is a new version: what people agreed to must stay findable."""
    assert toestemming.VERSIE == "1"
    assert toestemming.SHA256 == "b22fbb6e3dcf162edb79202c307b63dfa71e83222c1b008c081e719454994cee"
