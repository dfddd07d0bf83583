"""The bewijsdossier of a real case: it holds, it says who took it, and what was changed in the database shows in it."""

import hashlib
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from portal.actions import dagkoppen, verzending
from portal.actions.bewijs import take_bewijs
from portal.cli_audit import audit
from portal.delivery.message import mail_bytes
from portal.domain.bewijscontrole import BEWIJS, LEESMIJ, check
from portal.domain.bewijsdossier import Gebroken, unpack
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat
from portal.models import AuditEntry, Bericht, Kennisgeving
from portal.queries.dagkoppen import koppen
from tests.conftest import ADRESSEN, FIRST_DAY


@pytest.fixture(autouse=True)
def _flask():
    """A mail is made inside an application, as the worker and the web server do."""
    with Flask(__name__, static_folder=None).app_context():
        yield


def take(given, id, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return take_bewijs(session, actor, id, uitleg={LEESMIJ: b"Lees mij"}, make_mail=mail_bytes).inhoud


def send(given, id):
    """Hand over every mail of the case as the worker does."""
    with given.session(Actor.systeem()) as session:
        waiting = [
            (model, row.id)
            for model in (Kennisgeving, Bericht)
            for row in session.scalars(select(model).where(model.verzoek_id == id, model.kanaal == Kanaal.EMAIL))
        ]
    for model, key in waiting:
        if model is Kennisgeving:
            given.typeset(key)
        else:
            given.typeset_bewijs(id)
        with given.session(Actor.systeem()) as session:
            sent = verzending.begin_attempt(session, model, key)
            made = hashlib.sha256(mail_bytes(sent, ADRESSEN.mail_from)).hexdigest()
            uitslag = verzending.Uitslag(
                resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="Ok", tls=True, sha256=made
            )
            verzending.record_handover(session, model, key, uitslag)


@pytest.fixture
def case(given, clock):
    """Two schuldeisers by mail, one by letter; sent; the day is closed."""
    regels = [
        given.regel("Energie Noord"),
        given.regel("Bank Zuid"),
        given.regel("Huisarts", mailable=False),
    ]
    id = given.approved(regels)
    send(given, id)
    clock.set(FIRST_DAY + timedelta(days=1))
    assert dagkoppen.close_days(given.database) == 1
    return id


def list_of_koppen(given):
    with given.session(Actor.bezoeker()) as session:
        return " ".join(kop.kop for kop in koppen(session, 10))


def test_the_proof_of_a_case_holds_with_the_published_list(given, case):
    found = check(take(given, case), list_of_koppen(given))
    assert found.dag == FIRST_DAY
    assert found.tot_en_met == found.gebeurtenissen
    assert (found.opnieuw, found.elders) == ((), ())
    assert (found.berichten, found.bestanden) == (5, 4 + 2 * 2), "four mails, two of them with a letter and its facts"


def test_the_mails_are_those_that_were_sent_byte_for_byte(given, case):
    files = unpack(take(given, case))
    mails = [content for name, content in files.items() if name.endswith(".eml")]
    assert sum(b"@schuldeiser.example" in mail for mail in mails) == 2
    told = {entry["feiten"].get("eml_sha256") for entry in json.loads(files[BEWIJS])["gebeurtenissen"]} - {None}
    assert {hashlib.sha256(mail).hexdigest() for mail in mails} == told


def test_who_took_it_is_recorded_with_the_hash_of_the_file(given, case):
    auditor = given.medewerker(given.actor.organisatie_id, Role.AUDITOR)
    made = take(given, case, auditor)
    with given.session(Actor.systeem()) as session:
        last = session.scalars(
            select(AuditEntry).where(AuditEntry.keten == case).order_by(AuditEntry.volgnummer.desc()).limit(1)
        ).one()
    assert (last.gebeurtenis, last.actor_id) == ("BewijsTaken", auditor.id)
    assert last.feiten == {"sha256": hashlib.sha256(made).hexdigest()}


def test_taken_twice_the_second_tells_of_the_first_and_holds_as_well(given, case):
    first, second = check(take(given, case)), check(take(given, case))
    assert second.gebeurtenissen == first.gebeurtenissen + 1
    assert second.tot_en_met == first.tot_en_met, "what happened today is under no kop yet"


def test_a_case_of_today_holds_without_a_kop(given):
    found = check(take(given, given.approved([given.regel("Energie Noord")])))
    assert (found.dag, found.koppen) == (None, ())


def test_access_links_are_not_in_it(given, clock):
    from portal.actions import toegang

    id = given.submitted()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        toegang.request_link(session, person, 3600)
    send(given, id)
    files = unpack(take(given, id))
    assert check(take(given, id)).berichten == 1
    assert not [name for name in files if "toegangslink" in name]


@pytest.mark.parametrize("role", [Role.BEHEERDER])
def test_who_does_not_read_cases_gets_none(given, case, role):
    with pytest.raises(NotAllowed):
        take(given, case, given.medewerker(given.actor.organisatie_id, role))


def test_another_organisatie_gets_none(given, case):
    with pytest.raises(NotFound):
        take(given, case, given.other_actor)


def test_a_mail_that_is_made_differently_by_now_is_told_apart(given, case):
    def otherwise(sent, mail_from):
        return mail_bytes(sent, mail_from) + b"\r\n"

    with given.session(given.actor) as session:
        made = take_bewijs(session, given.actor, case, uitleg={}, make_mail=otherwise).inhoud
    found = check(made)
    assert (found.bestanden, len(found.opnieuw)) == (4, 4)


CHANGES = {
    "an entry": "UPDATE audit SET feiten = feiten || '{\"x\": 1}' WHERE keten = %s AND volgnummer = 5",
    "its time": "UPDATE audit SET at = at + interval '1 second' WHERE keten = %s AND volgnummer = 5",
    "an entry less": "DELETE FROM audit WHERE keten = %s AND volgnummer = 5",
    "the last entries": "DELETE FROM audit WHERE keten = %s AND volgnummer > 5",
    "a message less": "DELETE FROM kennisgeving WHERE verzoek_id = %s",
    "a letter less": "DELETE FROM kennisgeving WHERE verzoek_id = %s AND kanaal = 'brief'",
    "a way": "UPDATE ketenstand SET pad = set_byte(pad || '\\x00'::bytea, 0, 1) WHERE keten = %s",
    "a stand": "UPDATE ketenstand SET volgnummer = volgnummer - 1 WHERE keten = %s",
    "a root": "UPDATE dagkop SET wortel = repeat('a', 64) WHERE %s IS NOT NULL",
    "a kop": "UPDATE dagkop SET kop = repeat('a', 64) WHERE %s IS NOT NULL",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_in_the_database_shows_in_the_proof(given, case, owner, change):
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        assert owner.execute(change, [case]).rowcount >= 1
    with pytest.raises(Gebroken):
        check(take(given, case), list_of_koppen(given))


# --- the command ----------------------------------------------------------------------------------


def test_the_command_needs_the_file_and_nothing_else(given, case, tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    proof, kept = tmp_path / "bewijs.zip", tmp_path / "ketens.json"
    proof.write_bytes(take(given, case))
    kept.write_text(list_of_koppen(given))
    done = CliRunner().invoke(audit, ["check", str(proof), "--koppen", str(kept)])
    assert done.exit_code == 0, done.output
    assert "holds" in done.output
    assert "All 1 koppen are in the published list." in done.output


def test_the_command_names_what_is_broken_and_fails(given, case, tmp_path):
    proof = tmp_path / "bewijs.zip"
    proof.write_bytes(take(given, case).replace(b"Energie", b"energie", 1))
    done = CliRunner().invoke(audit, ["check", str(proof)])
    assert done.exit_code == 1
    assert "The proof is broken: " in done.output
