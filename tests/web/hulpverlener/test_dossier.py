from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.actions import hulpvrager, review, toegang, wgs
from portal.actions.taal import choose_taal
from portal.domain import events
from portal.domain.kennisgeving import Levering
from portal.domain.roles import Actor, Role
from portal.domain.status import Eindreden, Status
from portal.domain.taal import Taal
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given, Schuldregel, antwoorden
from tests.taal import submitted
from tests.web.browser import Browser, text_of
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

EVERYTHING = {
    "dreiging": {"ontruiming": "ja", "ontruiming_on": "2027-02-20", "afsluiting": "ja", "zorgverzekering": "nee"},
    "geboortedatum": {"geboren_on": "2010-03-01"},
    "minderjarig": {"gelezen": True},
    "adres": {"soort": "geen", "geheim": True},
    "contact": {"telefoon": "06 12345678", "email": "x@inwoner.example", "meelezen": True, "moment": "avond"},
    "hulp": {"soort": "bewindvoerder", "naam": "Bewind en Co", "telefoon": "030 7654321", "email": ""},
    "bedrijf": {"eigen_bedrijf": "ja"},
    "toestemming": {"keuze": "nee"},
}


def test_the_case_warns_for_everything_that_is_out_of_the_ordinary(anna: Browser, werkplek: Werkplek) -> None:
    id = werkplek.submitted_with({"afzender": "Oom Kees", "particulier": True}, **EVERYTHING)
    page = anna.see(desk.url(id)).main
    for words in (
        "Dreigende situatie: gesprek binnen 3 werkdagen", "Uit huis gezet worden: 20 februari 2027",
        "Afsluiten van gas, stroom, warmte of water: datum niet bekend", "Iemand leest de e-mail mee",
        "Bel en vraag eerst of praten nu kan", "Geheim adres", "Geen vast adres", "Jonger dan 18 jaar",
        "Bewindvoerder. Bewind en Co en 030 7654321", "Eigen bedrijf", "Geen toestemming",
        "Schuld 1 is bij een privépersoon", "Einde van de middag",
    ):  # fmt: skip
        assert words in page


THREATENED = {"ontruiming": "ja", "ontruiming_on": "2027-02-20", "afsluiting": "nee", "zorgverzekering": "nee"}


def test_a_conversation_that_is_held_or_that_nobody_waits_for_is_not_red(anna: Browser, given: Given) -> None:
    calm = "Uitleg: Dreigende situatie bij het verzoek Uit huis gezet worden: 20 februari 2027"
    id = given.approved(dreiging=THREATENED)
    assert "Fout: Dreigende situatie: gesprek binnen 3 werkdagen" in anna.see(desk.url(id)).main
    with given.session(given.actor) as session:
        wgs.register_gesprek(session, given.actor, id, given.versie(id), FIRST_DAY)
    assert calm in anna.see(desk.url(id)).main
    ended = given.approved([given.regel("Ziggo")], dreiging=THREATENED)
    with given.session(given.actor) as session:
        review.end_pauze(session, given.actor, ended, given.versie(ended), Eindreden.VERHUISD)
    page = anna.see(desk.url(ended)).main
    assert calm in page
    assert "Eerste gesprek Niet genoteerd" in page


def test_an_ordinary_case_warns_for_nothing(anna: Browser, given: Given) -> None:
    page = anna.see(desk.url(given.submitted()))
    assert "Let op" not in page.main
    assert "Dreigende situatie" not in page.main


def test_the_case_says_which_language_the_hulpvrager_chose(anna: Browser, given: Given) -> None:
    id = given.submitted()
    assert "Taal Leest" not in anna.see(desk.url(id)).main
    with given.session(Actor.hulpvrager(id)) as session:
        choose_taal(session, Actor.hulpvrager(id), Taal.AR)
    page = anna.see(desk.url(id)).main
    assert "Taal Leest Arabisch" in page
    assert "De hulpvrager koos een andere taal" in page


def test_staff_read_the_dutch_text_of_a_message_in_another_language(anna: Browser, given: Given) -> None:
    page = anna.see(desk.url(submitted(given, Taal.AR))).main
    assert "Verstuurd in het Arabisch. Dit is wat er in het Nederlands staat:" in page
    assert "Uw verzoek is binnen." in page
    assert "وصل طلبك" not in page
    assert "Verstuurd in het" not in anna.see(desk.url(given.submitted())).main


def test_an_earlier_request_is_shown_with_the_way_to_it(anna: Browser, given: Given) -> None:
    earlier, id = given.declined(), given.submitted()
    page = anna.see(desk.url(id))
    assert "1 ander verzoek met deze naam en geboortedatum, het laatste op 1 februari 2027" in page.main
    assert page.links[given.case(earlier).kenmerk] == desk.url(earlier)


@pytest.mark.parametrize(
    ("days", "hour", "sentence"),
    [
        (0, 23, "Gaat mee in het dagoverzicht van morgen, 7.00 uur"),
        (1, 6, "Gaat mee in het dagoverzicht van vandaag, 7.00 uur"),
        (1, 8, "Gaat mee in het volgende dagoverzicht"),
    ],
)
def test_the_case_says_with_which_daily_digest_a_message_goes(
    werkplek: Werkplek, given: Given, clock: Clock, days: int, hour: int, sentence: str
) -> None:
    id = given.approved([Schuldregel("Stroom", {given.schuldeiser("Stroom", levering=Levering.DAGOVERZICHT): "KL-1"})])
    clock.set(FIRST_DAY + timedelta(days=days), hour)
    assert sentence in werkplek.of(given.actor).see(desk.url(id)).main


def test_the_status_decides_which_acts_are_offered(anna: Browser, given: Given) -> None:
    note = "Antwoord van de telefoon noteren"
    acts = {"Goedkeuren", "Vraag stellen", "Niet goedkeuren", "Pauze beëindigen", "Schuld toevoegen", note}
    offered = {
        given.submitted(): {"Schuld toevoegen"},
        given.taken(): {"Goedkeuren", "Vraag stellen", "Niet goedkeuren", "Schuld toevoegen"},
        given.waiting(): {note, "Niet goedkeuren", "Schuld toevoegen"},
        given.approved(): {"Pauze beëindigen", "Schuld toevoegen"},
        given.declined(): set(),
        given.withdrawn(): set(),
        given.ended(): set(),
    }
    for id, expected in offered.items():
        assert acts & set(anna.see(desk.url(id)).links) == expected, given.case(id).status


def test_somebody_takes_the_case_and_a_colleague_takes_it_over(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.submitted()
    page = anna.follow(anna.press(desk.url(id), "In behandeling nemen"))
    assert "U bent nu de behandelaar van deze zaak." in page.main
    assert given.case(id).status is Status.IN_BEHANDELING
    colleague = given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Karim Aziz")
    page = werkplek.of(colleague)
    after = page.follow(page.press(desk.url(id), "Zaak overnemen"))
    assert "Karim Aziz nam de zaak over van Anna de Boer." in after.main


def test_the_second_of_two_who_take_a_case_is_told_that_somebody_was_first(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.submitted()
    stale = anna.see(desk.url(id))
    colleague = given.medewerker(given.organisatie_id, Role.HULPVERLENER)
    given.take(id, colleague)
    refused = anna.press(stale, "In behandeling nemen")
    assert refused.status == 409
    assert refused.h1 == "Iemand anders heeft dit al behandeld"
    assert given.case(id).behandelaar_id == colleague.id


def test_an_act_without_the_version_of_its_page_is_refused(anna: Browser, given: Given) -> None:
    id = given.submitted()
    page = anna.see(desk.url(id))
    for versie in (None, "", "x", "٣", "99999999999999"):
        assert anna.fill(page, {"versie": versie}, button="In behandeling nemen").status == 400


def test_an_auditor_sees_the_case_and_can_do_nothing(werkplek: Werkplek, given: Given) -> None:
    id = given.approved([given.regel("Vitens", mailable=False), given.regel("Ziggo")])
    auditor = werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR))
    page = auditor.see(desk.url(id))
    assert [form.buttons for form in page.forms] == [["Uitloggen"], ["Bewijsdossier ophalen"]]
    assert "Pauze beëindigen" not in page.links
    letter = werkplek.messages(id)["Vitens"].id
    given.typeset(letter)
    assert [form.buttons for form in auditor.see(desk.url(id, f"/kennisgevingen/{letter}")).forms] == [["Uitloggen"]]
    assert auditor.get(desk.url(id, f"/brieven/{letter}")).mimetype == "application/pdf"
    for rest in (
        "/besluit",
        "/aanvulling",
        "/aanvulling/antwoord",
        "/niet-goedkeuren",
        "/beeindigen",
        "/schulden/nieuw",
    ):
        assert auditor.see(desk.url(id, rest), 403).h1


def test_another_organisatie_cannot_open_any_page_of_the_case(werkplek: Werkplek, given: Given) -> None:
    id = given.matched()
    schuld = given.case(id).schulden[0].id
    given.approve(id)
    (message,) = werkplek.messages(id).values()
    other = werkplek.of(given.other_actor)
    for rest in (
        "", "/besluit", "/aanvulling", "/aanvulling/antwoord", "/niet-goedkeuren", "/beeindigen", "/schulden/nieuw",
        f"/schulden/{schuld}/koppelen", f"/schulden/{schuld}/nieuwe-schuldeiser",
        f"/kennisgevingen/{message.id}", f"/brieven/{message.id}",
    ):  # fmt: skip
        assert other.see(desk.url(id, rest), 404).h1, rest


def test_the_history_tells_the_life_of_a_case_in_sentences(anna: Browser, given: Given) -> None:
    id = given.approved([given.regel("Ziggo")])
    given.hand_over(id)
    page = anna.see(desk.url(id)).main
    for sentence in (
        "De hulpvrager begon aan het verzoek.",
        "De hulpvrager beantwoordde de vraag ‘Hoe heet u?’.",
        "De hulpvrager voegde schuld 1 toe.",
        "De hulpvrager diende het verzoek in, met 1 schuld. Eerste gesprek: uiterlijk 1 maart 2027.",
        "Anna de Boer nam de zaak in behandeling.",
        "Anna de Boer koppelde schuld 1 aan Ziggo.",
        "Anna de Boer keurde de pauze goed: van 1 februari 2027 tot en met 1 juni 2027, met 1 ontvanger.",
        "Kennisgeving aan Ziggo vastgesteld, per e-mail, tot en met 1 juni 2027.",
        "De mailserver nam de e-mail aan Ziggo aan (antwoordcode 250).",
    ):
        assert sentence in page


def test_all_that_one_approval_issued_is_one_line_and_a_mail_is_no_letter(anna: Browser, given: Given) -> None:
    id = given.approved([given.regel("Ziggo"), given.regel("Vitens")])
    given.hand_over(id)
    page = anna.see(desk.url(id))
    (lines,) = [node for node in page.tree.iter("ol") if "keurde de pauze goed" in text_of(node)]
    (approved,) = [text_of(li) for li in lines.findall("li") if "keurde de pauze goed" in text_of(li)]
    for sentence in (
        "Meer (3) Bericht aan de hulpvrager vastgesteld: pauze goedgekeurd.",
        "Kennisgeving aan Ziggo vastgesteld",
        "Kennisgeving aan Vitens vastgesteld",
    ):
        assert sentence in approved
    assert "Het bericht aan Ziggo is opgemaakt." in page.main
    assert "De brief aan Ziggo" not in page.main


def test_how_somebody_got_in_is_said_in_dutch(anna: Browser, given: Given) -> None:
    _ = given.organisatie_id
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        for middel in ("begin", "link", "toegangscode", "digid"):
            toegang.open_hulpvrager_session(session, id, 3600, middel)
        hulpvrager.confirm_identity(session, person, "digid", "123456782", {})
        hulpvrager.save_answers(session, person, {"contact": antwoorden()["contact"]})
        hulpvrager.submit(session, person)
    page = anna.see(desk.url(id)).main
    for words in ("de knop op de startpagina", "een link", "kenmerk en code", "DigiD"):
        assert f"De hulpvrager opende het verzoek met {words}." in page
    assert "bevestigde naam en geboortedatum met DigiD." in page


def test_every_event_has_a_sentence() -> None:
    from portal.web.hulpverlener.zinnen import ZINNEN

    assert set(ZINNEN) == set(events.all_events())


def test_the_certain_suggestions_are_confirmed_in_one_act(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    ziggo, kpn, bureau = given.schuldeiser("Ziggo"), given.schuldeiser("KPN"), given.incassobureau("Syncasso")
    given.schuldeiser("Jansen Makelaars")
    given.schuldeiser("Jansen Tandartsen")
    given.particulier("Oom Kees")
    id = werkplek.submitted_with(
        {"afzender": "ziggo", "referentie": "Z-1"},
        {"afzender": "Syncasso", "namens": "KPN", "referentie": "S-2"},
        {"afzender": "Jansen"},  # two are as like
        {"afzender": "Syncasso"},  # for whom?
        {"afzender": "Oom Kees"},  # a private person
        {"afzender": "Niemand kent dit"},
    )
    page = anna.see(desk.url(id))
    assert "Zekere voorstellen bevestigen (2)" in page.main
    assert "Nog te koppelen: 6 van 6." in page.main
    page = anna.follow(anna.press(page, "Voorstellen bevestigen"))
    assert "2 schulden zijn gekoppeld." in page.main
    matches = [{p.schuldeiser_id: p.referentie for p in schuld.partijen} for schuld in given.case(id).schulden]
    assert matches == [{ziggo: "Z-1"}, {bureau: "S-2", kpn: None}, {}, {}, {}, {}]
    assert werkplek.events(id).count("SchuldMatched") == 2


def test_when_all_is_certain_the_decision_comes_next(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    page = anna.follow(anna.press(desk.url(id), "Voorstellen bevestigen"))
    assert page.h1 == "Pauze goedkeuren"
    assert "1 schuld is gekoppeld." in page.main


def test_a_suggestion_without_its_tick_is_left_alone(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    page = anna.follow(anna.fill(desk.url(id), {"voorstel": None}, button="Voorstellen bevestigen"))
    assert "Er is niets gekoppeld." in page.main
    forged = anna.fill(desk.url(id), {"voorstel": f"{given.case(id).schulden[0].id.hex}:{id.hex}"},
                       button="Voorstellen bevestigen")  # fmt: skip
    assert "Er is niets gekoppeld." in anna.follow(forged).main
    assert not given.case(id).schulden[0].is_matched


@pytest.mark.parametrize("approved", [False, True])
def test_a_case_of_40_schulden_costs_as_many_statements_as_a_case_of_one(
    anna: Browser, given: Given, count_statements: Callable[[], Any], approved: bool
) -> None:
    def case(size: int) -> str:
        parties = [given.schuldeiser(f"Bedrijf {at} van {size}") for at in range(size)]
        regels = [Schuldregel(f"Bedrijf {at} van {size}", {id: "1"}) for at, id in enumerate(parties)]
        person = {"voorletters": "A.", "voorvoegsel": "", "achternaam": f"Van{'x' * size}"}
        return desk.url(given.approved(regels, naam=person) if approved else given.taken(regels, naam=person))

    sizes = [case(1), case(40)]
    counted = []
    for address in sizes:
        with count_statements() as sent:
            anna.see(address)
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 30


def test_what_came_before_filing_is_one_line_of_the_history_with_all_of_it_behind(anna: Browser, given: Given) -> None:
    id = given.taken([Schuldregel("Ziggo", {})])
    history = next(ol for ol in anna.see(desk.url(id)).tree.iter("ol") if "pk-timeline" in (ol.get("class") or ""))
    lines = [text_of(item) for item in history if item.tag == "li"]
    assert len([line for line in lines if "vulde de vragen in" in line]) == 1
    *_, filed, before = lines
    assert "De hulpvrager diende het verzoek in" in filed
    assert before.startswith("1 februari 2027 om 10:00 De hulpvrager vulde de vragen in. Meer (")
    assert "1 februari 2027 om 10:00: De hulpvrager voegde schuld 1 toe." in before
