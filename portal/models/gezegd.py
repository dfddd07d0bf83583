"""What the hulpvrager said in a pauzeverzoek, sealed, and the keyed indexes under which it is found again."""

from sqlalchemy.orm import Mapped

from portal.domain.antwoorden import Adres, Bellen, Contact, Persoon
from portal.models.base import HasId
from portal.models.sealed import Sealed, sealed_column
from portal.models.zoekindex import email_index, search_index


class Gezegd(HasId):
    """The answers are one sealed document; `bellen` is what was said about a call that was asked for."""

    antwoorden_sealed: Mapped[bytes] = sealed_column()
    bellen_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    naam_index: Mapped[bytes | None]
    geboorte_index: Mapped[bytes | None]
    email_index: Mapped[bytes | None]

    antwoorden = Sealed()
    bellen = Sealed()

    @property
    def persoon(self) -> Persoon:
        return Persoon.read(self.antwoorden)

    @property
    def adres(self) -> Adres:
        return Adres.read(self.antwoorden)

    @property
    def contact(self) -> Contact:
        return Contact.read(self.antwoorden)

    @property
    def gebeld_als(self) -> Bellen:
        """Whom to call, where and when; empty when nobody asked for a call."""
        return Bellen.read(self.bellen or {})

    @property
    def naam(self) -> str:
        """The name as far as it is known."""
        return self.persoon.naam or self.gebeld_als.naam

    @property
    def initialen(self) -> str:
        """All that a list shows of the name."""
        return self.persoon.initialen or self.gebeld_als.initialen

    @property
    def telefoon(self) -> str:
        """The number to call. Empty when none is known."""
        return self.contact.telefoon or self.gebeld_als.telefoon

    def index(self) -> None:
        """Make the case findable by what is said now."""
        persoon, contact = self.persoon, self.contact
        self.naam_index = search_index("naam", persoon.achternaam or self.gebeld_als.naam.rpartition(" ")[2])
        geboren_on = persoon.geboren_on
        self.geboorte_index = search_index("geboren", geboren_on.isoformat()) if geboren_on else None
        self.email_index = email_index(contact.link_email)
