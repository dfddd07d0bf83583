"""All checks of `portal doctor mail`, one after the other; one that cannot be made does not keep the others from it."""

from collections.abc import Callable, Iterator

from config.settings import Settings
from portal.delivery.doctor import checks, hosts
from portal.delivery.doctor.finding import Finding, unseen
from portal.delivery.doctor.lookup import Lookup, Unanswered
from portal.delivery.doctor.server import hand_over

SMTP_PORT = 25
"""Where mail servers of the world meet."""


def examine(settings: Settings, lookup: Lookup, smtp_port: int = SMTP_PORT) -> Iterator[Finding]:
    """Every finding, in the order in which things are best mended."""
    asked: dict[str, Callable[[], Iterator[Finding]]] = {
        "Sender": lambda: checks.sender(settings),
        "STARTTLS": lambda: hand_over(settings),
        "PTR": lambda: hosts.ptr(settings, lookup),
        "SPF": lambda: checks.spf(settings, lookup),
        "DKIM": lambda: checks.dkim(settings, lookup),
        "DMARC": lambda: checks.dmarc(settings, lookup),
        "MX": lambda: hosts.dane(settings, lookup, smtp_port),
    }
    for subject, check in asked.items():
        try:
            yield from check()
        except Unanswered as error:
            yield unseen(subject, f"The name server did not answer ({error}).")
