"""Staff in every role, and how they sign in. Passwords and secrets are known to everybody: development only."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from portal.actions.inloggen import hash_password
from portal.actions.work import Work
from portal.domain.roles import Role
from portal.models import Medewerker, Organisatie

WACHTWOORD = "pauzeknop-demonstratie"
"""One password for all demonstration accounts: there is nothing behind it to protect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One demonstration account. `organisatie` is the key of a loket, None for a landelijk beheerder."""

    naam: str
    email: str
    role: Role
    organisatie: str | None
    enrolled: bool = True


def _at(key: str, *people: tuple[str, Role]) -> tuple[Account, ...]:
    return tuple(
        Account(naam=naam, email=f"{naam.split()[0].lower()}@{key}.example", role=role, organisatie=key)
        for naam, role in people
    )


LANDELIJK = Account(
    naam="Wouter Dekker",
    email="wouter@landelijk.example",
    role=Role.LANDELIJK_BEHEERDER,
    organisatie=None,
)
"""Made last of all: when this account is there, the whole world is."""

ACCOUNTS = (
    *_at(
        "vechtenrijn",
        ("Sanne de Boer", Role.HULPVERLENER),
        ("Youssef Benali", Role.HULPVERLENER),
        ("Marit Hoekstra", Role.TEAMLEIDER),
        ("Kees Vermeer", Role.BEHEERDER),
        ("Noor Jansen", Role.AUDITOR),
    ),
    *_at(
        "gooiland",
        ("Fatima Yilmaz", Role.HULPVERLENER),
        ("Bram Visser", Role.HULPVERLENER),
        ("Ineke Mulder", Role.TEAMLEIDER),
        ("Sander Kok", Role.BEHEERDER),
        ("Priya Ramdin", Role.AUDITOR),
    ),
    Account(
        naam="Lotte Smit",
        email="lotte@vechtenrijn.example",
        role=Role.HULPVERLENER,
        organisatie="vechtenrijn",
        enrolled=False,
    ),
    Account(naam="Hanna Brouwer", email="hanna@landelijk.example", role=Role.LANDELIJK_BEHEERDER, organisatie=None),
    LANDELIJK,
)


def totp_secret(email: str) -> str:
    """The secret of an enrolled account: the same on every machine, so a phone that knows it keeps working."""
    return base64.b32encode(hashlib.sha256(f"demonstratie:{email}".encode()).digest()[:20]).decode()


def add_medewerker(work: Work, account: Account, organisaties: dict[str, Organisatie]) -> None:
    """One account. Who is not enrolled chooses an authenticator app at the first sign-in."""
    medewerker = Medewerker(
        organisatie_id=organisaties[account.organisatie].id if account.organisatie else None,
        naam=account.naam,
        email=account.email,
        wachtwoord_hash=_hash(),
        rollen=[account.role.value],
        created_at=work.now,
    )
    if account.enrolled:
        medewerker.totp, medewerker.enrolled_at = totp_secret(account.email), work.now
    work.add(medewerker)


@cache
def _hash() -> str:
    """One salt for all of them: hashing is slow on purpose, and the password is printed at every start."""
    return hash_password(WACHTWOORD)
