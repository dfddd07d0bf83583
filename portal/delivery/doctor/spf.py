"""SPF as a receiver reads it (RFC 7208): may this address send for this domain?

Only as far as a domain's own record needs it. Macros and `exists` depend on the mail itself: they count as unseen.
"""

import ipaddress
from dataclasses import dataclass, field

from portal.delivery.doctor.lookup import IpAddress, Lookup

MAX_LOOKUPS = 10
"""A record that needs more is an error to every receiver (RFC 7208, 4.6.4)."""


class SpfWrong(Exception):
    """A receiver cannot make sense of the record. Its text ends the sentence 'The SPF record of …'."""


class SpfUnseen(Exception):
    """What the record says depends on the mail."""


def spf_record(lookup: Lookup, domain: str) -> str | None:
    """The one SPF record of a domain. Raises SpfWrong, Unanswered."""
    found = [text for text in lookup.txt(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if len(found) > 1:
        raise SpfWrong(f"of {domain} is there {len(found)} times, and then none of them counts")
    return found[0] if found else None


@dataclass
class Reading:
    """One walk through the record of a domain and those that it includes."""

    lookup: Lookup
    address: IpAddress
    lookups: int = field(default=0)

    def result(self, domain: str) -> str:
        """`+` may send, `-` may not, `~` should not, `?` nothing is said. Raises SpfWrong, SpfUnseen, Unanswered."""
        record = spf_record(self.lookup, domain)
        if record is None:
            raise SpfWrong(f"includes {domain}, which has none")
        terms = record.split()[1:]
        for term in terms:
            mechanism = term.lstrip("+-~?")
            if "=" not in mechanism.partition(":")[0] and self._matches(mechanism, domain):
                return "+" if mechanism == term else term[0]
        redirect = next((term[9:] for term in terms if term.lower().startswith("redirect=")), None)
        if redirect is None:
            return "?"
        self._count()
        return self.result(redirect)

    def _matches(self, term: str, domain: str) -> bool:
        name, _, value = term.partition(":")
        name, slash, length = name.partition("/")
        if not slash:
            value, slash, length = value.partition("/") if name.lower() in {"a", "mx"} else (value, "", "")
        if "%" in value or name.lower() in {"ptr", "exists"}:
            raise SpfUnseen
        match name.lower():
            case "all":
                return True
            case "ip4" | "ip6":
                return self._in_network(value)
            case "include":
                self._count()
                return self.result(value) == "+"
            case "a":
                return self._is_at([value or domain], length)
            case "mx":
                return self._is_at(self.lookup.mx(value or domain), length)
        raise SpfWrong(f"of {domain} has a word that nobody knows: {term}")

    def _is_at(self, hosts: list[str], length: str) -> bool:
        self._count()
        bits = length.partition("/")[0]
        found = (address for host in hosts for address in self.lookup.addresses(host))
        return any(self._in_network(f"{address}/{bits}" if bits else str(address)) for address in found)

    def _in_network(self, text: str) -> bool:
        try:
            return self.address in ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise SpfWrong(f"has an address that is none: {text}") from None

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MAX_LOOKUPS:
            raise SpfWrong(f"needs more than {MAX_LOOKUPS} look-ups, and then it does not count")
