"""Rules over more than one setting, and what production demands."""

from collections.abc import Mapping
from typing import Any

SECRET_MIN_CHARACTERS = 32
DEVELOPMENT_MARK = b"development"  # every key in config/development.env starts with it


def broken(given: Mapping[str, str], values: Mapping[str, Any]) -> list[str]:
    """One sentence for each rule that the values break. Values that could not be read are absent."""
    problems = []
    if values["portal_env"] not in {"production", "development"}:
        problems.append("PORTAL_ENV must be production or development.")
    digid = [bool(values.get(name)) for name in ("digid_issuer", "digid_client_id", "digid_client_secret")]
    if any(digid) and not all(digid):
        problems.append("DIGID_ISSUER, DIGID_CLIENT_ID and DIGID_CLIENT_SECRET must be set together.")
    names = ("issuer", "client_id", "client_secret", "roles")
    staff = [bool(values.get(f"staff_oidc_{name}")) for name in names]
    if any(staff) and not all(staff):
        listed = [f"STAFF_OIDC_{name.upper()}" for name in names]
        problems.append(f"{', '.join(listed[:-1])} and {listed[-1]} must be set together.")
    problems += _dkim_rules(values)
    if values.get("inbound_imap_host") and not (
        values.get("inbound_imap_username") and values.get("inbound_imap_password")
    ):
        problems.append("INBOUND_IMAP_HOST needs INBOUND_IMAP_USERNAME and INBOUND_IMAP_PASSWORD.")
    if values.get("worker_stalled_seconds", 2) < 2 * values.get("worker_heartbeat_seconds", 1):
        problems.append("WORKER_STALLED_SECONDS must be at least twice WORKER_HEARTBEAT_SECONDS.")
    if values["portal_env"] != "development":
        problems += _production_rules(given, values)
    return problems


def _dkim_rules(values: Mapping[str, Any]) -> list[str]:
    names = ("mail_dkim_domain", "mail_dkim_selector", "mail_dkim_key_file")
    dkim = [bool(values[name]) for name in names if name in values]
    if any(dkim) and not all(dkim):
        return ["MAIL_DKIM_DOMAIN, MAIL_DKIM_SELECTOR and MAIL_DKIM_KEY_FILE must be set together."]
    domain, sender = values.get("mail_dkim_domain"), values.get("mail_from", "").rpartition("@")[2].lower()
    if domain and sender and not f".{sender}".endswith(f".{domain}"):
        return [
            "MAIL_DKIM_DOMAIN must be the domain of MAIL_FROM, or one above it: DMARC asks that they belong together."
        ]
    return []


def _production_rules(given: Mapping[str, str], values: Mapping[str, Any]) -> list[str]:
    """What only development may have."""
    problems = [
        f"{name} has a development value; make a secret of your own."
        for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "INDEX_KEY")
        if name in given and _is_development_value(values.get(name.lower()))
    ]
    if len(values.get("secret_key", "x" * SECRET_MIN_CHARACTERS)) < SECRET_MIN_CHARACTERS:
        problems.append(f"SECRET_KEY must have at least {SECRET_MIN_CHARACTERS} characters.")
    if values.get("mail_username") and not values.get("mail_require_tls", True):
        problems.append("MAIL_USERNAME needs MAIL_REQUIRE_TLS=yes: without it the password could go in the clear.")
    problems += [
        f"{name} must start with https:// in production."
        for name in ("BASE_URL", "DIGID_ISSUER", "STAFF_OIDC_ISSUER")
        if values.get(name.lower()) and not values[name.lower()].startswith("https://")
    ]
    return problems


def _is_development_value(value: Any) -> bool:
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return value.startswith(DEVELOPMENT_MARK)
    return any(_is_development_value(entry.key) for entry in value or ())
