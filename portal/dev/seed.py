"""The demonstration world in the database, and the codes of its accounts. Development only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyotp
from sqlalchemy import event, select, text

from config.settings import Settings
from portal import clock
from portal.actions import bewaking
from portal.actions.dagkoppen import close_days
from portal.actions.inloggen import TOTP_STEP_SECONDS, TOTP_WINDOW
from portal.actions.work import unit_of_work
from portal.db.engine import Database
from portal.dev.wereld.beheer import add_beheer, add_tekstblokken
from portal.dev.wereld.bezorging import bezorger
from portal.dev.wereld.directory import add_schuldeisers
from portal.dev.wereld.medewerkers import ACCOUNTS, LANDELIJK, WACHTWOORD, Account, add_medewerker
from portal.dev.wereld.organisaties import LOKETTEN, add_organisaties
from portal.dev.wereld.verhalen import Verhaal, read_verhalen
from portal.dev.wereld.verteller import Verteller
from portal.domain.roles import Actor
from portal.models import Medewerker, Organisatie, Pauzeverzoek
from portal.models.zoekindex import search_index
from portal.problem import ProblemError
from portal.process import start

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('demonstratie', 0))")


class DevelopmentOnlyError(ProblemError):
    """The demonstration world was asked for in production."""


class NoDemoCodeError(ProblemError):
    """There is no code for this address now."""


def _told(account: Account) -> tuple[str, str, str]:
    names = {loket.key: loket.naam for loket in LOKETTEN}
    where = f", {names[account.organisatie]}" if account.organisatie else ""
    unenrolled = "" if account.enrolled else ", stelt de code nog in"
    return account.email, WACHTWOORD, account.role.replace("_", " ") + where + unenrolled


DEMO_ACCOUNTS = tuple(_told(account) for account in ACCOUNTS)
"""E-mail address, password and role (in Dutch) of every demonstration account."""


def seed(settings: Settings) -> None:
    """Make the demonstration world; nothing happens when it is there. Raises DevelopmentOnlyError.

    After an interruption the next call makes what is missing; the person it was busy with stays where that one was.
    """
    with _development(settings) as database, database.engine.begin() as waiting:
        waiting.execute(_LOCK)
        if _medewerker(database, LANDELIJK.email):
            return
        _make_base(database)
        with bezorger(settings, database) as delivering:
            verteller = Verteller(database, delivering, clock.today())
            for verhaal in read_verhalen(clock.today()):
                if not _is_told(database, verhaal):
                    verteller.tell(verhaal)
        add_beheer(database)
        bewaking.warn_of_terms(database)
        bewaking.warn_of_ends(database, settings.watch_end_days)
        close_days(database)
        _seal(database)


def demo_code(settings: Settings, email: str) -> str:
    """The sign-in code of a demonstration account that works now. Raises NoDemoCodeError, DevelopmentOnlyError.

    A code works once; after it was used this is the next one, which the portal takes a little early.
    """
    with _development(settings) as database:
        medewerker = _medewerker(database, email.strip().casefold())
        if medewerker is None or medewerker.email not in {account.email for account in ACCOUNTS}:
            raise NoDemoCodeError(f"{email} is not a demonstration account.")
        if medewerker.totp is None:
            raise NoDemoCodeError(f"{email} has no code yet; sign in with the password first, it begins there.")
        seconds = int(clock.now().timestamp())
        present = seconds // TOTP_STEP_SECONDS
        step = max(present, (medewerker.totp_teller or 0) + 1)
        if step > present + TOTP_WINDOW:
            wait = TOTP_STEP_SECONDS - seconds % TOTP_STEP_SECONDS
            raise NoDemoCodeError(f"The codes of this moment were used; try again in {wait} seconds.")
        return pyotp.TOTP(medewerker.totp, interval=TOTP_STEP_SECONDS).generate_otp(step)


@contextmanager
def _development(settings: Settings) -> Iterator[Database]:
    if not settings.is_development:
        raise DevelopmentOnlyError("The demonstration world is for development only; this is production.")
    database = start(settings)
    event.listen(database.engine, "connect", _without_waiting)
    try:
        yield database
    finally:
        database.dispose()


def _without_waiting(connection: Any, record: object) -> None:
    """A commit need not wait for the disk: a power cut may take the end of the world, and the next seed makes it."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    connection.commit()


def _medewerker(database: Database, email: str) -> Medewerker | None:
    with database.session(Actor.systeem()) as session:
        return session.scalars(select(Medewerker).where(Medewerker.email == email)).first()


def _make_base(database: Database) -> None:
    """Organisaties, staff and directory: all of it or nothing."""
    with database.session(Actor.systeem()) as session:
        if session.scalars(select(Organisatie.id).where(Organisatie.naam == LOKETTEN[0].naam)).first():
            return
        with unit_of_work(session, Actor.systeem()) as work:
            organisaties = add_organisaties(work)
            for account in ACCOUNTS:
                if account is not LANDELIJK:
                    add_medewerker(work, account, organisaties)
            add_schuldeisers(work)
            add_tekstblokken(work, organisaties)


def _is_told(database: Database, verhaal: Verhaal) -> bool:
    """Whether an interrupted seed got to this person."""
    index = search_index("naam", verhaal.achternaam)
    with database.session(Actor.systeem()) as session:
        return session.scalars(select(Pauzeverzoek.id).where(Pauzeverzoek.naam_index == index)).first() is not None


def _seal(database: Database) -> None:
    with (
        database.session(Actor.systeem()) as session,
        unit_of_work(session, Actor.systeem()) as work,
    ):
        add_medewerker(work, LANDELIJK, {})
