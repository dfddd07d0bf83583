"""Two organisaties with all there is, a visitor of each kind, and what at the doors is his own and what another's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.actions import afwezigheid, api_toegang, beantwoorden, hulpvrager, tekstblokken
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.actions.toegang import add_session
from portal.actions.work import unit_of_work
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.kennisgeving import Levering
from portal.domain.roles import Actor, Role
from portal.domain.stappen import STAPPEN
from portal.domain.status import Antwoord, Status
from portal.models import Akkoordvraag, Bloksoort, Passkey
from portal.queries import dossier
from portal.web.routes import OWNED, is_owned, methods_of
from tests.conftest import ADRESSEN, FIRST_DAY
from tests.filled import fill
from tests.given import AMERSFOORT, UTRECHT, Given
from tests.web.account.deur import enrol
from tests.web.account.test_terug import code_of, kenmerk_of, with_code
from tests.web.browser import Browser, Page

Owner = psycopg.Connection[tuple[object, ...]]
Parts = dict[str, UUID]

HOUR = 3600
TOKEN = "the token of a machine"
FIXED = {
    "token": "onzin",
    "slug": STAPPEN[0].slug,
    "key": "onzin",
    "naam": "brp",
    "pagina": 1,
    "nummer": 1,
    "filename": "portal.css",
    "sha256": "onzin",
}
_ENTRY = "SELECT id FROM schuldeiser WHERE rol = 'schuldeiser' AND categorie <> 'particulier' AND"
_PARTS = {
    "verzoek_id": "SELECT id FROM pauzeverzoek WHERE id = %(case)s",
    "schuld_id": "SELECT id FROM schuld WHERE verzoek_id = %(case)s",
    "kennisgeving_id": "SELECT id FROM kennisgeving WHERE verzoek_id = %(case)s",
    "foto_id": "SELECT id FROM foto WHERE verzoek_id = %(case)s",
    "melding_id": "SELECT id FROM melding WHERE verzoek_id = %(case)s",
    "inkomend_id": "SELECT id FROM inkomend WHERE verzoek_id IS NOT DISTINCT FROM %(case)s::uuid",
    "vraag_id": "SELECT id FROM akkoordvraag WHERE organisatie_id IS NOT DISTINCT FROM %(house)s::uuid",
    "tekstblok_id": "SELECT id FROM tekstblok WHERE organisatie_id = %(house)s ORDER BY titel = %(person)s::text DESC",
    "schuldeiser_id": f"{_ENTRY} organisatie_id IS NOT DISTINCT FROM %(house)s::uuid ORDER BY naam",
    "blijft_id": f"{_ENTRY} organisatie_id IS NOT DISTINCT FROM %(house)s::uuid ORDER BY naam DESC",
    "medewerker_id": "SELECT id FROM medewerker WHERE id = %(colleague)s",
    "afwezigheid_id": "SELECT id FROM afwezigheid WHERE medewerker_id = %(person)s",
    "passkey_id": "SELECT id FROM passkey WHERE medewerker_id = %(person)s",
    "sessie_id": "SELECT id FROM sessie WHERE medewerker_id = %(person)s ORDER BY created_at, id",
    "client_id": "SELECT id FROM api_client WHERE naam = 'proef'",
}
"""What each part of an address may name for somebody: of a case, a house (organisatie), a colleague, or in person."""

OF_A_CASE = ("verzoek_id", "schuld_id", "foto_id", "kennisgeving_id", "melding_id")


@dataclass
class Visitor:
    """Somebody at the doors, and for each part of an address what is his own and what is another's."""

    kind: str
    client: FlaskClient
    own: list[Parts] = field(default_factory=list)
    others: list[Parts] = field(default_factory=list)
    crossed: list[Parts] = field(default_factory=list)
    token: str = ""
    csrf: str = ""

    def knock(self, method: str, url: str) -> TestResponse:
        """As a careful browser does, with the token of a page: no refusal is for want of that."""
        answer = self._send(method, url)
        if answer.status_code == 400 and method == "POST":  # perhaps a new session, with a token of its own
            self.csrf = ""
            answer = self._send(method, url)
        return answer

    def _send(self, method: str, url: str) -> TestResponse:
        told: dict[str, Any] = {"headers": {"Referer": f"{ADRESSEN.base_url}/"}}
        if self.token:
            told["headers"]["Authorization"] = f"Bearer {self.token}"
        if url.startswith("/api/") and method != "GET":
            told["json"] = {"antwoord": "bevestigd"}
        elif method == "POST":
            told["data"] = {"csrf_token": self._csrf()}
        return self.client.open(url, method=method, base_url=ADRESSEN.base_url, **told)

    def _csrf(self) -> str:
        self.csrf = self.csrf or str(Page(self.client.get("/", base_url=ADRESSEN.base_url)).form().values["csrf_token"])
        return self.csrf

    def addresses(self, app: Flask, route: Rule, *, own: bool) -> Iterator[str]:
        """The addresses of a route about what is his own, or nobody's; or about what is another's."""
        build = app.url_map.bind("pauzeknop.example", url_scheme="https").build
        filled = [
            {name: FIXED.get(name) or parts.get(name) for name in route.arguments}
            for parts in (self.own if own else self._others(route))
        ]
        whole = [values for values in filled if None not in values.values()]
        yield from dict.fromkeys(build(route.endpoint, values, method=methods_of(route)[0]) for values in whole)

    def _others(self, route: Rule) -> list[Parts]:
        """Of another; and in an address of two parts: the first his own, with a second that does not belong to it."""
        if not is_owned(route):
            return []
        two = len(route.arguments & OWNED) > 1
        return self.others + (self.crossed if two else [])


class World:
    """`here` and `there` are two organisaties; `here` has a case of each kind, one of them a colleague's."""

    def __init__(self, app: Flask, given: Given, owner: Owner) -> None:
        self.app, self.given, self.owner = app, given, owner
        self.anna, self.other = given.actor, given.other_actor
        self.colleague = given.medewerker(self.anna.organisatie_id, Role.HULPVERLENER)
        self.foreign = fill(given, self.other, AMERSFOORT)
        self.colleagues = fill(given, self.colleague, UTRECHT, "Tandarts")
        self.case = fill(given, self.anna, UTRECHT)
        self.fetched = given.approved([given.regel("Midden Energie", levering=Levering.API)])
        self.forwarded = self._forwarded()
        given.mail(None)
        self._ask_landelijk()

    def _by_post(self) -> UUID:
        """A case with a letter to somebody whose e-mail address nobody checked."""
        id = self.given.approved([self.given.regel("Kapper Knip", mailable=False, email="knip@kapper.example")])
        with self.given.session(self.anna) as session:
            (message,) = dossier.kennisgevingen(session, id)
        self.given.typeset(message.id)
        return id

    def _forwarded(self) -> UUID:
        """A case that went to the other organisatie."""
        id = self.given.taken()
        with self.given.session(self.anna) as session:
            forward_pauzeverzoek(session, self.anna, id, self.given.versie(id), AMERSFOORT, "Verhuisd.")
        return id

    def visitors(self) -> Iterator[Visitor]:
        """One of each kind; hulpvragers in several statuses."""
        yield Visitor("iedereen", self._plain(self._browser()), [self.parts(self.case, self.anna)])
        yield from (self._hulpvrager(id) for id in self._hulpvragers())
        yield from (self._staff(role) for role in Role)
        yield self._machine()

    def parts(self, case: UUID | None = None, of: Actor | None = None, person: Actor | None = None) -> Parts:
        """What the parts of an address name for this case and this member of staff."""
        asked = {
            "case": case,
            "house": of.organisatie_id if of else None,
            "colleague": of.id if of else None,
            "person": (person or of or self.anna).id,
        }
        found = {name: self.owner.execute(f"{sql} LIMIT 1", asked).fetchone() for name, sql in _PARTS.items()}
        return {name: cast("UUID", row[0]) for name, row in found.items() if row}

    def _browser(self) -> Browser:
        browser = cast("Browser", self.app.test_client())
        browser.environ_base |= {"REMOTE_ADDR": "198.51.100.7"}
        return browser

    def _plain(self, browser: Browser) -> FlaskClient:
        """The same cookies without the house rules, which other tests see to: thousands of pages are read here."""
        plain = FlaskClient(self.app, self.app.response_class)
        plain._cookies = browser._cookies
        return plain

    def _hulpvragers(self) -> list[UUID]:
        given = self.given
        with_schuld = given.concept()
        with given.session(Actor.hulpvrager(with_schuld)) as session:
            hulpvrager.add_schuld(session, session.actor, with_schuld, {"afzender": "Energie Noord"})
        return [with_schuld, given.submitted(), given.waiting(), given.approved(), given.withdrawn()]

    def _hulpvrager(self, id: UUID) -> Visitor:
        is_concept = self.given.case(id).status is Status.CONCEPT  # afterwards no schuld has a page
        browser = self._browser()
        assert with_code(browser, kenmerk_of(self.given, id), code_of(self.given, id)).to == "/verzoek"
        return Visitor(
            "hulpvrager", self._plain(browser), [self.parts(id)], [self.parts(self.foreign)] if is_concept else []
        )

    def _staff(self, role: Role) -> Visitor:
        landelijk = role is Role.LANDELIJK_BEHEERDER
        email = f"{role.value}@portal.example"
        person = self.given.medewerker(None if landelijk else self.anna.organisatie_id, role, email=email)
        with self.given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
            add_session(work, "medewerker", HOUR, medewerker_id=person.id)  # another browser of his
            assert person.id
            key = {"naam": "sleutel", "credential_id": person.id.bytes, "public_key": b"x", "teller": 0}
            work.add(Passkey(medewerker_id=person.id, created_at=work.now, **key))
        browser = self._browser()
        assert enrol(browser, email)[1].to
        made = Visitor(role.value, self._plain(browser))
        if landelijk:
            made.own, made.others = [self.parts(person=person)], [self._kept_from_landelijk()]
            return made
        self._of_their_own(person)
        mine, colleagues = self.parts(self.case, self.anna, person), self.parts(self.colleagues, self.anna, person)
        more = [self._of_case(case) for case in self._more_cases(role)]
        made.own, made.others = [mine, colleagues, *more], [self.parts(self.foreign, self.other)]
        first = {name: mine[name] for name in ("verzoek_id", "schuldeiser_id")}
        made.crossed = [made.others[0] | first, self._of_case(self.colleagues) | {"verzoek_id": self.case}]
        return made

    def _more_cases(self, role: Role) -> list[UUID]:
        """Cases in other statuses for one of them: the others would see the same pages."""
        given = self.given
        early = [given.submitted(), given.matched(), given.declined()] if role is Role.HULPVERLENER else []
        return [self._by_post(), self.forwarded, *self._of_two(), *early]

    def _of_two(self) -> list[UUID]:
        """Of two people: with the toestemming of the partner, and without."""
        cases = [self.given.matched(), self.given.matched()]
        for case, akkoord in zip(cases, (True, False), strict=True):
            self.given.partner(case, akkoord=akkoord)
        return cases

    def _of_case(self, case: UUID) -> Parts:
        return {name: id for name, id in self.parts(case).items() if name in OF_A_CASE}

    def _of_their_own(self, person: Actor) -> None:
        """A tekstblok to throw away, and an absence of this person."""
        assert person.id
        keeper = Actor.medewerker(person.id, person.organisatie_id, frozenset({Role.TEAMLEIDER}))
        with self.given.session(keeper) as session:
            tekstblokken.add_tekstblok(session, keeper, Bloksoort.VRAAG, str(person.id), "Stuur ons uw polis.")
            who = {"medewerker_id": person.id, "vervanger_id": self.anna.id}
            if person.is_reviewer:
                afwezigheid.register(session, keeper, **who, start_on=FIRST_DAY, eind_on=FIRST_DAY)

    def _kept_from_landelijk(self) -> Parts:
        """What an organisatie keeps to itself: its questions, mail about its cases, and private persons."""
        assert self.anna.organisatie_id
        private = self.given.schuldeiser("Oom Jan", categorie="particulier", organisatie_id=self.anna.organisatie_id)
        theirs = {"schuldeiser_id": private, "blijft_id": private}
        return self.parts(self.case, self.anna, self.other) | theirs

    def _machine(self) -> Visitor:
        """The machine of a schuldeiser that fetches what it is told."""
        systeem = Actor.systeem()
        with self.given.session(systeem) as session:
            (message,) = dossier.kennisgevingen(session, self.fetched)
            id, whose = message.id, Actor.schuldeiser(message.schuldeiser_id)
            client, _ = api_toegang.add_client(session, systeem, message.schuldeiser_id, "productie")
            api_toegang.open_token(session, client, TOKEN, HOUR)
        self.given.typeset(id)
        with self.given.session(whose) as session:
            said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
            beantwoorden.answer(session, whose, id, said, via=Antwoordweg.API)
        plain = FlaskClient(self.app, self.app.response_class)
        return Visitor("api client", plain, [self.parts(self.fetched)], [self.parts(self.foreign)], token=TOKEN)

    def _ask_landelijk(self) -> None:
        """For the landelijk beheerder: a question about a landelijke entry, and a client of it."""
        entry = self.given.schuldeiser("Waterbedrijf Zonder")
        with self.given.session(Actor.systeem()) as session:
            api_toegang.add_client(session, Actor.systeem(), entry, "proef")
        with self.given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
            facts = {"soort": "contactgegevens", "status": "open", "email": "a@b.example", "alleen": False}
            about = {"onderwerp_id": entry, "schuldeiser_id": entry}
            work.add(Akkoordvraag(asked_at=work.now, expires_at=work.now, **facts, **about))
