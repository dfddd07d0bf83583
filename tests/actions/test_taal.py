"""The language of a hulpvrager is kept with the request, and what the hulpvrager is told is in it."""

from uuid import uuid4

from portal.actions import hulpvrager, terugbellen, toegang
from portal.domain.antwoorden import Bellen
from portal.domain.roles import Actor
from portal.domain.taal import Taal
from portal.models import Bericht
from portal.queries import dossier, rijcontrole
from portal.texts import talen
from tests.given import UTRECHT
from tests.taal import choose, submitted


def test_a_request_begins_in_the_language_that_was_chosen(given):
    with given.session(Actor.bezoeker()) as session:
        id = hulpvrager.start_pauzeverzoek(session, Taal.TR)
    assert (given.case(id).taal, given.case(id).reads) == (Taal.TR, Taal.TR)


def test_so_does_one_that_begins_with_a_telephone_number(given):
    _ = given.organisatie_id
    id, bellen = uuid4(), Bellen(naam="F. Meer", telefoon="06 12345678", moment="ochtend", voorstellen=True)
    with given.session(Actor.bezoeker()) as session:
        terugbellen.begin_with_call(session, id, bellen, UTRECHT, Taal.AR)
    assert given.case(id).reads is Taal.AR


def test_where_nobody_chose_it_is_dutch(given):
    case = given.case(given.concept())
    assert (case.taal, case.reads) == (None, Taal.NL)


def test_another_language_is_one_event_and_does_not_say_which(given, count):
    id = given.submitted()
    choose(given, id, Taal.PL)
    assert given.case(id).reads is Taal.PL
    assert count.events(id, "TaalChosen") == 1


def test_the_language_of_now_is_no_event(given, count):
    id = given.concept()
    choose(given, id, Taal.NL)
    choose(given, id, Taal.UK)
    choose(given, id, Taal.UK)
    assert count.events(id, "TaalChosen") == 1


def test_it_can_be_chosen_after_the_end_too(given):
    id = given.ended()
    choose(given, id, Taal.EN)
    assert given.case(id).reads is Taal.EN


# --- what is told ---------------------------------------------------------------------------------


def told(given, id) -> Bericht:
    """The newest message to the hulpvrager."""
    with given.session(Actor.hulpvrager(id)) as session:
        return dossier.berichten(session, id)[0]


def test_a_message_is_in_the_chosen_language_with_the_dutch_beside_it(given):
    id = submitted(given, Taal.AR)
    bericht = told(given, id)
    assert (bericht.taal, bericht.written_in, bericht.onderwerp) == (Taal.AR, Taal.AR, "رسالة من بلدية Utrecht")
    assert "وصل طلبك" in bericht.tekst
    assert "Uw verzoek is binnen." in bericht.dutch
    assert "Uiterlijk maandag 1 maart 2027 belt iemand van gemeente Utrecht u." in bericht.dutch
    assert '<html lang="ar" dir="rtl">' in bericht.html


def test_a_dutch_message_has_nothing_beside_it(given):
    bericht = told(given, given.submitted())
    assert (bericht.taal, bericht.tekst_nl) == (None, None)
    assert bericht.dutch == bericht.tekst


def test_another_language_changes_no_message_that_was_issued(given):
    id = submitted(given, Taal.PL)
    before = told(given, id)
    choose(given, id, Taal.UK)
    after = told(given, id)
    assert (after.tekst, after.taal, after.is_intact) == (before.tekst, Taal.PL, True)


def test_who_chose_dutch_again_is_told_in_dutch(given):
    id = given.concept()
    _ = given.organisatie_id
    choose(given, id, Taal.TR)
    choose(given, id, Taal.NL)
    with given.session(Actor.hulpvrager(id)) as session:
        hulpvrager.submit(session, Actor.hulpvrager(id))
    assert told(given, id).taal is None


def test_every_message_of_a_case_is_in_its_language_and_its_rows_are_as_told(given):
    id = submitted(given, Taal.EN, [given.regel("Waterbedrijf Plons")])
    given.take(id)
    given.match(id, 1, given.regel("Waterbedrijf Plons").parties)
    given.approve(id)
    assert "Your pause has been approved." in told(given, id).tekst
    assert "Uw pauze is goedgekeurd." in told(given, id).dutch
    with given.session(Actor.systeem()) as session:
        assert rijcontrole.fault(session) is None


def test_schuldeisers_are_told_in_dutch_by_whoever_stops_on_a_page_in_another_language(given):
    id = given.approved()
    given.hand_over(id)
    choose(given, id, Taal.AR)
    person = Actor.hulpvrager(id)
    with talen.speaking(Taal.AR), given.session(person) as session:
        hulpvrager.withdraw(session, person)
    with given.session(Actor.systeem()) as session:
        issued = dossier.kennisgevingen(session, id)
    assert len(issued) == 2
    for each in issued:
        assert "Is dit bericht niet voor u bestemd?" in each.tekst
        assert not any("\u0600" <= sign <= "\u06ff" for sign in each.onderwerp + each.tekst + each.html)
        assert each.afzender_naam.endswith("namens gemeente Utrecht")
    assert "لقد أوقفت المهلة" in told(given, id).tekst


def test_a_link_back_is_mailed_in_the_language_of_its_case(given):
    id = given.submitted()
    choose(given, id, Taal.UK)
    with given.session(Actor.hulpvrager(id)) as session:
        toegang.request_link(session, Actor.hulpvrager(id), 1800)
    with given.session(Actor.systeem()) as session:
        link = session.query(Bericht).filter_by(verzoek_id=id, soort="toegangslink").one()
    assert link.onderwerp == "Ваше посилання"


def test_where_somebody_reads_along_the_message_is_known_as_one_that_says_nothing(given):
    id = submitted(given, Taal.TR, contact={"email": "f@inwoner.example", "meelezen": True})
    bericht = told(given, id)
    assert bericht.onderwerp == "Size bir mesaj var"
    assert bericht.says_nothing
    assert not told(given, given.submitted()).says_nothing
