"""From a frozen message to the bytes of a mail: the same message gives the same bytes, today and after a crash."""

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from functools import cached_property

import flask_mail

from portal.actions.zending import Zending
from portal.delivery.dkim import Signer
from portal.texts.veilig import single_line

# No question mark: with it an encoded word (=?...?=) would pass for an address.
_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]{1,64}")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}")
_TOKEN = re.compile(r"[A-Za-z0-9]{1,64}")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.@_+-]{3,250}>")

# Signs with a meaning of their own in an address. Quoting them is not enough everywhere: encoders have erred.
_NOT_IN_NAAM = re.compile(r'[,;:<>@"()\[\]\\]')

MAX_NAAM = 120
"""Signs in the display name of the sender."""


class AddressNotUsable(ValueError):
    """There is no single plain mail address in this text."""


def mail_address(text: str) -> Address:
    """The one address that is meant, with its domain in ASCII. Raises AddressNotUsable.

    Stricter than the standard on purpose: what could be read as two addresses, a name or a header is no address.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressNotUsable("domain") from error
    if not at or not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise AddressNotUsable("address")
    return Address(username=local, domain=domain)


class FrozenMessage(flask_mail.Message):
    """One frozen message to one recipient. Nothing in it depends on the hour, the machine or chance."""

    def __init__(self, zending: Zending, mail_from: str, signer: Signer | None = None) -> None:
        self.zending, self.signer = zending, signer
        self.to = mail_address(zending.aan)
        self.from_ = _named(zending.afzender_naam, mail_address(mail_from))
        super().__init__(
            subject=header_text(zending.onderwerp),
            recipients=[self.to.addr_spec],
            sender=self.from_.addr_spec,
            body=zending.tekst,
            html=zending.html,
            date=zending.issued_at.timestamp(),
        )
        self.msgId = _checked(_MESSAGE_ID, zending.message_id)

    def as_bytes(self) -> bytes:
        """By the e-mail package's own encoder: Flask-Mail's writes raw 8-bit lines and a boundary by chance."""
        return self.signer.sign(self.plain) if self.signer else self.plain

    @cached_property
    def plain(self) -> bytes:
        """The mail without a signature: what the proof of a dossier shows."""
        return self._mail().as_bytes()

    def as_string(self) -> str:
        return self.as_bytes().decode("ascii")

    def _mail(self) -> EmailMessage:
        mail = EmailMessage(policy=SMTP_POLICY)
        mail["From"] = self.from_
        mail["To"] = self.to
        if self.zending.antwoord_aan:
            mail["Reply-To"] = mail_address(self.zending.antwoord_aan)
        mail["Subject"] = self.subject
        mail["Date"] = self.zending.issued_at
        mail["Message-ID"] = self.msgId
        mail["Auto-Submitted"] = "auto-generated"
        # No holiday replies and receipts; a report of non-delivery must come back.
        mail["X-Auto-Response-Suppress"] = "RN, NRN, OOF, AutoReply"
        mail.set_content(self.zending.tekst, cte="quoted-printable")
        mail.add_alternative(self.zending.html, subtype="html", cte="quoted-printable")
        for bijlage in self.zending.bijlagen:
            maintype, _, subtype = bijlage.mimetype.partition("/")
            mail.add_attachment(bijlage.inhoud, maintype, subtype, filename=bijlage.naam)
        # Last: making a message of parts drops what it says of its content.
        mail["Content-Language"] = self.zending.taal
        for at, part in enumerate(part for part in mail.walk() if part.is_multipart()):
            part.set_boundary("=_" + hashlib.sha256(f"{at}{self.msgId}".encode()).hexdigest()[:32])
        return mail


def mail_bytes(zending: Zending, mail_from: str) -> bytes:
    """The mail of a frozen message, without a signature. Raises AddressNotUsable."""
    return FrozenMessage(zending, mail_from).plain


def header_text(text: str) -> str:
    """One line without encoded words (=?...?=): the e-mail package would decode them, line breaks and all."""
    return single_line(text).replace("=?", "= ?")


def envelope_sender(zending: Zending, domain: str) -> str:
    """The address to which a bounce comes back: it names the delivery and nothing else."""
    return f"bounce+{_checked(_TOKEN, zending.envelope_token)}@{domain}"


def _named(naam: str, address: Address) -> Address:
    return Address(
        header_text(single_line(_NOT_IN_NAAM.sub(" ", naam), MAX_NAAM)),
        username=address.username,
        domain=address.domain,
    )


def _checked(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError("a message was issued with an unusable envelope")
    return value
