"""A schuldeiser that does not answer: the lane, the call, the list for the NVVK."""

from datetime import date
from uuid import UUID

import pytest

from portal.actions import stilte
from portal.domain.bewaking import Geduld
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor, Role
from portal.queries import dossier
from tests.conftest import Clock
from tests.given import Given
from tests.web.hulpverlener.test_werkvoorraad import counts, kenmerken
from tests.web.hulpverlener.werkplek import Werkplek, url

GEDULD = Geduld(antwoord_werkdagen=10, herinnering_werkdagen=5, bellen_werkdagen=5)
SILENT = "/beheer/schuldeisers/zonder-antwoord"


def first_message(given: Given, id: UUID) -> UUID:
    with given.session(Actor.systeem()) as session:
        return next(each.id for each in dossier.kennisgevingen(session, id) if each.soort is Soort.KENNISGEVING)


@pytest.fixture
def silent(given: Given, clock: Clock) -> UUID:
    """A case of which somebody is to telephone the schuldeiser."""
    id = given.approved([given.regel("=Stille Vaart BV")])
    for day in (date(2027, 2, 1), date(2027, 2, 16), date(2027, 2, 24)):
        clock.set(day)
        stilte.watch_silence(given.database, GEDULD)
        given.hand_over(id)
    return id


def test_who_is_to_be_telephoned_stands_in_a_lane_until_that_was_done(
    werkplek: Werkplek, given: Given, silent: UUID
) -> None:
    anna = werkplek.of(given.actor)
    assert kenmerken(anna.see("/werkvoorraad?baan=geen_reactie")) == [given.case(silent).kenmerk]
    page = anna.see(url(silent))
    assert "Bellen" in page.main
    assert page.main.count("Nog geen antwoord") == 1  # who is reminded was asked before, not again
    message = url(silent, f"/kennisgevingen/{first_message(given, silent)}")
    assert "Bel deze schuldeiser" in anna.see(message).main
    anna.fill(message, button="Gebeld, nog geen antwoord")
    page = anna.see(message)
    assert "Bel deze schuldeiser" not in page.main
    assert "Blijft stil" in page.main
    assert "Anna de Boer belde =Stille Vaart BV: nog geen antwoord." in anna.see(url(silent)).main
    assert counts(anna.see("/werkvoorraad"))["Geen reactie"] == "0"


def test_the_list_for_the_nvvk_is_a_page_and_a_file_without_formulas(
    werkplek: Werkplek, given: Given, clock: Clock, silent: UUID
) -> None:
    clock.set(date(2027, 3, 4))
    stilte.watch_silence(given.database, GEDULD)
    assert "Er staat niemand op de lijst." in werkplek.of(given.other_actor).see(SILENT).main
    anna = werkplek.of(given.actor)
    assert "=Stille Vaart BV" in anna.see(SILENT).main
    file = anna.get(f"{SILENT}.csv")
    assert file.text.splitlines() == [
        "\ufeffnaam,pauzes_zonder_antwoord,eerste,laatste", "'=Stille Vaart BV,1,2027-03-04,2027-03-04",
    ]  # fmt: skip
    assert file.headers["Content-Disposition"] == "attachment; filename=zonder-antwoord-2027-03-04.csv"


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.TEAMLEIDER, 200), (Role.AUDITOR, 200), (Role.LANDELIJK_BEHEERDER, 200), (Role.BEHEERDER, 403)],
)
def test_who_reads_the_list(werkplek: Werkplek, given: Given, role: Role, status: int) -> None:
    place = None if role is Role.LANDELIJK_BEHEERDER else given.organisatie_id
    assert werkplek.of(given.medewerker(place, role)).see(SILENT, status).h1
