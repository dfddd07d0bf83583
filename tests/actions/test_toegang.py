"""Getting in: codes, links, passwords, second factors, sessions."""

from datetime import date, timedelta
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import select

from portal import clock as portal_clock
from portal.actions import inloggen, toegang
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import NotAllowed, NotFound, OngeldigeToegang
from portal.domain.roles import Actor, Role
from portal.models import Bericht, Medewerker, SessieSoort, Toegangslink, links
from portal.models.zoekindex import email_index
from portal.queries import toegang as lookup
from tests.actions.conftest import at_once
from tests.given import EMAIL, WACHTWOORD

HOUR = 3600


def signed_in(given, token, soort=SessieSoort.HULPVRAGER):
    with given.session(Actor.systeem()) as session:
        return lookup.find(session, toegang.token_hash(token), soort, portal_clock.now())


# --- kenmerk and code -----------------------------------------------------------------------------


def code_of(given, id):
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        return toegang.make_toegangscode(session, person)


def open_with_code(given, kenmerk, code):
    with given.session(Actor.bezoeker()) as session:
        return toegang.open_with_code(session, kenmerk, code, HOUR)


def test_kenmerk_and_code_lead_back_however_they_are_typed(given, count):
    id = given.concept()
    code, kenmerk = code_of(given, id), given.case(id).kenmerk
    token = open_with_code(given, kenmerk.lower().replace("-", " "), f" {code.lower()} ")
    assert signed_in(given, token).actor == Actor.hulpvrager(id)
    assert count.names(id)[-2:] == ["ToegangscodeMade", "ToegangOpened"]


def test_the_code_itself_is_stored_nowhere(given, owner):
    code = code_of(given, given.concept()).replace("-", "")
    (stored,) = owner.execute("SELECT toegangscode_hash FROM pauzeverzoek").fetchone()
    assert code.encode() not in bytes(stored)


def test_every_wrong_kenmerk_or_code_is_answered_alike(given):
    id, other = given.concept(), given.concept()
    code, kenmerk = code_of(given, id), given.case(id).kenmerk
    without_code = given.case(other).kenmerk
    wrong = [(kenmerk, "H4X9-TQ27-FKM3"), (kenmerk, ""), (without_code, code), (without_code, ""), ("PK-ONZIN", code)]
    told = set()
    for typed_kenmerk, typed_code in wrong:
        with pytest.raises(OngeldigeToegang) as caught:
            open_with_code(given, typed_kenmerk, typed_code)
        told.add(str(caught.value))
    assert told == {"code"}


def test_signs_that_are_no_letters_at_all_are_a_wrong_code(given):
    id = given.concept()
    code_of(given, id)
    with pytest.raises(OngeldigeToegang):
        open_with_code(given, given.case(id).kenmerk, "١٢٣ 🙂 é")


def test_a_new_code_ends_the_old_one(given):
    id = given.concept()
    old, new, kenmerk = code_of(given, id), code_of(given, id), given.case(id).kenmerk
    with pytest.raises(OngeldigeToegang):
        open_with_code(given, kenmerk, old)
    assert open_with_code(given, kenmerk, new)


# --- links ----------------------------------------------------------------------------------------


def mailed_link(given, id):
    """Ask for a link and read its token from the message."""
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        toegang.request_link(session, person, HOUR)
    return newest_token(given, id)


def newest_token(given, id):
    with given.session(Actor.systeem()) as session:
        sent = session.scalars(
            select(Bericht)
            .where(Bericht.verzoek_id == id, Bericht.soort == BerichtSoort.TOEGANGSLINK)
            .order_by(Bericht.issued_at.desc())
        ).first()
    return sent.tekst.partition("/terug/")[2].split()[0]


def open_with_link(given, token):
    with given.session(Actor.bezoeker()) as session:
        return toegang.open_with_link(session, token, HOUR)


def test_a_mailed_link_leads_back_once(given, count):
    id = given.concept()
    token = mailed_link(given, id)
    assert signed_in(given, open_with_link(given, token)).actor == Actor.hulpvrager(id)
    with pytest.raises(OngeldigeToegang):
        open_with_link(given, token)
    assert count.events(id, "ToegangOpened") == 1


def test_ten_browsers_at_once_open_a_link_once(given):
    token = mailed_link(given, given.concept())
    results, errors = at_once(10, lambda _: open_with_link(given, token))
    assert len(results) == 1
    assert {type(error) for error in errors} == {OngeldigeToegang}


def test_a_link_that_is_too_old_does_not_open(given, clock):
    token = mailed_link(given, given.concept())
    clock.set(date(2027, 2, 1), hour=10, minute=59)
    assert open_with_link(given, token)
    token = mailed_link(given, given.concept())
    clock.set(date(2027, 2, 1), hour=12)
    with pytest.raises(OngeldigeToegang):
        open_with_link(given, token)


def test_a_newer_link_revokes_the_older(given):
    id = given.concept()
    old, new = mailed_link(given, id), mailed_link(given, id)
    with pytest.raises(OngeldigeToegang):
        open_with_link(given, old)
    assert open_with_link(given, new)


def test_a_link_that_was_tampered_with_does_not_open(given):
    token = mailed_link(given, given.concept())
    for wrong in (token[:-2] + "xx", "x" + token, "", "onzin", token.replace(".", "..", 1), links.sign(uuid4()), "é"):
        with pytest.raises(OngeldigeToegang):
            open_with_link(given, wrong)
    assert open_with_link(given, token)


def test_a_link_signed_with_another_key_does_not_open(given, keys):
    from portal.models.sealed import Keyring, use_keyring

    token = mailed_link(given, given.concept())
    use_keyring(Keyring(keys=keys.keys, index_key=b"another key of thirty-two bytes!"))
    with pytest.raises(OngeldigeToegang):
        open_with_link(given, token)


def test_the_link_is_in_no_list_of_messages(given):
    from portal.queries import dossier

    id = given.concept()
    mailed_link(given, id)
    with given.session(Actor.hulpvrager(id)) as session:
        assert dossier.berichten(session, id) == []


def test_links_for_an_address_go_to_its_newest_cases_only(given, count, clock):
    ids = []
    for day in range(1, 6):
        clock.set(date(2027, 2, day))
        ids.append(given.concept())
    given.concept(contact={"email": "iemand.anders@inwoner.example"})
    with given.session(Actor.systeem()) as session:
        typed = email_index(f" {EMAIL.upper()} ")
        assert toegang.issue_links(session, typed, HOUR, uuid4()) == toegang.LINKS_PER_ADDRESS == 3
    with given.session(Actor.systeem()) as session:
        assert set(session.scalars(select(Toegangslink.verzoek_id))) == set(ids[2:])
    assert len(count.jobs("send_bericht")) == 3


@pytest.mark.parametrize("email", [EMAIL, "onbekend@inwoner.example"])
def test_a_known_and_an_unknown_address_leave_the_same_traces(given, count, email):
    given.concept()
    before = count.everything()
    with given.session(Actor.bezoeker()) as session:
        toegang.request_links_for_address(session, email)
    after = count.everything()
    assert {table for table in after if after[table] != before[table]} == {"procrastinate_jobs"}
    assert count.rows("procrastinate_jobs", "task_name = 'mail_links'") == 1
    assert count.rows("procrastinate_jobs", "args::text LIKE %s", f"%{email}%") == 0


def test_a_repeated_job_mails_no_second_link_and_kills_not_the_first(given, count):
    given.concept()
    request_id = uuid4()
    for expected in (1, 0):
        with given.session(Actor.systeem()) as session:
            assert toegang.issue_links(session, email_index(EMAIL), HOUR, request_id) == expected
    assert count.rows("toegangslink", "revoked_at IS NULL") == count.rows("toegangslink") == 1
    assert len(count.jobs("send_bericht")) == 1
    with given.session(Actor.systeem()) as session:
        assert toegang.issue_links(session, email_index(EMAIL), HOUR, uuid4()) == 1


def test_an_empty_address_asks_for_nothing(given, count):
    with given.session(Actor.bezoeker()) as session:
        toegang.request_links_for_address(session, "  ")
    assert count.rows("procrastinate_jobs") == 0


def test_nobody_knows_no_links(given):
    with given.session(Actor.systeem()) as session:
        assert toegang.issue_links(session, b"x" * 32, HOUR, uuid4()) == 0


# --- sessions -------------------------------------------------------------------------------------


def test_a_session_ends_by_itself(given, clock):
    token = open_with_link(given, mailed_link(given, given.concept()))
    clock.set(date(2027, 2, 1), hour=10, minute=59)
    assert signed_in(given, token)
    clock.set(date(2027, 2, 1), hour=11, minute=1)
    assert signed_in(given, token) is None


def test_signing_out_ends_this_session_only(given):
    id = given.concept()
    one, two = (open_with_link(given, mailed_link(given, id)) for _ in range(2))
    with given.session(Actor.bezoeker()) as session:
        toegang.close_session(session, signed_in(given, one).sessie_id)
    assert signed_in(given, one) is None
    assert signed_in(given, two)


def test_a_session_of_one_kind_is_not_one_of_the_other(given):
    token = open_with_link(given, mailed_link(given, given.concept()))
    assert signed_in(given, token, SessieSoort.MEDEWERKER) is None


def test_the_token_itself_is_not_stored(given, owner):
    token = open_with_link(given, mailed_link(given, given.concept()))
    (stored,) = owner.execute("SELECT token_hash FROM sessie").fetchone()
    assert token.encode() not in bytes(stored)


# --- staff ----------------------------------------------------------------------------------------

ADDRESS = "anna@stadsbank.example"


@pytest.fixture
def anna(given):
    return given.medewerker(given.organisatie_id, Role.HULPVERLENER, naam="Anna de Boer", email=ADDRESS)


def code_now(given, anna, *, steps=0):
    """What the phone shows, some steps of 30 seconds from now."""
    with given.session(Actor.systeem()) as session:
        secret = session.get_one(Medewerker, anna.id).totp
    return pyotp.TOTP(secret).at(portal_clock.now() + timedelta(seconds=30 * steps))


def enrol(given, anna):
    with given.session(Actor.bezoeker()) as session:
        return inloggen.begin_enrolment(session, anna.id)


def sign_in(given, anna, code):
    with given.session(Actor.bezoeker()) as session:
        return inloggen.sign_in(session, anna.id, code, HOUR)


def test_the_password_opens_the_way_to_the_second_factor(given, anna):
    with given.session(Actor.bezoeker()) as session:
        assert inloggen.check_password(session, f" {ADDRESS.upper()} ", WACHTWOORD) == anna.id


def test_wrong_unknown_and_inactive_are_answered_alike(given, anna):
    given.medewerker(given.organisatie_id, Role.HULPVERLENER, email="weg@stadsbank.example", actief=False)
    told = set()
    for address, password in [
        (ADDRESS, "fout"),
        (ADDRESS, ""),
        ("niemand@stadsbank.example", WACHTWOORD),
        ("weg@stadsbank.example", WACHTWOORD),
    ]:
        with given.session(Actor.bezoeker()) as session, pytest.raises(OngeldigeToegang) as caught:
            inloggen.check_password(session, address, password)
        told.add((type(caught.value), str(caught.value)))
    assert len(told) == 1


def test_the_first_code_enrols_and_signs_in(given, anna, count):
    secret = enrol(given, anna)
    assert enrol(given, anna) == secret
    token = sign_in(given, anna, code_now(given, anna))
    found = signed_in(given, token, SessieSoort.MEDEWERKER)
    assert found.actor == anna
    assert found.medewerker.organisatie.naam == "Stadsbank Midden"
    assert count.names(given.organisatie_id)[-2:] == ["MedewerkerEnrolled", "MedewerkerSignedIn"]
    with pytest.raises(OngeldigeToegang):
        enrol(given, anna)


def test_without_enrolment_no_code_is_right(given, anna):
    for code in ("000000", "", "123456"):
        with pytest.raises(OngeldigeToegang):
            sign_in(given, anna, code)


def test_a_code_is_accepted_once(given, anna):
    enrol(given, anna)
    code = code_now(given, anna)
    sign_in(given, anna, code)
    with pytest.raises(OngeldigeToegang):
        sign_in(given, anna, code)
    sign_in(given, anna, code_now(given, anna, steps=1))


def test_an_older_code_is_not_accepted_after_a_newer_one(given, anna):
    enrol(given, anna)
    older = code_now(given, anna, steps=-1)
    sign_in(given, anna, code_now(given, anna))
    with pytest.raises(OngeldigeToegang):
        sign_in(given, anna, older)


def test_ten_uses_of_one_code_at_once_are_one(given, anna):
    enrol(given, anna)
    code = code_now(given, anna)
    results, errors = at_once(10, lambda _: sign_in(given, anna, code))
    assert len(results) == 1
    assert {type(error) for error in errors} == {OngeldigeToegang}


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(given, anna, clock, steps, fits):
    clock.set(date(2027, 2, 1), second=15)
    enrol(given, anna)
    code = code_now(given, anna, steps=steps)
    if fits:
        assert sign_in(given, anna, code)
    else:
        with pytest.raises(OngeldigeToegang):
            sign_in(given, anna, code)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "²²²²²²", "abcdef", "🙂"])
def test_whatever_is_typed_as_a_code_is_a_wrong_code(given, anna, typed):
    enrol(given, anna)
    with pytest.raises(OngeldigeToegang):
        sign_in(given, anna, typed)


def test_a_code_may_be_typed_with_a_space(given, anna):
    enrol(given, anna)
    code = code_now(given, anna)
    assert sign_in(given, anna, f" {code[:3]} {code[3:]} ")


def test_an_inactive_medewerker_is_out_at_once(given, anna, owner):
    enrol(given, anna)
    token = sign_in(given, anna, code_now(given, anna))
    owner.execute("UPDATE medewerker SET actief = false WHERE id = %s", [anna.id])
    assert signed_in(given, token, SessieSoort.MEDEWERKER) is None
    with pytest.raises(OngeldigeToegang):
        sign_in(given, anna, code_now(given, anna, steps=1))


def test_the_secret_of_the_phone_is_sealed(given, anna, owner):
    secret = enrol(given, anna)
    (stored,) = owner.execute("SELECT totp_sealed FROM medewerker WHERE id = %s", [anna.id]).fetchone()
    assert secret.encode() not in bytes(stored)


def test_somebody_can_be_signed_out_everywhere(given, anna, count):
    enrol(given, anna)
    tokens = [sign_in(given, anna, code_now(given, anna, steps=step)) for step in (0, 1)]
    with given.session(anna) as session:
        assert toegang.revoke_sessions(session, anna, anna.id) == 2
    assert [signed_in(given, token, SessieSoort.MEDEWERKER) for token in tokens] == [None, None]
    assert count.names(given.organisatie_id)[-1] == "SessiesRevoked"


def test_a_beheerder_signs_out_a_colleague_and_nobody_elsewhere(given, anna):
    beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    with given.session(beheerder) as session:
        assert toegang.revoke_sessions(session, beheerder, anna.id) == 0
        with pytest.raises(NotFound):
            toegang.revoke_sessions(session, beheerder, given.other_actor.id)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.HULPVERLENER])
def test_a_colleague_without_that_task_signs_nobody_else_out(given, anna, role):
    colleague = given.medewerker(given.organisatie_id, role)
    with given.session(colleague) as session, pytest.raises(NotAllowed):
        toegang.revoke_sessions(session, colleague, anna.id)


def test_where_somebody_reads_along_no_link_is_mailed_at_all(given, count):
    """The link opens the whole case: it must not lie in a mailbox that somebody else reads."""
    id = given.submitted(contact={"telefoon": "", "email": EMAIL, "meelezen": True, "moment": "ochtend"})
    person = Actor.hulpvrager(id)
    with given.session(person) as session, pytest.raises(NotAllowed):
        toegang.request_link(session, person, HOUR)
    with given.session(Actor.systeem()) as session:
        assert toegang.issue_links(session, email_index(EMAIL), HOUR, uuid4()) == 0
    assert count.rows("toegangslink") == 0
