"""The form of 'Bel mij': a name and a number are enough."""

from uuid import NAMESPACE_URL, UUID, uuid5

from wtforms import StringField

from portal.domain.antwoorden import JA, Bellen
from portal.models import Pauzeverzoek
from portal.texts.talen import lazy
from portal.web.forms import MerkForm, required
from portal.web.hulpvrager.forms.gemeente import GemeenteForm
from portal.web.hulpvrager.forms.velden import InNaam, Keuze, Telefoon
from portal.web.hulpvrager.forms.vragen import MOMENTEN

VOORSTELLEN = {
    "nee": lazy("Nee, vraag alleen naar mij"),
    "ja": lazy("Ja, u mag zeggen dat de gemeente belt"),
}


class BelMijForm(MerkForm, GemeenteForm):
    """Sent twice it is one request. The gemeente is asked when none has it."""

    wie = StringField(lazy("Hoe heet u?"), [required(lazy("Vul uw naam in.")), InNaam(lazy("Uw naam"))])
    telefoon = StringField(
        lazy("Op welk nummer kunnen wij u bellen?"), [required(lazy("Vul uw telefoonnummer in.")), Telefoon()]
    )
    moment = Keuze(lazy("Wanneer kunnen wij u het beste bellen?"), lazy("Kies wanneer wij u kunnen bellen."), MOMENTEN)
    voorstellen = Keuze(
        lazy("Neemt iemand anders op? Mogen wij dan zeggen wie wij zijn?"),
        lazy("Kies of wij mogen zeggen wie wij zijn."),
        VOORSTELLEN,
    )

    def check_together(self) -> None:
        if "naam" in self:
            super().check_together()

    @staticmethod
    def known(verzoek: Pauzeverzoek | None) -> dict[str, str]:
        """What the form can say already; the safe answers to the rest."""
        name, number, moment = (verzoek.naam, verzoek.telefoon, verzoek.contact.moment) if verzoek else ("", "", "")
        return {"wie": name, "telefoon": number, "moment": moment or "maakt_niet_uit", "voorstellen": "nee"}

    def bellen(self) -> Bellen:
        """What is kept of a valid form."""
        return Bellen(
            naam=self.wie.data or "",
            telefoon=self.telefoon.data or "",
            moment=self.moment.data or "",
            voorstellen=self.voorstellen.data == JA,
        )

    @property
    def new_id(self) -> UUID:
        """The id of the aanmelding that this page makes: the same page, the same id."""
        return uuid5(NAMESPACE_URL, f"bel-mij:{self.merk.data}:{self.telefoon.data}")
