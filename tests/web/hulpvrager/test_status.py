"""The status page in every status, stopping, and answering a question."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.actions import verzending, wgs
from portal.actions.beantwoorden import answer
from portal.actions.verzending import Uitslag
from portal.actions.work import unit_of_work
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.bericht import AAN_SCHULDEISER, BerichtSoort
from portal.domain.errors import GeenToestemming
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Pogingresultaat, Status
from portal.models import Kennisgeving, Pauzeverzoek
from portal.queries import dossier
from portal.web.hulpvrager.zinnen import _STANDEN, BERICHTEN
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given, antwoorden
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import sign_in

READ_ALONG = {**antwoorden()["contact"], "meelezen": True}


def expired(given: Given, clock: Clock) -> UUID:
    """A pause whose last day has passed."""
    id = given.approved()
    clock.set(FIRST_DAY + timedelta(days=130))
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        verzoek = work.load_for_update(Pauzeverzoek, id)
        work.record(verzoek.expire(work.now))
    return id


SHOWN: list[tuple[Callable[[Given, Clock], UUID], str, str]] = [
    (lambda given, _: given.submitted(), "Wij hebben uw verzoek", "Uiterlijk maandag 1 maart 2027 belt iemand"),
    (
        lambda given, _: given.taken(),
        "Gemeente Utrecht bekijkt uw verzoek",
        "Een hulpverlener leest wat u hebt ingevuld.",
    ),
    (lambda given, _: given.waiting(), "Wij hebben nog iets van u nodig", "Wat is uw klantnummer?"),
    (lambda given, _: given.approved(), "Uw pauze is goedgekeurd", "tot en met dinsdag 1 juni 2027"),
    (lambda given, _: given.declined(), "Geen pauze. Wel hulp: wij bellen u.", "U hebt al een regeling."),
    (lambda given, _: given.withdrawn(), "U hebt het verzoek gestopt", "Dat kan altijd."),
    (lambda given, _: given.ended(), "Uw pauze is gestopt op 1 februari 2027", "Zij horen niet waarom."),
    (expired, "Uw pauze is voorbij", "De laatste dag van uw pauze was dinsdag 1 juni 2027."),
]


@pytest.mark.parametrize(("state", "words", "sentence"), SHOWN)
def test_every_status_is_said_in_plain_words(
    state: Callable[[Given, Clock], UUID], words: str, sentence: str, browser: Browser, given: Given, clock: Clock
) -> None:
    id = state(given, clock)
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    for shown in (words, sentence, given.case(id).kenmerk, "030 1234567"):
        assert shown in main
    assert "Verhuisd" not in main


@pytest.mark.parametrize("state", [lambda given, _: given.ended(), expired])
def test_after_the_end_it_says_what_to_do_and_what_to_pay(
    state: Callable[[Given, Clock], UUID], browser: Browser, given: Given, clock: Clock
) -> None:
    sign_in(browser, given.database, state(given, clock))
    main = browser.see("/verzoek").main
    assert (
        "Krijgt u een brief die u niet kunt betalen? Bel gemeente Utrecht. U kunt ook een nieuw verzoek doen." in main
    )
    assert "Blijf deze rekeningen betalen" in main
    assert "Een nieuw verzoek Doe een nieuw verzoek" in main


def test_no_status_and_no_message_is_forgotten() -> None:
    assert set(_STANDEN) == set(Status) - {Status.CONCEPT}
    assert set(BERICHTEN) == set(BerichtSoort) - AAN_SCHULDEISER


def test_a_date_that_has_passed_is_not_promised_again(browser: Browser, given: Given, clock: Clock) -> None:
    id = given.submitted()
    clock.set(FIRST_DAY + timedelta(days=40))
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    assert "Uiterlijk" not in main.split("Berichten van ons")[0]
    assert "Heeft gemeente Utrecht u nog niet gebeld? Bel dan zelf." in main


def test_the_call_is_promised_after_approval_too_until_it_was_held(browser: Browser, given: Given) -> None:
    id = given.approved()
    sign_in(browser, given.database, id)
    promised = "Uiterlijk maandag 1 maart 2027 belt iemand van gemeente Utrecht u."
    page, message = browser.see("/verzoek").main.split("Berichten van ons")
    assert promised in page
    assert "De pauze begon op 1 februari 2027" in page
    assert promised in message.split("Uw pauze is goedgekeurd", 1)[1]
    with given.session(given.actor) as session:
        wgs.register_gesprek(session, given.actor, id, given.versie(id), FIRST_DAY)
    assert promised not in browser.see("/verzoek").main.split("Berichten van ons")[0]


def test_who_gave_no_telephone_number_reads_that_he_is_mailed(browser: Browser, given: Given) -> None:
    contact = {**antwoorden()["contact"], "telefoon": ""}
    sign_in(browser, given.database, given.submitted(contact=contact))
    for path in ("/verzoek", "/verzoek/bevestiging"):
        main = browser.see(path).main
        assert "Uiterlijk maandag 1 maart 2027 mailt iemand van gemeente Utrecht u" in main, path
        assert "belt iemand" not in main, path


def test_the_messages_can_be_read_again(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    page = browser.see("/verzoek")
    summaries = ["".join(node.itertext()) for node in page.tree.iter("summary")]
    assert any(text.startswith("Uw verzoek is binnen (1 februari 2027 om 10:00") for text in summaries)
    assert "De pauze is er nu nog niet. Wij hebben nog niets aan uw schuldeisers verteld." in page.main


def test_who_has_mail_read_by_another_finds_the_facts_on_this_page(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.declined(contact=READ_ALONG))
    main = browser.see("/verzoek").main
    assert "U hebt al een regeling." in main
    assert "Er staat een bericht voor u klaar" not in main


# --- who was told ---------------------------------------------------------------------------------


def refuse(given: Given, id: UUID) -> None:
    """The mail server refuses every message of the case."""
    never = Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)
    given.begin_attempt(id)
    with given.session(Actor.systeem()) as session:
        for message in list(dossier.kennisgevingen(session, id)):
            verzending.record_refusal(session, Kennisgeving, message.id, never)


def answered(given: Given, id: UUID, gegeven: GegevenAntwoord) -> None:
    """The schuldeiser of the only message of the case answers it."""
    with given.session(Actor.systeem()) as session:
        message = session.scalars(select(Kennisgeving).where(Kennisgeving.verzoek_id == id)).one()
    actor = Actor.schuldeiser(message.schuldeiser_id)
    with given.session(actor) as session:
        answer(session, actor, message.id, gegeven, via=Antwoordweg.LINK)


def test_nothing_is_told_before_a_decision(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.taken([given.regel("Waterbedrijf Plons")]))
    main = browser.see("/verzoek").main
    assert "Nog niets. Wij vertellen pas iets als uw pauze is goedgekeurd." in main
    assert "Uw lijst: 1 schuld" in main


def test_without_consent_it_says_that_consent_is_needed(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted(toestemming={"keuze": "nee"}))
    page = browser.see("/verzoek")
    assert "en u toestemming geeft. U hebt nog geen toestemming gegeven." in page.main
    assert page.links["Toestemming geven"] == "/verzoek/toestemming-geven"


def test_consent_can_still_be_given_once_after_reading_the_text(browser: Browser, given: Given) -> None:
    id = given.taken(toestemming={"keuze": "nee"})
    sign_in(browser, given.database, id)
    page = browser.see("/verzoek/toestemming-geven")
    assert "Ik geef toestemming om mijn schuldeisers een bericht te sturen." in page.main
    assert given.case(id).toestemming is None
    done = browser.follow(browser.press(page, "Ja, ik geef toestemming"))
    assert "U gaf toestemming." in done.main
    assert "Toestemming geven" not in done.links
    assert given.case(id).toestemming is not None
    assert browser.press(page, "Ja, ik geef toestemming").to == "/verzoek"
    assert browser.see("/verzoek/toestemming-geven", 302).to == "/verzoek"
    assert len(given.case(id).toestemmingen) == 1


@pytest.mark.parametrize("state", [Given.declined, Given.withdrawn])
def test_after_the_decision_consent_is_not_asked_for(
    state: Callable[..., UUID], browser: Browser, given: Given
) -> None:
    sign_in(browser, given.database, state(given, toestemming={"keuze": "nee"}))
    assert "Toestemming geven" not in browser.see("/verzoek").links
    assert browser.see("/verzoek/toestemming-geven", 302).to == "/verzoek"


def test_a_message_that_waits_is_not_called_sent(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Plons"), given.regel("Post BV", mailable=False)])
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    assert "Plons Wordt verstuurd Het bericht staat klaar" in main
    assert "Post BV Gaat per post De gemeente verstuurt de brief nog." in main
    assert "Wij stuurden op" not in main


def test_silence_is_no_pause_and_no_refusal_but_a_convenant_is_a_pause(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Plons"), given.regel("Zorgzaam", convenant="Zorgverzekeraars")])
    given.hand_over(id)
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    asked = "Wij stuurden op 1 februari 2027 een e-mail. Wij vroegen een pauze tot en met 1 juni 2027."
    assert f"Plons Gevraagd {asked} Gevraagd, nog geen antwoord." in main
    assert f"Zorgzaam Pauze afgesproken {asked} Deze schuldeiser heeft afgesproken om mee te doen" in main
    assert "gestopt" not in main


@pytest.mark.parametrize(
    ("gegeven", "words"),
    [
        (GegevenAntwoord(antwoord=Antwoord.BEVESTIGD), "Pauze bevestigd"),
        (
            GegevenAntwoord(antwoord=Antwoord.GEEN_MEDEWERKING, reden=GeenMedewerking.GEEN_SAMENWERKING),
            "Doet niet mee",
        ),
        (GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_naam="Incasso Noord"), "Doorgegeven"),
    ],
)
def test_an_answer_is_shown(gegeven: GegevenAntwoord, words: str, browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Plons", convenant="Zorgverzekeraars")])
    given.hand_over(id)
    answered(given, id, gegeven)
    sign_in(browser, given.database, id)
    assert f"Plons {words}" in browser.see("/verzoek").main


def test_a_message_that_did_not_arrive_is_the_gemeentes_work(browser: Browser, given: Given) -> None:
    id = given.approved()
    refuse(given, id)
    sign_in(browser, given.database, id)
    assert "Nog niet gelukt Het bericht kwam niet aan. De gemeente kijkt ernaar." in browser.see("/verzoek").main


def came_back(given: Given, id: UUID) -> Kennisgeving:
    """The last message of a case that the mail server had taken."""
    back = Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        last = work.load_for_update(Kennisgeving, dossier.kennisgevingen(session, id)[-1].id)
        verzending.take_back(work, last, back)
        return last


def test_what_came_back_and_goes_by_post_now_is_not_said_to_be_posted_before(browser: Browser, given: Given) -> None:
    id = given.approved()
    given.hand_over(id)
    message = came_back(given, id)
    with given.session(given.actor) as session:
        verzending.retry(session, given.actor, message.id, Kanaal.BRIEF)
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    assert "Gaat per post De gemeente verstuurt de brief nog." in main
    assert "Wij stuurden op" not in main


def test_an_end_that_came_back_was_not_told(browser: Browser, given: Given) -> None:
    id = given.approved()
    given.hand_over(id)
    given.withdraw(id)
    given.hand_over(id)
    sign_in(browser, given.database, id)
    assert "vertelden wij dat de pauze stopt" in browser.see("/verzoek").main
    came_back(given, id)
    assert "Wij vertellen nog dat de pauze stopt." in browser.see("/verzoek").main


def test_the_pause_of_one_schuldeiser_is_over_while_another_runs_on(
    browser: Browser, given: Given, clock: Clock
) -> None:
    id = given.approved_for(Kort=2, Lang=8)
    given.hand_over(id)
    clock.set(date(2027, 4, 2))
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    assert "Kort Pauze voorbij Wij stuurden op 1 februari 2027 een e-mail." in main
    assert "Die pauze is voorbij. Deze schuldeiser mag weer om geld vragen." in main
    assert "Lang Gevraagd" in main
    assert "Wij vertellen aan 1 schuldeiser of incassobureau" in browser.see("/verzoek/intrekken").main


def test_what_did_not_leave_in_time_is_not_said_to_be_under_way(browser: Browser, given: Given, clock: Clock) -> None:
    id = given.approved_for(Kort=2, Lang=8)
    clock.set(date(2027, 4, 2))
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    assert "Kort Niet verstuurd" in main
    assert "Lang Wordt verstuurd" in main


def test_a_pause_that_nobody_closed_yet_is_over_all_the_same(browser: Browser, given: Given, clock: Clock) -> None:
    id = given.approved()
    clock.set(date(2027, 6, 2))
    sign_in(browser, given.database, id)
    assert "De laatste dag van uw pauze was dinsdag 1 juni 2027." in browser.see("/verzoek").main


def test_nobody_sees_the_request_of_another(browser: Browser, new_browser: MakeBrowser, given: Given) -> None:
    mine, other = given.approved([given.regel("Plons")]), given.approved([given.regel("Andermans Bank")])
    sign_in(browser, given.database, mine)
    page = browser.see("/verzoek")
    assert "Andermans Bank" not in page.html
    assert given.case(other).kenmerk not in page.html


# --- stop -----------------------------------------------------------------------------------------

STOP = "Ja, stop mijn verzoek"


def test_stopping_before_a_decision_tells_nobody(browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    page = browser.see("/verzoek/intrekken")
    assert "Wij vertellen niets aan uw schuldeisers." in page.main
    done = browser.follow(browser.press(page, STOP))
    assert "Uw verzoek is gestopt." in done.main
    assert given.case(id).status is Status.INGETROKKEN
    assert given.case(id).toestemming is None


def test_stopping_a_pause_says_who_will_be_told(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Plons"), given.regel("Zorgzaam")])
    sign_in(browser, given.database, id)
    assert "2 berichten die nog klaarstaan, gaan niet meer weg." in browser.see("/verzoek/intrekken").main
    given.hand_over(id)
    page = browser.see("/verzoek/intrekken")
    assert "Wij vertellen aan 2 schuldeisers en incassobureaus dat de pauze stopt." in page.main
    done = browser.follow(browser.press(page, STOP))
    assert done.main.count("Wij vertellen nog dat de pauze stopt.") == 2


def test_who_may_have_got_a_message_already_is_counted_as_told(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Plons")])
    given.begin_attempt(id)
    sign_in(browser, given.database, id)
    page = browser.see("/verzoek/intrekken").main
    assert "Wij vertellen aan 1 schuldeiser of incassobureau dat de pauze stopt." in page
    assert "klaarstaat" not in page


def test_stopping_twice_is_stopping_once(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    page = browser.see("/verzoek/intrekken")
    assert [browser.press(page, STOP).to for _ in range(2)] == ["/verzoek", "/verzoek"]


@pytest.mark.parametrize("state", [Given.declined, Given.withdrawn, Given.ended])
def test_what_is_over_cannot_be_stopped(state: Callable[[Given], UUID], browser: Browser, given: Given) -> None:
    id = state(given)
    sign_in(browser, given.database, id)
    page = browser.see("/verzoek")
    assert "/verzoek/intrekken" not in page.links.values()
    assert browser.see("/verzoek/intrekken", 302).to == "/verzoek"


# --- take the consent back -------------------------------------------------------------------------

REVOKE = "Ja, trek mijn toestemming in"


def test_consent_can_be_taken_back_alone_and_given_again(browser: Browser, given: Given) -> None:
    id = given.matched()
    sign_in(browser, given.database, id)
    page = browser.see(browser.see("/verzoek").links["Trek alleen mijn toestemming in"])
    assert "Uw verzoek om hulp blijft staan." in page.main
    assert "Uw toestemming is ingetrokken." in browser.follow(browser.press(page, REVOKE)).main
    assert (given.case(id).toestemming, given.case(id).status) == (None, Status.IN_BEHANDELING)
    with pytest.raises(GeenToestemming):
        given.approve(id)
    assert browser.press(page, REVOKE).to == "/verzoek", "twice is once"
    browser.press("/verzoek/toestemming-geven", "Ja, ik geef toestemming")
    given.approve(id)


def test_of_a_running_pause_the_page_of_stopping_takes_the_consent_back(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.approved())
    page = browser.see("/verzoek")
    assert "Trek mijn toestemming in Dan stopt ook uw pauze." in page.main
    assert browser.see("/verzoek/toestemming-intrekken", 302).to == "/verzoek/intrekken"


# --- answer a question ----------------------------------------------------------------------------


def test_a_question_is_answered_once(browser: Browser, given: Given) -> None:
    id = given.waiting()
    sign_in(browser, given.database, id)
    page = browser.see(browser.see("/verzoek").links["Geef antwoord"])
    assert "Wat is uw klantnummer?" in page.main
    done = browser.follow(browser.fill(page, {"reactie": "Het is 12345.\r\nGroet"}))
    assert "Wij hebben uw antwoord." in done.main
    assert "U gaf antwoord." in done.main
    assert given.case(id).status is Status.IN_BEHANDELING
    again = browser.fill(page, {"reactie": "Het is 12345.\r\nGroet"})
    assert "niet bewaard" not in browser.follow(again).main
    late = browser.follow(browser.fill(page, {"reactie": "Nog een keer"}))
    assert "Uw antwoord is niet bewaard, want de vraag was al beantwoord." in late.main
    assert browser.see("/verzoek/aanvulling", 302).to == "/verzoek"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" \n ", "Vul uw antwoord in."),
        ("x" * 2001, "Uw antwoord is te lang. Gebruik hoogstens 2000 tekens."),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed(typed: str, sentence: str, browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.waiting())
    page: Page = browser.fill("/verzoek/aanvulling", {"reactie": typed})
    assert (page.status, page.errors) == (422, [sentence])
    assert page.form().values["reactie"].strip() == typed.strip()


def test_an_answer_to_an_earlier_question_is_not_kept_as_that_to_a_later_one(browser: Browser, given: Given) -> None:
    id = given.waiting()
    sign_in(browser, given.database, id)
    page = browser.see("/verzoek/aanvulling")
    given.supplement(id)
    given.ask(id)
    wrong = browser.fill(page, {"reactie": "Dat is 12345."})
    assert wrong.errors == ["De gemeente stelde intussen een andere vraag. Kijk of uw antwoord daarbij past."]
    assert wrong.form().values["reactie"] == "Dat is 12345."
    assert given.case(id).status is Status.AANVULLING_GEVRAAGD
    assert browser.fill(wrong, {}).to == "/verzoek"
    assert given.case(id).status is Status.IN_BEHANDELING


def test_without_a_question_there_is_nothing_to_answer(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    assert browser.see("/verzoek/aanvulling", 302).to == "/verzoek"
