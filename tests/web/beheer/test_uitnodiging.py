"""Colleagues are let in by mail: the link, its mail, and who can use it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock as time
from portal.actions import organisatie, uitnodigen, uitnodiging_mailen
from portal.actions.uitnodiging_mailen import to_mail
from portal.actions.verzending import Uitslag
from portal.actions.wachtrij import requeue
from portal.delivery.tasks import TryLater, send_to_staff
from portal.domain.errors import BestaatAl, NotAllowed, OngeldigeToegang
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat
from portal.models import Medewerker, Uitnodiging, links
from tests.conftest import Clock
from tests.given import WACHTWOORD, Given
from tests.web.account.deur import code, password, secret_on
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

Owner = psycopg.Connection[tuple[object, ...]]

HOME = "/beheer/organisatie"
NEW = "/beheer/organisatie/medewerkers/nieuw"
LINDA = {"naam": "Linda Vos", "email": " Linda@Stadsbank.example ", "rollen": ["hulpverlener"]}
OWN = "een zin van Linda zelf"
OLD = "Deze link werkt niet meer"


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def bea(werkplek: Werkplek, given: Given) -> Browser:
    return werkplek.of(given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer"))


def newest(given: Given) -> Uitnodiging:
    with given.session(Actor.systeem()) as session:
        return session.scalars(select(Uitnodiging).order_by(Uitnodiging.created_at.desc())).first()  # type: ignore[return-value]


def mailed(given: Given) -> str:
    """The path of the link in the newest mail, as the mail server gets it."""
    with given.session(Actor.systeem()) as session:
        zending = to_mail(session, newest(given).id)
    assert zending is not None
    (url,) = re.findall(r"https://\S+", zending.tekst)
    assert f'href="{url}"' in zending.html
    return urlsplit(url).path


def test_a_new_colleague_chooses_a_password_that_nobody_else_saw(
    bea: Browser, given: Given, new_browser: MakeBrowser
) -> None:
    page = bea.see(bea.see(HOME).links["Medewerker uitnodigen"])
    done = bea.follow(bea.fill(page, LINDA, button="Uitnodigen"))
    assert "Linda Vos krijgt een e-mail met een link." in done.text
    assert "Uitgenodigd tot 4 februari 2027 om 10:00" in done.main
    link = mailed(given)
    assert link not in done.html
    linda = new_browser()
    for _ in range(2):
        assert linda.see(link).h1 == "Kies een wachtwoord"
    too_short = linda.fill(link, {"nieuw": "elf tekens!"})
    assert too_short.errors == ["Kies een wachtwoord van 12 tekens of meer, bijvoorbeeld een zin."]
    chosen = linda.fill(link, {"nieuw": OWN})
    assert chosen.to == "/medewerker/aanmelden"
    enrolment = linda.see("/medewerker/aanmelden")
    assert linda.fill(enrolment, {"code": code(secret_on(enrolment))}).to == "/werkvoorraad"
    assert password(new_browser(), "linda@stadsbank.example", OWN).to == "/medewerker/code"
    assert "Uitgenodigd" not in bea.see(HOME).main
    assert heading_after(new_browser(), link) == OLD


def heading_after(browser: Browser, link: str) -> str:
    """The heading of who uses a link that is spent."""
    return browser.fill(link, {"nieuw": OWN}).h1


def test_the_mail_comes_from_the_organisatie_and_is_the_same_each_time(bea: Browser, given: Given) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    with given.session(Actor.systeem()) as session:
        first, second = (to_mail(session, newest(given).id) for _ in range(2))
    assert first == second
    assert first is not None
    assert (first.aan, first.afzender_naam) == ("linda@stadsbank.example", "Stadsbank Midden")
    assert (first.onderwerp, first.antwoord_aan) == ("Uw account voor de Pauzeknop", "team@stadsbank.example")
    assert "donderdag 4 februari om 10:00" in first.tekst


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "linda"}, "Dit is geen geldig e‑mailadres. Bijvoorbeeld: naam@voorbeeld.nl"),
        ({"naam": ""}, "Vul de naam in."),
        ({"rollen": None}, "Kies wat deze collega mag. U kunt meer dan één rol kiezen."),
        ({"rollen": ["landelijk_beheerder"]}, "Kies wat deze collega mag. U kunt meer dan één rol kiezen."),
        ({"email": "elders@amersfoort.example"}, "Er is al een account met dit e-mailadres."),
    ],
)
def test_who_cannot_be_invited_is_not(bea: Browser, given: Given, change: dict[str, str], sentence: str) -> None:
    elsewhere = given.other_actor.organisatie_id
    given.medewerker(elsewhere, Role.HULPVERLENER, email="elders@amersfoort.example")
    assert bea.fill(NEW, {**LINDA, **change}, button="Uitnodigen").errors == [sentence]
    with given.session(Actor.systeem()) as session:
        assert not session.scalars(select(Uitnodiging)).all()


def test_recovery_mails_a_link_and_nothing_old_works(
    bea: Browser, werkplek: Werkplek, given: Given, new_browser: MakeBrowser
) -> None:
    anna = werkplek.of(given.actor)
    with given.session(Actor.systeem()) as session:
        email = session.get_one(Medewerker, given.actor.id).email
    confirm = bea.see(bea.see(HOME).links["Toegang herstellen: Anna de Boer"])
    assert anna.see("/werkvoorraad").h1, "looking changes nothing"
    bea.press(confirm, "Link mailen")
    first = mailed(given)
    bea.press(confirm, "Link mailen")
    assert (anna.see("/werkvoorraad", 302).to or "").startswith("/medewerker/inloggen")
    assert password(new_browser(), email, WACHTWOORD).errors
    assert heading_after(new_browser(), first) == OLD, "a newer link replaces it"
    back = new_browser()
    assert back.fill(mailed(given), {"nieuw": OWN}).to == "/medewerker/aanmelden"
    assert password(new_browser(), email, OWN).to == "/medewerker/aanmelden", "the old app is off"


def test_a_link_of_who_was_put_out_is_worthless(bea: Browser, given: Given, new_browser: MakeBrowser) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    link = mailed(given)
    bea.press(bea.see(HOME).links["Uitzetten: Linda Vos"], "Uitzetten")
    assert heading_after(new_browser(), link) == OLD
    with given.session(Actor.systeem()) as session:
        assert to_mail(session, newest(given).id) is None


def test_a_link_lives_three_days(bea: Browser, given: Given, clock: Clock, new_browser: MakeBrowser) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    link = mailed(given)
    clock.set_instant(time.now() + timedelta(days=3, seconds=1))
    assert heading_after(new_browser(), link) == OLD
    with given.session(Actor.systeem()) as session:
        assert to_mail(session, newest(given).id) is None


@pytest.mark.parametrize("token", ["onzin", "a.b", "A" * 900])
def test_a_guessed_link_is_told_the_same(browser: Browser, token: str) -> None:
    assert browser.see(f"/medewerker/uitnodiging/{token}", 410).h1 == OLD


def test_a_link_of_another_kind_opens_no_account(given: Given) -> None:
    with given.session(Actor.systeem()) as session, pytest.raises(OngeldigeToegang):
        uitnodigen.accept(session, links.sign_antwoord(given.actor.id), OWN)


# --- on the way -----------------------------------------------------------------------------------


class Server:
    """A mail server of few words."""

    def __init__(self, resultaat: Pogingresultaat) -> None:
        self.resultaat, self.sent = resultaat, 0

    def deliver(self, zending: object) -> Uitslag:
        self.sent += 1
        return Uitslag(resultaat=self.resultaat, code=450, antwoord="", tls=True)


def test_temporary_trouble_is_tried_again_until_the_waits_are_over(bea: Browser, given: Given) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    mailer, id = Server(Pogingresultaat.TIJDELIJK), newest(given).id
    with pytest.raises(TryLater):
        send_to_staff(given.database, mailer, uitnodiging_mailen, id, 60)  # type: ignore[arg-type]
    assert newest(given).refused_at is None
    send_to_staff(given.database, mailer, uitnodiging_mailen, id, None)  # type: ignore[arg-type]
    send_to_staff(given.database, mailer, uitnodiging_mailen, id, None)  # type: ignore[arg-type]
    assert mailer.sent == 2
    assert "Uitnodiging niet bezorgd" in bea.see(HOME).main


def test_a_mail_that_was_taken_is_not_sent_again(bea: Browser, given: Given) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    mailer, id = Server(Pogingresultaat.AANGEBODEN), newest(given).id
    for _ in range(2):
        send_to_staff(given.database, mailer, uitnodiging_mailen, id, 60)  # type: ignore[arg-type]
    assert mailer.sent == 1


def test_a_link_whose_job_is_gone_is_queued_again(bea: Browser, given: Given, owner: Owner) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    with given.session(Actor.systeem()) as session:
        assert requeue(session, timedelta(0)) == 0
        owner.execute("DELETE FROM procrastinate_jobs")
        assert requeue(session, timedelta(0)) == 1


def test_only_a_beheerder_invites(given: Given) -> None:
    linda = {"naam": "Linda", "email": "l@stadsbank.example", "roles": frozenset({Role.AUDITOR}), "link_seconds": 60}
    for role in Role:
        actor = given.medewerker(given.organisatie_id, role)
        with given.session(actor) as session:
            if role is Role.BEHEERDER:
                uitnodigen.invite(session, actor, **linda)  # type: ignore[arg-type]
                with pytest.raises(BestaatAl):
                    uitnodigen.invite(session, actor, **linda)  # type: ignore[arg-type]
            else:
                with pytest.raises(NotAllowed):
                    uitnodigen.invite(session, actor, **linda)  # type: ignore[arg-type]


def test_the_operator_ends_waiting_links_too(bea: Browser, given: Given, new_browser: MakeBrowser) -> None:
    bea.fill(NEW, LINDA, button="Uitnodigen")
    link = mailed(given)
    with given.session(Actor.systeem()) as session:
        organisatie.restore_access(session, newest(given).medewerker_id)
    assert heading_after(new_browser(), link) == OLD
