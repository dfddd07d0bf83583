"""The photo of a letter on the pages of the hulpverlener."""

import pytest

from portal.actions.hulpvrager import add_schuld
from portal.actions.lezen import record_read
from portal.beeld.decoderen import pages_of
from portal.domain import brieflezen
from portal.domain.roles import Actor
from portal.queries import fotos
from tests.beeld import plaatjes
from tests.given import Given
from tests.web.hulpverlener.werkplek import Werkplek

UNCONFIRMED = "Gelezen door de computer, niet bevestigd"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({"afzender": "Vitens", "referentie": "40018274"}, ()),
        ({"afzender": "Vitens"}, ("40018274",)),
        ({"afzender": "Ziggo"}, ("Vitens N.V.", "40018274")),
        ({"afzender": "Ziggo", "referentie": "7"}, ()),
    ],
)
def test_what_the_hulpvrager_told_is_not_called_unconfirmed(
    told: dict[str, str], shown: tuple[str, ...], given: Given, werkplek: Werkplek
) -> None:
    id = given.submitted([])
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        schuld_id = add_schuld(session, person, id, told, beeld=pages_of(plaatjes.jpeg()))
        (foto,) = fotos.of_case(session, id)
    with given.session(Actor.systeem()) as session:
        record_read(session, foto.id, brieflezen.read("Vitens N.V.\nKlantnummer: 40018274"))
    letter = werkplek.of(given.actor).see(f"/werkvoorraad/{id}/schulden/{schuld_id}/fotos").main
    assert (UNCONFIRMED in letter) == bool(shown)
    after = letter.partition(UNCONFIRMED)[2]
    for words in ("Vitens N.V.", "40018274"):
        assert (words in after) == (words in shown)


def test_the_hulpverlener_of_the_case_reads_the_letter_and_another_organisatie_does_not(
    given: Given, werkplek: Werkplek
) -> None:
    id = given.submitted([])
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        schuld_id = add_schuld(session, person, id, {"afzender": ""}, beeld=pages_of(plaatjes.jpeg()))
        (foto,) = fotos.of_case(session, id)
    with given.session(Actor.systeem()) as session:
        record_read(session, foto.id, brieflezen.read("Vitens N.V.\nKlantnummer: 40018274"))
    staff, case = werkplek.of(given.actor), f"/werkvoorraad/{id}"
    page = staff.see(case)
    assert "Brief op een foto" in page.main
    assert f"{case}/schulden/{schuld_id}/fotos" in page.links.values()
    letter = staff.see(f"{case}/schulden/{schuld_id}/fotos").main
    for words in ("Bladzijde 1", UNCONFIRMED, "Vitens N.V.", "40018274"):
        assert words in letter
    assert staff.get(f"{case}/fotos/{foto.id}/1").mimetype == "image/jpeg"
    other = werkplek.of(given.other_actor)
    for url in (f"{case}/schulden/{schuld_id}/fotos", f"{case}/fotos/{foto.id}/1"):
        assert other.get(url).status_code == 404
