"""The receipt of an answer: one for each, to the verified address, frozen, sent by the worker, and about nobody."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.actions import antwoordlink, verzending
from portal.actions.beantwoorden import answer
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.bericht import BerichtSoort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Pogingresultaat, Verzendstatus
from portal.models import Bericht, links
from portal.queries import audit, dossier
from portal.queries.rijcontrole import fault
from tests.conftest import ADRESSEN

BEVESTIGD = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
TYPED = GegevenAntwoord(
    antwoord=Antwoord.OVERGEDRAGEN,
    naar_naam="Verborgenstraat 12, BSN 123456782",
    contactpersoon="Mo Bakker",
    telefoon="020 7654321",
    email="m@water.example",
    referentie="Geheime-referentie",
)


@pytest.fixture
def case(given):
    id = given.approved()
    given.hand_over(id)
    return id


def message(given, case):
    with given.session(Actor.systeem()) as session:
        return dossier.kennisgevingen(session, case)[0]


def give(given, case, gegeven, *, actor=None, **how):
    to = message(given, case)
    actor = actor or Actor.schuldeiser(to.schuldeiser_id)
    with given.session(actor) as session:
        return answer(session, actor, to.id, gegeven, **{"via": Antwoordweg.LINK} | how)


def receipts(given, case, actor=None):
    with given.session(actor or given.actor) as session:
        return list(dossier.ontvangstbewijzen(session, message(given, case).id))


def test_each_answer_gives_one_receipt_and_the_same_answer_none(given, case):
    give(given, case, BEVESTIGD)
    give(given, case, BEVESTIGD)
    give(given, case, replace(BEVESTIGD, contactpersoon="Mo"), na=1)
    found = receipts(given, case)
    assert len({each.id for each in found}) == 2
    assert {(each.soort, each.status) for each in found} == {(BerichtSoort.ANTWOORD_ONTVANGEN, Verzendstatus.KLAAR)}


def test_it_goes_to_the_verified_address_with_the_link_and_the_same_sender(given, case):
    give(given, case, BEVESTIGD)
    (receipt,), to = receipts(given, case), message(given, case)
    assert receipt.aan == to.aan
    assert (receipt.afzender_naam, receipt.antwoord_aan) == (to.afzender_naam, to.antwoord_aan)
    assert f"{ADRESSEN.base_url}/antwoord/{links.sign_antwoord(to.id)}\n" in receipt.tekst
    assert given.case(case).kenmerk in receipt.tekst
    assert "KL-1" in receipt.tekst


def test_nobody_is_named_and_nothing_that_was_typed_leaves_again(given, case):
    give(given, case, TYPED)
    (receipt,) = receipts(given, case)
    person = given.case(case).persoon
    said = receipt.onderwerp + receipt.tekst + receipt.html
    for word in (*TYPED_WORDS, person.achternaam, str(person.geboren_on.year)):
        assert word not in said.replace(links.sign_antwoord(message(given, case).id), "")


TYPED_WORDS = ("Verborgenstraat", "123456782", "Bakker", "7654321", "m@water", "Geheime-referentie")


@pytest.mark.parametrize("via", Antwoordweg)
def test_every_way_but_the_api_has_a_receipt_by_mail(given, case, via):
    actor = given.actor if via is Antwoordweg.HULPVERLENER else None
    give(given, case, BEVESTIGD, actor=actor, via=via)
    assert len(receipts(given, case)) == (0 if via is Antwoordweg.API else 1)


def test_without_a_verified_address_there_is_none(given):
    id = given.approved([given.regel("Huisarts", mailable=False)])
    give(given, id, BEVESTIGD)
    assert receipts(given, id) == []


def test_a_link_that_was_revoked_is_not_sent_again(given, case):
    with given.session(given.actor) as session:
        antwoordlink.revoke(session, given.actor, message(given, case).id)
    give(given, case, BEVESTIGD, actor=given.actor, via=Antwoordweg.HULPVERLENER)
    (receipt,) = receipts(given, case)
    assert "/antwoord/" not in receipt.tekst
    assert "Bel ons" in receipt.tekst


def test_the_hulpvrager_does_not_see_it_nor_another_organisatie(given, case):
    give(given, case, BEVESTIGD)
    for actor in (Actor.hulpvrager(case), given.other_actor, Actor.bezoeker()):
        assert receipts(given, case, actor) == []
    with given.session(Actor.hulpvrager(case)) as session:
        assert {each.soort for each in dossier.berichten(session, case)} == {"ontvangen", "goedgekeurd"}
        shown = set(session.scalars(select(Bericht.soort)))
        assert BerichtSoort.ANTWOORD_ONTVANGEN not in shown


def test_a_schuldeiser_adds_a_receipt_to_no_other_message(given, case):
    """Row-level security: its own message in its own case, and no message to the hulpvrager."""
    other = given.approved([given.regel("Ziggo")])
    with given.session(Actor.schuldeiser(message(given, case).schuldeiser_id)) as session:
        assert session.scalars(select(Bericht)).all() == []
    with given.session(Actor.systeem()) as session:
        assert dossier.ontvangstbewijzen(session, message(given, other).id) == []


def test_it_is_sent_like_every_message_and_a_failure_is_not_told_to_the_hulpvrager(given, case):
    give(given, case, BEVESTIGD)
    (receipt,) = receipts(given, case)
    with given.session(Actor.systeem()) as session:
        assert verzending.begin_attempt(session, Bericht, receipt.id).aan == receipt.aan
        never = verzending.Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1", tls=True)
        verzending.record_refusal(session, Bericht, receipt.id, never)
    (receipt,) = receipts(given, case)
    assert receipt.status is Verzendstatus.NIET_BEZORGD
    with given.session(given.actor) as session:
        assert dossier.untold(session, case) == []
    assert not receipt.is_untold


def test_its_words_are_held_against_the_trail(given, case, owner):
    give(given, case, BEVESTIGD)
    assert audit.verify(given.database).ok
    (receipt,) = receipts(given, case)
    with given.session(Actor.systeem()) as session:
        assert fault(session) is None
    owner.execute("UPDATE bericht SET sha256 = 'x' WHERE id = %s", [receipt.id])
    with given.session(Actor.systeem()) as session:
        assert str(receipt.id) in fault(session)


def test_an_answer_that_cannot_be_leaves_no_receipt(given, case):
    """One transaction: the answer and its receipt are both there, or neither."""
    wrong = GegevenAntwoord(antwoord=Antwoord.GEEN_MEDEWERKING, reden=GeenMedewerking.KLANT_ONBEKEND)
    give(given, case, wrong)
    with pytest.raises(Exception, match="came after"):
        give(given, case, BEVESTIGD, na=0)
    assert len(receipts(given, case)) == 1
