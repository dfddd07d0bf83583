"""Received mail: read on the case, noted as an answer, done with; and mail without a case."""

from uuid import UUID, uuid4

import pytest

from portal.actions import inkomend
from portal.domain.beantwoording import Antwoordweg
from portal.domain.errors import NotFound
from portal.domain.inkomend import Mailsoort
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord
from portal.models import Beantwoording, Inkomend
from portal.queries import antwoord as answers
from tests.given import Given
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

HOSTILE = "<script>alert(1)</script>\nWij doen mee.\u202e\0"


def mail(given: Given, id: UUID) -> Inkomend:
    with given.session(Actor.systeem()) as session:
        return session.get_one(Inkomend, id)


def last(given: Given, kennisgeving_id: UUID) -> Beantwoording | None:
    with given.session(Actor.systeem()) as session:
        return answers.last_answer(session, kennisgeving_id)


def test_an_answer_by_mail_waits_in_the_lane_is_read_and_noted(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Ziggo")])
    given.hand_over(id)
    got = given.mail(id, tekst=HOSTILE, onderwerp="Re: brief", afzender="iemand@ziggo.example")
    lane = anna.see("/werkvoorraad?baan=mail_lezen")
    assert given.case(id).kenmerk in lane.links
    case = anna.see(desk.url(id))
    page = anna.see(case.links["Lezen: Re: brief"])
    assert "<script>alert(1)</script> Wij doen mee." in page.main
    assert "\u202e" not in page.html
    assert anna.press(page, "Antwoord noteren").errors == ["Kies uw antwoord."]
    assert anna.fill(page, {"antwoord": "geen_medewerking"}, button="Antwoord noteren").errors
    after = anna.follow(anna.fill(page, {"antwoord": "bevestigd"}, button="Antwoord noteren"))
    assert "Het antwoord is genoteerd" in after.text
    given_answer = last(given, werkplek.messages(id)["Ziggo"].id)
    assert given_answer is not None
    assert (given_answer.antwoord, given_answer.via) == (Antwoord.BEVESTIGD, Antwoordweg.MAIL)
    assert mail(given, got).handled_by == given.actor.id
    assert given.case(id).kenmerk not in anna.see("/werkvoorraad?baan=mail_lezen").links
    assert anna.press(page, "Gelezen, niets meer te doen").status == 409


def test_a_mail_that_answers_nothing_is_put_aside(anna: Browser, given: Given) -> None:
    id = given.submitted()
    got = given.mail(None, Mailsoort.ANTWOORD, kenmerken=(given.case(id).kenmerk,), tekst="Hoe laat bent u open?")
    page = anna.see(desk.url(id, f"/mail/{got}"))
    assert "Antwoord noteren" not in page.main
    assert anna.follow(anna.press(page, "Gelezen, niets meer te doen")).status == 200
    assert mail(given, got).handled_at is not None


def test_a_mail_of_which_only_the_case_is_known_is_noted_for_the_chosen_schuldeiser(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.approved([given.regel("Ziggo"), given.regel("Eneco", "EN-2")])
    given.hand_over(id)
    got = given.mail(id, token=False, onderwerp="Over uw brief", tekst="Wij doen niet mee.")
    page = anna.see(desk.url(id, f"/mail/{got}"))
    assert "Antwoord noteren" not in [button for form in page.forms for button in form.buttons]
    eneco = werkplek.messages(id)["Eneco"].id
    chosen = anna.see(desk.url(id, f"/mail/{got}?bericht={eneco}"))
    assert "Antwoord van Eneco" in chosen.main
    values = {"antwoord": "geen_medewerking", "reden": "geen_samenwerking", "contactpersoon": "Mo Bakker"}
    assert anna.fill(chosen, values | {"reden": None}, button="Antwoord noteren").errors
    assert anna.fill(chosen, values, button="Antwoord noteren").status == 302
    noted = last(given, eneco)
    assert noted is not None
    assert (noted.antwoord, noted.via) == (Antwoord.GEEN_MEDEWERKING, Antwoordweg.MAIL)
    assert noted.gegeven.contactpersoon == "Mo Bakker"
    assert last(given, werkplek.messages(id)["Ziggo"].id) is None
    assert mail(given, got).kennisgeving_id == eneco
    assert "Over uw brief" in anna.see(desk.url(id, f"/kennisgevingen/{eneco}")).main, "from now on it is there too"
    assert "las een ontvangen e-mail over het bericht aan Eneco en handelde die af" in anna.see(desk.url(id)).main
    assert mail(given, got).handled_by == given.actor.id
    for odd in (uuid4(), werkplek.messages(given.approved([given.regel("Vitens")]))["Vitens"].id, "x"):
        assert "Antwoord van" not in anna.see(desk.url(id, f"/mail/{got}?bericht={odd}")).main


def test_a_mail_is_not_tied_to_a_message_of_another_case(given: Given, werkplek: Werkplek) -> None:
    id, other = given.approved([given.regel("Ziggo")]), given.approved([given.regel("Eneco")])
    got, elsewhere = given.mail(id, token=False), werkplek.messages(other)["Eneco"].id
    with given.session(given.actor) as session, pytest.raises(NotFound):
        inkomend.handle(session, given.actor, got, answers=elsewhere)
    assert mail(given, got).is_te_lezen


def test_what_came_back_is_on_the_page_of_the_message_with_the_advice_to_use_the_post(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.approved([given.regel("Ziggo")])
    given.hand_over(id)
    given.mail(id, Mailsoort.GEBLOKKEERD, code="5.7.1", diagnose="Rejected by policy")
    message = werkplek.messages(id)["Ziggo"]
    page = anna.see(desk.url(id, f"/kennisgevingen/{message.id}"))
    assert "Geblokkeerd" in page.main
    assert page.form("Opnieuw versturen").values["kanaal"] == "brief"
    detail = anna.see(page.links["Bekijken: Geen onderwerp"])
    assert "Verstuur het per post." in detail.main
    assert "5.7.1 Rejected by policy" in detail.main
    assert "Gelezen, niets meer te doen" not in detail.main


def test_the_whole_mail_is_a_file_and_never_a_page(anna: Browser, given: Given) -> None:
    id = given.approved()
    got = given.mail(id)
    answer = anna.get(desk.url(id, f"/mail/{got}/bestand"))
    assert answer.data == b"x"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bericht.eml"'


def test_others_do_not_see_the_mail_and_an_auditor_changes_nothing(given: Given, werkplek: Werkplek) -> None:
    id, other = given.approved([given.regel("Een")]), given.approved([given.regel("Twee")])
    got = given.mail(id)
    assert werkplek.of(given.actor).see(desk.url(other, f"/mail/{got}"), 404).h1
    assert werkplek.of(given.other_actor).see(desk.url(id, f"/mail/{got}"), 404).h1
    auditor = werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR))
    page = auditor.see(desk.url(id, f"/mail/{got}"))
    assert "Gelezen, niets meer te doen" not in page.main
    assert auditor.see(desk.url(id, f"/mail/{got}/bestand"), 403).h1
    landelijk = werkplek.of(given.medewerker(None, Role.LANDELIJK_BEHEERDER))
    assert landelijk.see(f"/beheer/mail/{got}", 404).h1


def test_mail_without_a_case_is_laid_on_its_case_or_put_aside(given: Given, werkplek: Werkplek) -> None:
    id, anna = given.approved(), werkplek.of(given.actor)
    first, second = (given.mail(None, onderwerp=onderwerp) for onderwerp in ("Eerste", "Tweede"))
    landelijk = werkplek.of(given.medewerker(None, Role.LANDELIJK_BEHEERDER))
    page = landelijk.see(landelijk.see("/beheer/mail").links["Lezen: Eerste"])
    button = "Bij de zaak leggen"
    assert landelijk.fill(page, {"kenmerk": "PK-H4X-9TQ-27R"}, button=button).errors
    assert landelijk.fill(page, {"kenmerk": "PK-H4X-9TQ-27Q"}, button=button).errors == [
        "Er is geen zaak met dit kenmerk."
    ]
    kenmerk = given.case(id).kenmerk.lower()
    left = landelijk.follow(landelijk.fill(page, {"kenmerk": kenmerk}, button=button))
    assert "Lezen: Eerste" not in left.links
    assert landelijk.see(f"/beheer/mail/{first}", 404).h1
    assert anna.see(desk.url(id, f"/mail/{first}")).status == 200
    aside = landelijk.press(landelijk.see(left.links["Lezen: Tweede"]), "Gelezen, niets meer te doen")
    assert "Bekijken: Tweede" in landelijk.follow(aside).links
    assert mail(given, second).verzoek_id is None
    assert anna.see("/beheer/mail", 403).h1
