"""A correctie: the fact is mended, and who was told otherwise hears it; nobody is chosen by hand."""

from dataclasses import replace
from datetime import date

import pytest

from portal.actions import antwoordlink, beantwoorden
from portal.actions.corrigeren import Correctie, correct_pauzeverzoek
from portal.domain.antwoorden import Antwoorden
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord, Geldigheid
from portal.domain.errors import (
    AdresInReferentie,
    AlreadyDecided,
    DuurOngeldig,
    MoveNotAllowed,
    NietMeerTeBeantwoorden,
    NietsVeranderd,
    NotAllowed,
    VoorbeeldVerouderd,
)
from portal.domain.inkomend import Mailsoort
from portal.domain.kennisgeving import Soort, Wijziging, from_json
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Status, Verzendstatus
from portal.models.links import controlecode
from portal.queries import audit, controle, dossier
from portal.queries.vervolg import corrected, fingerprint
from portal.queries.werkvoorraad import search
from tests.actions.conftest import stand_of

NAAM = {"voorletters": "F.", "voorvoegsel": "van der", "achternaam": "Meijer"}
GEHEIM = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "bis", "geheim": True}


def correct(given, id, *, actor=None, tot_en_met=None, gezien=None, versie=None, **secties):
    """The decision of somebody who looked at the messages first."""
    case = given.case(id)
    after: Antwoorden = {**case.antwoorden, **secties}
    if gezien is None and case.is_running:
        gezien = fingerprint(corrected(replace(stand_of(given, id), antwoorden=after), tot_en_met))
    actor = actor or given.actor
    with given.session(actor) as session:
        return correct_pauzeverzoek(
            session, actor, id,
            Correctie(versie=versie or case.versie, gezien=gezien or "", secties=secties, tot_en_met=tot_en_met),
        )  # fmt: skip


def messages(given, id, soort=Soort.CORRECTIE):
    with given.session(given.actor) as session:
        return [k for k in dossier.kennisgevingen(session, id) if k.soort is soort]


def test_who_was_told_a_wrong_name_gets_a_correctie_that_says_what_changed(given, count, clock):
    id = given.approved([given.regel("Een", "KL-7"), given.regel("Twee")])
    given.hand_over(id)
    clock.set(date(2027, 3, 1))
    assert correct(given, id, naam=NAAM) == (2, [])
    told = messages(given, id)
    assert {k.schuldeiser.naam for k in told} == {"Een", "Twee"}
    facts = from_json(told[0].feiten)
    assert (facts.betrokkene.achternaam, facts.gewijzigd) == ("Meijer", (Wijziging.NAAM,))
    assert "Dit bericht vervangt ons bericht van maandag 1 februari 2027." in told[0].tekst
    assert "- De naam van de klant." in told[0].tekst
    assert "van der Meer " not in told[0].tekst
    assert {k.eind_on for k in told} == {date(2027, 6, 1)}
    assert count.events(id, "PauzeverzoekCorrected") == 1
    assert given.case(id).persoon.achternaam == "Meijer"
    assert audit.verify(given.database).ok


def test_the_earlier_message_is_replaced_and_its_link_is_dead(given):
    id = given.approved([given.regel("Een", "KL-7")])
    given.hand_over(id)
    correct(given, id, naam=NAAM)
    (old,), (new,) = messages(given, id, Soort.KENNISGEVING), messages(given, id)
    kenmerk = given.case(id).kenmerk
    with given.session(Actor.bezoeker()) as session:
        check = [controle.check(session, kenmerk, controlecode(k.id), date(2027, 2, 2)).stand for k in (old, new)]
    assert check == [Geldigheid.VERVANGEN, Geldigheid.GELDIG]
    said, party = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD), Actor.schuldeiser(old.schuldeiser_id)
    with given.session(party) as session:
        with pytest.raises(NietMeerTeBeantwoorden):
            beantwoorden.answer(session, party, old.id, said, via=Antwoordweg.LINK)
        antwoordlink.confirm(session, party, new.id, referentie="KL-7", geboren_on=None)
        assert beantwoorden.answer(session, party, new.id, said, via=Antwoordweg.LINK).antwoord is Antwoord.BEVESTIGD


def test_an_address_that_becomes_secret_leaves_every_message_from_then_on(given):
    id = given.approved()
    given.hand_over(id)
    correct(given, id, adres=GEHEIM)
    (told,) = messages(given, id)
    facts = from_json(told.feiten)
    assert (facts.betrokkene.postcode, facts.gewijzigd) == (None, (Wijziging.ADRES,))
    assert "3511AB" not in (told.tekst + told.html + str(told.feiten)).replace(" ", "")


def test_a_secret_address_is_not_lifted_here(given, count):
    id = given.matched(adres=GEHEIM)
    before = count.everything()
    with pytest.raises(NotAllowed):
        correct(given, id, adres=GEHEIM | {"geheim": False})
    assert count.everything() == before
    assert given.case(id).adres.geheim


def test_a_reference_with_the_postcode_stands_in_the_way_of_a_secret_address(given):
    id = given.approved([given.regel("Een", "3511AB-12")])
    given.hand_over(id)
    with pytest.raises(AdresInReferentie):
        correct(given, id, adres=GEHEIM)


def test_a_shorter_pause_is_told_to_whom_it_concerns(given, clock):
    id = given.approved_for(Kort=2, Lang=8)
    given.hand_over(id)
    correct(given, id, tot_en_met=date(2027, 6, 1))
    (told,) = messages(given, id)
    assert (told.schuldeiser.naam, told.eind_on) == ("Lang", date(2027, 6, 1))
    assert from_json(told.feiten).gewijzigd == (Wijziging.PERIODE,)
    assert given.case(id).eind_on == date(2027, 6, 1)


@pytest.mark.parametrize("day", [date(2027, 2, 1), date(2027, 6, 2), date(2026, 1, 1)])
def test_a_later_last_day_is_a_verlenging_and_a_past_one_an_end(given, day):
    id = given.approved()
    given.hand_over(id)
    with pytest.raises(DuurOngeldig):
        correct(given, id, tot_en_met=day, gezien="x")


def test_who_has_got_nothing_yet_gets_the_right_first_message_only(given):
    id = given.approved([given.regel("Per post", mailable=False)])
    assert correct(given, id, naam=NAAM) == (1, [])
    wrong, right = messages(given, id, Soort.KENNISGEVING)
    assert (wrong.status, right.status, messages(given, id)) == (Verzendstatus.VERVALLEN, Verzendstatus.KLAAR, [])
    assert from_json(right.feiten).betrokkene.achternaam == "Meijer"


def test_whose_pause_is_over_or_who_knows_better_hears_nothing(given, clock):
    id = given.approved_for(Voorbij=2, Loopt=8)
    given.hand_over(id)
    clock.set(date(2027, 5, 1))
    correct(given, id, naam=NAAM)
    assert [k.schuldeiser.naam for k in messages(given, id)] == ["Loopt"]
    with pytest.raises(NietsVeranderd):
        correct(given, id, naam=NAAM)


def test_two_corrections_follow_each_other(given):
    id = given.approved()
    given.hand_over(id)
    correct(given, id, naam=NAAM)
    given.hand_over(id)
    correct(given, id, geboortedatum={"geboren_on": "1978-05-14"})
    first, second = sorted(messages(given, id), key=lambda k: k.nummer)
    facts = from_json(second.feiten)
    assert (second.nummer, facts.eerder.bericht_id, facts.gewijzigd) == (2, first.id, (Wijziging.GEBOORTEDATUM,))


def test_before_the_decision_only_the_fact_changes_and_the_case_is_found_by_it(given, count):
    id = given.taken()
    assert correct(given, id, naam=NAAM) == (0, [])
    assert given.case(id).status is Status.IN_BEHANDELING
    assert count.rows("kennisgeving") == 0
    with given.session(given.actor) as session:
        assert [each.id for each in search(session, given.actor, "Meijer")] == [id]
        assert list(search(session, given.actor, "Meer")) == []
    assert audit.verify(given.database).ok


def test_who_may_and_when(given):
    id = given.approved()
    given.hand_over(id)
    with pytest.raises(NotAllowed):
        correct(given, id, actor=given.medewerker(given.organisatie_id, Role.AUDITOR), naam=NAAM)
    with pytest.raises(AlreadyDecided):
        correct(given, id, versie=given.versie(id) - 1, naam=NAAM)
    with pytest.raises(VoorbeeldVerouderd):
        correct(given, id, gezien="iets anders", naam=NAAM)
    given.withdraw(id)
    with pytest.raises(MoveNotAllowed):
        correct(given, id, naam=NAAM)


def test_a_message_with_the_error_that_comes_back_is_not_sent_again(given):
    """The mail with the wrong name bounces after the correctie: it must not go out by itself once more."""
    id = given.approved()
    given.hand_over(id)
    correct(given, id, naam=NAAM)
    given.mail(id, Mailsoort.POSTVAK_VOL)
    (wrong,) = messages(given, id, Soort.KENNISGEVING)
    assert wrong.status is Verzendstatus.VERVALLEN


def test_an_end_does_not_say_an_address_that_became_secret_also_when_the_correctie_never_left(given):
    id = given.approved()
    given.hand_over(id)
    correct(given, id, adres=GEHEIM)
    given.withdraw(id)
    (told,) = messages(given, id, Soort.BEEINDIGING)
    assert "3511AB" not in (told.tekst + told.html + str(told.feiten)).replace(" ", "")
