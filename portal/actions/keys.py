"""Rotate the keys of sealed values: every row is sealed again under the active key."""

from typing import Any

from sqlalchemy import func, or_, select

from portal.actions.work import unit_of_work
from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.models import Base
from portal.models.sealed import keyring, sealed_attributes

BATCH = 200
"""Rows per transaction."""


def rotate(database: Database) -> int:
    """Seal everything again that is not under the active key. Returns the number of rows. Can be stopped and
    repeated.
    """
    models = [mapper.class_ for mapper in Base.registry.mappers if sealed_attributes(mapper.class_)]
    return sum(_rotate_model(database, model) for model in sorted(models, key=lambda model: model.__name__))


def _rotate_model(database: Database, model: Any) -> int:
    rows = 0
    while done := _rotate_batch(database, model):
        rows += done
    return rows


def _rotate_batch(database: Database, model: Any) -> int:
    """One locked batch of rows that hold a value under another key: its number is the first byte of the value."""
    attributes = sealed_attributes(model)
    stale = [func.get_byte(getattr(model, a.column), 0) != keyring().active for a in attributes]
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()):
        rows = session.scalars(
            select(model).where(or_(*stale)).order_by(model.id).limit(BATCH).with_for_update(of=model)
        ).all()
        for row in rows:
            for attribute in attributes:
                attribute.reseal(row)
        return len(rows)
