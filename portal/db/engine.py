"""Engine and sessions.

Every transaction starts READ ONLY and carries who acts, for row-level security: a page that only shows cannot write,
and
a query without an actor sees nothing. A unit of work opens a writing transaction (`portal.actions.work`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

from portal.domain.roles import Actor

APP_ROLE = "portal_app"
"""The role that every web and worker connection takes: owns nothing, cannot bypass row-level security."""

PATIENCE = "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s"
"""A process that hangs with a lock holds up the others for so long, and no longer."""

_SET_ACTOR = text("""
    SELECT set_config('transaction_read_only', :read_only, true), set_config('portal.actor', :kind, true),
           set_config('portal.actor_id', :id, true), set_config('portal.organisatie', :organisatie, true)
""")


@dataclass(frozen=True, slots=True)
class Adressen:
    """Where this portal lives: in links, and in the mails it sends."""

    base_url: str
    mail_from: str
    envelope_domain: str

    @property
    def mail_domain(self) -> str:
        """The domain of the Message-IDs."""
        return self.mail_from.rpartition("@")[2]


class Database:
    """One engine for a process. `session(actor)` gives a session scoped to that actor."""

    def __init__(self, url: str, adressen: Adressen, *, pool_size: int = 5) -> None:
        self.adressen = adressen
        self.engine: Engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            connect_args={"options": f"-c role={APP_ROLE} -c timezone=UTC {PATIENCE}", "connect_timeout": 5},
        )
        self._sessions = sessionmaker(self.engine, class_=ScopedSession, expire_on_commit=False)

    @contextmanager
    def session(self, actor: Actor) -> Iterator["ScopedSession"]:
        """A short-lived session. Reading only, until a unit of work is opened on it."""
        with self._sessions() as session:
            session.info.update(adressen=self.adressen, actor=actor)
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


class ScopedSession(Session):
    """A session whose every transaction belongs to one actor."""

    @property
    def actor(self) -> Actor:
        actor: Actor = self.info["actor"]
        return actor

    @property
    def adressen(self) -> Adressen:
        adressen: Adressen = self.info["adressen"]
        return adressen

    def act_as(self, actor: Actor) -> None:
        """Continue as somebody else, in a new transaction."""
        self.rollback()
        self.info["actor"] = actor

    @contextmanager
    def acting_as(self, actor: Actor) -> Iterator[None]:
        """Somebody else for the length of a block: whatever happens in it, the rights do not outlive it."""
        before = self.actor
        self.act_as(actor)
        try:
            yield
        finally:
            self.act_as(before)


@event.listens_for(ScopedSession, "after_begin")
def _declare_actor(session: ScopedSession, transaction: object, connection: Connection) -> None:
    connection.execute(_SET_ACTOR, actor_settings(session.actor, writing="work" in session.info))


def actor_settings(actor: Actor, *, writing: bool) -> dict[str, Any]:
    """The transaction settings that the row-level security policies read."""
    return {
        "read_only": "off" if writing else "on",
        "kind": str(actor.kind),
        "id": str(actor.id or ""),
        "organisatie": str(actor.organisatie_id or ""),
    }


def bypasses_row_security(engine: Engine) -> bool:
    """Whether the login role behind the connection could walk past row-level security: refused in production."""
    with engine.connect() as connection:
        return bool(
            connection.scalar(text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"))
        )
