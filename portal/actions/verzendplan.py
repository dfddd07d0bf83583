"""What one approval sends: who is told what, and who is left out and why. Nothing is written here."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from portal.domain.belet import Belet
from portal.domain.errors import (
    DuurOngeldig,
    GeenOntvangers,
    GeheimAdresNietBevestigd,
    NietGekoppeld,
    ParticulierNietBevestigd,
    VoorbeeldVerouderd,
)
from portal.domain.kennisgeving import Kanaal, KennisgevingFeiten
from portal.models import Pauzeverzoek, Schuldeiser
from portal.models.ontvanger import Duur, Ontvanger, feiten, ontvangers
from portal.queries import voorbeeld

START_WITHIN_DAYS = 31
"""Days ahead in which a pause may start. Assumption: a start in the far future is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Besluit:
    """A decision to approve, taken on version `versie` of the case. `maanden` is per recipient (directory id).

    `gezien` is the fingerprint of the messages that the reviewer saw. Private persons are told with
    `particulier_bevestigd`, and left out with `zonder_particulier`.
    """

    versie: int
    gezien: str
    start_on: date
    maanden: Mapping[UUID, int]
    particulier_bevestigd: bool = False
    zonder_particulier: bool = False
    geheim_bevestigd: bool = False


@dataclass(frozen=True, slots=True)
class Verzendplan:
    """Who is told with which facts, and who is not."""

    told: list[tuple[Ontvanger, KennisgevingFeiten]]
    left_out: list[tuple[Schuldeiser, Belet]]

    @property
    def eind_on(self) -> date:
        """The last day of the longest pause."""
        return max(facts.eind_on for _, facts in self.told)

    @property
    def per_post(self) -> int:
        return sum(1 for each, _ in self.told if each.schuldeiser.channel is Kanaal.BRIEF)


def make(verzoek: Pauzeverzoek, besluit: Besluit, contactpersoon: str, today: date) -> Verzendplan:
    """Raises NietGekoppeld, GeenOntvangers, DuurOngeldig, ParticulierNietBevestigd, GeheimAdresNietBevestigd, and
    VoorbeeldVerouderd when the messages are no longer what the reviewer saw.
    """
    recipients = ontvangers(verzoek)
    _expect_decided(verzoek, recipients, besluit, today)
    if not hmac.compare_digest(besluit.gezien, voorbeeld.fingerprint(verzoek, contactpersoon, today)):
        raise VoorbeeldVerouderd(str(verzoek.id))
    hindered = [(each.schuldeiser, belet) for each in recipients if (belet := _belet(each, besluit))]
    told = [each for each in recipients if _belet(each, besluit) is None]
    if not told:
        raise GeenOntvangers(str(verzoek.id))
    facts = [(each, _facts(verzoek, each, besluit, contactpersoon, today)) for each in told]
    return Verzendplan(facts, hindered)


def _expect_decided(verzoek: Pauzeverzoek, recipients: list[Ontvanger], besluit: Besluit, today: date) -> None:
    """Every condition of an approval that can be mended on the page."""
    unmatched = [schuld.volgnummer for schuld in verzoek.schulden if not schuld.is_matched]
    if unmatched:
        raise NietGekoppeld(unmatched)
    if not today <= besluit.start_on <= today + timedelta(days=START_WITHIN_DAYS):
        raise DuurOngeldig(f"start on {besluit.start_on}")
    private = [each.schuldeiser.naam for each in recipients if each.is_particulier and not each.belet]
    if private and not (besluit.particulier_bevestigd or besluit.zonder_particulier):
        raise ParticulierNietBevestigd(private)
    if verzoek.has_geheim_adres and not besluit.geheim_bevestigd:
        raise GeheimAdresNietBevestigd(str(verzoek.id))


def _belet(recipient: Ontvanger, besluit: Besluit) -> Belet | None:
    """Who is told as a private person needs a yes; without one, or with a no, nothing goes out."""
    if recipient.is_particulier and recipient.belet is None and not besluit.particulier_bevestigd:
        return Belet.NIET_BEVESTIGD
    return recipient.belet


def _facts(
    verzoek: Pauzeverzoek, recipient: Ontvanger, besluit: Besluit, contactpersoon: str, today: date
) -> KennisgevingFeiten:
    months = besluit.maanden.get(recipient.schuldeiser.id, recipient.schuldeiser.default_maanden)
    duur = Duur(start_on=besluit.start_on, maanden=months)
    return feiten(verzoek, recipient, duur, contactpersoon, today)
