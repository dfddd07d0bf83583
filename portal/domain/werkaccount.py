"""Who the identity provider of an organisation says that a member of staff is."""

from dataclasses import dataclass

from portal.domain.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Werkidentiteit:
    """`subject` names the person at the provider for ever. `gemeenten` are the CBS codes that he works for."""

    subject: str
    naam: str
    email: str
    email_verified: bool
    roles: frozenset[Role]
    gemeenten: frozenset[str]
