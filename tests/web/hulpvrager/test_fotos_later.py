"""The photo of a letter after filing: with an answer, with post that came, and with a schuld that was forgotten."""

import io
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask

from portal import clock as portal_clock
from portal.domain.foto import MAX_FOTOS
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Foto
from portal.queries import dossier, fotos
from portal.web.hulpvrager.forms import foto as forms
from tests.beeld import plaatjes
from tests.conftest import Clock
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in

POST = {"van": "anders", "afzender": "Ziggo", "wat": "brief"}
PAGES: dict[str, dict[str, Any]] = {
    "aanvulling": {"reactie": "Dat is KL-1."},
    "post": POST,
    "schuld-vergeten": {"afzender": "Ziggo"},
}
"""The pages with a box for a photo, and what is typed there besides."""

SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    """Where staff works."""
    return Werkplek(app, given, new_browser)


def at(slug: str, browser: Browser, given: Given) -> UUID:
    """Sign this browser in to a case that takes this page."""
    id = given.waiting() if slug == "aanvulling" else given.approved()
    sign_in(browser, given.database, id)
    return id


def send(browser: Browser, slug: str, sent: bytes, typed: dict[str, Any]) -> Page:
    return browser.fill(f"/verzoek/{slug}", {"foto": (io.BytesIO(sent), "brief.jpg")} | typed)


def kept(given: Given, id: UUID) -> list[Foto]:
    with given.session(Actor.hulpvrager(id)) as session:
        return list(fotos.of_case(session, id))


def told_nothing(given: Given, id: UUID) -> bool:
    with given.session(given.actor) as session:
        answered = [each for each in dossier.aanvullingen(session, id) if each.answered_at]
        return not answered and not dossier.meldingen(session, id) and not kept(given, id)


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"geen foto", "Wij kunnen dit bestand niet lezen."),
        (b"GIF89a" + bytes(40), "Wij kunnen dit bestand niet lezen."),
        (SCRIPT + plaatjes.jpeg(), "Wij kunnen dit bestand niet lezen."),
        (plaatjes.bomb(), "Wij kunnen dit bestand niet lezen."),
        (bytes(400_000), "Dit bestand is te groot."),
    ],
    ids=["text", "gif", "polyglot", "bomb", "large"],
)
def test_a_bad_file_is_explained_and_no_answer_is_lost(
    slug: str, sent: bytes, sentence: str, browser: Browser, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MAX_FILE_BYTES", 300_000)
    id = at(slug, browser, given)
    page = send(browser, slug, sent, PAGES[slug])
    assert page.status == 422
    assert len(page.errors) == 1
    assert page.errors[0].startswith(sentence)
    assert {name: page.form().values[name] for name in PAGES[slug]} == PAGES[slug]
    assert told_nothing(given, id)


@pytest.mark.parametrize("slug", PAGES)
def test_of_three_thousand_pages_the_first_ten_are_kept_and_what_hides_behind_a_photo_is_not(
    slug: str, browser: Browser, given: Given
) -> None:
    id = at(slug, browser, given)
    assert send(browser, slug, plaatjes.pdf(3_000), PAGES[slug]).to == "/verzoek"
    assert [foto.paginas for foto in kept(given, id)] == [10]
    if slug == "aanvulling":
        return  # a question is answered once
    assert send(browser, slug, plaatjes.jpeg() + SCRIPT, PAGES[slug]).to == "/verzoek"
    newest = kept(given, id)[-1]
    assert SCRIPT not in browser.get(f"/verzoek/fotos/{newest.id}/1").data


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("aanvulling", {"reactie": "a" * 5001}),
        ("post", POST | {"wat": ""}),
        ("schuld-vergeten", {"afzender": "Ziggo", "bedrag": "veel"}),
    ],
)
def test_a_good_photo_beside_something_wrong_is_asked_for_again(
    slug: str, wrong: dict[str, Any], browser: Browser, given: Given
) -> None:
    id = at(slug, browser, given)
    page = send(browser, slug, plaatjes.jpeg(), wrong)
    assert page.status == 422
    assert "Kies de foto nog een keer. Wij konden hem nog niet bewaren." in page.errors
    assert told_nothing(given, id)
    assert "Kies de foto" not in browser.fill(f"/verzoek/{slug}", wrong).main


@pytest.mark.parametrize("slug", PAGES)
def test_more_photos_than_fit_are_told_and_the_words_can_still_be_sent(
    slug: str, browser: Browser, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.actions.fotos.MAX_FOTOS", 0)
    assert MAX_FOTOS == 80
    id = at(slug, browser, given)
    page = send(browser, slug, plaatjes.jpeg(), PAGES[slug])
    assert page.errors == ["Er passen geen foto's meer bij uw verzoek. Typ wat er in deze brief staat."]
    assert told_nothing(given, id)
    assert browser.fill(f"/verzoek/{slug}", PAGES[slug]).to == "/verzoek"


# --- an answer ------------------------------------------------------------------------------------


def test_a_photo_alone_answers_a_question_and_staff_reads_it(
    browser: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = at("aanvulling", browser, given)
    assert browser.fill("/verzoek/aanvulling", {}).errors == ["Vul uw antwoord in."]
    assert send(browser, "aanvulling", plaatjes.jpeg(), {}).to == "/verzoek"
    assert given.case(id).status is Status.IN_BEHANDELING
    (foto,) = kept(given, id)
    case = werkplek.of(given.actor).see(f"/werkvoorraad/{id}")
    assert f"/werkvoorraad/{id}/fotos/{foto.id}/1" in case.links.values()
    assert "stuurde een foto van een brief bij het antwoord" in case.main
    assert werkplek.of(given.other_actor).get(f"/werkvoorraad/{id}/fotos/{foto.id}/1").status_code == 404


def test_the_same_answer_sent_twice_is_one_and_another_photo_too_late_is_told(browser: Browser, given: Given) -> None:
    id = at("aanvulling", browser, given)
    values = browser.see("/verzoek/aanvulling").form().values
    for _ in range(2):
        sent = {"foto": (io.BytesIO(plaatjes.jpeg()), "a.jpg")}
        assert browser.post("/verzoek/aanvulling", data=values | sent).location == "/verzoek"
    assert len(kept(given, id)) == 1
    assert "niet bewaard" not in browser.see("/verzoek").main
    browser.post("/verzoek/aanvulling", data=values | {"foto": (io.BytesIO(plaatjes.png((90, 90))), "b.png")})
    assert "Uw antwoord is niet bewaard" in browser.see("/verzoek").main
    assert len(kept(given, id)) == 1


# --- reports --------------------------------------------------------------------------------------


def test_the_photo_of_post_that_came_is_on_the_page_of_the_report(
    browser: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = at("post", browser, given)
    values = browser.see("/verzoek/post").form().values | POST
    for _ in range(2):
        browser.post("/verzoek/post", data=values | {"foto": (io.BytesIO(plaatjes.jpeg()), "a.jpg")})
    (foto,) = kept(given, id)
    with given.session(given.actor) as session:
        (melding,) = dossier.meldingen(session, id)
    assert foto.melding_id == melding.id
    page = werkplek.of(given.actor).see(f"/werkvoorraad/{id}/meldingen/{melding.id}")
    assert f"/werkvoorraad/{id}/fotos/{foto.id}/1" in page.links.values()


def test_the_photo_of_a_forgotten_schuld_goes_on_with_it_and_is_still_seen_with_the_report(
    browser: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = at("schuld-vergeten", browser, given)
    assert send(browser, "schuld-vergeten", plaatjes.jpeg(), {}).to == "/verzoek"
    with given.session(given.actor) as session:
        (melding,) = dossier.meldingen(session, id)
    staff, report = werkplek.of(given.actor), f"/werkvoorraad/{id}/meldingen/{melding.id}"
    assert "Brief op een foto" in staff.see(report).main
    add = f"/werkvoorraad/{id}/schulden/nieuw?melding={melding.id}"
    (foto,) = kept(given, id)
    picture = f"/werkvoorraad/{id}/fotos/{foto.id}/1"
    page = staff.see(add)
    assert picture in page.links.values()
    typed = page.form("Toevoegen en koppelen").values | {"afzender": "Ziggo"}
    assert "/koppelen" in staff.post(add, data=typed).location
    (moved,) = kept(given, id)
    assert moved.id == foto.id
    assert moved.melding_id is None
    schuld = next(line for line in given.case(id).schulden if line.verteld.afzender == "Ziggo")
    assert moved.schuld_id == schuld.id
    assert picture in staff.see(f"/werkvoorraad/{id}/schulden/{schuld.id}/fotos").links.values()
    assert picture in staff.see(report).links.values()
    assert f"zette de foto van een brief bij schuld {schuld.volgnummer}" in staff.see(f"/werkvoorraad/{id}").main


def test_a_forgotten_schuld_before_the_decision_is_on_the_list_with_its_photo(browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    assert send(browser, "schuld-vergeten", plaatjes.jpeg(), {}).to == "/verzoek"
    (foto,) = kept(given, id)
    assert foto.schuld_id == given.case(id).schulden[-1].id


# --- mijn gegevens --------------------------------------------------------------------------------


def test_my_data_name_each_photo_what_it_came_with_and_where_to_look(browser: Browser, given: Given) -> None:
    id = at("post", browser, given)
    send(browser, "post", plaatjes.pdf(2), POST)
    send(browser, "schuld-vergeten", plaatjes.jpeg(), {})
    page = browser.see("/verzoek/gegevens")
    for said in ("Post van Ziggo", "Nog een schuld: Brief op een foto"):
        assert said in page.main
    found = json.loads(browser.get("/verzoek/gegevens.json").data)["fotos"]
    assert [(told["id"], told["sha256"], told["bladzijden"]) for told in found] == [
        (str(foto.id), foto.beeld_sha256, foto.paginas) for foto in kept(given, id)
    ]
    addresses = [address for told in found for address in told["bekijken"]]
    assert len(addresses) == 3
    assert set(addresses) <= {link.get("href") for link in page.tree.iter("a")}
    assert {browser.get(urlsplit(address).path).mimetype for address in addresses} == {"image/jpeg"}


def test_without_photos_nothing_is_said_of_them(browser: Browser, given: Given) -> None:
    at("post", browser, given)
    assert "foto" not in browser.see("/verzoek/gegevens").main
    assert json.loads(browser.get("/verzoek/gegevens.json").data)["fotos"] == []


# --- a page that comes back -----------------------------------------------------------------------


@pytest.mark.parametrize("slug", PAGES)
def test_in_another_language_the_photo_is_asked_for_again_and_what_was_typed_is_there(
    slug: str, browser: Browser, given: Given
) -> None:
    id = at(slug, browser, given)
    values = browser.see(f"/verzoek/{slug}").form().values | PAGES[slug] | {"taal": "en"}
    sent = {"foto": (io.BytesIO(plaatjes.jpeg()), "brief.jpg")}
    page = Page(browser.post(f"/verzoek/{slug}", data=values | sent))
    assert page.errors == ["Choose the photo again. We could not keep it yet."]
    assert {name: page.form().values[name] for name in PAGES[slug]} == PAGES[slug]
    assert told_nothing(given, id)
    assert Page(browser.post(f"/verzoek/{slug}", data=values)).errors == [], "no photo, nothing to ask for"


def test_who_was_signed_out_reads_that_the_photo_has_to_be_chosen_again(
    browser: Browser, given: Given, clock: Clock
) -> None:
    at("aanvulling", browser, given)
    seen = browser.see("/verzoek/aanvulling")
    clock.set_instant(portal_clock.now() + timedelta(days=1))
    sent = {"foto": (io.BytesIO(plaatjes.jpeg()), "brief.jpg")}
    for files, said in ((sent, True), ({"reactie": "Dat is KL-1."}, False)):
        page = browser.fill(seen, files)
        assert page.h1 == "Log opnieuw in"
        assert ("Koos u een foto? Kies die straks nog een keer." in page.main) is said


@pytest.mark.parametrize(("slug", "jobs"), [("aanvulling", 0), ("post", 0), ("schuld-vergeten", 1)])
def test_only_a_photo_of_which_a_schuld_is_proposed_is_read(
    slug: str, jobs: int, browser: Browser, given: Given, owner: Any
) -> None:
    id = at(slug, browser, given)
    send(browser, slug, plaatjes.jpeg(), PAGES[slug])
    assert len(kept(given, id)) == 1
    waiting = owner.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'read_foto'").fetchall()
    assert len(waiting) == jobs
