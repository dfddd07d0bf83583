"""Two people in one request: each own toestemming, each message about whom it must name, and what a withdrawal ends."""

import pytest

from portal.actions import beantwoorden, berichten, bijkomen, doorgeven, partner, review, terugroepen
from portal.actions.bijkomen import Bijkomst
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.belet import Belet
from portal.domain.errors import (
    AdresInReferentie,
    AlreadyDecided,
    AlVerteld,
    GeenOntvangers,
    GeenToestemming,
    GeheimAdresNietBevestigd,
    MoveNotAllowed,
    NotAllowed,
    NotFound,
)
from portal.domain.kennisgeving import Soort, Wijziging, from_json
from portal.domain.roles import Actor, Role
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Antwoord, Eindreden, Verzendstatus
from portal.queries import dossier, werkvoorraad
from portal.queries.vervolg import added, fingerprint
from tests.actions.conftest import at_once, stand_of
from tests.given import Schuldregel

ZELF, PARTNER, BEIDEN = None, Schuldenaar.PARTNER, Schuldenaar.BEIDEN
F, J = "F. van der Meer", "J. Dijkstra"


@pytest.fixture
def two(given):
    """One schuldeiser with a schuld of the hulpvrager, one of the partner and one of both; not decided yet."""

    def make(*, akkoord=True, geheim=False, **changes):
        bank = given.schuldeiser("Bank Samen")
        regels = [Schuldregel(f"Bank {number}", {bank: f"K-{number}"}) for number in (1, 2, 3)]
        id = given.matched(regels, **changes)
        given.partner(id, akkoord=akkoord, geheim=geheim)
        given.owed(id, ZELF, PARTNER, BEIDEN)
        return id

    return make


def messages(given, id):
    with given.session(given.actor) as session:
        return list(dossier.kennisgevingen(session, id))


def told(given, id):
    """(whom it names, which references) of every message that was issued and did not lapse."""
    issued = [from_json(each.feiten) for each in messages(given, id) if each.status is not Verzendstatus.VERVALLEN]
    return {(each.soort, each.namen, tuple(ref.referentie for ref in each.verwijzingen)) for each in issued}


def revoke(given, id, actor=None):
    with given.session(actor or given.actor) as session:
        return partner.revoke_partnertoestemming(session, actor or given.actor, id)


def end(given, id):
    with given.session(given.actor) as session:
        review.end_pauze(session, given.actor, id, given.versie(id), Eindreden.VERHUISD)


def tell(given, id, **besluit):
    seen = fingerprint(added(stand_of(given, id)))
    with given.session(given.actor) as session:
        return bijkomen.tell_added(session, given.actor, id, Bijkomst(versie=given.versie(id), gezien=seen, **besluit))


def test_one_schuldeiser_gets_a_message_for_each_set_of_persons_and_each_names_only_them(given, two):
    id = two()
    given.approve(id)
    assert told(given, id) == {
        (Soort.KENNISGEVING, F, ("K-1",)),
        (Soort.KENNISGEVING, J, ("K-2",)),
        (Soort.KENNISGEVING, f"{F} en {J}", ("K-3",)),
    }
    for each in messages(given, id):
        assert ("Dijkstra" in each.tekst) == (each.schuldenaar is not None)
        assert ("Meer" in each.tekst) == (each.schuldenaar is not PARTNER)


def test_without_the_toestemming_of_the_partner_nobody_hears_of_the_partner(given, two):
    id = two(akkoord=False)
    given.approve(id)
    assert told(given, id) == {(Soort.KENNISGEVING, F, ("K-1",)), (Soort.KENNISGEVING, F, ("K-3",))}
    assert not [each for each in messages(given, id) if "Dijkstra" in each.tekst + each.html]
    waits = [each for each in added(stand_of(given, id)) if each.belet]
    assert [(each.ontvanger.schuldenaar, each.belet) for each in waits] == [(PARTNER, Belet.GEEN_TOESTEMMING_PARTNER)]


def test_schulden_of_the_partner_alone_are_nothing_to_approve_without_the_toestemming(given, two):
    id = two(akkoord=False)
    given.owed(id, PARTNER, PARTNER, PARTNER)
    with pytest.raises(GeenOntvangers):
        given.approve(id)
    given.partner_agrees(id)
    given.approve(id)
    assert told(given, id) == {(Soort.KENNISGEVING, J, ("K-1", "K-2", "K-3"))}


def test_a_toestemming_after_the_approval_tells_the_own_schuld_and_corrects_the_joint_one(given, two):
    id = two(akkoord=False)
    given.approve(id)
    given.hand_over(id)
    given.partner_agrees(id)
    assert tell(given, id) == []
    joint = [from_json(each.feiten) for each in messages(given, id) if each.soort is Soort.CORRECTIE]
    assert [(each.namen, each.gewijzigd) for each in joint] == [(f"{F} en {J}", (Wijziging.PERSONEN,))]
    assert (Soort.KENNISGEVING, J, ("K-2",)) in told(given, id)
    assert added(stand_of(given, id)) == []


def test_a_withdrawal_ends_the_own_schuld_corrects_the_joint_one_and_leaves_the_hulpvragers(given, two):
    id = two()
    given.approve(id)
    given.hand_over(id)
    before = len(messages(given, id))
    assert revoke(given, id) == []
    after = [from_json(each.feiten) for each in messages(given, id)[before:]]
    assert {(each.soort, each.namen, each.gewijzigd) for each in after} == {
        (Soort.BEEINDIGING, J, ()),
        (Soort.CORRECTIE, F, (Wijziging.PERSONEN,)),
    }
    assert given.case(id).is_running
    assert [each.belet for each in added(stand_of(given, id))] == []


def test_a_withdrawal_before_anything_left_sends_nothing_about_the_partner(given, two):
    id = two()
    given.approve(id)
    revoke(given, id)
    assert told(given, id) == {(Soort.KENNISGEVING, F, ("K-1",)), (Soort.KENNISGEVING, F, ("K-3",))}


def test_a_withdrawal_of_which_the_correctie_fails_lets_nothing_leave_that_names_the_partner(given, two, monkeypatch):
    id = two()
    given.approve(id)

    def fail(*_, **__):
        raise RuntimeError("no correctie")

    with monkeypatch.context() as broken:
        broken.setattr(berichten, "issue_kennisgeving", fail)
        assert revoke(given, id) == ["Bank Samen"]
    assert told(given, id) == {(Soort.KENNISGEVING, F, ("K-1",))}
    given.hand_over(id)
    left = [each for each in messages(given, id) if each.status is Verzendstatus.AANGEBODEN]
    assert [each.schuldenaar for each in left] == [ZELF]


@pytest.mark.parametrize("agrees_again", [False, True])
def test_the_end_does_not_name_a_partner_who_withdrew_when_the_correctie_did_not_leave(given, two, agrees_again):
    id = two()
    given.approve(id)
    given.hand_over(id)
    revoke(given, id)
    if agrees_again:
        given.partner_agrees(id)
    end(given, id)
    joint = [each for each in messages(given, id) if each.schuldenaar is BEIDEN]
    assert [each.soort for each in joint if each.status is Verzendstatus.VERVALLEN] == [Soort.CORRECTIE]
    (last,) = [each for each in joint if each.soort is Soort.BEEINDIGING]
    assert from_json(last.feiten).namen == F
    assert "Dijkstra" not in last.onderwerp + last.tekst + last.html


def test_who_withdrew_and_agrees_again_is_told_anew_and_can_withdraw_again(given, two):
    id = two()
    given.approve(id)
    given.hand_over(id)
    for _ in range(2):
        revoke(given, id)
        given.typeset_ends()
        given.hand_over(id)
        given.partner_agrees(id)
        assert tell(given, id) == []
        given.hand_over(id)
    own = [each.soort for each in messages(given, id) if each.schuldenaar is PARTNER]
    assert own == [Soort.KENNISGEVING, Soort.BEEINDIGING] * 2 + [Soort.KENNISGEVING]


def test_the_end_of_the_pause_is_told_in_each_exchange(given, two):
    id = two()
    given.approve(id)
    given.hand_over(id)
    end(given, id)
    ends = [from_json(each.feiten).namen for each in messages(given, id) if each.soort is Soort.BEEINDIGING]
    assert sorted(ends) == sorted([F, J, f"{F} en {J}"])


def test_calling_back_what_was_about_the_partner_leaves_the_other_exchanges(given, two):
    id = two()
    given.approve(id)
    given.hand_over(id)
    own = next(each for each in messages(given, id) if each.schuldenaar is PARTNER)
    stand = stand_of(given, id)
    planned = terugroepen.plans.recalled(stand, terugroepen.plans.exchange_of(stand, own.id))
    decided = terugroepen.Terugroeping(versie=given.versie(id), gezien=fingerprint([planned]), wat="Mis.")
    with given.session(given.actor) as session:
        assert terugroepen.recall(session, given.actor, own.id, decided)
    assert [bool(schuld.partijen) for schuld in given.case(id).schulden] == [True, False, True]
    last = from_json(messages(given, id)[-1].feiten)
    assert (last.soort, last.betrokkenen) == (Soort.INTREKKING, ())


@pytest.mark.parametrize("who", ["hulpvrager", "partner"])
def test_a_secret_address_of_one_is_in_no_message(given, two, who):
    adres = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}
    id = two(geheim=True) if who == "partner" else two(adres=adres)
    with pytest.raises(GeheimAdresNietBevestigd):
        given.approve(id)
    given.approve(id, geheim_bevestigd=True)
    assert not [each.ontvanger_naam for each in messages(given, id) if "3511" in each.tekst], "they share it"


def test_who_takes_over_a_schuld_of_the_partner_hears_nothing_after_the_withdrawal(given, two):
    id = two()
    given.approve(id)
    given.hand_over(id)
    own = next(each for each in messages(given, id) if each.schuldenaar is PARTNER)
    over = GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_naam="Incasso")
    new = given.incassobureau("Incasso")
    with given.session(given.actor) as session:
        beantwoorden.answer(session, given.actor, own.id, over, via=Antwoordweg.HULPVERLENER)
    revoke(given, id)
    with given.session(given.actor) as session, pytest.raises(GeenToestemming):
        doorgeven.pass_on(session, given.actor, own.id, new)


def test_a_reference_that_tells_the_secret_address_of_the_partner_is_refused(given):
    id = given.matched([given.regel("Bank", "3511AB-12")])
    with pytest.raises(AdresInReferentie):
        given.partner(id, geheim=True)
    assert given.case(id).partner is None


def test_a_secret_address_stays_secret(given, two):
    id = two(geheim=True)
    secties = given.case(id).partner.gegevens | {"adres": {"geheim": False}}
    with given.session(given.actor) as session, pytest.raises(NotAllowed):
        partner.save_partner(session, given.actor, id, given.versie(id), secties)
    assert given.case(id).partner.geheim


def test_another_name_of_the_partner_is_corrected_where_the_partner_was_named(given, two):
    id = two()
    given.approve(id)
    given.hand_over(id)
    naam = {"voorletters": "J.", "voorvoegsel": "de", "achternaam": "Dijkstra"}
    secties = given.case(id).partner.gegevens | {"naam": naam}
    with given.session(given.actor) as session:
        partner.save_partner(session, given.actor, id, given.versie(id), secties)
    planned = {each.ontvanger.schuldenaar: each.feiten.gewijzigd for each in added(stand_of(given, id))}
    assert planned == {PARTNER: (Wijziging.NAAM,), BEIDEN: (Wijziging.NAAM,)}


def test_whose_a_schuld_is_stays_once_somebody_was_told(given, two):
    id = two()
    given.approve(id)
    with pytest.raises(AlVerteld):
        given.owed(id, PARTNER, PARTNER, BEIDEN)
    assert [schuld.schuldenaar for schuld in given.case(id).schulden] == [ZELF, PARTNER, BEIDEN]


def test_who_ever_agreed_stays_and_one_added_by_mistake_can_go(given):
    id = given.matched()
    given.partner(id, akkoord=False)

    def remove():
        with given.session(given.actor) as session:
            partner.remove_partner(session, given.actor, id, given.versie(id))

    remove()
    assert given.case(id).partner is None
    with pytest.raises(NotFound):
        remove()
    given.partner(id)
    for _ in range(2):
        with pytest.raises(MoveNotAllowed):
            remove()
        if given.case(id).is_partner_told:
            revoke(given, id)
    assert given.case(id).partner.toestemmingen, "what somebody was told under it is evidence"


def test_an_address_that_becomes_secret_leaves_with_nothing_more(given, two):
    id = two()
    given.approve(id)
    with given.session(given.actor) as session:
        secties = given.case(id).partner.gegevens | {"adres": {"geheim": True}}
        assert not partner.save_partner(session, given.actor, id, given.versie(id), secties)
    waiting = [each for each in messages(given, id) if each.status is Verzendstatus.KLAAR]
    assert len(waiting) == 3
    assert not [each.soort for each in waiting if "3511" in each.tekst]


def test_only_a_reviewer_takes_down_a_partner_and_only_where_something_may_be_told(given):
    id = given.matched()
    keeper = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    for stranger in (keeper, Actor.hulpvrager(id)):
        with given.session(stranger) as session, pytest.raises(NotAllowed):
            partner.note_partnertoestemming(session, stranger, id, given.versie(id))
    with given.session(given.other_actor) as session, pytest.raises(NotFound):
        partner.note_partnertoestemming(session, given.other_actor, id, given.versie(id))
    for over in (given.ended(), given.declined()):
        with pytest.raises(MoveNotAllowed):
            given.partner(over)


def test_a_toestemming_is_given_once_on_the_page_as_it_was_read(given):
    id = given.matched()
    given.partner(id)
    with pytest.raises(MoveNotAllowed):
        given.partner_agrees(id)
    revoke(given, id)
    with given.session(given.actor) as session, pytest.raises(AlreadyDecided):
        partner.note_partnertoestemming(session, given.actor, id, given.versie(id) - 1)
    with pytest.raises(MoveNotAllowed):
        revoke(given, id)


def test_of_two_who_note_the_toestemming_at_once_one_does(given):
    id = given.matched()
    given.partner(id, akkoord=False)
    versie = given.versie(id)

    def agree(_):
        with given.session(given.actor) as session:
            partner.note_partnertoestemming(session, given.actor, id, versie)

    done, errors = at_once(2, agree)
    assert (len(done), [type(error) for error in errors]) == (1, [AlreadyDecided])
    assert len(given.case(id).partner.toestemmingen) == 1


def test_the_case_is_found_by_the_partner_too(given):
    id = given.matched()
    given.partner(id)
    with given.session(given.actor) as session:
        for typed in ("Dijkstra", "1985-02-03"):
            assert id in {each.id for each in werkvoorraad.search(session, given.actor, typed)}
