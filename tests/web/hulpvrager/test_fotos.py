"""One letter is enough: a photo of it makes a line of the list, whatever else was typed."""

import io
from typing import Any
from uuid import uuid4

import pytest

from portal.actions.foto_weg import remove_foto
from portal.actions.hulpvrager import add_schuld
from portal.beeld.decoderen import pages_of
from portal.domain.errors import MoveNotAllowed
from portal.domain.roles import Actor
from portal.queries import fotos
from portal.web import bestanden
from portal.web.hulpvrager.forms import foto as forms
from tests.beeld import plaatjes
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import place, sign_in, verzoek_of

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


# --- taken back -----------------------------------------------------------------------------------


def test_one_photo_is_taken_back_after_a_question_and_the_schuld_stays(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg(), afzender="Vitens")
    (foto,) = kept(browser, given)
    line, away = f"{LIST}/{foto.schuld_id}", f"/verzoek/fotos/{foto.id}/verwijderen"
    assert away in browser.see(line).links.values()
    assert browser.see(away).h1 == "Wilt u deze foto weghalen?"
    assert len(kept(browser, given)) == 1, "a look removes nothing"
    page = browser.follow(browser.fill(away, {}))
    assert page.url == line
    assert "De foto is weg." in page.main
    assert kept(browser, given) == []
    assert told(browser, given)[0]["afzender"] == "Vitens"
    assert picture_of(browser, foto).status_code == browser.get(away).status_code == 404


def test_the_button_pressed_twice_is_pressed_once(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg(), afzender="Vitens")
    (foto,) = kept(browser, given)
    for away in (f"/verzoek/fotos/{foto.id}/verwijderen", f"{LIST}/{foto.schuld_id}/verwijderen"):
        page = browser.see(away)
        browser.fill(page, {})
        assert browser.follow(browser.fill(page, {})).url == LIST
    assert told(browser, given) == []


def test_of_two_photos_the_other_one_stays(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (first,) = kept(browser, given)
    send(browser, plaatjes.png((90, 90)), f"{LIST}/{first.schuld_id}")
    browser.fill(f"/verzoek/fotos/{first.id}/verwijderen", {})
    (left,) = kept(browser, given)
    assert left.id != first.id
    assert picture_of(browser, left).status_code == 200


def test_the_only_photo_of_a_letter_without_a_name_leads_to_the_whole_schuld(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (foto,) = kept(browser, given)
    page = browser.follow(browser.fill(f"/verzoek/fotos/{foto.id}/verwijderen", {}))
    assert page.url == f"{LIST}/{foto.schuld_id}/verwijderen"
    assert "Zonder deze foto weten wij niet van wie de brief is." in page.main
    assert len(kept(browser, given)) == 1
    browser.fill(page, {})
    assert told(browser, given) == []


def test_a_photo_of_somebody_else_or_of_what_was_filed_is_not_taken_back(
    browser: Browser, new_browser: MakeBrowser, given: Given
) -> None:
    send(browser, plaatjes.jpeg(), afzender="Vitens")
    (foto,) = kept(browser, given)
    away = f"/verzoek/fotos/{foto.id}/verwijderen"
    stranger = new_browser()
    place(stranger, given, "schulden")
    assert stranger.get(away).status_code == 404
    assert Page(stranger.post(away, data=stranger.see(NEW).form().values)).to == LIST
    filed = given.submitted()
    person = Actor.hulpvrager(filed)
    with given.session(person) as session:
        schuld_id = add_schuld(session, person, filed, {"afzender": "Vitens"}, beeld=pages_of(plaatjes.jpeg()))
        late = fotos.of_case(session, filed)[0].id
        with pytest.raises(MoveNotAllowed):
            remove_foto(session, person, filed, schuld_id, late)
    sign_in(stranger, given.database, filed)
    assert stranger.get(f"/verzoek/fotos/{late}/verwijderen").location == "/verzoek"
    assert len(kept(browser, given)) == 1


# --- not kept -------------------------------------------------------------------------------------

AGAIN = "Kies de foto nog een keer. Wij konden hem nog niet bewaren."


def test_a_photo_that_could_not_be_kept_with_a_change_is_asked_for_again(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg(), afzender="Vitens")
    (foto,) = kept(browser, given)
    line = f"{LIST}/{foto.schuld_id}"
    assert AGAIN in send(browser, plaatjes.png((90, 90)), line, bedrag="veel").errors
    opened = browser.see(line).form().values
    send(browser, b"", line, afzender="Waternet")
    other = {"foto": (io.BytesIO(plaatjes.png((90, 90))), "b.png"), "afzender": "Brabant Water"}
    page = Page(browser.post(line, data=opened | other))
    assert page.status == 409
    assert page.errors == [AGAIN]
    assert len(kept(browser, given)) == 1


def test_a_photo_for_a_line_that_is_gone_is_asked_for_again(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg(), afzender="Vitens")
    (foto,) = kept(browser, given)
    line = f"{LIST}/{foto.schuld_id}"
    opened = browser.see(line).form().values
    browser.fill(f"{line}/verwijderen", {})
    page = Page(browser.post(line, data=opened | {"foto": (io.BytesIO(plaatjes.jpeg()), "a.jpg")}))
    assert page.status == 404
    assert page.errors == [AGAIN]
    assert page.form().values["afzender"] == "Vitens"
