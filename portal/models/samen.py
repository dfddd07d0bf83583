"""What two people in one request have together, and what is of one alone."""

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.domain.antwoorden import Adres
from portal.domain.schuldenaar import Schuldenaar
from portal.models.partner import Partner
from portal.models.schuld import Schuld


class Samen:
    """Of a pauzeverzoek, with or without a partner."""

    if TYPE_CHECKING:

        @property
        def adres(self) -> Adres: ...
        @property
        def partner(self) -> Partner | None: ...
        @property
        def schulden(self) -> list[Schuld]: ...

    @property
    def schulden_for_hulpvrager(self) -> list[Schuld]:
        """What the hulpvrager sees of the list: the own schulden and those of both."""
        return [schuld for schuld in self.schulden if schuld.schuldenaar is not Schuldenaar.PARTNER]

    @property
    def is_partner_told(self) -> bool:
        """Whether schuldeisers may know of the partner: that takes the partner's own toestemming."""
        return self.partner is not None and self.partner.toestemming is not None

    @property
    def has_geheim_adres(self) -> bool:
        """Whether the address of somebody who may stand in a message is secret."""
        return self.adres.geheim or (self.partner is not None and self.partner.geheim)

    def is_betrayed_by(self, text: str) -> bool:
        """Whether a text that goes out holds the postcode of a secret address: the two of a request share one."""
        return replace(self.adres, geheim=self.has_geheim_adres).is_betrayed_by(text)
