"""The pages on which text blocks are kept."""

from portal.domain.roles import Role
from tests.given import Given
from tests.web.hulpverlener.conftest import werkplek  # noqa: F401 - a fixture
from tests.web.hulpverlener.werkplek import Werkplek

SAVE = "Tekstblok opslaan"


def test_a_block_is_added_changed_and_removed(werkplek: Werkplek, given: Given) -> None:  # noqa: F811
    leider = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER))
    page = leider.see(leider.see("/beheer/organisatie").links["Naar de tekstblokken"])
    assert "Er zijn nog geen tekstblokken." in page.main
    page = leider.see(page.links["Tekstblok toevoegen"])
    assert leider.press(page, SAVE).errors == [
        "Vul een titel in.", "Vul de tekst in.", "Kies waarvoor de tekst is.",
    ]  # fmt: skip
    sent = {"soort": "vraag", "titel": "Polis", "tekst": "Stuur ons uw polis."}
    assert leider.fill(page, {**sent, "tekst": "Uw BSN is 111222333."}, button=SAVE).errors
    page = leider.follow(leider.fill(page, sent, button=SAVE))
    assert "Polis Vraag aan de hulpvrager Stuur ons uw polis." in page.main
    twice = leider.fill("/beheer/tekstblokken/nieuw", sent, button=SAVE)
    assert twice.errors == ["Er is al een tekstblok met deze titel. Kies een andere."]
    page = leider.see(page.links["Wijzigen: Polis"])
    page = leider.follow(leider.fill(page, {"titel": "Polisblad"}, button=SAVE))
    page = leider.see(leider.see(page.links["Wijzigen: Polisblad"]).links["Tekstblok verwijderen"])
    assert "Er zijn nog geen tekstblokken." in leider.follow(leider.press(page, "Tekstblok verwijderen")).main
    assert leider.see(page.url, 404).h1


def test_who_reviews_does_not_keep_them(werkplek: Werkplek, given: Given) -> None:  # noqa: F811
    assert werkplek.of(given.actor).see("/beheer/tekstblokken", 403).h1
