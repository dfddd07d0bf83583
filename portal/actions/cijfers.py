"""The figures of a quarter: for an organisatie as they are now, for everybody once, when the quarter is well over."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from portal import clock
from portal.actions.work import unit_of_work
from portal.db.engine import Database, ScopedSession
from portal.domain import events
from portal.domain.cijfers import Kwartaal, Tabel, Telling, bundled, kwartalen, pooled, within
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor
from portal.models import Kwartaalcijfers
from portal.queries import cijfers as counts
from portal.texts.cijfers import UITLEG

RIPE = timedelta(days=35)
"""After a quarter: schuldeisers had their ten working days, and who began a request sent it or let it go."""

MOST = 40
"""Schuldeisers that a table names. Assumption: who wants more takes the figures of an organisatie."""

COUNT = ("aantal",)
ANSWERS = ("pauze", "weigert", "anders", "stil")


def tabellen(session: ScopedSession, kwartaal: Kwartaal, *, landelijk: bool = False) -> list[Tabel]:
    """The tables of the cases that the actor sees. Those about concepts exist for the whole country only."""
    zaken = counts.zaken(session, kwartaal, clock.today())
    afloop = pooled("afloop", COUNT, _ordered("afloop", zaken.afloop))
    gesprek = bundled("gesprek", COUNT, _ordered("gesprek", zaken.gesprek))
    told = _of_those_told(afloop, zaken)
    held = within(
        gesprek, ("3_dagen", "7_dagen", "14_dagen", "later", "te_laat"),
        lambda: bundled("beschikking", COUNT, _ordered("beschikking", zaken.beschikking)),
    )  # fmt: skip
    answers = pooled("antwoorden", ANSWERS, counts.antwoorden(session, kwartaal), most=MOST)
    inbreuken = {naam: (aantal,) for naam, aantal in counts.inbreuken(session, kwartaal).items()}
    found = [afloop, gesprek, *held, *told, answers, pooled("inbreuken", COUNT, inbreuken, most=MOST)]
    if landelijk:
        found.append(bundled("stappen", COUNT, _ordered("stappen", counts.stappen(session, kwartaal))))
    return found


def _of_those_told(afloop: Tabel, zaken: counts.Zaken) -> list[Tabel]:
    def make(naam: str, counted: Counter[str]) -> list[Tabel]:
        return within(afloop, ("ingelicht",), lambda: bundled(naam, COUNT, _ordered(naam, counted)))

    return make("kennisgeving", zaken.kennisgeving) + make("einde", zaken.einde)


def _ordered(naam: str, counted: Mapping[str, int]) -> Telling:
    """The counts in the order in which they are shown; what is no group of this table is left out."""
    return {sleutel: (counted.get(sleutel, 0),) for sleutel in UITLEG[naam].groepen}


def publish(database: Database) -> int:
    """Publish every quarter that is ripe and was not published. Returns how many.

    Once and never again: figures that are made anew each day can be subtracted from those of the day before.
    """
    with database.session(Actor.systeem()) as session:
        first = counts.first_day(session)
        done = set(session.scalars(select(Kwartaalcijfers.kwartaal)))
    ripe = kwartalen(first, clock.today()) if first else []
    waiting = [each for each in ripe if each.laatste + RIPE < clock.today() and str(each) not in done]
    for kwartaal in waiting:
        _publish(database, kwartaal)
    return len(waiting)


def _publish(database: Database, kwartaal: Kwartaal) -> None:
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        told = {"tabellen": [tabel.as_json() for tabel in tabellen(session, kwartaal, landelijk=True)]}
        work.lock(LANDELIJK)
        if session.get(Kwartaalcijfers, str(kwartaal)) is not None:
            return
        row = Kwartaalcijfers(kwartaal=str(kwartaal), published_at=work.now, inhoud=told)
        work.add(row)
        sha256 = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        work.record(events.CijfersPublished(keten=LANDELIJK, kwartaal=str(kwartaal), sha256=sha256))


def quarters_of(first: date | None) -> list[Kwartaal]:
    """The quarters that an organisatie can ask for, the newest first."""
    today = clock.today()
    return kwartalen(first or today, today)[::-1]
