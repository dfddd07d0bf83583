"""One letter is enough: a photo of it makes a line of the list, whatever else was typed."""

import io
from typing import Any
from uuid import uuid4

import pytest

from portal.domain.roles import Actor
from portal.queries import fotos
from portal.web import bestanden
from portal.web.hulpvrager.forms import foto as forms
from tests.beeld import plaatjes
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import place, verzoek_of

LIST, NEW = "/verzoek/schulden", "/verzoek/schulden/nieuw"


@pytest.fixture(autouse=True)
def _at_the_list(browser: Browser, given: Given) -> None:
    place(browser, given, "schulden")


def send(browser: Browser, sent: bytes, url: str = NEW, **typed: Any) -> Page:
    return browser.fill(url, {"foto": (io.BytesIO(sent), "brief.jpg")} | typed)


def kept(browser: Browser, given: Given) -> list[Any]:
    id = verzoek_of(browser, given).id
    with given.session(Actor.hulpvrager(id)) as session:
        return list(fotos.of_case(session, id))


def told(browser: Browser, given: Given) -> list[dict[str, Any]]:
    return [schuld.gegevens for schuld in verzoek_of(browser, given).schulden]


def picture_of(browser: Browser, foto: Any) -> Any:
    return browser.get(f"/verzoek/fotos/{foto.id}/1")


def test_a_photo_alone_is_a_line_of_the_list(browser: Browser, given: Given) -> None:
    page = browser.follow(send(browser, plaatjes.jpeg()))
    assert page.url == LIST
    assert "Brief op een foto" in page.main
    assert "Met een foto van de brief" in page.main
    assert told(browser, given)[0]["afzender"] == ""
    (foto,) = kept(browser, given)
    shown = picture_of(browser, foto)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"Geheime Camera" not in shown.data


def test_the_photo_is_sealed_in_the_database(browser: Browser, given: Given, owner: Any) -> None:
    send(browser, plaatjes.jpeg())
    (row,) = owner.execute("SELECT beeld_sealed FROM foto").fetchall()
    assert b"JFIF" not in row[0]


def test_the_same_page_sent_twice_is_one_line_and_one_photo(browser: Browser, given: Given) -> None:
    values = browser.see(NEW).form().values
    for _ in range(2):
        browser.post(NEW, data=values | {"foto": (io.BytesIO(plaatjes.jpeg()), "a.jpg")})
    assert len(told(browser, given)) == len(kept(browser, given)) == 1
    browser.post(NEW, data=values | {"foto": (io.BytesIO(plaatjes.png()), "a.jpg")})
    assert len(told(browser, given)) == len(kept(browser, given)) == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"geen foto", "Wij kunnen dit bestand niet lezen."),
        (plaatjes.bomb(), "Wij kunnen dit bestand niet lezen."),
        (bytes(400_000), "Dit bestand is te groot."),
    ],
    ids=["text", "bomb", "large"],
)
def test_a_bad_file_is_explained_and_keeps_what_was_typed(
    sent: bytes, sentence: str, browser: Browser, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The large one is larger than a page of text may be, and smaller than what the server takes."""
    monkeypatch.setattr(forms, "MAX_FILE_BYTES", 300_000)
    page = send(browser, sent, afzender="Vitens", bedrag="12,50")
    assert page.status == 422
    assert page.errors[0].startswith(sentence)
    assert page.form().values["afzender"] == "Vitens"
    assert page.form().values["bedrag"] == "12,50"
    assert told(browser, given) == []


def test_a_good_photo_with_a_wrong_amount_is_kept_while_the_amount_is_mended(browser: Browser, given: Given) -> None:
    page = send(browser, plaatjes.jpeg(), afzender="Vitens", bedrag="veel")
    assert page.status == 422
    assert len(kept(browser, given)) == 1
    assert page.form().values["bedrag"] == "veel"
    browser.post(page.form().action, data=page.form().values | {"bedrag": "12,50"})
    (line,) = told(browser, given)
    assert (line["afzender"], line["bedrag_cents"]) == ("Vitens", 1250)
    assert len(kept(browser, given)) == 1


def test_far_too_much_is_told_on_a_page_of_its_own(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bestanden, "MAX_BODY_WITH_FILE_BYTES", 300_000)
    page = browser.post(NEW, data={"foto": (io.BytesIO(bytes(400_000)), "a.jpg")})
    assert page.status_code == 413
    assert "hoogstens 10 MB" in page.text


def test_a_word_in_the_place_of_the_photo_is_nothing(browser: Browser, given: Given) -> None:
    assert browser.fill(NEW, {"afzender": "Vitens", "foto": "../../etc/passwd"}).to == LIST
    assert kept(browser, given) == []


def test_the_photo_leaves_with_its_line(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (foto,) = kept(browser, given)
    browser.fill(f"{LIST}/{foto.schuld_id}/verwijderen", {})
    assert kept(browser, given) == []
    assert picture_of(browser, foto).status_code == 404


def test_a_photo_is_seen_by_its_own_person_only(browser: Browser, new_browser: MakeBrowser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (foto,) = kept(browser, given)
    stranger = new_browser()
    place(stranger, given, "schulden")
    assert picture_of(stranger, foto).status_code == 404
    for wrong in (f"/verzoek/fotos/{foto.id}/2", f"/verzoek/fotos/{foto.id}/0", f"/verzoek/fotos/{uuid4()}/1"):
        assert browser.get(wrong).status_code == 404
