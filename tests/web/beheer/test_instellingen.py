from datetime import date, time

import pytest
from flask import Flask

from portal.actions import teammail
from portal.actions.verzending import Uitslag
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat
from portal.models import Organisatie
from portal.models.teammail import teammail_id
from portal.queries import organisatie
from tests.conftest import Clock
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

HOME = "/beheer/organisatie"
PAGES = ("contact", "briefpapier", "huisstijl", "teammail", "beschikkingstermijn", "bewaartermijnen", "twee-sleutels")


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def bea(werkplek: Werkplek, given: Given) -> Browser:
    """A beheerder, signed in."""
    return werkplek.of(given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer"))


def test_the_daily_mail_is_off_until_a_mailbox_is_chosen_and_the_teamleider_sees_how_it_went(
    werkplek: Werkplek, bea: Browser, given: Given, clock: Clock
) -> None:
    lena = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Lena Leider"))
    assert "E-mail aan het team Uit" in lena.see(HOME).main
    assert "Wijzigen: dagelijkse e-mail" not in lena.see(HOME).links
    page = bea.see(bea.see(HOME).links["Wijzigen: dagelijkse e-mail"])
    assert bea.fill(page, {"teammail": "geen adres"}, button="Opslaan").errors
    assert "De dagelijkse e-mail staat uit." in bea.follow(bea.fill(page, {"teammail": ""}, button="Opslaan")).text
    saved = bea.follow(bea.fill(page, {"teammail": "werk@stadsbank.example"}, button="Opslaan"))
    assert "De dagelijkse e-mail staat aan." in saved.text
    assert "Aan werk@stadsbank.example, elke werkdag vanaf 07.30 uur" in lena.see(HOME).main

    teammail.make_due(given.database, time(7, 30))
    assert "Op 1 februari 2027 was er niets te melden." in lena.see(HOME).main
    clock.set(date(2027, 2, 2), 8)
    given.submitted()
    teammail.make_due(given.database, time(7, 30))
    lars = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Lars Leider"))
    assert "De e-mail van 2 februari 2027 is onderweg." in lars.see(HOME).main
    taken = Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="", tls=True)
    with given.session(Actor.systeem()) as session:
        teammail.record_mailed(session, teammail_id(given.organisatie_id, date(2027, 2, 2)), taken)
    assert "De e-mail van 2 februari 2027 is verstuurd." in lars.see(HOME).main


def row(given: Given) -> Organisatie:
    with given.session(Actor.systeem()) as session:
        return organisatie.load(session, given.organisatie_id)


def test_each_setting_has_a_page_that_is_linked_and_comes_back_filled_in(bea: Browser, given: Given) -> None:
    home = bea.see(HOME)
    assert "Na het eerste gesprek 8 weken (standaard)" in home.main
    sent = {
        "Wijzigen: contactgegevens": {"telefoon": "14 030", "email": "nieuw@stadsbank.example", "postadres": "A\nB"},
        "Wijzigen: briefpapier": {"briefhoofd": "Afdeling Schuldhulp", "ondertekening": "Groet,\nhet team"},
        "Wijzigen: huisstijl": {"huisstijl": "paars"},
        "Wijzigen: termijn voor de beschikking": {"beschikking_weken": "6"},
        "Wijzigen: bewaartermijnen": {"ingetrokken_days": "400", "goedgekeurd_days": "2922"},
    }
    for link, values in sent.items():
        saved = bea.fill(home.links[link], values, button="Opslaan")
        assert saved.to == HOME
        assert "opgeslagen" in bea.follow(saved).text
        again = bea.see(home.links[link]).form("Opslaan").values
        assert {name: again[name] for name in values} == values
    shown = bea.see(HOME).main
    assert "14 030" in shown
    assert "Afdeling Schuldhulp" in shown
    assert "Na het eerste gesprek 6 weken Wijzigen" in shown
    assert "Gestopt, niemand ingelicht 400 dagen" in shown
    assert "Niet goedgekeurd 3 jaar (standaard)" in shown
    assert "Goedgekeurd 8 jaar" in shown


@pytest.mark.parametrize(
    ("page", "values", "sentence"),
    [
        ("contact", {"telefoon": "bel ons"}, "Dit telefoonnummer klopt niet. Bijvoorbeeld: 030 1234567 of 14 030"),
        ("contact", {"email": "team"}, "Dit is geen geldig e‑mailadres. Bijvoorbeeld: naam@voorbeeld.nl"),
        ("contact", {"postadres": ""}, "Vul het postadres in."),
        ("briefpapier", {"briefhoofd": "a\n" * 5}, "Het briefhoofd heeft te veel regels. Gebruik er hoogstens 4."),
        (
            "briefpapier",
            {"ondertekening": "x" * 81},
            "De ondertekening heeft een te lange regel. Gebruik hoogstens 80 tekens.",
        ),
        ("huisstijl", {"huisstijl": "regenboog"}, "Kies een huisstijl."),
        ("beschikkingstermijn", {"beschikking_weken": "acht"}, "Vul een aantal weken in, in cijfers. Bijvoorbeeld: 6"),
        ("beschikkingstermijn", {"beschikking_weken": "0"}, "Kies een aantal weken van 1 tot en met 8."),
        ("beschikkingstermijn", {"beschikking_weken": "9"}, "Kies een aantal weken van 1 tot en met 8."),
        ("bewaartermijnen", {"goedgekeurd_days": "veel"}, "Vul een aantal dagen in, in cijfers. Bijvoorbeeld: 365"),
        ("bewaartermijnen", {"goedgekeurd_days": "-5"}, "Vul een aantal dagen in, in cijfers. Bijvoorbeeld: 365"),
        ("bewaartermijnen", {"goedgekeurd_days": "1", "akkoord": "y"}, "Kies een aantal dagen van 30 tot en met 7305."),
        ("bewaartermijnen", {"goedgekeurd_days": "0"}, "Kies een aantal dagen van 30 tot en met 7305."),
        ("bewaartermijnen", {"goedgekeurd_days": "40"}, "U maakt een termijn korter. Zet een vinkje als u zeker bent."),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_gets_a_sentence(
    bea: Browser, given: Given, page: str, values: dict[str, str], sentence: str
) -> None:
    before = row(given)
    assert bea.fill(f"{HOME}/{page}", values, button="Opslaan").errors == [sentence]
    after = row(given)
    assert (after.telefoon, after.briefhoofd, after.bewaar_goedgekeurd_days, after.beschikking_weken) == (
        before.telefoon, before.briefhoofd, before.bewaar_goedgekeurd_days, before.beschikking_weken,
    )  # fmt: skip


def test_a_term_is_made_shorter_by_who_says_to_know_what_that_does(bea: Browser, given: Given) -> None:
    values = {"goedgekeurd_days": "40", "akkoord": "y"}
    assert bea.fill(f"{HOME}/bewaartermijnen", values, button="Opslaan").to == HOME
    assert row(given).bewaar_goedgekeurd_days == 40
    longer = {"goedgekeurd_days": ""}
    assert bea.fill(f"{HOME}/bewaartermijnen", longer, button="Opslaan").to == HOME
    assert row(given).bewaar_goedgekeurd_days is None


def test_a_small_team_works_with_one_key(bea: Browser, given: Given) -> None:
    link = bea.see(HOME).links["Wijzigen: twee sleutels"]
    for keuze, aan in (("nee", False), ("ja", True)):
        assert bea.fill(link, {"keuze": keuze}, button="Opslaan").to == HOME
        assert row(given).twee_sleutels is aan
        assert bea.see(link).form("Opslaan").values["keuze"] == keuze
    wrong = bea.fill(link, {"keuze": "soms"}, button="Opslaan")
    assert wrong.errors == ["Kies of een tweede collega akkoord moet geven."]


def test_a_colleague_gets_another_role_and_has_it_at_the_next_click(
    bea: Browser, werkplek: Werkplek, given: Given
) -> None:
    anna = werkplek.of(given.actor)
    anna.see(HOME, 403)
    page = bea.see(bea.see(HOME).links["Wijzigen: Anna de Boer"])
    assert page.form("Opslaan").values["rollen"] == "hulpverlener"
    saved = bea.fill(page, {"naam": "Anna Bos", "rollen": ["teamleider", "hulpverlener"]}, button="Opslaan")
    assert "Anna Bos is opgeslagen." in bea.follow(saved).text
    assert "Hulpverlener en Teamleider" in anna.see(HOME).main
    for wrong in (None, ["landelijk_beheerder"], ["baas"]):
        errors = bea.fill(page, {"naam": "Anna Bos", "rollen": wrong}, button="Opslaan").errors
        assert errors == ["Kies wat deze collega mag. U kunt meer dan één rol kiezen."]


def test_the_pages_are_for_the_beheerder_of_the_own_organisatie(bea: Browser, werkplek: Werkplek, given: Given) -> None:
    bea.see(f"{HOME}/{given.other_actor.id}/wijzigen", 404)
    lead = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER))
    assert not [link for link in lead.see(HOME).links if link.startswith("Wijzigen")]
    for page in (*PAGES, f"{given.actor.id}/wijzigen"):
        lead.see(f"{HOME}/{page}", 403)
