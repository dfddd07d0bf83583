"""The webhook of an API client: registered and removed by its schuldeiser, called by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, exists, func, select

from portal import clock
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import webhook as calls
from portal.domain.errors import NotAllowed
from portal.domain.roles import Actor, ActorKind
from portal.domain.webhook import Webhookfout
from portal.models import Webhook, Webhookmelding


@dataclass(frozen=True, slots=True)
class Oproep:
    """One call, ready to be made."""

    url: str
    kennisgeving_ids: Sequence[UUID]
    body: bytes
    headers: dict[str, str]


def register(session: ScopedSession, actor: Actor, client_id: UUID, url: str, *, lokaal: bool) -> str:
    """Call this client there from now on. Returns a new secret, to be shown once; at the same address the former one
    signs along for a day. `lokaal`: this machine may be called. Raises NotAllowed, WebhookOngeldig.
    """
    calls.read_url(url, lokaal=lokaal)
    with unit_of_work(session, actor) as work:
        webhook = _own(work, client_id)
        if webhook is None:
            webhook = Webhook(id=client_id, schuldeiser_id=actor.id, pogingen=0)
        geheim = webhook.renew(url, work.now)
        work.add(webhook)
        work.record(webhook.registered())
        return geheim


def remove(session: ScopedSession, actor: Actor, client_id: UUID) -> None:
    """Call no more. Without a webhook nothing changes. Raises NotAllowed."""
    with unit_of_work(session, actor) as work:
        if (webhook := _own(work, client_id)) is not None:
            work.record(webhook.removed())
            session.delete(webhook)


def _own(work: Work, client_id: UUID) -> Webhook | None:
    """The webhook of a client of this schuldeiser, locked; who registers at the same time waits."""
    if work.actor.kind is not ActorKind.SCHULDEISER or work.actor.id is None:
        raise NotAllowed("only the schuldeiser itself")
    work.lock(work.actor.id)
    return work.session.get(Webhook, client_id, with_for_update=True, populate_existing=True)


def next_call(session: ScopedSession, webhook_id: UUID) -> Oproep | None:
    """The call about what waited longest, signed now; None when nothing waits (any more)."""
    webhook = session.get(Webhook, webhook_id)
    if webhook is None:
        return None
    ids = session.scalars(
        select(Webhookmelding.kennisgeving_id)
        .where(Webhookmelding.webhook_id == webhook_id)
        .order_by(Webhookmelding.at, Webhookmelding.id)
        .limit(calls.MAX_IDS)
    ).all()
    if not ids:
        return None
    body, now = calls.content(ids), clock.now()
    headers = calls.headers(calls.call_id(webhook_id, ids), body, webhook.signing(now), now)
    return Oproep(webhook.url, ids, body, headers)


def record_call(
    session: ScopedSession, webhook_id: UUID, oproep: Oproep, fout: Webhookfout | None, waits: Sequence[int]
) -> int | None:
    """Keep how a call went. Returns after how many seconds to try again, or None when this job is done: nothing waits
    any more, or all waits were used and what waited is given up. 0 is at once.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        chain = session.scalar(select(Webhook.schuldeiser_id).where(Webhook.id == webhook_id))
        if chain is None:
            return None
        work.lock(chain)
        webhook = session.get(Webhook, webhook_id, with_for_update=True, populate_existing=True)
        if webhook is None:
            return None
        if fout is None:
            return _arrived(work, webhook, oproep)
        return _failed(work, webhook, fout, waits)


def _arrived(work: Work, webhook: Webhook, oproep: Oproep) -> int | None:
    webhook.succeed(work.now)
    own = Webhookmelding.webhook_id == webhook.id
    work.session.execute(delete(Webhookmelding).where(own, Webhookmelding.kennisgeving_id.in_(oproep.kennisgeving_ids)))
    return 0 if work.session.scalar(select(exists().where(own))) else None


def _failed(work: Work, webhook: Webhook, fout: Webhookfout, waits: Sequence[int]) -> int | None:
    webhook.fail(fout, work.now)
    if webhook.pogingen <= len(waits):
        return waits[webhook.pogingen - 1]
    own = Webhookmelding.webhook_id == webhook.id
    aantal = work.session.scalar(select(func.count()).select_from(Webhookmelding).where(own)) or 0
    work.session.execute(delete(Webhookmelding).where(own))
    work.record(webhook.give_up(aantal))
    return None
