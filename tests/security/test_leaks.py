"""What must never leave: a BSN, and words that become markup."""

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import insert, text
from sqlalchemy.exc import ProgrammingError

from portal.clock import now
from portal.domain.keten import GENESIS
from portal.domain.roles import Actor, ActorKind
from portal.models import Kennisgeving
from portal.models.audit import AuditEntry
from portal.queries import dossier
from tests.given import Given
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

BSN = "123456782"
HOSTILE = "<script>alert(1)</script>\"'{{7*7}}"

JOURNEY = {
    "/verzoek/dreiging": {"ontruiming": "nee", "afsluiting": "nee", "zorgverzekering": "nee"},
    "/verzoek/gemeente": {"naam": "Utrecht"},
    "/verzoek/naam": {"achternaam": "Meer"},
    "/verzoek/geboortedatum": {"geboren_on-dag": "14", "geboren_on-maand": "5", "geboren_on-jaar": "1987"},
}


def test_a_bsn_that_was_typed_as_reference_reaches_nobody(given: Given, anna: Browser, werkplek: Werkplek) -> None:
    given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo", "referentie": f"bsn {BSN}"})
    anna.press(desk.url(id), "Voorstellen bevestigen")
    given.approve(id)
    with given.session(Actor.systeem()) as session:
        issued = dossier.kennisgevingen(session, id)
        said = [str((each.onderwerp, each.tekst, each.html, each.feiten)) for each in issued]
    assert len(said) == 1
    assert BSN not in said[0]


@pytest.mark.parametrize(
    ("rest", "field", "button"),
    [("/aanvulling", "vraag", "Vraag versturen"), ("/niet-goedkeuren", "toelichting", "Niet goedkeuren")],
)
def test_staff_cannot_mail_a_bsn_to_the_hulpvrager(
    given: Given, anna: Browser, werkplek: Werkplek, rest: str, field: str, button: str
) -> None:
    id = given.taken()
    before = werkplek.events(id)
    page = anna.fill(desk.url(id, rest), {field: f"Klopt uw nummer {BSN}?"}, button=button)
    assert page.errors == ["Hierin staat een nummer dat een BSN kan zijn. Een BSN mag niet in een bericht."]
    assert werkplek.events(id) == before


def test_an_address_has_no_room_for_a_bsn(given: Given, browser: Browser) -> None:
    _ = given.organisatie_id
    browser.follow(browser.fill("/"))
    for url in ("/verzoek/dreiging", "/verzoek/gemeente", "/verzoek/naam", "/verzoek/geboortedatum"):
        browser.fill(url, JOURNEY[url])
    address = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": BSN}
    page = browser.fill("/verzoek/adres", address)
    assert page.errors == ["Hierin staat een nummer dat een BSN kan zijn. Een BSN mag niet in een bericht."]


def test_what_a_hulpvrager_types_never_becomes_markup_at_the_desk(
    given: Given, anna: Browser, werkplek: Werkplek
) -> None:
    party = given.schuldeiser(HOSTILE)
    told = {"afzender": HOSTILE, "namens": HOSTILE, "referentie": HOSTILE[:60], "bedrag_cents": 1, "particulier": True}
    name = {"voorletters": "F.", "voorvoegsel": "", "achternaam": HOSTILE}
    id = werkplek.submitted_with(told, naam=name, hulp={"soort": "helper", "naam": HOSTILE})
    given.match(id, 1, {party: HOSTILE[:60]})
    schuld = given.case(id).schulden[0].id
    pages = [
        desk.url(id),
        desk.url(id, f"/schulden/{schuld}/koppelen"),
        desk.url(id, "/besluit"),
        "/beheer/schuldeisers",
    ]
    for url in pages:
        page = anna.see(url)
        assert page.html.count("<script") == page.html.count('<script src="/static/')
        assert "{{7*7}}" in page.html.replace("&#39;", "'")
    given.approve(id, particulier_bevestigd=True)
    message = werkplek.messages(id)[HOSTILE]
    assert "<script" not in message.html
    assert "\n" not in message.onderwerp


def _entry(keten: object, kind: ActorKind, actor_id: object) -> object:
    values = {"keten": keten, "volgnummer": 999, "at": now(), "gebeurtenis": "PauzeverzoekWithdrawn", "feiten": {}}
    return insert(AuditEntry).values(**values, actor_kind=kind, actor_id=actor_id, vorige_hash=GENESIS, hash="x")


@pytest.mark.parametrize("forged", ["as the portal", "as the hulpvrager", "as a colleague"])
def test_nobody_writes_audit_entries_in_the_name_of_another(given: Given, forged: str) -> None:
    id, colleague = given.taken(), given.medewerker(given.organisatie_id)
    kind, actor_id = {
        "as the portal": (ActorKind.SYSTEEM, None),
        "as the hulpvrager": (ActorKind.HULPVRAGER, id),
        "as a colleague": (ActorKind.MEDEWERKER, colleague.id),
    }[forged]
    with given.session(given.actor) as session:
        session.info["work"] = True
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.execute(_entry(id, kind, actor_id))  # type: ignore[call-overload]


@pytest.mark.parametrize("statement", ["UPDATE audit SET gebeurtenis = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_not_even_the_portal_itself_rewrites_the_trail(given: Given, statement: str) -> None:
    given.taken()
    with given.session(Actor.systeem()) as session:
        session.info["work"] = True
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(statement))


def test_a_sealed_value_does_not_open_in_another_case(given: Given) -> None:
    """Whoever can write to the table still cannot make one person's message another's."""
    first, second = given.approved(), given.approved([given.regel("Ander bedrijf")])
    with given.session(Actor.systeem()) as session:
        (mine,), (theirs,) = (dossier.kennisgevingen(session, id) for id in (first, second))
        stolen = Kennisgeving(id=mine.id, tekst_sealed=theirs.tekst_sealed)
        with pytest.raises(InvalidTag):
            _ = stolen.tekst
