"""Entries that are one: what is undecided goes along, what was sent stays, and answer links keep working."""

from uuid import uuid4

import pytest

from portal.actions import api_toegang, beantwoorden, directory, directory_entry, directory_import
from portal.actions.directory_file import write_regels
from portal.actions.directory_merge import merge_entries
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.errors import (
    AlreadyDecided,
    BestaatAl,
    HeeftKoppeling,
    MoveNotAllowed,
    NotAllowed,
    NotFound,
    OngeldigBestand,
)  # fmt: skip
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord
from portal.models import Categorie, Gemachtigde, Lijstvoorstel, PartijRol, Schuldsoort
from portal.queries import directory as known
from portal.queries import directory_entry as entries
from portal.queries import dossier
from tests.actions.conftest import at_once
from tests.actions.test_directory_entry import entry
from tests.actions.test_directory_import import read
from tests.given import Schuldregel

SYSTEEM = Actor.systeem()


@pytest.fixture
def lia(given):
    return given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")


def merge(given, actor, weg, blijft):
    with given.session(actor) as session:
        merge_entries(session, actor, weg, blijft)


def propose(given, actor, naam="Garage", categorie=Categorie.OVERIG):
    with given.session(actor) as session:
        return directory.propose_schuldeiser(
            session, actor, email=None, naam=naam, rol=PartijRol.SCHULDEISER,
            categorie=categorie, schuldsoort=Schuldsoort.OVERIG,
        )  # fmt: skip


def decide(given, actor, id, *, akkoord=True, stand=None):
    with given.session(actor) as session:
        directory.decide_voorstel(session, actor, id, stand=stand or entry(given, id).lijststand, akkoord=akkoord)


def parties(given, case):
    return [sorted(p.schuldeiser.naam for p in schuld.partijen) for schuld in given.case(case).schulden]


# --- merging --------------------------------------------------------------------------------------


def test_what_is_undecided_goes_along_and_what_was_sent_stays(given, lia, count):
    weg, blijft = given.schuldeiser("Ziggo BV", handelsnamen=["UPC"]), given.schuldeiser("Ziggo")
    lines = [Schuldregel("Ziggo BV", {weg: "1"}), Schuldregel("Beide", {weg: "2", blijft: "3"})]
    sent, open_case = given.approved([lines[0]]), given.matched(lines)
    page = given.versie(open_case)
    merge(given, lia, weg, blijft)
    assert parties(given, open_case) == [["Ziggo"], ["Ziggo"]]
    assert given.case(open_case).schulden[0].partijen[0].referentie == "1"
    assert parties(given, sent) == [["Ziggo BV"]]
    assert given.versie(open_case) > page
    assert count.names(open_case)[-2:] == ["SchuldMatched", "SchuldMatched"]
    assert count.names(LANDELIJK)[-1] == "SchuldeisersMerged"
    facts = count.owner.execute("SELECT feiten FROM audit WHERE gebeurtenis = 'SchuldeisersMerged'").fetchone()
    assert facts == ({"schuldeiser_id": str(blijft), "weg_id": str(weg), "medewerker_id": str(lia.id), "schulden": 2},)
    found = entry(given, blijft)
    assert (found.handelsnamen, entry(given, weg).actief) == (["Ziggo BV", "UPC"], False)
    with given.session(given.actor) as session:
        assert [each.schuldeiser.naam for each in known.suggest(session, "Ziggo BV")] == ["Ziggo"]
        assert [each.naam for each in known.listing(session)] == ["Ziggo"]


def test_the_answer_link_of_a_message_to_the_one_that_went_keeps_working(given, lia):
    weg, blijft = given.schuldeiser("Ziggo BV"), given.schuldeiser("Ziggo")
    case = given.approved([Schuldregel("Ziggo BV", {weg: "1"})])
    given.hand_over(case)
    merge(given, lia, weg, blijft)
    with given.session(SYSTEEM) as session:
        (message,) = dossier.kennisgevingen(session, case)
        words = message.sha256
        assert message.schuldeiser_id == weg
    actor = Actor.schuldeiser(weg)
    with given.session(actor) as session:
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD, tot_en_met=message.eind_on)
        beantwoorden.answer(session, actor, message.id, said, via=Antwoordweg.LINK)
    with given.session(SYSTEEM) as session:
        (message,) = dossier.kennisgevingen(session, case)
        assert (message.antwoord, message.sha256, message.is_intact) == (Antwoord.BEVESTIGD, words, True)
    given.withdraw(case)
    with given.session(SYSTEEM) as session:
        assert {each.schuldeiser_id for each in dossier.kennisgevingen(session, case)} == {weg}


def test_who_collects_goes_along_once(given, lia):
    weg, blijft, bureau = given.schuldeiser("Ziggo BV"), given.schuldeiser("Ziggo"), given.incassobureau("Noord")
    for id in (weg, blijft):
        given._add(Gemachtigde(schuldeiser_id=id, gemachtigde_id=bureau))
    merge(given, lia, weg, blijft)
    with given.session(SYSTEEM) as session:
        assert [each.naam for each in entries.gemachtigden(session, blijft)] == ["Noord"]
        assert [each.naam for each in entries.opdrachtgevers(session, bureau)] == ["Ziggo"]


def test_an_organisatie_does_not_say_who_collects_for_an_entry_of_the_list(given):
    blijft, bureau = given.schuldeiser("Ziggo"), given.incassobureau("Noord")
    weg = propose(given, given.actor)
    given._add(Gemachtigde(schuldeiser_id=weg, gemachtigde_id=bureau))
    merge(given, given.actor, weg, blijft)
    with given.session(SYSTEEM) as session:
        assert entries.gemachtigden(session, blijft) == []


def test_a_chain_of_merges_leads_to_the_one_that_is_left(given, lia):
    first, second, third = (given.schuldeiser(naam) for naam in ("Een", "Twee", "Drie"))
    merge(given, lia, first, second)
    merge(given, lia, second, third)
    assert {entry(given, id).samengevoegd_met_id for id in (first, second)} == {third}
    assert entry(given, third).handelsnamen == ["Twee", "Een"]
    for weg, blijft in ((third, first), (first, third), (third, third)):
        with pytest.raises((MoveNotAllowed, NotAllowed)):
            merge(given, lia, weg, blijft)
    with given.session(lia) as session, pytest.raises(MoveNotAllowed):
        directory_entry.change_entry(
            session, lia, first, stand=entry(given, first).stand, values={"actief": True}, gemachtigden=[]
        )


def test_of_two_merges_at_once_in_both_directions_one_is_done(given, lia):
    pair = [given.schuldeiser("Een"), given.schuldeiser("Twee")]
    _, errors = at_once(2, lambda at: merge(given, lia, pair[at], pair[1 - at]))
    assert [type(error) for error in errors] in ([MoveNotAllowed], [NotAllowed])
    assert [entry(given, id).actief for id in pair].count(True) == 1


def test_who_fetches_by_api_is_not_merged_away(given, lia):
    weg, blijft = given.schuldeiser("Ziggo BV"), given.schuldeiser("Ziggo")
    with given.session(SYSTEEM) as session:
        api_toegang.add_client(session, SYSTEEM, weg, "koppeling")
    with pytest.raises(HeeftKoppeling):
        merge(given, lia, weg, blijft)
    merge(given, lia, blijft, weg)


def test_each_merges_what_he_keeps(given, lia):
    landelijk, other = given.schuldeiser("Ziggo"), given.schuldeiser("Ziggo BV")
    own = propose(given, given.actor, "Ziggo Utrecht")
    theirs = propose(given, given.other_actor, "Ziggo Amersfoort")
    oom = given.particulier("Oom Henk")
    refused = [
        (given.actor, landelijk, other), (given.actor, own, theirs), (given.actor, landelijk, own),
        (given.other_actor, own, landelijk), (lia, landelijk, own), (lia, oom, landelijk), (lia, landelijk, oom),
        (lia, landelijk, uuid4()), (given.medewerker(given.organisatie_id, Role.AUDITOR), own, landelijk),
        (Actor.bezoeker(), landelijk, other),
    ]  # fmt: skip
    for actor, weg, blijft in refused:
        with pytest.raises((NotAllowed, MoveNotAllowed, NotFound)):
            merge(given, actor, weg, blijft)
    merge(given, given.actor, own, landelijk)
    merge(given, lia, theirs, landelijk)
    assert entry(given, theirs).voorstel is Lijstvoorstel.OVERGENOMEN


def test_a_merged_entry_is_in_no_file_and_a_file_does_not_bring_it_back(given, lia):
    weg, blijft = given.schuldeiser("Ziggo BV"), given.schuldeiser("Ziggo")
    merge(given, lia, weg, blijft)
    with given.session(SYSTEEM) as session:
        written = write_regels(known.companies(session))
        assert "\nZiggo BV," not in written
        with pytest.raises(OngeldigBestand, match="1 wrong"):
            directory_import.preview(session, SYSTEEM, read({"naam": "ziggo bv"}))


# --- proposals ------------------------------------------------------------------------------------


def test_a_company_is_proposed_and_a_private_person_is_not(given, lia):
    company, oom = propose(given, given.actor), propose(given, given.actor, "Oom Henk", Categorie.PARTICULIER)
    with given.session(lia) as session:
        assert [each.id for each in known.voorstellen(session, lia)] == [company]
        assert known.by_id(session, [oom]) == []
    with given.session(given.actor) as session:
        assert known.voorstellen(session, given.actor) == []


def test_a_proposal_that_is_taken_over_is_seen_by_everybody(given, lia, count):
    id = propose(given, given.actor)
    decide(given, lia, id)
    with given.session(given.other_actor) as session:
        assert known.by_id(session, [id])[0].voorstel is Lijstvoorstel.OVERGENOMEN
    for keten in (LANDELIJK, given.organisatie_id):
        assert count.names(keten)[-1] == "LijstvoorstelDecided"
    with pytest.raises(AlreadyDecided):
        decide(given, lia, id, akkoord=False)


def test_a_proposal_that_is_left_stays_with_its_organisatie(given, lia):
    id = propose(given, given.actor)
    decide(given, lia, id, akkoord=False)
    with given.session(lia) as session:
        assert known.by_id(session, [id]) == known.voorstellen(session, lia) == []
    assert entry(given, id).organisatie_id == given.organisatie_id


def move(session, actor, id):
    directory.keep_addresses(session, actor, id, postadres="Ergens anders 1\n1000 AA Amsterdam")


def rename(session, actor, id):
    stand = entries.load(session, id).stand
    directory_entry.change_entry(session, actor, id, stand=stand, values={"naam": "Garage Nep"}, gemachtigden=[])


@pytest.mark.parametrize("change", [move, rename])
def test_a_proposal_that_changed_since_it_was_read_is_not_taken_over(given, lia, change):
    id = propose(given, given.actor)
    read = entry(given, id).lijststand
    with given.session(given.actor) as session:
        change(session, given.actor, id)
    with pytest.raises(AlreadyDecided):
        decide(given, lia, id, stand=read)
    assert entry(given, id).organisatie_id == given.organisatie_id


def test_a_proposal_whose_name_is_on_the_list_is_not_taken_over(given, lia):
    given.schuldeiser("GARAGE")
    with pytest.raises(BestaatAl):
        decide(given, lia, propose(given, given.actor))


@pytest.mark.parametrize("role", [Role.HULPVERLENER, Role.TEAMLEIDER, Role.BEHEERDER, Role.AUDITOR])
def test_nobody_else_decides_about_the_landelijke_list(given, role):
    id = propose(given, given.actor)
    with pytest.raises(NotAllowed):
        decide(given, given.medewerker(given.organisatie_id, role), id)
