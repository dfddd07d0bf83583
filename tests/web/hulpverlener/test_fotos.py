"""The photo of a letter on the pages of the hulpverlener."""

from portal.actions.hulpvrager import add_schuld
from portal.beeld.decoderen import pages_of
from portal.domain.roles import Actor
from portal.queries import fotos
from tests.beeld import plaatjes
from tests.given import Given
from tests.web.hulpverlener.werkplek import Werkplek


def test_the_hulpverlener_of_the_case_reads_the_letter_and_another_organisatie_does_not(
    given: Given, werkplek: Werkplek
) -> None:
    id = given.submitted([])
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        schuld_id = add_schuld(session, person, id, {"afzender": ""}, beeld=pages_of(plaatjes.jpeg()))
        (foto,) = fotos.of_case(session, id)
    staff, case = werkplek.of(given.actor), f"/werkvoorraad/{id}"
    page = staff.see(case)
    assert "Brief op een foto" in page.main
    assert f"{case}/schulden/{schuld_id}/fotos" in page.links.values()
    assert "Bladzijde 1" in staff.see(f"{case}/schulden/{schuld_id}/fotos").main
    assert staff.get(f"{case}/fotos/{foto.id}/1").mimetype == "image/jpeg"
    other = werkplek.of(given.other_actor)
    for url in (f"{case}/schulden/{schuld_id}/fotos", f"{case}/fotos/{foto.id}/1"):
        assert other.get(url).status_code == 404
