"""Telephone numbers and kenmerken in the HTML of a mail."""

from portal.domain.bericht import BerichtSoort
from portal.domain.taal import Taal
from portal.texts.bericht import render
from portal.texts.klikbaar import klikbaar
from tests.texts.feiten import bericht

CALL = '<a href="tel:0302865211" style="white-space:nowrap">030 286 52 11</a>'


def test_a_number_of_the_message_can_be_pressed_and_another_cannot() -> None:
    line = klikbaar("Bel 030 286 52 11, niet 030 286 52 112 of 020 123 45 67.", ["030 286 52 11", ""])
    assert line == f"Bel {CALL}, niet 030 286 52 112 of 020 123 45 67."


def test_the_same_number_written_in_two_ways_is_two_links_and_never_one_within_the_other() -> None:
    line = klikbaar("030 286 52 11 of 0302865211", ["030 286 52 11", "0302865211"])
    assert line == f'{CALL} of <a href="tel:0302865211" style="white-space:nowrap">0302865211</a>'


def test_a_kenmerk_stays_on_one_line() -> None:
    assert klikbaar("Noem PK-H4X-9TQ-27F.") == 'Noem <span style="white-space:nowrap">PK-H4X-9TQ-27F</span>.'


def test_what_was_typed_stays_words() -> None:
    assert klikbaar('<a href="x">&', ['"><b>']) == "&lt;a href=&#34;x&#34;&gt;&amp;"


def test_every_mail_to_a_hulpvrager_has_the_number_to_press_in_each_language() -> None:
    for taal in Taal:
        assert CALL in render(bericht(BerichtSoort.ONTVANGEN), taal).html, taal
