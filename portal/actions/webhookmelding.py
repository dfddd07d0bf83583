"""Put a Kennisgeving that can be fetched on the list of what is announced. Calling is the worker's."""

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from portal.db import jobs
from portal.domain.kennisgeving import Kanaal
from portal.models import Kennisgeving, Schuldeiser, Webhook, Webhookmelding

if TYPE_CHECKING:
    from portal.actions.work import Work


def announce(work: "Work", kennisgeving: Kennisgeving) -> None:
    """To every webhook of its schuldeiser. One job looks after a webhook for as long as anything waits: the lock on its
    row keeps that job from ending between the look and the addition.
    """
    if kennisgeving.kanaal is not Kanaal.API or kennisgeving.acknowledged_at is not None:
        return
    of_recipient = (
        select(Webhook.id)
        .join(Schuldeiser, Schuldeiser.id == Webhook.schuldeiser_id)
        .where(Webhook.schuldeiser_id == kennisgeving.schuldeiser_id, Schuldeiser.actief)
        .order_by(Webhook.id)
        .with_for_update(of=Webhook)
    )
    for webhook_id in work.session.scalars(of_recipient).all():
        if not work.session.scalar(select(exists().where(Webhookmelding.webhook_id == webhook_id))):
            jobs.defer(work.session, jobs.CALL_WEBHOOK, [webhook_id])
        work.add(Webhookmelding(webhook_id=webhook_id, kennisgeving_id=kennisgeving.id, at=work.now))
        work.session.flush()
