"""Each table is proven by the trail, or docs/bewijs.md says that it is not."""

from portal.models import AuditEntry, Base, Dagkop, Ketenstand
from portal.models.rij import ONBEWEZEN
from tests.house.test_words import words


def test_every_table_is_proven_or_named_as_not_proven():
    of_the_trail = {model.__tablename__ for model in (AuditEntry, Dagkop, Ketenstand)}
    proven = of_the_trail | {model.__tablename__ for model in ONBEWEZEN}
    unproven = words("bewijs.md", "Tables without proof")
    assert sorted([*proven, *unproven]) == sorted(Base.metadata.tables)


def test_a_column_that_is_called_unproven_exists():
    for model, columns in ONBEWEZEN.items():
        assert columns <= set(model.__table__.columns.keys()), model.__tablename__
