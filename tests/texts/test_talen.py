"""The catalogs: every sentence is there, in every language that is offered, with the same places and tags."""

import re
from datetime import UTC, date, datetime

import pytest
from babel.messages.catalog import Catalog

from portal.dev import vertalen
from portal.domain.taal import Taal
from portal.texts import talen
from portal.web.taal import AANGEBODEN

VERTAALD = [taal for taal in AANGEBODEN if taal is not Taal.NL]
_PLACE = re.compile(r"%\(\w+\)s|{}")
_TAG = re.compile(r"</?\w[^>]*>")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return vertalen.template()


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("taal", VERTAALD)
def test_a_catalog_has_every_sentence_and_no_other(taal: Taal, wanted: Catalog) -> None:
    kept = {message.id: message for message in vertalen.messages(vertalen.read(taal))}
    assert set(kept) == {message.id for message in vertalen.messages(wanted)}
    assert [id for id, message in kept.items() if message.fuzzy or not all(forms(message.string))] == []


@pytest.mark.parametrize("taal", VERTAALD)
def test_a_translation_has_the_places_and_the_tags_of_its_sentence(taal: Taal) -> None:
    for message in vertalen.messages(vertalen.read(taal)):
        said = forms(message.id)[-1]
        for form in forms(message.string):
            assert sorted(set(_PLACE.findall(form)) - {"%(num)s"}) == sorted(set(_PLACE.findall(said)) - {"%(num)s"}), (
                message.id
            )
            assert sorted(_TAG.findall(form)) == sorted(_TAG.findall(said)), message.id


def test_the_catalogs_have_sentences_to_look_at(wanted: Catalog) -> None:
    assert len(list(vertalen.messages(wanted))) > 500


@pytest.mark.parametrize("taal", VERTAALD)
def test_a_number_takes_the_form_of_its_language(taal: Taal) -> None:
    one, more = "%(num)s dag", "%(num)s dagen"
    with talen.speaking(taal):
        said = [talen.ngettext(one, more, number) for number in (1, 2, 5, 11, 100)]
    assert not {"1 dag", "2 dagen", "5 dagen"} & set(said)


def test_a_sentence_without_a_translation_is_dutch() -> None:
    with talen.speaking(Taal.EN):
        assert talen.gettext("Deze zin %(hier)s", hier="bestaat niet") == "Deze zin bestaat niet"


def test_a_language_is_spoken_for_a_while() -> None:
    with talen.speaking(Taal.EN):
        assert talen.gettext("Terug") == "Back"
    assert talen.gettext("Terug") == "Terug"


def test_a_label_is_said_in_the_language_in_which_it_is_shown() -> None:
    label = talen.lazy("Terug")
    with talen.speaking(Taal.EN):
        assert str(label) == "Back"
    assert str(label) == "Terug"


def test_dates_and_amounts_are_written_as_in_the_language() -> None:
    moment = datetime(2027, 2, 9, 13, 5, tzinfo=UTC)
    dutch = (talen.weekday(date(2027, 2, 9)), talen.moment(moment), talen.euro(123450))
    with talen.speaking(Taal.EN):
        english = (talen.weekday(date(2027, 2, 9)), talen.moment(moment), talen.euro(123450))
    assert dutch == ("dinsdag 9 februari 2027", "9 februari 2027 om 14:05", "€\xa01.234,50")
    assert english == ("Tuesday, February 9, 2027", "February 9, 2027 at 14:05", "€1,234.50")


def test_what_is_filled_in_in_an_arabic_sentence_is_kept_apart_from_its_words() -> None:
    with talen.speaking(Taal.AR):
        arabic = talen.gettext("%(naam)s is uit uw lijst gehaald.", naam="Bank N.V.")
        count = talen.ngettext("Uw lijst: %(num)s schuld", "Uw lijst: %(num)s schulden", 4)
    with talen.speaking(Taal.PL):
        polish = talen.gettext("%(naam)s is uit uw lijst gehaald.", naam="Bank N.V.")
    assert "\u2068Bank N.V.\u2069" in arabic
    assert "\u20684\u2069" in count
    assert "\u2068" not in polish
