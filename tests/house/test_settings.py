"""Settings come whole and right, or not at all; development values stay in development."""

import base64
import re
from dataclasses import fields

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from config.settings import DEVELOPMENT_FILE, ROOT, Settings, SettingsError, development_values
from config.table import markdown_table

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(range(32, 64))).decode()
PRODUCTION = {
    "SECRET_KEY": "a-long-enough-secret-of-this-installation",
    "ENCRYPTION_KEYS": f"2:{KEY},1:{OTHER_KEY}",
    "INDEX_KEY": OTHER_KEY,
    "DATABASE_URL": "postgresql://portal_web:s3cret-pass@db.example:5432/portal?sslmode=verify-full",
    "BASE_URL": "https://pauzeknop.example/",
    "MAIL_SERVER": "mail.example",
    "MAIL_FROM": "portal@pauzeknop.example",
}


def production(**changes: str) -> Settings:
    return Settings.from_environ(PRODUCTION | changes)


def problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ(environ)
    return caught.value.problems


def test_production_is_the_default_and_needs_nothing_else():
    settings = production()
    assert not settings.is_development
    assert settings.mail_require_tls
    assert settings.trusted_proxies == 1
    assert settings.base_url == "https://pauzeknop.example"
    assert settings.delivery_retry_seconds == (60, 300, 900, 3600, 10800, 21600, 43200, 86400)


def test_everything_missing_is_reported_at_once():
    sentences = problems({})
    assert [sentence.split()[0] for sentence in sentences] == [
        "SECRET_KEY", "ENCRYPTION_KEYS", "INDEX_KEY", "DATABASE_URL", "BASE_URL", "MAIL_SERVER", "MAIL_FROM",
    ]  # fmt: skip


def test_an_empty_value_counts_as_missing():
    assert problems(PRODUCTION | {"MAIL_FROM": "  "}) == ["MAIL_FROM is missing: address that all mail comes from."]


def test_development_needs_nothing_and_uses_the_embedded_database():
    settings = Settings.from_environ({"PORTAL_ENV": "development"})
    assert settings.is_development
    assert settings.database_url == ""
    assert settings.base_url == "http://127.0.0.1:8000"


def test_development_address_follows_the_port():
    assert Settings.from_environ({"PORTAL_ENV": "development", "PORT": "8123"}).base_url == "http://127.0.0.1:8123"
    ipv6 = Settings.from_environ({"PORTAL_ENV": "development", "HOST": "::1"})
    assert ipv6.base_url == "http://[::1]:8000"


def test_a_value_from_the_environment_wins_over_the_development_file():
    assert Settings.from_environ({"PORTAL_ENV": "development", "MAIL_PORT": "2525"}).mail_port == 2525


@pytest.mark.parametrize("name", ["SECRET_KEY", "ENCRYPTION_KEYS", "INDEX_KEY"])
def test_production_refuses_each_development_key(name):
    assert problems(PRODUCTION | {name: development_values({})[name]}) == [
        f"{name} has a development value; make a secret of your own."
    ]


def test_production_refuses_a_development_key_that_only_decrypts():
    old = development_values({})["ENCRYPTION_KEYS"]
    assert problems(PRODUCTION | {"ENCRYPTION_KEYS": f"2:{KEY},{old}"})


def test_every_secret_in_the_development_file_is_one_that_production_refuses():
    secret = {each.name.upper() for each in fields(Settings) if each.metadata["secret"]}
    assert secret & set(development_values({})) == {"SECRET_KEY", "ENCRYPTION_KEYS", "INDEX_KEY"}


def test_production_keeps_a_mail_password_off_an_open_line():
    (sentence,) = problems(PRODUCTION | {"MAIL_USERNAME": "portal", "MAIL_REQUIRE_TLS": "no"})
    assert sentence.startswith("MAIL_USERNAME needs MAIL_REQUIRE_TLS=yes")


def test_a_misspelt_environment_is_not_taken_for_development():
    assert "PORTAL_ENV must be production or development." in problems(PRODUCTION | {"PORTAL_ENV": "develop"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "http://pauzeknop.example"),
        ("BASE_URL", "https://pauzeknop.example/portal"),
        ("BASE_URL", "https://pauzeknop.example:x"),
        ("SECRET_KEY", "short"),
        ("INDEX_KEY", "%%%"),
        ("INDEX_KEY", base64.b64encode(b"too short").decode()),
        ("ENCRYPTION_KEYS", KEY),
        ("ENCRYPTION_KEYS", f"1:{KEY},1:{OTHER_KEY}"),
        ("ENCRYPTION_KEYS", f"0:{KEY}"),
        ("ENCRYPTION_KEYS", f"256:{KEY}"),
        ("DATABASE_URL", "mysql://db.example/portal"),
        ("DATABASE_URL", "postgresql://db.example"),
        ("DATABASE_OWNER_URL", "nonsense"),
        ("QUICK_EXIT_URL", "http://weer.example"),
        ("QUICK_EXIT_URL", "https:///weer"),
        ("QUICK_EXIT_URL", "https://weer.example/ vandaag"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80x"),
        ("PORT", "-1"),
        ("PORT", "٨٠"),
        ("WEB_WORKERS", "0"),
        ("MAIL_REQUIRE_TLS", "perhaps"),
        ("MAIL_FROM", "Portal <portal@pauzeknop.example>"),
        ("MAIL_FROM", "portal@pauzeknop.example\nBcc: x@y.example"),
        ("MAIL_ENVELOPE_DOMAIN", "-bad-.example"),
        ("DELIVERY_RETRY_SECONDS", "60,,300"),
        ("DELIVERY_RETRY_SECONDS", "0"),
        ("WORKER_STALLED_SECONDS", "19"),
        ("DIGID_ISSUER", "https://digid.example"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_setting(name, value):
    (sentence,) = problems(PRODUCTION | {name: value})
    assert name in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_database_address_gets_the_driver(scheme):
    settings = production(DATABASE_URL=f"{scheme}://u:p%40@db.example/portal?sslmode=require")
    assert settings.database_url == "postgresql+psycopg://u:p%40@db.example/portal?sslmode=require"


def test_owner_and_envelope_domain_follow_from_the_others():
    settings = production()
    assert settings.database_owner_url == settings.database_url
    assert settings.mail_envelope_domain == "pauzeknop.example"


def test_digid_is_off_until_all_three_are_there():
    assert not production().digid_enabled
    digid = {"DIGID_ISSUER": "https://digid.example", "DIGID_CLIENT_ID": "c", "DIGID_CLIENT_SECRET": "s"}
    assert production(**digid).digid_enabled
    assert problems(PRODUCTION | digid | {"DIGID_ISSUER": "http://digid.example"})


def dkim(file, key=None, **changes):
    """Settings that sign, with this key in the file."""
    if key is not None:
        no_password = serialization.NoEncryption()
        pkcs8 = serialization.PrivateFormat.PKCS8
        file.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, no_password))
    names = {"MAIL_DKIM_DOMAIN": "pauzeknop.example", "MAIL_DKIM_SELECTOR": "pk1", "MAIL_DKIM_KEY_FILE": str(file)}
    return PRODUCTION | names | changes


def test_mail_is_signed_when_all_three_are_there(tmp_path):
    assert not production().dkim_enabled
    right = dkim(tmp_path / "key.pem", ed25519.Ed25519PrivateKey.generate())
    assert Settings.from_environ(right).dkim_enabled
    (sentence,) = problems(right | {"MAIL_DKIM_SELECTOR": ""})
    assert sentence.startswith("MAIL_DKIM_DOMAIN, MAIL_DKIM_SELECTOR and MAIL_DKIM_KEY_FILE must be set together")


@pytest.mark.parametrize(
    ("sender", "domain", "right"),
    [
        ("a@pauzeknop.example", "pauzeknop.example", True),
        ("a@Mail.Pauzeknop.example", "pauzeknop.example", True),
        ("a@pauzeknop.example", "mail.pauzeknop.example", False),
        ("a@eenpauzeknop.example", "pauzeknop.example", False),
    ],
)
def test_the_signature_is_of_the_domain_of_the_sender(tmp_path, sender, domain, right):
    environ = dkim(tmp_path / "key.pem", ed25519.Ed25519PrivateKey.generate(), MAIL_FROM=sender)
    if right:
        assert Settings.from_environ(environ | {"MAIL_DKIM_DOMAIN": domain}).dkim_enabled
        return
    (sentence,) = problems(environ | {"MAIL_DKIM_DOMAIN": domain})
    assert sentence.startswith("MAIL_DKIM_DOMAIN must be the domain of MAIL_FROM")


@pytest.mark.parametrize(
    "key", [rsa.generate_private_key(public_exponent=65537, key_size=1024), ec.generate_private_key(ec.SECP256R1())]
)
def test_a_key_that_receivers_do_not_trust_is_refused(tmp_path, key):
    (sentence,) = problems(dkim(tmp_path / "key.pem", key))
    assert sentence == "MAIL_DKIM_KEY_FILE must hold an RSA key of at least 2048 bits or an Ed25519 key."


def test_a_key_file_that_is_not_there_or_no_key_is_named(tmp_path):
    (sentence,) = problems(dkim(tmp_path / "none.pem"))
    assert sentence == "MAIL_DKIM_KEY_FILE must be a file that the portal can read."
    (tmp_path / "text.pem").write_text("geen sleutel")
    (sentence,) = problems(dkim(tmp_path / "text.pem"))
    assert sentence == "MAIL_DKIM_KEY_FILE must hold a private key in PEM, without a password."


def test_the_key_ring_keeps_its_order():
    assert [entry.number for entry in production().encryption_keys] == [2, 1]


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(production(MAIL_PASSWORD="hunter2hunter2"))
    for secret in (PRODUCTION["SECRET_KEY"], "s3cret-pass", "hunter2hunter2", repr(bytes(range(32)))):
        assert secret not in shown


def test_the_development_file_names_only_settings():
    names = {each.name.upper() for each in fields(Settings)}
    lines = DEVELOPMENT_FILE.read_text(encoding="utf-8").splitlines()
    given = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert given <= names


def test_lengths_of_time_have_a_unit():
    timed = [each for each in fields(Settings) if re.search("_(seconds|days)$", each.name)]
    assert timed
    assert all(each.metadata["unit"].split(",")[0] in {"seconds", "days"} for each in timed)


def test_the_table_in_the_docs_is_the_one_made_from_the_settings():
    written = (ROOT / "docs" / "instellingen.md").read_text(encoding="utf-8")
    assert written == markdown_table(), "run: portal settings --markdown > docs/instellingen.md"
