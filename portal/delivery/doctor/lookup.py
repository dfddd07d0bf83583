"""Questions to the domain name system: an empty answer is an answer, silence is not."""

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import dns.exception
import dns.flags
import dns.name
import dns.rdatatype
import dns.resolver
import dns.reversename

SECONDS = 3
"""Longest wait for one answer. Assumption: a resolver that needs longer is as good as silent."""

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unanswered(Exception):
    """The resolver did not answer, or could not find out. Its text is the question."""


@dataclass(frozen=True, slots=True)
class Tlsa:
    """A TLSA record: how a certificate is recognised (RFC 6698)."""

    usage: int
    selector: int
    matching: int
    digest: bytes


class Lookup:
    """One resolver: that of this machine, or the one at `address` (with `#port` when it is not 53)."""

    def __init__(self, address: str = "", seconds: float = SECONDS) -> None:
        self._make: Callable[[], dns.resolver.Resolver] = lambda: _resolver(address, seconds)

    def txt(self, name: str) -> list[str]:
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")[0]]

    def mx(self, name: str) -> list[str]:
        """Host names in order of preference. `.` (RFC 7505: takes no mail) is left out."""
        records = sorted(self._ask(name, "MX")[0], key=lambda record: (record.preference, record.exchange))
        return [_plain(record.exchange) for record in records if record.exchange != dns.name.root]

    def addresses(self, name: str) -> list[IpAddress]:
        """IPv4 and IPv6; an address stands for itself."""
        try:
            return [ipaddress.ip_address(name)]
        except ValueError:
            found = [record for kind in ("A", "AAAA") for record in self._ask(name, kind)[0]]
            return [ipaddress.ip_address(record.address) for record in found]

    def names(self, address: IpAddress) -> list[str]:
        """What the address calls itself (PTR)."""
        return [
            _plain(record.target) for record in self._ask(str(dns.reversename.from_address(str(address))), "PTR")[0]
        ]

    def tlsa(self, name: str) -> tuple[list[Tlsa], bool]:
        """The records, and whether the resolver vouches for them with DNSSEC."""
        records, vouched = self._ask(name, "TLSA")
        return [Tlsa(record.usage, record.selector, record.mtype, record.cert) for record in records], vouched

    def _ask(self, name: str, kind: str) -> tuple[list[Any], bool]:
        try:
            answer = self._make().resolve(name, kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return [], False
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise Unanswered(f"{kind} of {name}") from error
        return list(answer), bool(answer.response.flags & dns.flags.AD)


def _resolver(address: str, seconds: float) -> dns.resolver.Resolver:
    made = dns.resolver.Resolver(configure=not address)
    if address:
        host, _, port = address.partition("#")
        made.nameservers, made.port = [host], int(port or 53)
    made.lifetime = seconds
    made.use_edns(0, dns.flags.DO, 1232)
    made.flags = dns.flags.RD | dns.flags.AD
    return made


def _plain(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()


def is_internal(address: IpAddress) -> bool:
    """Whether nobody outside can see mail come from it."""
    return address.is_loopback or address.is_link_local or any(address in network for network in _internal(address))


def _internal(address: IpAddress) -> Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    networks = map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
    return (network for network in networks if network.version == address.version)
