"""What the claims of the staff's identity provider mean here."""

from collections.abc import Iterable, Mapping
from typing import Any

from config.settings import Settings
from portal.domain.email import is_email
from portal.domain.roles import Role
from portal.domain.werkaccount import Werkidentiteit
from portal.web.forms import clean

MAX_NAAM = 80
MAX_SUBJECT = 255
"""Characters of a subject (OpenID Connect Core 1.0, 2)."""


def read(claims: Mapping[str, Any], settings: Settings) -> Werkidentiteit | None:
    """None when a part is missing. The roles and gemeenten may be a list, or one text divided by spaces or commas."""
    subject, naam = _text(claims.get("sub")), _text(claims.get(settings.staff_oidc_claim_name))
    email = _text(claims.get("email"))
    if not subject or len(subject) > MAX_SUBJECT or not naam or len(naam) > MAX_NAAM or not is_email(email):
        return None
    granted = set(_values(claims.get(settings.staff_oidc_claim_roles)))
    return Werkidentiteit(
        subject=subject,
        naam=naam,
        email=email,
        email_verified=claims.get("email_verified") is True,
        roles=frozenset(Role(role) for value, role in settings.staff_oidc_roles if value in granted),
        gemeenten=frozenset(_values(claims.get(settings.staff_oidc_claim_gemeenten))),
    )


def _values(claim: Any) -> Iterable[str]:
    parts = claim.replace(",", " ").split() if isinstance(claim, str) else claim if isinstance(claim, list) else ()
    return (part for part in parts if isinstance(part, str) and "\0" not in part)


def _text(claim: Any) -> str:
    text = (clean(claim) or "") if isinstance(claim, str) else ""
    return "" if "\n" in text else text
