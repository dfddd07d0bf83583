"""A mass act that two people agreed on: the worker does it, each case in a transaction of its own."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from portal.actions import review, verzending
from portal.db.engine import Database, ScopedSession
from portal.domain.akkoord import Akkoordsoort
from portal.domain.errors import RuleBroken
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import Eindreden
from portal.models import Akkoordvraag, Medewerker, Pauzeverzoek

Inhoud: TypeAlias = Mapping[str, Any]
Act: TypeAlias = Callable[[ScopedSession, Actor, UUID, Inhoud], None]

_log = logging.getLogger(__name__)


def carry_out(database: Database, vraag_id: UUID) -> int:
    """Do each, in the name of who asked; returns how many. Done twice it is done once: what is done cannot be again."""
    with database.session(Actor.systeem()) as session:
        vraag = session.get_one(Akkoordvraag, vraag_id)
        actor = session.get_one(Medewerker, vraag.asked_by).as_actor()
        soort, inhoud = vraag.soort, vraag.inhoud
    with database.session(actor) as session:
        return sum(_one(session, actor, _ACTS[soort], UUID(id), inhoud) for id in inhoud["ids"])


def _one(session: ScopedSession, actor: Actor, act: Act, id: UUID, inhoud: Inhoud) -> bool:
    """Whether it was done. What can no longer be done stops no other."""
    try:
        act(session, actor, id, inhoud)
    except RuleBroken as error:
        _log.info("a mass act left %s out: %s", id, type(error).__name__)
        return False
    return True


def _end(session: ScopedSession, actor: Actor, id: UUID, inhoud: Inhoud) -> None:
    versie = session.get_one(Pauzeverzoek, id).versie
    review.end_pauze(session, actor, id, versie, Eindreden(inhoud["reden"]))


def _resend(session: ScopedSession, actor: Actor, id: UUID, inhoud: Inhoud) -> None:
    verzending.retry(session, actor, id, Kanaal.EMAIL)


_ACTS: Mapping[Akkoordsoort, Act] = {Akkoordsoort.VEEL_BEEINDIGEN: _end, Akkoordsoort.VEEL_OPNIEUW: _resend}
