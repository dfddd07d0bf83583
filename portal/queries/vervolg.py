"""What an act after the approval would send, recipient by recipient: the page shows it and the act issues it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from portal.domain.antwoorden import Antwoorden
from portal.domain.belet import Belet
from portal.domain.correctie import differences
from portal.domain.duur import MAX_MAANDEN, eind_on
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import (
    ONGENOEMD,
    Eerder,
    KennisgevingFeiten,
    Soort,
    Wijziging,
    follow_up,
    from_json,
    to_json,
)
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Kennisgeving, Pauzeverzoek, Schuldeiser
from portal.models.betrokken import betrokkenen
from portal.models.briefwisseling import Briefwisseling, briefwisselingen
from portal.models.kennisgeving import Sleutel, kennisgeving_id
from portal.models.ontvanger import Duur, Ontvanger, feiten, named_partner, ontvangers


@dataclass(frozen=True, slots=True, kw_only=True)
class Vervolg:
    """The next message to one recipient, not issued yet; or, without `feiten`, why there is none. `vervalt` is what
    has not left and does not leave any more when this one is issued.
    """

    ontvanger: Ontvanger
    nummer: int = 1
    feiten: KennisgevingFeiten | None = None
    belet: Belet | None = None
    vervalt: tuple[Kennisgeving, ...] = ()

    @property
    def schuldeiser(self) -> Schuldeiser:
        return self.ontvanger.schuldeiser


@dataclass(frozen=True, slots=True, kw_only=True)
class Zaakstand:
    """A case that was approved, with all that was sent. `contactpersoon` signs what follows. `antwoorden`: as a
    correctie would make them; None: as they are.
    """

    verzoek: Pauzeverzoek
    issued: Sequence[Kennisgeving]
    contactpersoon: str
    today: date
    antwoorden: Antwoorden | None = None

    @property
    def last_day(self) -> date:
        """The day that no pause of the case passes: eight months from its start."""
        return eind_on(self.verzoek.start_on or self.today, MAX_MAANDEN)

    def per_ontvanger(self) -> dict[Sleutel, Briefwisseling]:
        return {each.sleutel: each for each in briefwisselingen(self.issued)}


def added(stand: Zaakstand) -> list[Vervolg]:
    """The first message to who was tied to the case since, and a correctie to who has another reference by now."""
    known = stand.per_ontvanger()
    tied = ontvangers(stand.verzoek)
    found = (_added(stand, ontvanger, known.get(ontvanger.sleutel)) for ontvanger in tied)
    return [each for each in found if each is not None]


def _added(stand: Zaakstand, ontvanger: Ontvanger, wisseling: Briefwisseling | None) -> Vervolg | None:
    if wisseling is None or _is_asked_anew(ontvanger, wisseling):
        return _first(stand, ontvanger, wisseling)
    return _corrected(stand, ontvanger, wisseling)


def _is_asked_anew(ontvanger: Ontvanger, wisseling: Briefwisseling) -> bool:
    """Whether the partner withdrew the toestemming, so that it ended, and gave it again."""
    own = ontvanger.schuldenaar is Schuldenaar.PARTNER and ontvanger.mag_partner_noemen
    return own and wisseling.is_closed and not wisseling.is_recalled


def extended(stand: Zaakstand, tot_en_met: date, only: Collection[UUID] | None = None) -> list[Vervolg]:
    """A verlenging to everybody of whom something is asked, or to `only` these parties: to this day, or to the last one
    that the pair allows.
    """
    known = stand.per_ontvanger()
    tied = [each for each in ontvangers(stand.verzoek) if only is None or each.schuldeiser.id in only]
    asked = ((each, known.get(each.sleutel)) for each in tied)
    return [
        _extended(stand, ontvanger, wisseling, tot_en_met)
        for ontvanger, wisseling in asked
        if wisseling is not None and not wisseling.is_closed
    ]


def _extended(stand: Zaakstand, ontvanger: Ontvanger, wisseling: Briefwisseling, tot_en_met: date) -> Vervolg:
    asked = wisseling.gevraagd
    if asked.is_over(stand.today):
        return Vervolg(ontvanger=ontvanger, belet=Belet.VOORBIJ)
    last = min(tot_en_met, stand.last_day, ontvanger.schuldeiser.last_day(wisseling.begun_on))
    if last <= asked.eind_on:
        return Vervolg(ontvanger=ontvanger, belet=Belet.NIET_LANGER)
    return _follow(stand, ontvanger, wisseling, Soort.VERLENGING, _fresh(stand, ontvanger, asked.start_on, last))


def _first(stand: Zaakstand, ontvanger: Ontvanger, wisseling: Briefwisseling | None) -> Vervolg:
    """With the last day of the pause, within the maximum of the pair. `wisseling`: what ended; months count from it."""
    party, verzoek = ontvanger.schuldeiser, stand.verzoek
    if verzoek.start_on is None or verzoek.eind_on is None:
        raise ValueError("an approved pauzeverzoek has a first and a last day")
    start = max(stand.today, verzoek.start_on)
    last = min(verzoek.eind_on, party.last_day(wisseling.begun_on if wisseling else start))
    if ontvanger.belet:
        return Vervolg(ontvanger=ontvanger, belet=ontvanger.belet)
    if last <= start:
        return Vervolg(ontvanger=ontvanger, belet=Belet.TE_KORT)
    nummer = wisseling.next_number(Soort.KENNISGEVING) if wisseling else 1
    id = kennisgeving_id(verzoek.id, ontvanger.sleutel, Soort.KENNISGEVING, nummer)
    facts = replace(_fresh(stand, ontvanger, start, last), bericht_id=id)
    return Vervolg(ontvanger=ontvanger, nummer=nummer, feiten=facts)


def corrected(stand: Zaakstand, tot_en_met: date | None = None) -> list[Vervolg]:
    """A correctie to everybody who was told something else than is true. `tot_en_met`: no pause lasts longer."""
    known = stand.per_ontvanger()
    asked = ((each, known.get(each.sleutel)) for each in ontvangers(stand.verzoek))
    found = (_corrected(stand, each, wisseling, tot_en_met) for each, wisseling in asked if wisseling is not None)
    return [each for each in found if each is not None]


def _corrected(
    stand: Zaakstand, ontvanger: Ontvanger, wisseling: Briefwisseling, tot_en_met: date | None = None
) -> Vervolg | None:
    """Nothing for whom nothing is asked any more, or who was told what is true."""
    if not wisseling.runs(stand.today) or ontvanger.belet is Belet.GEEN_TOESTEMMING_PARTNER:
        return None
    asked = from_json(wisseling.gevraagd.feiten)
    now = _fresh(stand, ontvanger, asked.start_on, min(asked.eind_on, tot_en_met or asked.eind_on))
    wrong = differences(asked, now)
    return _follow(stand, ontvanger, wisseling, Soort.CORRECTIE, now, wrong) if wrong else None


def exchange_of(stand: Zaakstand, kennisgeving_id: UUID) -> Briefwisseling:
    """The exchange of letters that a message of the case belongs to. Raises NotFound."""
    for each in briefwisselingen(stand.issued):
        if any(message.id == kennisgeving_id for message in each.berichten):
            return each
    raise NotFound(f"kennisgeving {kennisgeving_id}")


def recalled(stand: Zaakstand, wisseling: Briefwisseling) -> Vervolg | None:
    """The intrekking: it names nobody and nothing of the recipient's own. None when nothing can have arrived."""
    last = wisseling.reached
    if last is None:
        return None
    known, nummer = from_json(last.feiten), wisseling.next_number(Soort.INTREKKING)
    party = wisseling.schuldeiser
    id = kennisgeving_id(stand.verzoek.id, wisseling.sleutel, Soort.INTREKKING, nummer)
    nobody = {"betrokkene": ONGENOEMD, "mede": None, "verwijzingen": (), "gewijzigd": ()}
    facts = follow_up(known, Soort.INTREKKING, id, stand.today, **nobody)
    facts = replace(facts, afzender=replace(facts.afzender, contactpersoon=stand.contactpersoon))
    return Vervolg(ontvanger=Ontvanger(party, (), wisseling.schuldenaar), nummer=nummer, feiten=facts)


def _follow(
    stand: Zaakstand,
    ontvanger: Ontvanger,
    wisseling: Briefwisseling,
    soort: Soort,
    now: KennisgevingFeiten,
    gewijzigd: tuple[Wijziging, ...] = (),
) -> Vervolg:
    """Who may know of an earlier message gets one that refers to it; for another this is the first."""
    known = from_json(wisseling.gekend.feiten) if wisseling.gekend else None
    kind = soort if known else Soort.KENNISGEVING
    nummer = wisseling.next_number(kind)
    facts = replace(
        now,
        bericht_id=kennisgeving_id(stand.verzoek.id, ontvanger.sleutel, kind, nummer),
        soort=kind,
        eerder=_eerder(known) if known else None,
        gewijzigd=gewijzigd if known else (),
    )
    return Vervolg(ontvanger=ontvanger, nummer=nummer, feiten=facts, vervalt=wisseling.open)


def _eerder(known: KennisgevingFeiten) -> Eerder:
    return Eerder(bericht_id=known.bericht_id, dated_on=known.dated_on, eind_on=known.eind_on)


def _fresh(stand: Zaakstand, ontvanger: Ontvanger, start: date, last: date) -> KennisgevingFeiten:
    """The facts as they are now, with these days."""
    facts = feiten(stand.verzoek, ontvanger, Duur(start_on=start, maanden=1), stand.contactpersoon, stand.today)
    told = stand.verzoek.antwoorden if stand.antwoorden is None else stand.antwoorden
    secret = stand.verzoek.is_partner_geheim
    who, mede = betrokkenen(told, named_partner(stand.verzoek), ontvanger.schuldenaar, partner_geheim=secret)
    return replace(facts, eind_on=last, betrokkene=who, mede=mede)


def fingerprint(planned: Iterable[Vervolg]) -> str:
    """SHA-256 over everything that would be issued and to where: what a page showed is what is sent, or nothing is."""
    parts = [
        [each.schuldeiser.channel, each.schuldeiser.verified_email, each.nummer, to_json(each.feiten)]
        for each in planned if each.feiten
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def to_send(vervolgen: Iterable[Vervolg]) -> list[Vervolg]:
    """Those that can be issued."""
    return [each for each in vervolgen if each.feiten is not None]
