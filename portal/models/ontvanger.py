"""Whom one case is told to: a recipient, the schulden of one set of persons, and the facts of the message."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.belet import Belet
from portal.domain.duur import MAX_MAANDEN, eind_on
from portal.domain.kennisgeving import Dossierverwijzing, KennisgevingFeiten, Soort
from portal.domain.schuldenaar import Schuldenaar
from portal.models.betrokken import afzender, betrokkenen
from portal.models.kennisgeving import Sleutel, kennisgeving_id
from portal.models.partner import Partner
from portal.models.pauzeverzoek import Pauzeverzoek
from portal.models.schuld import Schuld
from portal.models.schuldeiser import Schuldeiser


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """One recipient with the schulden of one person, or of both: several schulden, one message."""

    schuldeiser: Schuldeiser
    schulden: tuple[Schuld, ...]
    schuldenaar: Schuldenaar | None = None
    mag_partner_noemen: bool = False

    @property
    def sleutel(self) -> Sleutel:
        """The exchange of letters with this recipient about these schulden."""
        return self.schuldeiser.id, self.schuldenaar

    @property
    def order(self) -> tuple[str, str, str]:
        """By name; about the hulpvrager alone first."""
        return self.schuldeiser.naam.casefold(), str(self.schuldeiser.id), self.schuldenaar or ""

    @property
    def is_particulier(self) -> bool:
        """A private person, by the directory or by the word of the hulpvrager: whichever says so counts."""
        told = any(schuld.verteld.particulier for schuld in self.schulden)
        return self.schuldeiser.is_particulier or (told and not self.schuldeiser.is_gemachtigde)

    @property
    def belet(self) -> Belet | None:
        """What stands in the way of telling it, by the directory or by the partner."""
        if self.schuldenaar is Schuldenaar.PARTNER and not self.mag_partner_noemen:
            return Belet.GEEN_TOESTEMMING_PARTNER
        return None if self.schuldeiser.actief else Belet.NIET_IN_GEBRUIK

    def verwijzingen(self) -> tuple[Dossierverwijzing, ...]:
        """The recipient's own references, each with the schuldeiser for whom it collects."""
        found = (self._verwijzing(schuld) for schuld in self.schulden)
        return tuple(dict.fromkeys(found))

    def _verwijzing(self, schuld: Schuld) -> Dossierverwijzing:
        own = next(partij for partij in schuld.partijen if partij.schuldeiser_id == self.schuldeiser.id)
        namens = schuld.schuldeiser if self.schuldeiser.is_gemachtigde else None
        return Dossierverwijzing(referentie=own.referentie, namens=namens.naam if namens else None)


def ontvangers(verzoek: Pauzeverzoek) -> list[Ontvanger]:
    """Every party of every schuld, once for each set of persons, in the order of the directory's names."""
    owed: dict[Sleutel, list[Schuld]] = defaultdict(list)
    parties: dict[UUID, Schuldeiser] = {}
    for schuld in verzoek.schulden:
        for partij in schuld.partijen:
            parties[partij.schuldeiser_id] = partij.schuldeiser
            owed[partij.schuldeiser_id, schuld.schuldenaar].append(schuld)
    told = verzoek.is_partner_told
    found = [Ontvanger(parties[id], tuple(owed[id, who]), who, told) for id, who in owed]
    return sorted(found, key=lambda each: each.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duur:
    """The pause of one pair (dossier, schuldeiser)."""

    start_on: date
    maanden: int

    def eind_on(self, schuldeiser: Schuldeiser) -> date:
        """The last day, within the maximum of the pair. Raises DuurOngeldig."""
        return eind_on(self.start_on, self.maanden, max_maanden=schuldeiser.max_maanden or MAX_MAANDEN)


def named_partner(verzoek: Pauzeverzoek) -> Partner | None:
    """The partner, if schuldeisers may know of him or her."""
    return verzoek.partner if verzoek.is_partner_told else None


def feiten(
    verzoek: Pauzeverzoek, ontvanger: Ontvanger, duur: Duur, contactpersoon: str, dated_on: date
) -> KennisgevingFeiten:
    """The facts of a first Kennisgeving to one recipient, built up value by value. Raises DuurOngeldig."""
    schuldeiser = ontvanger.schuldeiser
    who, mede = betrokkenen(
        verzoek.antwoorden, named_partner(verzoek), ontvanger.schuldenaar, partner_geheim=verzoek.is_partner_geheim
    )
    return KennisgevingFeiten(
        bericht_id=kennisgeving_id(verzoek.id, ontvanger.sleutel, Soort.KENNISGEVING),
        soort=Soort.KENNISGEVING,
        kenmerk=verzoek.kenmerk,
        ontvanger=schuldeiser.naam,
        ontvanger_postadres=schuldeiser.postadres,
        betrokkene=who,
        mede=mede,
        verwijzingen=ontvanger.verwijzingen(),
        afzender=afzender(verzoek, contactpersoon),
        moment=verzoek.moment,
        grondslag=schuldeiser.grondslag_on(dated_on),
        convenant=schuldeiser.convenant_on(dated_on),
        dated_on=dated_on,
        start_on=duur.start_on,
        eind_on=duur.eind_on(schuldeiser),
    )
