"""Alembic environment. Always run through `portal migrate`, which hands over the connection."""

from alembic import context

from portal.models import Base


def include_name(name: str | None, type_: str, parent_names: object) -> bool:
    """procrastinate's tables are its own."""
    return not (type_ == "table" and name is not None and name.startswith("procrastinate_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=include_name,
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
