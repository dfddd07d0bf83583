"""A key on a phone, a computer or a stick with which a member of staff signs in."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, HasId


class Passkey(HasId, Base):
    """What is needed to recognise the key; the secret never leaves it. `naam` is what its owner calls it.

    `teller` is the last count of signatures that it told: one that goes back is a copy.
    """

    __tablename__ = "passkey"

    medewerker_id: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"), index=True)
    naam: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    teller: Mapped[int]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """This portal as a passkey knows it: the host name, and the address of its pages."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty:
    """From the address of the portal as people see it."""
    parts = urlsplit(base_url)
    return RelyingParty(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def possible(base_url: str) -> bool:
    """Whether browsers make passkeys for this address: not for a bare network address (WebAuthn, 5.1.2)."""
    try:
        ip_address(relying_party(base_url).id)
    except ValueError:
        return True
    return False
