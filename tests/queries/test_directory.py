"""Suggestions from what people remember of a letter."""

from datetime import date

import pytest

from portal.domain.roles import Actor, Role
from portal.queries import directory

NAMES = {
    "VodafoneZiggo": ["Ziggo", "Vodafone"],
    "Eneco": [],
    "Centraal Justitieel Incassobureau": ["CJIB"],
    "Zilveren Kruis": ["Achmea"],
    "Woningcorporatie Mitros": ["Mitros"],
    "Intrum Nederland": ["Lindorff"],
    "Waternet": [],
    "Belastingdienst": [],
    "Gerechtsdeurwaarders Van den Berg": [],
}


@pytest.fixture
def filled(given):
    for name, trade_names in NAMES.items():
        given.schuldeiser(name, handelsnamen=trade_names)
    return given


def suggested(given, typed, actor=None):
    with given.session(actor or given.actor) as session:
        return [found.schuldeiser.naam for found in directory.suggest(session, typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ziggo", "VodafoneZiggo"),
        ("Ziggo BV", "VodafoneZiggo"),
        ("vodafone", "VodafoneZiggo"),
        ("zigo", "VodafoneZiggo"),
        ("enneco", "Eneco"),
        ("cjib", "Centraal Justitieel Incassobureau"),
        ("centraal justitieel", "Centraal Justitieel Incassobureau"),
        ("zilverenkruis", "Zilveren Kruis"),
        ("achmea zorgverzekering", "Zilveren Kruis"),
        ("lindorf", "Intrum Nederland"),
        ("mitros", "Woningcorporatie Mitros"),
        ("belastingsdienst", "Belastingdienst"),
        ("deurwaarder van den berg", "Gerechtsdeurwaarders Van den Berg"),
    ],
)
def test_the_party_that_was_meant_is_suggested_first(filled, typed, first):
    assert suggested(filled, typed)[:1] == [first]


@pytest.mark.parametrize(
    "typed", ["Bosveld Incasso", "gerechtsdeurwaarders Jongerius", "Oxxio Nederland B.V.", "Incassobureau Zwaluw"]
)
def test_a_word_that_many_names_share_makes_no_two_names_alike(filled, typed):
    assert suggested(filled, typed) == []


def test_a_word_that_many_names_share_does_not_hide_who_was_meant(filled):
    assert suggested(filled, "Ziggo incasso en gerechtsdeurwaarders") == ["VodafoneZiggo"]
    assert suggested(filled, "gerechtsdeurwaarders") == ["Gerechtsdeurwaarders Van den Berg"], "typed alone it counts"


@pytest.mark.parametrize("typed", ["", "   ", "qqqq", "%", "_", "'; DROP TABLE schuldeiser; --"])
def test_nothing_is_suggested_for_nothing(filled, typed):
    assert suggested(filled, typed) == []


def test_an_exact_name_is_certain_and_a_guess_is_not(filled):
    with filled.session(filled.actor) as session:
        assert directory.suggest(session, "Ziggo")[0].is_certain
        assert not directory.suggest(session, "zigo")[0].is_certain


def test_only_a_few_are_suggested(given):
    for number in range(9):
        given.schuldeiser(f"Zorgverzekeraar {number}")
    assert len(suggested(given, "zorgverzekeraar")) == directory.SUGGESTIONS == 5


def test_who_is_no_longer_active_is_not_suggested(given):
    given.schuldeiser("Waterbedrijf", actief=False)
    assert suggested(given, "waterbedrijf") == []


def test_an_entry_of_another_organisatie_is_not_suggested(given):
    given.schuldeiser("Tandarts Molaar", organisatie_id=given.other_actor.organisatie_id)
    assert suggested(given, "molaar") == []
    assert suggested(given, "molaar", given.other_actor) == ["Tandarts Molaar"]


def test_names_for_the_public_are_landelijk_active_and_in_order(given):
    for name in ("Zorg", "Adres", "Water"):
        given.schuldeiser(name)
    given.schuldeiser("Weg", actief=False)
    given.schuldeiser("Van ons", organisatie_id=given.organisatie_id)
    with given.session(Actor.bezoeker()) as session:
        assert list(directory.names(session)) == ["Adres", "Water", "Zorg"]


def test_the_listing_is_by_name_or_by_likeness(filled):
    with filled.session(filled.actor) as session:
        assert [entry.naam for entry in directory.listing(session)] == sorted(NAMES)
        assert directory.listing(session, "ziggo")[0].naam == "VodafoneZiggo"
        assert len(directory.listing(session, limit=2)) == 2


def test_many_typed_names_are_looked_up_in_one_statement(filled, statements):
    typed = ["ziggo", "ENNECO ", "qqqq", "", "mitros"]
    with filled.session(filled.actor) as session, statements() as made:
        found = directory.suggest_all(session, typed)
        at_once = {name: [each.schuldeiser.naam for each in found[name]] for name in typed}
    assert len(made) == 1
    assert at_once == {name: suggested(filled, name) for name in typed}


def test_each_typed_name_has_a_bounded_number_of_suggestions_of_its_own(given):
    for number in range(7):
        given.schuldeiser(f"Zorgverzekeraar {number}")
        given.schuldeiser(f"Energiebedrijf {number}")
    with given.session(given.actor) as session:
        found = directory.suggest_all(session, ["zorgverzekeraar", "energiebedrijf"], 3)
    assert [len(found[name]) for name in ("zorgverzekeraar", "energiebedrijf")] == [3, 3]


def test_leafing_through_the_directory_shows_every_entry_once(filled):
    seen, after = [], None
    with filled.session(filled.actor) as session:
        while page := directory.listing(session, limit=4, after=after):
            seen += [entry.naam for entry in page]
            after = (page[-1].naam, page[-1].id)
    assert seen == sorted(NAMES)


def test_entries_are_fetched_by_id_as_far_as_they_are_seen(given):
    mine, theirs = given.schuldeiser("Van allen"), given.schuldeiser("Weg", organisatie_id=given.organisatie_id)
    with given.session(given.other_actor) as session:
        assert [entry.id for entry in directory.by_id(session, [mine, theirs, mine])] == [mine]
        assert directory.by_id(session, []) == []


def test_an_address_that_nobody_checked_for_long_is_to_be_checked_again(given, clock):
    own = given.organisatie_id
    for naam, day, values in (
        ("Oud", date(2026, 2, 1), {}), ("Nieuw", date(2026, 2, 2), {}), ("Van ons", date(2025, 1, 1), {}),
        ("Uit", date(2025, 1, 1), {"actief": False}),
    ):  # fmt: skip
        clock.set(day)
        given.schuldeiser(naam, organisatie_id=own if naam == "Van ons" else None, **values)
    given.schuldeiser("Zonder", mailable=False)
    clock.set(date(2027, 2, 1))
    landelijk, auditor = given.medewerker(None, Role.LANDELIJK_BEHEERDER), given.medewerker(own, Role.AUDITOR)
    found = {}
    for actor in (landelijk, given.actor, given.other_actor, auditor):
        with given.session(actor) as session:
            found[actor] = [each.naam for each in directory.stale(session, actor, date(2027, 2, 1), 12)]
    assert list(found.values()) == [["Oud"], ["Van ons"], [], []]
