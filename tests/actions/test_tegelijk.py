"""A mail or a question about a case, and that case, at the same moment in other hands."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.actions import akkoord, akkoord_soorten, inkomend
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.domain.roles import Actor, Role
from portal.models import Akkoordvraag, Inkomend
from tests.actions.conftest import Queue, busy
from tests.given import AMERSFOORT, Given


def forward(given: Given, id: UUID) -> None:
    with given.session(given.actor) as session:
        forward_pauzeverzoek(session, given.actor, id, given.versie(id), AMERSFOORT, "U woont in Amersfoort.")


def test_a_mail_that_comes_while_its_case_is_given_away_goes_along(given: Given, queue: Queue) -> None:
    id, new = given.taken(), given.other_actor
    with busy(given, id):
        given_away = queue(lambda: forward(given, id))
        mail = queue(lambda: given.mail(id, token=False))
    given_away.result()
    with given.session(Actor.systeem()) as session:
        assert session.get_one(Inkomend, mail.result()).organisatie_id == new.organisatie_id


def test_a_mail_that_is_tied_while_its_case_is_given_away_goes_along(given: Given, queue: Queue) -> None:
    landelijk = given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")
    id, new, unknown = given.taken(), given.other_actor, given.mail(None)
    kenmerk = given.case(id).kenmerk

    def tie() -> None:
        with given.session(landelijk) as session:
            inkomend.tie(session, landelijk, unknown, kenmerk)

    with busy(given, id):
        given_away, tied = queue(lambda: forward(given, id)), queue(tie)
    given_away.result()
    tied.result()
    with given.session(Actor.systeem()) as session:
        assert session.get_one(Inkomend, unknown).organisatie_id == new.organisatie_id


def test_who_handles_a_mail_waits_for_its_case_before_taking_the_mail(given: Given, queue: Queue) -> None:
    """Otherwise the two wait for each other until the database ends one of them."""
    id = given.taken()
    mail = given.mail(id, token=False)

    def handle() -> None:
        with given.session(given.actor) as session:
            inkomend.handle(session, given.actor, mail)

    with busy(given, id) as work:
        handled = queue(handle)
        work.session.scalars(select(Inkomend).where(Inkomend.id == mail).with_for_update(nowait=True)).one()
    handled.result()


def test_who_gives_the_second_key_waits_for_the_case_before_taking_the_question(given: Given, queue: Queue) -> None:
    """Who asks the same about the case at that moment has the case first, and then the question."""
    adres = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}
    id = given.matched(adres=adres)
    second = given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tim Tweede")
    with given.session(given.actor) as session:
        asked = akkoord.ask(session, given.actor, akkoord_soorten.lift_geheim(id), "Het mag.", timedelta(days=7))

    def decide() -> None:
        with given.session(second) as session:
            akkoord.decide(session, second, asked.id, "Gezien.", akkoord=True)

    with busy(given, id) as work:
        decided = queue(decide)
        work.session.scalars(select(Akkoordvraag).where(Akkoordvraag.id == asked.id).with_for_update(nowait=True)).one()
    decided.result()
    assert not given.case(id).adres.geheim
