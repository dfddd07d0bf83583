"""The queue: what is in which lane, in which order, and how it is leafed through and searched."""

from datetime import date

import pytest

from portal.actions import hulpvrager, verzending, wgs
from portal.actions.bijkomen import Bijkomst, tell_added
from portal.actions.vertellen import tell_hulpvrager
from portal.domain.inkomend import Mailsoort
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat
from portal.models import Kennisgeving
from portal.queries import banen, dossier, werkvoorraad
from portal.queries.banen import ALLES, Baan, Keuze
from portal.queries.vervolg import added, fingerprint
from portal.queries.werkvoorraad import PAGE, Volgorde, orders
from tests.actions.conftest import stand_of

DREIGEND = {"ontruiming": "ja"}


def lane(given, baan, actor=None, keuze=ALLES, volgorde=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return [case.id for case in werkvoorraad.lane(session, actor, baan, keuze=keuze, volgorde=volgorde)]


def search(given, typed, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return [case.id for case in werkvoorraad.search(session, actor, typed)]


@pytest.fixture
def refused(given):
    """A case of which a Kennisgeving could not be delivered."""
    id = given.approved([given.regel("Terug")])
    never = verzending.Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)
    with given.session(Actor.systeem()) as session:
        (message,) = dossier.kennisgevingen(session, id)
        verzending.record_refusal(session, Kennisgeving, message.id, never)
    return id


def test_every_case_is_in_its_lanes_and_counted_there(given, clock, refused):
    new, urgent = given.submitted(), given.submitted(dreiging=DREIGEND)
    mine, waiting, supplemented = given.taken(), given.waiting(), given.supplemented()
    by_post = given.approved([given.regel("Brief", mailable=False)])
    given.mail(by_post)
    given.report(by_post, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    given.report(refused, Meldingsoort.POST, {"afzender": "Incasso Noord", "wat": "brief", "tekst": ""})
    given.mail(refused, Mailsoort.AFWEZIG)
    declined = given.declined()
    finished = {given.withdrawn(), given.ended([given.regel("Klaar")])}
    theirs = given.submitted()
    given.take(theirs, given.medewerker(given.organisatie_id, Role.HULPVERLENER))
    given.concept()
    expected = {
        Baan.DREIGEND: {urgent},
        Baan.TERUGBELLEN: set(),
        Baan.TERMIJN: set(),
        Baan.NIEUW: {new, urgent},
        Baan.VAN_MIJ: {mine, supplemented},
        Baan.AANGEVULD: {supplemented},
        Baan.WACHT: {waiting},
        Baan.BIJ_COLLEGAS: {theirs},
        Baan.BEZORGING_MISLUKT: {refused},
        Baan.MAIL_LEZEN: {by_post},
        Baan.TOCH_POST: {refused},
        Baan.MELDING: {by_post},
        Baan.PER_POST: {by_post},
        Baan.NIET_INGELICHT: set(),
        Baan.ANTWOORD: set(),
        Baan.GEEN_REACTIE: set(),
        Baan.BIJNA_AFGELOPEN: set(),
        Baan.SCHULDHULP: {refused, by_post, declined},
        Baan.LOPEND: {refused, by_post},
        Baan.KLAAR: finished,
    }
    assert {baan: set(lane(given, baan)) for baan in Baan} == expected
    with given.session(given.actor) as session:
        counted = banen.counts(session, given.actor)
    assert counted == {baan: len(cases) for baan, cases in expected.items()}


def test_a_hulpvrager_whom_no_mail_reaches_is_somebodys_work_until_told(given):
    id = given.submitted()
    given.refuse_mail(id)
    assert lane(given, Baan.BEZORGING_MISLUKT) == [id]
    assert lane(given, Baan.BEZORGING_MISLUKT, given.other_actor) == []
    with given.session(given.actor) as session:
        assert banen.counts(session, given.actor)[Baan.BEZORGING_MISLUKT] == 1
        tell_hulpvrager(session, given.actor, id, [each.id for each in dossier.untold(session, id)])
    assert lane(given, Baan.BEZORGING_MISLUKT) == []


def test_a_letter_that_was_posted_leaves_the_lane(given):
    id = given.approved([given.regel("Brief", mailable=False)])
    assert lane(given, Baan.PER_POST) == [id]
    given.hand_over(id)
    assert lane(given, Baan.PER_POST) == []


def test_threatened_cases_come_first_and_then_the_earliest_date(given, clock):
    clock.set(date(2027, 2, 8))
    later = given.submitted()
    later_urgent = given.submitted(dreiging=DREIGEND)
    clock.set(date(2027, 2, 1))
    sooner = given.submitted()
    sooner_urgent = given.submitted(dreiging=DREIGEND)
    assert lane(given, Baan.NIEUW) == [sooner_urgent, later_urgent, sooner, later]


@pytest.mark.parametrize(
    ("baan", "volgorde"), [(baan, each) for baan in (Baan.NIEUW, Baan.LOPEND, Baan.KLAAR) for each in orders(baan)]
)
def test_leafing_through_a_lane_in_any_order_shows_every_case_once(given, clock, monkeypatch, baan, volgorde):
    """With pages of two: the rule is the same, the world smaller."""
    assert PAGE == 25
    monkeypatch.setattr(werkvoorraad, "PAGE", 2)
    make = {Baan.NIEUW: given.submitted, Baan.LOPEND: given.approved, Baan.KLAAR: given.withdrawn}[baan]
    ids = set()
    for number in range(5):
        clock.set(date(2027, 2, 1 + number // 2))
        ids.add(make(dreiging=DREIGEND if number % 2 else {"ontruiming": "nee"}))
    pages, after = [], None
    while True:
        with given.session(given.actor) as session:
            rows = werkvoorraad.lane(session, given.actor, baan, after, volgorde=volgorde)
        pages.append([row.id for row in rows[:2]])
        if len(rows) <= 2:
            break
        after = werkvoorraad.read_place(werkvoorraad.place(rows[1], volgorde), volgorde)
    assert [len(page) for page in pages] == [2, 2, 1]
    flat = [id for page in pages for id in page]
    assert set(flat) == ids
    monkeypatch.undo()
    assert lane(given, baan, volgorde=volgorde) == flat


def test_each_order_reads_a_lane_its_own_way(given, clock):
    clock.set(date(2027, 2, 1))
    first = given.submitted()
    clock.set(date(2027, 2, 3))
    second = given.submitted(dreiging=DREIGEND)
    assert lane(given, Baan.NIEUW) == lane(given, Baan.NIEUW, volgorde=Volgorde.TERMIJN) == [second, first]
    assert lane(given, Baan.NIEUW, volgorde=Volgorde.LANGST) == [first, second]
    assert lane(given, Baan.NIEUW, volgorde=Volgorde.NIEUWST) == [second, first]
    for id in (second, first):
        clock.set(date(2027, 2, 4) if id is second else date(2027, 2, 5))
        given.withdraw(id)
    assert lane(given, Baan.KLAAR) == [first, second], "what was closed last comes first"


def test_running_pauses_are_read_by_their_last_day(given, clock):
    long, short = given.approved_for(Lang=6), given.approved_for(Kort=2)
    assert lane(given, Baan.LOPEND) == [short, long]


def talk(given, clock, id, on):
    clock.set(on)
    with given.session(given.actor) as session:
        wgs.register_gesprek(session, given.actor, id, given.versie(id), on)


def test_what_was_decided_stays_work_until_the_conversation_and_the_beschikking(given, clock):
    approved, declined = given.approved(), given.declined()
    assert lane(given, Baan.KLAAR) == []
    clock.set(date(2027, 2, 15))
    assert set(lane(given, Baan.TERMIJN)) == set(lane(given, Baan.SCHULDHULP)) == {approved, declined}
    talk(given, clock, declined, date(2027, 2, 16))
    assert lane(given, Baan.TERMIJN) == [approved]
    assert lane(given, Baan.SCHULDHULP) == [approved, declined], "the earliest last day first"
    clock.set(date(2027, 3, 16))
    assert set(lane(given, Baan.TERMIJN)) == {approved, declined}
    with given.session(given.actor) as session:
        wgs.register_beschikking(
            session, given.actor, declined, given.versie(declined), date(2027, 3, 16), toegelaten=False
        )
    assert lane(given, Baan.SCHULDHULP) == [approved]
    assert lane(given, Baan.KLAAR) == [declined]


def test_who_came_after_the_approval_is_work_until_told(given, clock):
    id, _ = given.approved([given.regel("Eerste")]), given.approved([given.regel("Ander")])
    clock.set(date(2027, 2, 3))
    with given.session(given.actor) as session:
        hulpvrager.add_schuld(session, given.actor, id, {"afzender": "Vergeten"})
    assert lane(given, Baan.NIET_INGELICHT) == [id], "nobody said whose it is"
    given.match(id, 2, {given.schuldeiser("Later"): "L-1"})
    assert lane(given, Baan.NIET_INGELICHT) == [id]
    with given.session(given.actor) as session:
        decided = Bijkomst(versie=given.versie(id), gezien=fingerprint(added(stand_of(given, id))))
        tell_added(session, given.actor, id, decided)
    assert lane(given, Baan.NIET_INGELICHT) == []


def test_a_message_to_the_wrong_party_leaves_a_schuld_that_nobody_was_told_of(given):
    id = given.approved([given.regel("Mis")])
    given.hand_over(id)
    given.recall(id)
    assert lane(given, Baan.NIET_INGELICHT) == [id]


def test_who_cannot_be_told_or_was_left_out_on_purpose_is_no_work(given, clock):
    id = given.approved([given.regel("Eerste")])
    with given.session(given.actor) as session:
        hulpvrager.add_schuld(session, given.actor, id, {"afzender": "Oom"})
    given.match(id, 2, {given.particulier("Oom Henk"): None})
    assert lane(given, Baan.NIET_INGELICHT) == []
    given.match(id, 2, {given.schuldeiser("Later"): "L-1"})
    clock.set(date(2027, 6, 1))
    assert lane(given, Baan.NIET_INGELICHT) == [], "the pause is over today"


def test_a_threat_stays_in_its_lane_after_the_decision_until_the_conversation(given, clock):
    id = given.declined(dreiging=DREIGEND)
    assert lane(given, Baan.DREIGEND) == [id]
    talk(given, clock, id, date(2027, 2, 2))
    assert lane(given, Baan.DREIGEND) == []


def test_a_lane_is_counted_no_further_than_needed(given, monkeypatch):
    monkeypatch.setattr(banen, "MOST", 2)
    for _ in range(4):
        given.submitted()
    with given.session(given.actor) as session:
        assert banen.counts(session, given.actor)[Baan.NIEUW] == 3


def test_the_counts_are_one_statement(given, statements):
    given.submitted()
    with given.session(given.actor) as session, statements() as made:
        banen.counts(session, given.actor)
    assert len(made) == 1


def test_an_answer_of_the_hulpvrager_waits_until_somebody_decides_or_asks_on(given):
    id = given.supplemented()
    colleague = given.medewerker(given.organisatie_id, Role.HULPVERLENER)
    given.take(id, colleague)
    assert lane(given, Baan.AANGEVULD) == [id], "it is still unread when a colleague takes over"
    given.ask(id)
    assert lane(given, Baan.AANGEVULD) == []
    given.supplement(id)
    assert lane(given, Baan.AANGEVULD) == [id]
    given.decline(id)
    assert lane(given, Baan.AANGEVULD) == []


# --- part of the queue ----------------------------------------------------------------------------


def test_the_queue_can_be_narrowed_to_a_gemeente_and_a_behandelaar(given):
    colleague = given.medewerker(given.organisatie_id, Role.HULPVERLENER)
    mine, theirs = given.taken(), given.submitted()
    given.take(theirs, colleague)
    here = given.submitted()
    there = given.submitted(gemeente={"code": "GM0402"})
    assert lane(given, Baan.NIEUW, keuze=Keuze(gemeente="GM0402")) == [there]
    assert set(lane(given, Baan.NIEUW, keuze=Keuze(behandelaars=frozenset()))) == {here, there}
    assert lane(given, Baan.BIJ_COLLEGAS, keuze=Keuze(behandelaars=frozenset({colleague.id}))) == [theirs]
    assert lane(given, Baan.BIJ_COLLEGAS, keuze=Keuze(behandelaars=frozenset({given.actor.id}))) == []
    with given.session(given.actor) as session:
        counted = banen.counts(session, given.actor, Keuze(behandelaars=frozenset({given.actor.id})))
    assert {baan: count for baan, count in counted.items() if count} == {Baan.VAN_MIJ: 1}
    assert lane(given, Baan.VAN_MIJ) == [mine]


def test_whom_i_replace_has_his_cases_in_my_lane(given):
    colleague = given.medewerker(given.organisatie_id, Role.HULPVERLENER)
    mine, theirs = given.taken(), given.submitted()
    given.take(theirs, colleague)
    keuze = Keuze(vervangt=frozenset({colleague.id}))
    assert set(lane(given, Baan.VAN_MIJ, keuze=keuze)) == {mine, theirs}
    assert lane(given, Baan.BIJ_COLLEGAS, keuze=keuze) == []


def test_the_queue_of_one_organisatie_is_not_that_of_another(given):
    other = given.other_actor
    here, there = given.submitted(), given.submitted(gemeente={"code": "GM0307"})
    assert lane(given, Baan.NIEUW) == [here]
    assert lane(given, Baan.NIEUW, other) == [there]


def test_somebody_elses_organisatie_in_the_actor_does_not_open_its_queue(given):
    """The filter follows the actor given; the database follows the actor of the session."""
    given.submitted()
    with given.session(given.other_actor) as session:
        assert list(werkvoorraad.lane(session, given.actor, Baan.NIEUW)) == []
        assert set(banen.counts(session, given.actor).values()) == {0}


# --- search ---------------------------------------------------------------------------------------


def test_a_case_is_found_by_kenmerk_name_or_birth_date(given):
    id = given.submitted()
    given.submitted(
        naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "Özdemir-Smit"},
        geboortedatum={"geboren_on": "1990-01-01"},
    )
    kenmerk = given.case(id).kenmerk
    for typed in (kenmerk, kenmerk.lower().replace("-", ""), "Meer", " MEER ", "1987-05-14"):
        assert search(given, typed) == [id], typed


@pytest.mark.parametrize("typed", ["ozdemir smit", "Özdemir-Smit", "OZDEMIRSMIT"])
def test_accents_dashes_and_case_do_not_matter(given, typed):
    id = given.submitted(naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "Özdemir-Smit"})
    assert search(given, typed) == [id]


def test_a_family_name_is_found_with_the_words_before_it(given):
    id = given.submitted()
    assert search(given, "van der Meer") == [id]


@pytest.mark.parametrize("typed", ["", " ", "-", "...", "Mee", "Meertens", "PK-HHH-HHH-HHH", "87-05-14"])
def test_what_is_no_name_kenmerk_or_birth_date_finds_nothing(given, typed):
    given.submitted()
    given.submitted(naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "-"})
    assert search(given, typed) == []


def test_a_search_stays_within_the_organisatie_and_leaves_concepts_alone(given):
    id = given.submitted()
    given.concept()
    assert search(given, "Meer") == [id]
    assert search(given, given.case(id).kenmerk, given.other_actor) == []
    assert search(given, "Meer", given.other_actor) == []


# --- earlier requests -----------------------------------------------------------------------------


def test_an_earlier_request_of_the_same_person_is_shown(given):
    first, second = given.declined(), given.submitted()
    given.submitted(geboortedatum={"geboren_on": "1999-09-09"})
    given.submitted(naam={"voorletters": "F.", "voorvoegsel": "", "achternaam": "Ander"})
    with given.session(given.actor) as session:
        found = werkvoorraad.earlier_requests(session, dossier.load(session, second))
    assert [case.id for case in found] == [first]


def test_an_earlier_request_elsewhere_stays_there(given):
    _ = given.other_actor
    given.submitted(gemeente={"code": "GM0307"})
    here = given.submitted()
    with given.session(given.actor) as session:
        assert list(werkvoorraad.earlier_requests(session, dossier.load(session, here))) == []
