"""Which parties of the directory are meant by what a person typed: suggestions, and those that are certain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from portal.domain.antwoorden import Adres
from portal.domain.bsn import contains_bsn
from portal.models import Pauzeverzoek, Schuld, Schuldeiser
from portal.queries import directory
from portal.queries.directory import Suggestion
from portal.web.session import db

Gevonden = Mapping[str, list[Suggestion]]


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A schuld whose parties leave no doubt. The reference on the letter belongs to its sender, the first party; one
    that may hold a BSN or a secret address is left out, because nobody looks at it.
    """

    schuld: Schuld
    parties: tuple[Schuldeiser, ...]
    adres: Adres

    @property
    def sleutel(self) -> str:
        """The schuld and its parties in one text: what is confirmed is what was shown."""
        return ":".join([self.schuld.id.hex, *(party.id.hex for party in self.parties)])

    @property
    def referentie(self) -> str | None:
        told = self.schuld.verteld.referentie
        return None if contains_bsn(told) or self.adres.is_betrayed_by(told) else told or None

    @property
    def match(self) -> dict[UUID, str | None]:
        sender, *others = self.parties
        return {sender.id: self.referentie} | {party.id: None for party in others}


def find(schulden: Iterable[Schuld], *extra: str) -> Gevonden:
    """Suggestions for everything that was typed in these schulden, in one statement."""
    typed = {name for schuld in schulden for name in (schuld.verteld.afzender, schuld.verteld.namens) if name}
    return directory.suggest_all(db(), typed | {name for name in extra if name})


def certain(suggestions: Iterable[Suggestion]) -> Schuldeiser | None:
    """The one party that a name surely means; None when there is none, or more than one."""
    found = [suggestion.schuldeiser for suggestion in suggestions if suggestion.is_certain]
    return found[0] if len(found) == 1 else None


def certain_ones(verzoek: Pauzeverzoek, found: Gevonden) -> list[Voorstel]:
    """The unmatched schulden of which every typed name surely means one party.

    Left to the reviewer's eye: private persons, and letters of a gemachtigde without a known schuldeiser.
    """
    unmatched = [schuld for schuld in verzoek.schulden if not schuld.is_matched and not schuld.verteld.particulier]
    adres = replace(verzoek.adres, geheim=verzoek.has_geheim_adres)
    proposals = [(schuld, _parties(schuld, found)) for schuld in unmatched]
    return [Voorstel(schuld, parties, adres) for schuld, parties in proposals if parties]


def _parties(schuld: Schuld, found: Gevonden) -> tuple[Schuldeiser, ...]:
    """Every party that is meant, or none when there is any doubt."""
    typed = [name for name in (schuld.verteld.afzender, schuld.verteld.namens) if name]
    parties = [certain(found[name]) for name in typed]
    known = tuple(dict.fromkeys(party for party in parties if party is not None))
    if len(known) < len(typed) or any(party.is_particulier for party in known):
        return ()
    return known if any(not party.is_gemachtigde for party in known) else ()
