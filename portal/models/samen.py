"""What two people in one request have together, and what is of one alone."""

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.domain.antwoorden import Adres, Antwoorden, is_samen
from portal.domain.errors import NotFound
from portal.domain.schuldenaar import Schuldenaar
from portal.models.partner import Partner
from portal.models.schuld import Schuld


class Samen:
    """Of a pauzeverzoek, with or without a partner."""

    if TYPE_CHECKING:

        @property
        def antwoorden(self) -> Antwoorden: ...
        @property
        def adres(self) -> Adres: ...
        @property
        def partner(self) -> Partner | None: ...
        @property
        def schulden(self) -> list[Schuld]: ...
        @property
        def onvolledig(self) -> bool: ...
        @property
        def is_open(self) -> bool: ...
        @property
        def is_running(self) -> bool: ...

    @property
    def may_have_partner(self) -> bool:
        """Whether a partner can be taken down, or changed: while anything may still be told."""
        return not self.onvolledig and (self.is_open or self.is_running)

    @property
    def may_forget_partner(self) -> bool:
        """Whether the partner was added by mistake: never agreed, which is evidence, and owes none of the schulden."""
        partner = self.partner
        return partner is not None and not partner.toestemmingen and not any(each.schuldenaar for each in self.schulden)

    def expect_partner(self) -> Partner:
        """The partner. Raises NotFound without one."""
        if self.partner is None:
            raise NotFound("partner")
        return self.partner

    @property
    def schulden_for_hulpvrager(self) -> list[Schuld]:
        """What the hulpvrager sees of the list: the own schulden, those of both, and what he told himself."""
        return [
            each for each in self.schulden if each.schuldenaar is not Schuldenaar.PARTNER or not each.verteld.gehoord
        ]

    @property
    def is_of_two(self) -> bool:
        """Whether a second person is in it, or was told of."""
        told = is_samen(self.antwoorden) or any(schuld.schuldenaar for schuld in self.schulden)
        return self.partner is not None or told

    @property
    def is_partner_told(self) -> bool:
        """Whether schuldeisers may know of the partner: that takes the partner's own toestemming."""
        return self.partner is not None and self.partner.toestemming is not None

    @property
    def is_partner_geheim(self) -> bool:
        """Whether the partner's address is secret, whether or not a message names the partner."""
        return self.partner is not None and self.partner.geheim

    @property
    def has_geheim_adres(self) -> bool:
        """Whether the address of somebody who may stand in a message is secret."""
        return self.adres.geheim or self.is_partner_geheim

    def is_betrayed_by(self, text: str) -> bool:
        """Whether a text that goes out holds the postcode of a secret address: the two of a request share one."""
        return replace(self.adres, geheim=self.has_geheim_adres).is_betrayed_by(text)
