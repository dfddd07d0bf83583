"""Every setting of the portal: read from the environment once, checked together, frozen.

Production is the default. `PORTAL_ENV=development` puts the values of config/development.env underneath.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any, Self

from config import parsers, rules
from config.parsers import EncryptionKey

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_FILE = Path(__file__).resolve().parent / "development.env"


class SettingsError(Exception):
    """Everything that is wrong with the environment, one line each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The settings are not right:\n" + "\n".join(f"- {problem}" for problem in problems))


def setting(
    parse: Callable[[str], Any],
    meaning: str,
    *,
    unit: str = "",
    default: str | None = None,
    secret: bool = False,
) -> Any:
    """One setting. `default` is text, as in the environment: None = required, "" = optional, no value."""
    return field(
        repr=not secret,
        metadata={"parse": parse, "meaning": meaning, "unit": unit, "default": default, "secret": secret},
    )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Attribute = environment variable in lower case. The table in docs/instellingen.md is made from this."""

    portal_env: str = setting(parsers.text, "`production` or `development`", default="production")
    portal_instance: Path = setting(
        parsers.folder,
        "folder for what only this machine keeps (embedded database, development inbox)",
        default=str(ROOT / "instance"),
    )

    secret_key: str = setting(
        parsers.text, "signs cookies, CSRF tokens and links", unit="at least 32 characters", secret=True
    )
    encryption_keys: tuple[EncryptionKey, ...] = setting(
        parsers.key_ring,
        "key ring for personal data at rest, as `2:KEY,1:KEY`: the first encrypts, all decrypt",
        unit="base64 of 32 bytes each",
        secret=True,
    )
    index_key: bytes = setting(parsers.key, "key of the search index on names", unit="base64 of 32 bytes", secret=True)

    database_url: str = setting(parsers.database_url, "PostgreSQL as the application signs in", secret=True)
    database_owner_url: str = setting(
        parsers.database_url,
        "PostgreSQL as the owner of the tables, used by `portal migrate` only; empty = DATABASE_URL",
        default="",
        secret=True,
    )

    base_url: str = setting(parsers.base_url, "address of the portal as people see it, without a path")
    host: str = setting(parsers.text, "network address the web server listens on", default="127.0.0.1")
    port: int = setting(parsers.port, "port the web server listens on", default="8000")
    web_workers: int = setting(parsers.positive, "web server processes on this machine", default="2")
    web_threads: int = setting(parsers.positive, "requests at once per web server process", default="8")
    trusted_proxies: int = setting(
        parsers.whole_number, "reverse proxies in front whose X-Forwarded headers count", default="1"
    )

    mail_server: str = setting(parsers.text, "host name of the outgoing mail server")
    mail_port: int = setting(parsers.port, "port of the outgoing mail server", default="25")
    mail_username: str = setting(parsers.text, "user name at the mail server, if it wants one", default="")
    mail_password: str = setting(parsers.text, "password at the mail server", default="", secret=True)
    mail_require_tls: bool = setting(
        parsers.boolean,
        "refuse to send without STARTTLS; `no` still uses it when offered, and checks the certificate",
        default="yes",
    )
    mail_timeout_seconds: int = setting(
        parsers.positive, "longest wait for one answer of the mail server", unit="seconds", default="30"
    )
    mail_from: str = setting(parsers.mail_address, "address that all mail comes from")
    mail_envelope_domain: str = setting(
        parsers.domain,
        "domain of the bounce addresses, `bounce+...@domain`; empty = that of MAIL_FROM",
        default="",
    )
    mail_dkim_domain: str = setting(
        parsers.domain,
        "domain that the portal signs mail for (DKIM), that of MAIL_FROM or above it; empty = the mail server signs",
        default="",
    )
    mail_dkim_selector: str = setting(parsers.domain, "selector of the DKIM key in DNS", default="")
    mail_dkim_key_file: Path = setting(
        parsers.signing_key, "file with the private DKIM key: PEM, RSA from 2048 bits or Ed25519", default=""
    )
    delivery_retry_seconds: tuple[int, ...] = setting(
        parsers.seconds_list,
        "waits between the attempts to deliver one message, then the portal gives up (assumption)",
        unit="seconds, list",
        default="60,300,900,3600,10800,21600,43200,86400",
    )
    dagoverzicht_at: time = setting(
        parsers.time_of_day,
        "from this hour the daily digests leave (assumption)",
        unit="hh:mm in the Netherlands",
        default="07:00",
    )
    dagoverzicht_max_bytes: int = setting(
        parsers.positive,
        "a digest that would be larger is divided over several mails (assumption: mail servers take 10 MB)",
        unit="bytes",
        default="9000000",
    )

    inbound_max_bytes: int = setting(
        parsers.positive,
        "of a longer received mail only this much is kept (assumption)",
        unit="bytes",
        default="20971520",
    )
    inbound_full_retry_seconds: tuple[int, ...] = setting(
        parsers.seconds_list,
        "waits before a message to a full mailbox goes again, then the portal gives up (assumption)",
        unit="seconds, list",
        default="86400,259200",
    )
    inbound_unknown_days: int = setting(
        parsers.positive,
        "a received mail that belongs to no case is kept this long (assumption)",
        unit="days",
        default="90",
    )
    inbound_imap_host: str = setting(
        parsers.text, "IMAP server of the mailbox that `portal inbound --imap` reads; empty = none", default=""
    )
    inbound_imap_port: int = setting(parsers.port, "its port, TLS from the first byte", default="993")
    inbound_imap_username: str = setting(parsers.text, "user name at the IMAP server", default="")
    inbound_imap_password: str = setting(parsers.text, "password at the IMAP server", default="", secret=True)
    inbound_imap_folder: str = setting(parsers.text, "folder that is read", default="INBOX")
    inbound_imap_done_folder: str = setting(
        parsers.text, "folder that mails go to once kept; empty = they stay and are marked as read", default=""
    )
    end_notice_delay_seconds: int = setting(
        parsers.positive,
        "schuldeisers hear that a pause ends this long after the hulpvrager was told (assumption)",
        unit="seconds",
        default="900",
    )

    beschikking_weken: int = setting(
        parsers.beschikking_weken,
        "the beschikking comes so long after the first conversation, where the organisatie chose no term (Wgs art. 4a)",
        unit="weeks, 8 at most",
        default="8",
    )

    watch_end_days: tuple[int, ...] = setting(
        parsers.days_list,
        "hulpverlener and hulpvrager hear so long before it that a pause ends (assumption: 30, 14 and 7)",
        unit="days, list",
        default="30,14,7",
    )

    watch_answer_werkdagen: int = setting(
        parsers.positive,
        "a schuldeiser that did not answer for so many whole working days is reminded (assumption)",
        unit="working days",
        default="10",
    )
    watch_reminder_werkdagen: int = setting(
        parsers.positive,
        "so long after the reminder a hulpverlener is asked to telephone (assumption)",
        unit="working days",
        default="5",
    )
    watch_call_werkdagen: int = setting(
        parsers.positive,
        "so long after that a schuldeiser that is still silent is listed for the NVVK (assumption)",
        unit="working days",
        default="5",
    )

    teammail_at: time = setting(
        parsers.time_of_day,
        "from this hour on working days teams that want it get the mail about their work (assumption)",
        unit="hh:mm in the Netherlands",
        default="07:30",
    )

    link_seconds: int = setting(
        parsers.positive, "life of a sign-in link sent by mail (assumption)", unit="seconds", default="1800"
    )
    invitation_seconds: int = setting(
        parsers.positive,
        "life of a mailed link with which a member of staff chooses a password (assumption)",
        unit="seconds",
        default="259200",
    )
    overview_link_seconds: int = setting(
        parsers.positive,
        "life of the mailed link to all that waits for an answer of one mailbox: a working day (assumption)",
        unit="seconds",
        default="28800",
    )
    answer_link_days: int = setting(
        parsers.positive,
        "an answer link still says that the pause is over for this long after its last day (assumption)",
        unit="days",
        default="30",
    )
    akkoord_days: int = setting(
        parsers.positive,
        "a question for a second member of staff is over when nobody answered for this long (assumption)",
        unit="days",
        default="14",
    )
    concept_days: int = setting(
        parsers.positive,
        "an unsent request is kept this long after the last change (assumption)",
        unit="days",
        default="30",
    )
    retention_ingetrokken_days: int = setting(
        parsers.positive,
        "a withdrawn request of which no schuldeiser was told is kept this long (assumption: 1 year)",
        unit="days",
        default="365",
    )
    retention_niet_goedgekeurd_days: int = setting(
        parsers.positive,
        "a request that was not approved is kept this long after the decision (assumption: 3 years)",
        unit="days",
        default="1096",
    )
    retention_goedgekeurd_days: int = setting(
        parsers.positive,
        "an approved request is kept this long after its end (assumption: 7 years)",
        unit="days",
        default="2557",
    )
    hulpvrager_session_seconds: int = setting(
        parsers.positive, "longest session of a hulpvrager (assumption)", unit="seconds", default="14400"
    )
    quick_exit_url: str = setting(
        parsers.https_url,
        "neutral public site that 'Snel weg' leads to (assumption: the weather is nobody's secret)",
        default="https://www.knmi.nl/",
    )
    staff_idle_seconds: int = setting(
        parsers.positive,
        "staff are signed out after this long without a click (assumption)",
        unit="seconds",
        default="1800",
    )
    staff_session_seconds: int = setting(
        parsers.positive, "longest session of staff (assumption)", unit="seconds", default="43200"
    )

    api_token_seconds: int = setting(
        parsers.positive, "life of a token of the API for schuldeisers (assumption)", unit="seconds", default="1800"
    )

    api_fetch_werkdagen: int = setting(
        parsers.positive,
        "what a schuldeiser did not fetch and acknowledge by then is work for the hulpverlener (assumption)",
        unit="working days",
        default="3",
    )

    address_check_months: int = setting(
        parsers.positive,
        "an e-mail address of a schuldeiser that nobody checked for this long is to be checked again (assumption)",
        unit="months",
        default="12",
    )

    worker_concurrency: int = setting(parsers.positive, "jobs at once per worker process", default="4")
    worker_heartbeat_seconds: int = setting(
        parsers.positive, "a worker reports that it lives this often", unit="seconds", default="10"
    )
    worker_stalled_seconds: int = setting(
        parsers.positive,
        "a worker silent for this long counts as dead: its jobs are taken over",
        unit="seconds",
        default="30",
    )

    digid_issuer: str = setting(
        parsers.issuer_url, "OpenID Connect issuer of the DigiD broker; empty = no DigiD", default=""
    )
    digid_client_id: str = setting(parsers.text, "client id at the DigiD broker", default="")
    digid_client_secret: str = setting(parsers.text, "client secret at the DigiD broker", default="", secret=True)
    digid_scope: str = setting(parsers.text, "scopes asked for at the DigiD broker", default="openid")
    digid_claim_bsn: str = setting(parsers.text, "claim that carries the BSN (assumption)", default="bsn")
    digid_claim_given_names: str = setting(parsers.text, "claim with the first names", default="given_name")
    digid_claim_prefix: str = setting(
        parsers.text, "claim with the voorvoegsel (assumption)", default="family_name_prefix"
    )
    digid_claim_family_name: str = setting(parsers.text, "claim with the family name", default="family_name")
    digid_claim_birth_date: str = setting(parsers.text, "claim with the date of birth", default="birthdate")

    staff_oidc_issuer: str = setting(
        parsers.issuer_url, "OpenID Connect issuer of the staff's own accounts; empty = passwords only", default=""
    )
    staff_oidc_client_id: str = setting(parsers.text, "client id there", default="")
    staff_oidc_client_secret: str = setting(parsers.text, "client secret there", default="", secret=True)
    staff_oidc_scope: str = setting(
        parsers.text,
        "scopes asked for there; add `offline_access` where a refresh token needs it",
        default="openid profile email",
    )
    staff_oidc_claim_name: str = setting(parsers.text, "claim with the name", default="name")
    staff_oidc_claim_roles: str = setting(parsers.text, "claim with the groups or roles (assumption)", default="roles")
    staff_oidc_roles: tuple[tuple[str, str], ...] = setting(
        parsers.role_map,
        "what these groups may do here, as `GROUP=hulpverlener,OTHER=beheerder`; who has none is not let in",
        default="",
    )
    staff_oidc_claim_gemeenten: str = setting(
        parsers.text,
        "claim with the CBS codes of the gemeenten; one organisatie must work for all that take part (assumption)",
        default="gemeenten",
    )
    staff_oidc_recheck_seconds: int = setting(
        parsers.positive,
        "the provider is asked again whether somebody is still in, when its last answer is older (assumption)",
        unit="seconds",
        default="300",
    )

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raises SettingsError that names everything missing or wrong at once."""
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        if given.get("PORTAL_ENV") == "development":
            given = development_values(given) | given
        values: dict[str, Any] = {}
        problems = [problem for each in fields(cls) if (problem := _read(each, given, values))]
        problems += rules.broken(given, values)
        if problems:
            raise SettingsError(problems)
        values["database_owner_url"] = values["database_owner_url"] or values["database_url"]
        values["mail_envelope_domain"] = values["mail_envelope_domain"] or values["mail_from"].rpartition("@")[2]
        return cls(**values)

    @property
    def is_development(self) -> bool:
        return self.portal_env == "development"

    @property
    def dkim_enabled(self) -> bool:
        return bool(self.mail_dkim_domain)

    @property
    def digid_enabled(self) -> bool:
        return bool(self.digid_issuer)

    @property
    def staff_oidc_enabled(self) -> bool:
        return bool(self.staff_oidc_issuer)


def development_values(given: Mapping[str, str]) -> dict[str, str]:
    """The values of config/development.env, with a BASE_URL that follows HOST and PORT.

    DATABASE_URL is empty there: the command line fills it in with the embedded PostgreSQL.
    """
    lines = DEVELOPMENT_FILE.read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    merged = values | dict(given)
    port = merged["PORT"] if merged["PORT"].isdigit() else "8000"  # a wrong PORT is reported once, as PORT
    return values | {"BASE_URL": f"http://{network_address(merged['HOST'], port)}"}


def network_address(host: str, port: object) -> str:
    """`host:port`, as in an address on the web: an IPv6 address goes between brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _read(each: "Field[Any]", given: Mapping[str, str], values: dict[str, Any]) -> str | None:
    name, default = each.name.upper(), each.metadata["default"]
    raw = given.get(name, default)
    if raw is None and name == "DATABASE_URL" and given.get("PORTAL_ENV") == "development":
        raw = ""
    if raw is None:
        return f"{name} is missing: {each.metadata['meaning']}."
    try:
        values[each.name] = each.metadata["parse"](raw) if raw else raw
    except ValueError as error:
        return f"{name} {error}."
    return None
