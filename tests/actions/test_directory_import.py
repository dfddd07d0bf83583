"""The landelijke directory from a file: all of it or nothing, and no address is mailed that nobody vouched for."""

import io
from datetime import date

import pytest

from portal import clock as portal_clock
from portal.actions import akkoord, directory_file, directory_import
from portal.actions.directory_file import COLUMNS
from portal.actions.directory_import import Gevolg
from portal.domain.errors import AlreadyDecided, NotAllowed, OngeldigBestand
from portal.domain.event import LANDELIJK
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.models import Schuldeiser
from portal.queries import akkoord as akkoord_queries
from portal.queries import directory
from tests.given import WEEK

SYSTEEM = Actor.systeem()

RIGHT = {
    "naam": "Waterbedrijf Plons", "handelsnamen": "Plons; Plons Zakelijk", "rol": "schuldeiser", "categorie": "water",
    "schuldsoort": "Nuts", "convenant": "het waterconvenant", "convenant_vanaf": "2026-01-01", "convenant_tot": "",
    "default_maanden": "4", "max_maanden": "8", "kanaal": "email", "levering": "los",
    "email": "pauze@plons.example", "verified": "ja",
    "postadres": "Postbus 1|1200 SS Voorbeeldstad", "actief": "ja",
}  # fmt: skip


def file(*lines, columns=COLUMNS):
    return [",".join(columns), *(",".join((RIGHT | line)[name] for name in columns) for line in lines)]


def read(*lines):
    return directory_file.read_regels(file(*lines))


def run(given, *lines):
    with given.session(Actor.systeem()) as session:
        return [outcome.gevolg for outcome in directory_import.import_directory(session, SYSTEEM, read(*lines))]


def entries(given):
    with given.session(Actor.systeem()) as session:
        return {entry.naam: entry for entry in session.query(Schuldeiser)}


def test_a_line_becomes_a_landelijke_entry(given, count):
    assert run(given, {}) == [Gevolg.ADDED]
    (found,) = entries(given).values()
    assert (found.organisatie_id, found.handelsnamen) == (None, ["Plons", "Plons Zakelijk"])
    assert (found.postadres, found.convenant_vanaf) == ("Postbus 1\n1200 SS Voorbeeldstad", date(2026, 1, 1))
    assert (found.verified_email, found.email_verified_by) == ("pauze@plons.example", "import")
    assert found.email_verified_on == date(2027, 2, 1)
    assert count.names(LANDELIJK) == ["DirectoryImported"]
    facts = count.owner.execute("SELECT feiten FROM audit WHERE keten = %s", [LANDELIJK]).fetchone()
    assert facts == ({"added": 1, "changed": 0, "unchanged": 0},)


def test_the_same_file_again_changes_nothing(given):
    run(given, {}, {"naam": "Eneco"})
    assert run(given, {}, {"naam": "Eneco"}) == [Gevolg.UNCHANGED] * 2
    assert len(entries(given)) == 2


def test_an_entry_is_found_by_name_whatever_the_capitals_and_the_others_stay(given):
    other = given.schuldeiser("Eneco")
    own = given.schuldeiser("Waterbedrijf Plons", organisatie_id=given.organisatie_id)
    run(given, {})
    assert run(given, {"naam": "WATERBEDRIJF plons", "max_maanden": "6", "actief": "nee"}) == [Gevolg.CHANGED]
    found = entries(given)
    assert (found["WATERBEDRIJF plons"].max_maanden, found["WATERBEDRIJF plons"].actief) == (6, False)
    assert found["Eneco"].id == other
    assert found["Waterbedrijf Plons"].id == own


@pytest.mark.parametrize("verified", ["nee"])
def test_an_address_that_nobody_vouched_for_is_not_mailed(given, verified):
    run(given, {"verified": verified})
    (found,) = entries(given).values()
    assert (found.email, found.verified_email, found.channel) == ("pauze@plons.example", None, Kanaal.BRIEF)


def test_an_import_takes_its_own_word_back_and_vouches_for_a_new_address(given, clock):
    run(given, {})
    clock.set(date(2027, 3, 1))
    run(given, {"email": "nieuw@plons.example"})
    found = entries(given)["Waterbedrijf Plons"]
    assert (found.verified_email, found.email_verified_on) == ("nieuw@plons.example", date(2027, 3, 1))
    run(given, {"email": "nieuw@plons.example", "verified": "nee"})
    assert entries(given)["Waterbedrijf Plons"].verified_email is None


def test_what_a_person_checked_stays_checked_until_the_address_is_another(given):
    given.schuldeiser("Waterbedrijf Plons")
    checked = entries(given)["Waterbedrijf Plons"].email
    for line in ({"email": checked}, {"email": checked, "verified": "nee"}, {"email": "", "verified": "nee"}):
        run(given, line)
        found = entries(given)["Waterbedrijf Plons"]
        assert (found.verified_email, found.email_verified_by) == (checked, "Landelijk beheer")
    run(given, {"email": "ander@plons.example", "verified": "nee"})
    assert entries(given)["Waterbedrijf Plons"].verified_email is None


WRONG = [
    ({"naam": ""}, "naam is empty"),
    ({"rol": "bank"}, "rol must be one of schuldeiser, incassobureau, gerechtsdeurwaarder"),
    ({"categorie": "x"}, "categorie must be one of"),
    ({"schuldsoort": "nuts"}, "schuldsoort must be one of Zorg, Publiek, Nuts, Overig"),
    ({"convenant_vanaf": "1-1-2026"}, "convenant_vanaf must be a day such as 2027-01-01"),
    ({"convenant_tot": "2025-01-01"}, "the convenant ends before it begins"),
    ({"max_maanden": "9"}, "max_maanden must be 1 to 8"),
    ({"default_maanden": "vier"}, "default_maanden must be 1 to 8"),
    ({"default_maanden": "6", "max_maanden": "5"}, "default_maanden is more than max_maanden"),
    ({"kanaal": "fax"}, "kanaal must be one of"),
    ({"levering": "wekelijks"}, "levering must be one of los, dagoverzicht, api"),
    ({"kanaal": "brief", "levering": "api"}, "levering must be los when kanaal is brief"),
    ({"kanaal": "brief", "postadres": ""}, "kanaal brief asks a postadres"),
    ({"email": "geen adres"}, "geen adres is no e-mail address"),
    ({"email": ""}, "verified is ja, but email is empty"),
    ({"verified": "yes"}, "verified must be ja or nee"),
    ({"actief": ""}, "actief must be ja or nee"),
    ({"postadres": "a,b"}, "there must be 16 columns"),
    ({"naam": "x" * 2001}, "naam is too long"),
    ({"naam": "Pl\x00ons"}, "naam is too long, or holds more than one line"),
    ({"naam": "EERSTE"}, "EERSTE is on line 2 too"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_line_is_named_in_one_sentence(change, sentence):
    with pytest.raises(OngeldigBestand) as refused:
        read({"naam": "Eerste"}, change)
    (told,) = refused.value.zinnen
    assert told.startswith(f"Line 3: {sentence}"[:20])
    assert sentence in told


@pytest.mark.parametrize("lines", [[], ["naam;rol"], file({}, columns=COLUMNS[::-1])])
def test_a_file_with_other_columns_is_refused(lines):
    with pytest.raises(OngeldigBestand) as refused:
        directory_file.read_regels(lines)
    assert refused.value.zinnen[0].startswith("Line 1: the columns must be naam,handelsnamen,rol,")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", ",".join(COLUMNS).encode() + b'\n"open'])
def test_what_is_no_csv_is_refused(content):
    with pytest.raises(OngeldigBestand):
        directory_file.read_regels(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_a_preview_tells_the_same_and_changes_nothing(given, count):
    given.schuldeiser("Eneco")
    regels = read({}, {"naam": "Eneco"})
    before = count.rows("audit")
    with given.session(Actor.systeem()) as session:
        seen = directory_import.preview(session, SYSTEEM, regels)
    assert directory_import.counts(seen) == {"added": 1, "changed": 1, "unchanged": 0}
    assert "categorie" in seen[1].changes
    assert list(entries(given)) == ["Eneco"]
    assert count.rows("audit") == before
    assert run(given, {}, {"naam": "Eneco"}) == [outcome.gevolg for outcome in seen]


def test_a_name_that_the_directory_has_twice_is_refused(given):
    for naam in ("Eneco", "ENECO"):
        given.schuldeiser(naam)
    with pytest.raises(OngeldigBestand) as refused:
        run(given, {}, {"naam": "eneco"})
    assert refused.value.zinnen == ["Line 3: eneco is in the directory more than once."]
    assert "Waterbedrijf Plons" not in entries(given)


def landelijk(given):
    return given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")


def test_what_is_exported_changes_nothing_when_it_is_read_in_again(given):
    given.schuldeiser("=Plons+1", handelsnamen=["@Plons", "'=x"], postadres="-Postbus 1\n1200 SS Ergens")
    given.schuldeiser("Eneco", convenant="het convenant", convenant_vanaf=date(2026, 1, 1), kanaal=Kanaal.BRIEF)
    given.schuldeiser("Eigen", organisatie_id=given.organisatie_id)
    given.particulier("Oom Henk")
    with given.session(SYSTEEM) as session:
        written = directory_file.write_regels(directory.companies(session))
    assert "'=Plons+1" in written
    assert "Eigen" not in written
    assert "Oom Henk" not in written
    with given.session(SYSTEEM) as session:
        outcomes = directory_import.preview(session, SYSTEEM, directory_file.read_regels(written.splitlines()))
    assert [outcome.gevolg for outcome in outcomes] == [Gevolg.UNCHANGED] * 2


def read_in(given, actor, *lines):
    with given.session(actor) as session:
        return directory_import.import_directory(session, actor, read(*lines), reden="Nieuwe site.", lives=WEEK)


def test_a_member_of_staff_changes_no_address_by_file_but_asks_a_colleague_for_each(given, count):
    given.schuldeiser("Eneco")
    checked, lia = entries(given)["Eneco"].verified_email, landelijk(given)
    outcomes = read_in(given, lia, {"naam": "Eneco", "email": "nieuw@eneco.example"}, {})
    assert [(each.asks, "email" in each.changes) for each in outcomes] == [
        ("nieuw@eneco.example", False),
        (None, False),
    ]
    found = entries(given)
    assert found["Eneco"].verified_email == checked
    assert (found["Eneco"].max_maanden, found["Eneco"].convenant) == (8, "het waterconvenant")
    assert (found["Waterbedrijf Plons"].email, found["Waterbedrijf Plons"].verified_email) == (
        "pauze@plons.example", None,
    )  # fmt: skip
    assert sorted(count.names(LANDELIJK)[-2:]) == ["AkkoordAsked", "DirectoryImported"]

    mia = given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Mia Land")
    with given.session(mia) as session:
        (vraag,) = akkoord_queries.to_decide(session, mia, portal_clock.now())
    assert (vraag.reden, vraag.email, vraag.schuldeiser_id) == (
        "Nieuwe site.",
        "nieuw@eneco.example",
        found["Eneco"].id,
    )
    with given.session(lia) as session, pytest.raises(NotAllowed):
        akkoord.decide(session, lia, vraag.id, "Ik zelf.", akkoord=True)
    with given.session(mia) as session:
        akkoord.decide(session, mia, vraag.id, "Gebeld.", akkoord=True)
    eneco = entries(given)["Eneco"]
    assert (eneco.verified_email, eneco.email_verified_by) == ("nieuw@eneco.example", "Mia Land")


def test_an_address_that_waits_for_a_colleague_is_not_asked_for_twice(given, count):
    given.schuldeiser("Eneco")
    lia = landelijk(given)
    read_in(given, lia, {"naam": "Eneco", "email": "nieuw@eneco.example"})
    (again,) = read_in(given, lia, {"naam": "Eneco", "email": "ander@eneco.example", "max_maanden": "7"})
    assert (again.asks, again.waits, again.gevolg) == (None, True, Gevolg.CHANGED)
    assert count.names(LANDELIJK).count("AkkoordAsked") == 1


def test_no_address_in_the_file_asks_nothing(given, count):
    given.schuldeiser("Eneco")
    (outcome,) = read_in(given, landelijk(given), {"naam": "Eneco", "email": "", "verified": "nee"})
    assert (outcome.asks, outcome.waits) == (None, False)
    assert "AkkoordAsked" not in count.names(LANDELIJK)


def test_what_was_seen_is_what_is_done_or_nothing_is(given):
    lia, regels = landelijk(given), read({})
    with given.session(lia) as session:
        seen = directory_import.digest(directory_import.preview(session, lia, regels))
    run(given, {"max_maanden": "6"})
    with given.session(lia) as session, pytest.raises(AlreadyDecided):
        directory_import.import_directory(session, lia, regels, gezien=seen)
    assert entries(given)["Waterbedrijf Plons"].max_maanden == 6
    with given.session(lia) as session:
        seen = directory_import.digest(directory_import.preview(session, lia, regels))
        directory_import.import_directory(session, lia, regels, gezien=seen)
    assert entries(given)["Waterbedrijf Plons"].max_maanden == 8


@pytest.mark.parametrize("role", [Role.BEHEERDER, Role.TEAMLEIDER, Role.AUDITOR])
def test_staff_of_an_organisatie_read_in_nothing(given, role):
    actor = given.medewerker(given.organisatie_id, role)
    with given.session(actor) as session, pytest.raises(NotAllowed):
        directory_import.import_directory(session, actor, read({}))
    assert entries(given) == {}
