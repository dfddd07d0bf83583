"""What DNS says of the mail servers: the checks of `portal doctor mail` on MX, DANE and PTR."""

import re
from collections.abc import Iterator

from config.settings import Settings
from portal.delivery.doctor.checks import domain_of
from portal.delivery.doctor.finding import Finding, right, unseen, wrong
from portal.delivery.doctor.lookup import Lookup, is_internal
from portal.delivery.doctor.server import key_digest

DANE_EE, SPKI, SHA256 = 3, 1, 1
"""The usual TLSA record: the public key of the server's own certificate, by SHA-256."""


def dane(settings: Settings, lookup: Lookup, port: int) -> Iterator[Finding]:
    """Whether bounces find their way to us, and over a connection that is checked (TLSA)."""
    domains = dict.fromkeys([settings.mail_envelope_domain, domain_of(settings.mail_from)])
    hosts: dict[str, None] = {}
    for domain in domains:
        found = lookup.mx(domain)
        hosts.update(dict.fromkeys(found))
        if found:
            yield right("MX", f"Mail to {domain} goes to {', '.join(found)}.")
        else:
            told = f"{domain} takes no mail: bounces are lost, and some receivers refuse what it sends."
            yield wrong("MX", told, f"{domain}. IN MX 10 {_name(settings.mail_server)}.")
    for host in hosts:
        yield _tlsa(lookup, host, port)


def _tlsa(lookup: Lookup, host: str, port: int) -> Finding:
    name = f"_25._tcp.{host}"
    records, vouched = lookup.tlsa(name)
    digest = next((seen for address in lookup.addresses(host) if (seen := key_digest(str(address), port))), None)
    record = f"{name}. IN TLSA {DANE_EE} {SPKI} {SHA256} {digest.hex()}" if digest else ""
    if not records:
        how = "" if record else f" Its digest: SHA-256 of the public key of the certificate of {host}."
        return wrong("DANE", f"{host} has no TLSA record.{how}", record)
    if not vouched:
        return unseen("DANE", f"{name} is there, but this resolver does not say that DNSSEC vouches for it.")
    usual = [each.digest for each in records if (each.usage, each.selector, each.matching) == (DANE_EE, SPKI, SHA256)]
    if not digest or not usual:
        return unseen("DANE", f"{name} is there; it could not be compared with the certificate of {host}.")
    if digest in usual:
        return right("DANE", f"{name} holds the public key of {host}.")
    return wrong("DANE", f"{name} holds another public key than {host} has: careful senders no longer deliver.", record)


def ptr(settings: Settings, lookup: Lookup) -> Iterator[Finding]:
    """Whether the addresses of MAIL_SERVER have names that lead back to them."""
    for address in lookup.addresses(settings.mail_server):
        if is_internal(address):
            yield unseen("PTR", f"{address} (MAIL_SERVER) is not an address that the outside sees.")
            continue
        names = lookup.names(address)
        if any(address in lookup.addresses(name) for name in names):
            yield right("PTR", f"{address} is called {names[0]}, and that name leads back to it.")
        else:
            what = f"{names[0]}, a name that does not lead back" if names else "nothing"
            yield wrong("PTR", f"{address} is called {what}: many receivers refuse its mail. Ask its network provider.")


def _name(host: str) -> str:
    """An MX record holds a name, never an address."""
    return "NAME" if re.fullmatch(r"[0-9.]+|.*:.*", host) else host
