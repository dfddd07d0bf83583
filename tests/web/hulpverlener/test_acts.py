"""Ask, decline, end, post, send again."""

import io
from datetime import date

import psycopg
import pytest
from pypdf import PdfReader

from portal.actions import directory, review, verzending
from portal.actions.verzending import Uitslag
from portal.delivery.tasks import typeset
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat, Status, Verzendstatus
from portal.models import Bericht, Kennisgeving
from portal.queries import dossier
from tests.actions.conftest import Owner
from tests.conftest import Clock
from tests.given import Given, antwoorden
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek


def refuse(given: Given, message: Kennisgeving, resultaat: Pogingresultaat = Pogingresultaat.GEWEIGERD) -> None:
    """As the worker: the mail server says no, or not now."""
    outcome = Uitslag(resultaat=resultaat, code=550, antwoord="5.1.1 no such user", tls=True)
    record = verzending.record_refusal if resultaat is Pogingresultaat.GEWEIGERD else verzending.record_temporary
    with given.session(Actor.systeem()) as session:
        given.typeset(message.id)
        verzending.begin_attempt(session, Kennisgeving, message.id)
        record(session, Kennisgeving, message.id, outcome)


def berichten(given: Given, id: object) -> list[Bericht]:
    with given.session(Actor.systeem()) as session:
        return list(dossier.berichten(session, id))  # type: ignore[arg-type]


def test_a_question_is_sent_and_the_case_waits(anna: Browser, given: Given) -> None:
    id = given.taken()
    address = desk.url(id, "/aanvulling")
    assert anna.press(address, "Vraag versturen").errors == ["Vul in wat u van de hulpvrager wilt weten."]
    assert anna.fill(address, {"vraag": "x" * 2001}, button="Vraag versturen").errors
    page = anna.follow(anna.fill(address, {"vraag": "Wat is uw\nklantnummer?"}, button="Vraag versturen"))
    assert given.case(id).status is Status.AANVULLING_GEVRAAGD
    assert "Wat is uw klantnummer?" in page.main
    assert "Nog geen antwoord" in page.main


def test_an_answer_by_telephone_is_noted_and_the_case_goes_on(anna: Browser, given: Given) -> None:
    id = given.waiting()
    page = anna.see(anna.see(desk.url(id)).links["Antwoord van de telefoon noteren"])
    assert "Wat is uw klantnummer?" in page.main
    assert "06 12345678" in page.main
    assert anna.press(page, "Antwoord opslaan").errors == ["Vul in wat de hulpvrager antwoordde."]
    after = anna.follow(anna.fill(page, {"reactie": "Dat is 1."}, button="Antwoord opslaan"))
    assert given.case(id).status is Status.IN_BEHANDELING
    assert "Antwoord van de hulpvrager, aan de telefoon, genoteerd door Anna de Boer, 1 februari 2027" in after.main
    assert "Anna de Boer noteerde het antwoord van de hulpvrager." in after.main
    assert "Dat is 1." in after.main
    assert anna.fill(page, {"reactie": "Of 2."}, button="Antwoord opslaan").status == 409
    assert anna.see(desk.url(id, "/aanvulling/antwoord"), 409).h1


def test_the_previewed_refusal_is_the_message_that_the_hulpvrager_gets(anna: Browser, given: Given) -> None:
    id = given.taken()
    address = desk.url(id, "/niet-goedkeuren")
    empty = anna.press(address, "Niet goedkeuren")
    assert empty.errors == ["Vul in waarom er geen pauze komt. De hulpvrager leest dit."]
    page = anna.fill(address, {"toelichting": "U hebt al een regeling."}, button="Voorbeeld bekijken")
    assert "De hulp gaat door" in page.main
    (preview,) = [" ".join("".join(pre.itertext()).split()) for pre in page.tree.iter("pre")]
    assert given.case(id).status is Status.IN_BEHANDELING
    anna.press(page, "Niet goedkeuren")
    assert given.case(id).status is Status.NIET_GOEDGEKEURD
    assert preview == " ".join(berichten(given, id)[0].tekst.split())
    assert "U hebt al een regeling." in preview


def test_where_somebody_reads_along_the_reviewer_sees_what_is_mailed_and_what_is_not(
    anna: Browser, given: Given
) -> None:
    id = given.taken(contact=antwoorden()["contact"] | {"meelezen": True})
    page = anna.fill(desk.url(id, "/niet-goedkeuren"), {"toelichting": "Geheim."}, button="Voorbeeld bekijken")
    on_page, mailed = ["".join(pre.itertext()) for pre in page.tree.iter("pre")]
    assert "Geheim." in on_page
    assert "Geheim." not in mailed


def test_ending_says_who_is_told_and_keeps_the_reason_inside(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Ziggo"), given.regel("Vitens", mailable=False)])
    refuse(given, werkplek.messages(id)["Ziggo"], Pogingresultaat.TIJDELIJK)
    page = anna.see(desk.url(id, "/beeindigen"))
    assert "Eerst de hulpvrager (per e-mail en op de statuspagina)." in page.main
    assert "Daarna per e-mail: 1 ontvanger." in page.main
    assert "wisten nog niets: Vitens." in page.main
    letter = desk.url(id, f"/brieven/{werkplek.messages(id)['Vitens'].id}")
    assert page.links["Brief aan Vitens"] == letter
    assert anna.press(page, "Pauze beëindigen").errors == ["Kies een reden."]
    assert anna.fill(page, {"reden": "Bestaat niet"}, button="Pauze beëindigen").errors == ["Kies een reden."]
    after = anna.follow(anna.fill(page, {"reden": "Overleden"}, button="Pauze beëindigen"))
    assert given.case(id).status is Status.BEEINDIGD
    assert "Einde pauze per e-mail" in after.main
    with given.session(Actor.systeem()) as session:
        told = [message.tekst for message in dossier.kennisgevingen(session, id)]
    assert not any("verleden" in text for text in told)


def test_who_was_reached_by_no_mail_is_called_once(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.submitted()
    given.refuse_mail(id)
    page = anna.see(desk.url(id))
    assert "Bel de hulpvrager: de e-mail kwam niet aan Verzoek ontvangen, 1 februari 2027 om 10:00" in page.main
    assert "Telefoon: 06 12345678" in page.main
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    assert "Ik heb gebeld" not in werkplek.of(auditor).see(desk.url(id)).main
    after = anna.follow(anna.press(page, "Ik heb gebeld"))
    assert "de e-mail kwam niet aan" not in after.main
    assert "Anna de Boer vertelde de hulpvrager wat niet per e-mail aankwam." in after.main
    assert anna.press(page, "Ik heb gebeld").status == 409
    assert werkplek.events(id).count("HulpvragerTold") == 1


def test_what_failed_after_the_page_was_read_is_still_to_be_told(anna: Browser, given: Given) -> None:
    id = given.taken()
    given.refuse_mail(id)
    page = anna.see(desk.url(id))
    with given.session(given.actor) as session:
        review.request_supplement(session, given.actor, id, given.versie(id), "Wat is uw klantnummer?")
    given.refuse_mail(id)
    after = anna.follow(anna.press(page, "Ik heb gebeld"))
    assert "de e-mail kwam niet aan Vraag aan de hulpvrager" in after.main


def test_ending_names_apart_whose_own_pause_is_over(werkplek: Werkplek, given: Given, clock: Clock) -> None:
    id = given.approved_for(Kort=2, Lang=8)
    given.hand_over(id)
    clock.set(date(2027, 4, 2))
    page = werkplek.of(given.actor).see(desk.url(id, "/beeindigen")).main
    assert "Daarna per e-mail: 1 ontvanger." in page
    assert "bij deze schuldeisers is de pauze al voorbij: Kort." in page
    assert "wisten nog niets" not in page


def test_a_letter_is_printed_and_marked_as_posted_once(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Vitens", mailable=False, postadres="Postbus 1\n8000 AA Zwolle")])
    message = werkplek.messages(id)["Vitens"]
    case = anna.see(desk.url(id))
    assert "/werkvoorraad/post" in case.links.values()
    letter = case.links["Brief printen: Vitens"]
    early = anna.see(letter)
    assert "De brief wordt gemaakt." in early.main
    assert [form.buttons for form in early.forms if "brieven" in form.action] == []
    typeset(given.database, message.id)
    page = anna.see(letter)
    response = anna.get(page.links["Brief openen (PDF)"])
    assert response.headers["Content-Disposition"] == "attachment; filename=brief.pdf"
    [sheet] = PdfReader(io.BytesIO(response.data)).pages
    assert "Vitens\nPostbus 1\n8000 AA Zwolle" in sheet.extract_text()
    after = anna.follow(anna.press(page, "Ik heb deze brief verstuurd"))
    assert "Op de post" in after.main
    assert werkplek.messages(id)["Vitens"].status is Verzendstatus.AANGEBODEN
    assert anna.press(page, "Ik heb deze brief verstuurd").status == 409


def test_a_letter_that_can_go_nowhere_is_flagged_until_somebody_knows_an_address(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.approved([given.regel("Nergens BV", mailable=False, postadres=None)])
    message = werkplek.messages(id)["Nergens BV"]
    typeset(given.database, message.id)
    url, pdf = desk.url(id, f"/kennisgevingen/{message.id}"), desk.url(id, f"/brieven/{message.id}")
    page = anna.see(url)
    assert "Geen postadres" in page.main
    assert "Brief openen (PDF)" not in page.links
    assert anna.see(pdf, 404).h1
    landelijk = given.medewerker(None, Role.LANDELIJK_BEHEERDER)
    with given.session(landelijk) as session:
        directory.keep_addresses(session, landelijk, message.schuldeiser_id, postadres="Postbus 7\n1000 AA Amsterdam")
    page = anna.see(url)
    assert "Schrijf het op de envelop: Nergens BV Postbus 7 1000 AA Amsterdam" in page.main
    assert anna.get(pdf).mimetype == "application/pdf"


def test_a_letter_that_lapsed_or_was_changed_cannot_be_printed(
    anna: Browser, given: Given, werkplek: Werkplek, owner: Owner
) -> None:
    id = given.approved([given.regel("Vitens", mailable=False)])
    message = werkplek.messages(id)["Vitens"].id
    url, pdf = desk.url(id, f"/kennisgevingen/{message}"), desk.url(id, f"/brieven/{message}")
    typeset(given.database, message)
    owner.execute("UPDATE brief SET pdf_sha256 = repeat('a', 64) WHERE id = %s", [message])
    assert "De brief is veranderd" in anna.see(url).main
    assert anna.see(pdf, 404).h1
    given.withdraw(id)
    assert "Brief" not in [word.split()[0] for word in anna.see(url).links]
    assert anna.see(pdf, 404).h1


def test_a_message_by_e_mail_has_no_letter(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Ziggo")])
    assert anna.see(desk.url(id, f"/brieven/{werkplek.messages(id)['Ziggo'].id}"), 404).h1


def test_a_message_of_another_case_is_not_found_below_this_one(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    one, other = given.approved([given.regel("Ziggo")]), given.approved([given.regel("Vitens")])
    message = werkplek.messages(other)["Vitens"]
    assert anna.see(desk.url(one, f"/kennisgevingen/{message.id}"), 404).h1


def test_a_setback_says_what_the_mail_server_answered_and_that_it_goes_on(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.approved([given.regel("Ziggo")])
    refuse(given, werkplek.messages(id)["Ziggo"], Pogingresultaat.TIJDELIJK)
    page = anna.see(desk.url(id)).main
    for words in ("Klaar om te versturen", "1 poging niet gelukt", "550 5.1.1 no such user", "Nieuwe poging"):
        assert words in page


@pytest.mark.parametrize(("kanaal", "expected"), [("email", "email"), ("brief", "brief")])
def test_what_was_not_delivered_is_sent_again_by_mail_or_by_post(
    anna: Browser, given: Given, werkplek: Werkplek, kanaal: str, expected: str
) -> None:
    id = given.approved([given.regel("Ziggo")])
    message = werkplek.messages(id)["Ziggo"]
    refuse(given, message)
    assert "Niet bezorgd" in anna.see(desk.url(id)).main
    page = anna.see(desk.url(id, f"/kennisgevingen/{message.id}"))
    assert message.sha256 in page.main
    assert anna.press(page, "Opnieuw versturen").errors == ["Kies hoe u het bericht wilt versturen."]
    after = anna.follow(anna.fill(page, {"kanaal": kanaal}, button="Opnieuw versturen"))
    assert after.status == 200
    again = werkplek.messages(id)["Ziggo"]
    assert (again.status, str(again.kanaal), again.sha256) == (Verzendstatus.KLAAR, expected, message.sha256)
    assert anna.fill(page, {"kanaal": kanaal}, button="Opnieuw versturen").status == 409


def test_a_mended_address_is_the_one_that_is_mailed(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Ziggo")])
    message = werkplek.messages(id)["Ziggo"]
    refuse(given, message)
    given.change_email(message.schuldeiser_id, "nieuw@ziggo.example")
    page = anna.see(desk.url(id, f"/kennisgevingen/{message.id}"))
    assert "nieuw@ziggo.example" in page.main
    anna.fill(page, {"kanaal": "email"}, button="Opnieuw versturen")
    assert werkplek.messages(id)["Ziggo"].aan == "nieuw@ziggo.example"


def test_without_a_verified_address_only_the_post_is_left(
    anna: Browser, given: Given, werkplek: Werkplek, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    id = given.approved([given.regel("Ziggo")])
    message = werkplek.messages(id)["Ziggo"]
    refuse(given, message)
    owner.execute("UPDATE schuldeiser SET email_verified_on = NULL, email_verified_by = NULL")
    page = anna.see(desk.url(id, f"/kennisgevingen/{message.id}"))
    assert "Er is geen gecontroleerd e-mailadres, dus alleen per post." in page.main
    assert anna.fill(page, {"kanaal": "email"}, button="Opnieuw versturen").errors
    assert werkplek.messages(id)["Ziggo"].status is Verzendstatus.NIET_BEZORGD


def test_consent_that_was_taken_back_on_the_telephone(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.matched()
    page = anna.see(anna.see(desk.url(id)).links["Toestemming intrekken"])
    assert "Het verzoek om hulp blijft staan." in page.main
    done = anna.follow(anna.press(page, "Toestemming intrekken"))
    assert "Geen toestemming" in done.main
    assert given.case(id).toestemming is None
    assert werkplek.events(id)[-1] == "ToestemmingRevoked"
    assert "Toestemming intrekken" not in done.links
    assert anna.see(desk.url(id, "/toestemming-intrekken"), 404).h1


def test_after_the_decision_consent_is_not_taken_back_by_itself(anna: Browser, given: Given) -> None:
    assert anna.see(desk.url(given.approved(), "/toestemming-intrekken"), 409).h1
