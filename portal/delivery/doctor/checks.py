"""What DNS says of the sender: the checks of `portal doctor mail` on SPF, DKIM and DMARC."""

import base64
import binascii
from collections.abc import Iterator

from config.settings import Settings
from portal.delivery.dkim import Signer
from portal.delivery.doctor.finding import Finding, right, txt_record, unseen, wrong
from portal.delivery.doctor.lookup import IpAddress, Lookup, is_internal
from portal.delivery.doctor.spf import Reading, SpfUnseen, SpfWrong, spf_record

TELLING = ("pauze", "schuld")
"""Words in a sender's address that give a hulpvrager away to whoever reads along."""


def sender(settings: Settings) -> Iterator[Finding]:
    """Whether From and envelope belong together, and give nobody away."""
    author, envelope = domain_of(settings.mail_from), settings.mail_envelope_domain
    if is_aligned(author, envelope, strict=False):
        yield right("Sender", f"MAIL_FROM ({author}) and the bounce addresses ({envelope}) belong together.")
    else:
        yield wrong(
            "Sender",
            f"MAIL_FROM is at {author} and the bounce addresses at {envelope}: SPF then says nothing about From. "
            f"Make MAIL_ENVELOPE_DOMAIN {author}, or a domain under it.",
        )
    if any(word in settings.mail_from.lower() for word in TELLING):
        yield wrong(
            "Sender", f"{settings.mail_from} tells whoever reads along what it is about. Take a neutral address."
        )


def spf(settings: Settings, lookup: Lookup) -> Iterator[Finding]:
    """Whether the domain of the bounce addresses lets MAIL_SERVER send, and nobody else."""
    domain = settings.mail_envelope_domain
    addresses = lookup.addresses(settings.mail_server)
    outside = [address for address in addresses if not is_internal(address)]
    try:
        record = spf_record(lookup, domain)
        if record is None:
            yield wrong("SPF", f"{domain} has no SPF record.", txt_record(domain, _spf_text(outside)))
            return
        yield _spf_end(domain, record)
        if not outside:
            yield unseen("SPF", f"MAIL_SERVER has no address that the outside sees; {domain} says: {record}")
        for address in outside:
            yield _spf_of(lookup, domain, record, address)
    except SpfWrong as error:
        yield wrong("SPF", f"The SPF record {error}.")
    except SpfUnseen:
        yield unseen("SPF", f"The SPF record of {domain} depends on the mail itself (macros, exists or ptr).")


def _spf_end(domain: str, record: str) -> Finding:
    last = record.rsplit(maxsplit=1)[-1].lower()
    if last in {"-all", "~all"} or last.startswith("redirect="):
        return right("SPF", f"{domain} has a record, and it ends in {last}.")
    strict = f"{record.removesuffix('+all').removesuffix('?all').removesuffix(' all').strip()} -all"
    return wrong("SPF", f"The record of {domain} lets everybody send: it must end in -all.", txt_record(domain, strict))


def _spf_of(lookup: Lookup, domain: str, record: str, address: IpAddress) -> Finding:
    if Reading(lookup, address).result(domain) == "+":
        return right("SPF", f"{domain} lets {address} (MAIL_SERVER) send.")
    first, _, rest = record.partition(" ")
    return wrong(
        "SPF",
        f"{domain} does not let {address} (MAIL_SERVER) send. Name it, or the address that it sends from.",
        txt_record(domain, f"{first} {_ip(address)} {rest}".strip()),
    )


def _spf_text(addresses: list[IpAddress]) -> str:
    return " ".join(["v=spf1", *map(_ip, addresses), "-all"]) if addresses else "v=spf1 ip4:ADDRESS -all"


def _ip(address: IpAddress) -> str:
    return f"ip{address.version}:{address}"


def dkim(settings: Settings, lookup: Lookup) -> Iterator[Finding]:
    """Whether the public key in DNS is that of our private one."""
    signer = Signer.from_settings(settings)
    if signer is None:
        yield unseen(
            "DKIM", "MAIL_DKIM_DOMAIN is empty, so the outgoing mail server must sign; that cannot be seen here."
        )
        return
    name, text = signer.record()
    found = lookup.txt(name)
    if any(_public_key(each) == _public_key(text) for each in found) and len(found) == 1:
        yield right("DKIM", f"{name} holds the public key that belongs to MAIL_DKIM_KEY_FILE.")
    elif len(found) > 1:
        yield wrong("DKIM", f"{name} has {len(found)} records; there must be one.", txt_record(name, text))
    else:
        what = "holds another key than MAIL_DKIM_KEY_FILE" if found else "is not there"
        yield wrong("DKIM", f"{name} {what}: receivers cannot check our signatures.", txt_record(name, text))


def _public_key(record: str) -> bytes:
    tags = _tags(record)
    try:
        return base64.b64decode(tags.get("p", ""))
    except binascii.Error:
        return b""


def dmarc(settings: Settings, lookup: Lookup) -> Iterator[Finding]:
    """Whether the domain of From says what to do with forgeries, and our mail passes."""
    author = domain_of(settings.mail_from)
    wanted = txt_record(f"_dmarc.{author}", f"v=DMARC1; p=reject; rua=mailto:dmarc@{author}")
    place, found = _dmarc_record(lookup, author)
    if len(found) != 1:
        what = f"has {len(found)} DMARC records; there must be one" if found else "has no DMARC record"
        yield wrong("DMARC", f"{place} {what}.", wanted)
        return
    tags = _tags(found[0])
    policy = tags.get("sp" if place != f"_dmarc.{author}" and "sp" in tags else "p", "none").lower()
    if policy in {"quarantine", "reject"}:
        yield right("DMARC", f"{place} asks receivers to {policy} what is forged.")
    else:
        yield wrong("DMARC", f"{place} only looks on (p={policy}): forged mail is delivered.", wanted)
    yield _dmarc_passes(settings, author, tags)


def _dmarc_record(lookup: Lookup, author: str) -> tuple[str, list[str]]:
    """The records of the domain, or else of the nearest one above it that has any."""
    labels = author.split(".")
    for start in range(len(labels) - 1):
        place = "_dmarc." + ".".join(labels[start:])
        found = [text for text in lookup.txt(place) if text.lower().startswith("v=dmarc1")]
        if found:
            return place, found
    return f"_dmarc.{author}", []


def _dmarc_passes(settings: Settings, author: str, tags: dict[str, str]) -> Finding:
    by_spf = is_aligned(author, settings.mail_envelope_domain, strict=tags.get("aspf") == "s")
    by_dkim = settings.dkim_enabled and is_aligned(author, settings.mail_dkim_domain, strict=tags.get("adkim") == "s")
    if by_dkim:
        return right("DMARC", "Our own signature passes for the domain of From, after forwarding too.")
    if by_spf:
        return right(
            "DMARC", "SPF passes for the domain of From. Forwarded mail passes only when the mail server signs."
        )
    return wrong("DMARC", f"Neither SPF nor our own signature counts for {author}: the domains must be the same there.")


def is_aligned(author: str, other: str, *, strict: bool) -> bool:
    """DMARC: the same domain, or unless strict one above the other."""
    author, other = author.lower(), other.lower()
    above = f".{author}".endswith(f".{other}") or f".{other}".endswith(f".{author}")
    return author == other or (above and not strict)


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip().replace(" ", "") for name, _, value in pairs}
