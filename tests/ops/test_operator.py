"""The commands of the operator, as they are typed."""

import base64
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.actions.directory_file import COLUMNS
from portal.cli import cli
from portal.domain.roles import Actor
from portal.models import Medewerker
from tests.conftest import KEYRING

LINE = "Plons,,schuldeiser,water,Nuts,,,,4,8,email,los,pauze@plons.example,ja,,{actief}"


@pytest.fixture
def portal(server, given, keys, monkeypatch):
    number, key = next(iter(KEYRING.keys.items()))
    for name, value in {
        "PORTAL_ENV": "development",
        "DATABASE_URL": server.app_url,
        "ENCRYPTION_KEYS": f"{number}:{base64.b64encode(key).decode()}",
        "INDEX_KEY": base64.b64encode(KEYRING.index_key).decode(),
    }.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words)

    return run


def medewerker(given):
    with given.session(Actor.systeem()) as session:
        return session.get_one(Medewerker, given.actor.id)


def test_the_operator_lets_somebody_in_again_and_puts_somebody_out(portal, given):
    before = medewerker(given)
    told = portal("organisatie", "uitzetten", before.email.upper())
    assert (told.exit_code, medewerker(given).actief) == (0, False), told.output
    told = portal("organisatie", "herstel", before.email)
    assert told.output.startswith(f"{before.email} signs in with: ")
    after = medewerker(given)
    assert after.actief
    assert after.wachtwoord_hash != before.wachtwoord_hash


@pytest.mark.parametrize("act", ["herstel", "uitzetten"])
def test_an_unknown_address_is_one_sentence(portal, act):
    told = portal("organisatie", act, "niemand@stadsbank.example")
    assert (told.exit_code, told.output) == (1, "Error: There is no such medewerker niemand@stadsbank.example.\n")


def test_the_directory_is_imported_line_by_line(portal, tmp_path: Path):
    file = tmp_path / "lijst.csv"
    file.write_text("\ufeff" + "\n".join([",".join(COLUMNS), LINE.format(actief="ja")]), encoding="utf-8")
    dry = portal("schuldeisers", "import", str(file), "--dry-run")
    assert dry.output == (
        "Line 2: Plons: added\n1 added, 0 changed, 0 unchanged. Nothing was changed: this was a dry run.\n"
    )
    assert portal("schuldeisers", "import", str(file)).output.endswith("1 added, 0 changed, 0 unchanged.\n")
    file.write_text("\n".join([",".join(COLUMNS), LINE.format(actief="nee")]), encoding="utf-8")
    assert portal("schuldeisers", "import", str(file)).output.startswith(
        "Line 2: Plons: changed\n    actief: True -> False\n"
    )


def test_a_wrong_file_changes_nothing_and_says_why(portal, tmp_path: Path):
    file = tmp_path / "lijst.csv"
    file.write_text("\n".join([",".join(COLUMNS), LINE.format(actief="x")]), encoding="utf-8")
    told = portal("schuldeisers", "import", str(file))
    assert told.exit_code == 1
    assert told.output == "Error: Nothing was changed.\nLine 2: actief must be ja or nee.\n"


def test_a_client_of_the_api_is_made_listed_and_shut_out(portal, given):
    given.schuldeiser("Plons")
    made = portal("api-client", "add", "Plons", "productie")
    assert made.exit_code == 0, made.output
    told = dict(line.split(": ") for line in made.output.splitlines())
    assert len(told["client_secret"]) > 40
    line = f"{told['client_id']} Plons: productie, never used"
    assert portal("api-client", "list").output == f"{line}\n"
    assert portal("api-client", "revoke", told["client_id"]).output == f"{told['client_id']} no longer comes in.\n"
    assert portal("api-client", "list").output.startswith(f"{line}, revoked ")
    assert portal("api-client", "add", "Onbekend", "x").output == "Error: There is no such schuldeiser Onbekend.\n"


def test_a_sandbox_is_made_and_filled_again(portal):
    made = portal("sandbox", "Plons")
    assert made.exit_code == 0, made.output
    first = made.output.splitlines()
    again = portal("sandbox", "Plons").output.splitlines()
    assert again == [first[0], "client_secret: as printed before"]


def test_the_ddas_file_is_new_and_readable_for_the_owner_only(portal, given, tmp_path: Path):
    given.submitted()
    made = tmp_path / "ddas.json"
    words = ("ddas", str(made), "--leverancier", "GL1", "--vanaf", "2027-01-01", "--tot-en-met", "2027-12-31")
    first, again = portal(*words), portal(*words)
    assert first.exit_code == 0, first.output
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.read_text(encoding="utf-8").startswith("{")
    assert "exists already" in again.output
    wrong = portal("ddas", str(tmp_path / "x.json"), *words[2:5], "2027-01-02", "--tot-en-met", "2027-01-01")
    assert "ends before it begins" in wrong.output


def test_the_directory_is_exported_as_it_is_imported(portal, given, tmp_path: Path):
    given.schuldeiser("Plons", handelsnamen=["Plons Zakelijk"])
    file = tmp_path / "lijst.csv"
    assert portal("schuldeisers", "export", str(file)).exit_code == 0
    again = portal("schuldeisers", "import", str(file))
    assert again.output.endswith("0 added, 0 changed, 1 unchanged.\n")
