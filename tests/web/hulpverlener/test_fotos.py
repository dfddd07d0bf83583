"""The photo of a letter on the pages of the hulpverlener."""

from uuid import UUID

import pytest

from portal.actions.hulpvrager import add_schuld
from portal.actions.lezen import record_read
from portal.actions.work import unit_of_work
from portal.beeld.decoderen import pages_of
from portal.domain import brieflezen
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.voorstel import Voorstel
from portal.models import Foto
from portal.queries import fotos
from tests.beeld import plaatjes
from tests.given import Given
from tests.web.hulpverlener.werkplek import Werkplek

UNCONFIRMED = "Gelezen door de computer, niet bevestigd"


def photographed(given: Given, told: dict[str, str]) -> tuple[UUID, UUID, UUID]:
    """A filed case with one schuld, whose photo was read: the ids of the case, the schuld and the photo."""
    id = given.submitted([])
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        schuld_id = add_schuld(session, person, id, told, beeld=pages_of(plaatjes.jpeg()))
        (foto,) = fotos.of_case(session, id)
    with given.session(Actor.systeem()) as session:
        record_read(session, foto.id, brieflezen.read("Vitens N.V.\nKlantnummer: 40018274"))
    return id, schuld_id, foto.id


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
    id, schuld_id, _ = photographed(given, told)
    letter = werkplek.of(given.actor).see(f"/werkvoorraad/{id}/schulden/{schuld_id}/fotos").main
    assert (UNCONFIRMED in letter) == bool(shown)
    after = letter.partition(UNCONFIRMED)[2]
    for words in ("Vitens N.V.", "40018274"):
        assert (words in after) == (words in shown)


def test_the_hulpverlener_of_the_case_reads_the_letter_and_another_organisatie_does_not(
    given: Given, werkplek: Werkplek
) -> None:
    id, schuld_id, foto_id = photographed(given, {"afzender": ""})
    staff, case = werkplek.of(given.actor), f"/werkvoorraad/{id}"
    page = staff.see(case)
    assert "Brief op een foto" in page.main
    assert f"{case}/schulden/{schuld_id}/fotos" in page.links.values()
    letter = staff.see(f"{case}/schulden/{schuld_id}/fotos").main
    for words in ("Bladzijde 1", UNCONFIRMED, "Vitens N.V.", "40018274"):
        assert words in letter
    assert staff.get(f"{case}/fotos/{foto_id}/1").mimetype == "image/jpeg"
    other = werkplek.of(given.other_actor)
    for url in (f"{case}/schulden/{schuld_id}/fotos", f"{case}/fotos/{foto_id}/1"):
        assert other.get(url).status_code == 404


def test_who_ties_a_schuld_sees_what_was_read_and_opens_the_photo(given: Given, werkplek: Werkplek) -> None:
    id, schuld_id, _ = photographed(given, {"afzender": ""})
    given.take(id)
    schuld = f"/werkvoorraad/{id}/schulden/{schuld_id}"
    page = werkplek.of(given.actor).see(f"{schuld}/koppelen")
    assert page.links["Foto van de brief"] == f"{schuld}/fotos"
    after = page.main.partition(UNCONFIRMED)[2]
    assert "Vitens N.V." in after
    assert "40018274" in after


# --- the page on which a reported schuld is added -------------------------------------------------

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


def reported(given: Given, told: dict[str, str], read: Voorstel) -> tuple[UUID, str]:
    """A case with a report of a forgotten schuld, on whose photo this was read; and the page on which it is added."""
    id = given.approved()
    melding = given.report(id, Meldingsoort.SCHULD, {"afzender": "", **told}, beeld=pages_of(plaatjes.jpeg()))
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        (foto,) = fotos.by_onderwerp(session, id)[melding]
        work.record(work.load_for_update(Foto, foto.id).read(read, work.now))
    return id, f"/werkvoorraad/{id}/schulden/nieuw?melding={melding}"


def test_of_a_reported_schuld_only_what_nobody_told_is_called_unconfirmed_and_no_box_is_filled(
    given: Given, werkplek: Werkplek
) -> None:
    read = Voorstel(afzender="Vitens N.V.", referentie="40018274", bedrag_cents=12_50)
    _, url = reported(given, {"afzender": "Vitens"}, read)
    page = werkplek.of(given.actor).see(url)
    after = page.main.partition(UNCONFIRMED)[2].partition("Bladzijde 1")[0]
    assert "40018274" in after
    assert "€ 12,50" in after
    assert "Vitens" not in after
    values = page.form("Toevoegen en koppelen").values
    assert (values["afzender"], values["referentie"], values["bedrag"]) == ("Vitens", "", "")


def test_of_a_report_that_says_another_sender_all_that_was_read_is_shown(given: Given, werkplek: Werkplek) -> None:
    _, url = reported(given, {"afzender": "Ziggo"}, Voorstel(afzender="Vitens N.V.", referentie="40018274"))
    after = werkplek.of(given.actor).see(url).main.partition(UNCONFIRMED)[2]
    assert "Vitens N.V." in after
    assert "40018274" in after


def test_markup_in_what_was_read_stays_words(given: Given, werkplek: Werkplek) -> None:
    read = Voorstel(afzender=HOSTILE, referentie=HOSTILE, bedrag_cents=1)
    id, add = reported(given, {}, read)
    staff = werkplek.of(given.actor)
    page = staff.see(add)
    assert HOSTILE in page.main.partition(UNCONFIRMED)[2]
    typed = page.form("Toevoegen en koppelen").values | {"afzender": "Vitens"}
    schuld_id = staff.post(add, data=typed).location.split("/schulden/")[1].split("/")[0]
    assert HOSTILE in staff.see(f"/werkvoorraad/{id}/schulden/{schuld_id}/fotos").main
    for url in (add, f"/werkvoorraad/{id}/schulden/{schuld_id}/fotos"):
        sent = staff.get(url).text
        assert "<script>alert" not in sent
        assert "&lt;script&gt;" in sent
