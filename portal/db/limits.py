"""Limits on attempts, held across processes in the database, and values that count once.

Each hit is its own committed transaction: it counts even when the act itself is rolled back. A window is fixed: it
begins at a multiple of its length.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from portal.clock import now
from portal.db.engine import Database
from portal.domain.errors import TooManyAttempts
from portal.domain.roles import Actor
from portal.models.sealed import keyring
from portal.models.teller import Teller


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `attempts` per window of `seconds` for one key."""

    name: str
    attempts: int
    seconds: int


SIGN_IN_PER_ADDRESS = Limit("sign_in_address", 10, 900)
SIGN_IN_PER_CLIENT = Limit("sign_in_client", 60, 900)
CODE_PER_KENMERK = Limit("code_kenmerk", 10, 3600)
CODE_PER_CLIENT = Limit("code_client", 30, 3600)
LINK_PER_ADDRESS = Limit("link_address", 5, 3600)
LINK_PER_CLIENT = Limit("link_client", 30, 3600)
TOTP_PER_MEDEWERKER = Limit("totp", 10, 900)
TOTP_PER_MEDEWERKER_DAY = Limit("totp_day", 50, 24 * 3600)
"""Without it a stolen password with patience guesses one code of six digits in a year or so."""
INVITATIONS_PER_BEHEERDER = Limit("invitations", 60, 3600)
"""Assumption: a new organisatie lets all its staff in on one morning. Each is a mail to a third party."""
WRITES_PER_VERZOEK = Limit("writes", 1000, 3600)
"""Assumption: a person fills in a few hundred boxes at most. Each answer is a row of the audit trail for ever."""
SHEETS_PER_VERZOEK = Limit("sheets", 30, 3600)
"""Mijn gegevens on paper is made anew each time: several times the work of a page, for whoever began a form."""
START_PER_CLIENT = Limit("start_client", 120, 3600)
"""Assumption: many people may share one address (a library, a telecom's gateway)."""
CALL_PER_CLIENT = Limit("call_client", 30, 3600)
"""Assumption: few people behind one address ask to be called in the same hour. Each call is work for somebody."""
CALL_PER_NUMBER = Limit("call_number", 5, 24 * 3600)
"""Nobody can have a stranger called all day."""
API_TOKEN_PER_CLIENT = Limit("api_token", 120, 900)
"""Assumption: a schuldeiser asks for a token a few times in the life of one, from a few machines behind one address."""
API_PER_CLIENT = Limit("api", 600, 60)
"""Assumption: on a peak day the largest schuldeiser handles 4,000 Kennisgevingen, two or three calls each."""

CHECK_PER_KENMERK = Limit("check_kenmerk", 60, 3600)
"""Assumption: each of 40 recipients may check a message within the same hour."""
CHECK_PER_CLIENT = Limit("check_client", 60, 3600)
CONFIRM_PER_LINK = Limit("confirm_link", 10, 3600)
CONFIRM_PER_LINK_DAY = Limit("confirm_link_day", 30, 24 * 3600)
"""A link that leaked must not be opened by trying birth dates: there are some 30,000 of them."""
CONFIRM_PER_CLIENT = Limit("confirm_client", 300, 3600)
"""Assumption: a department answers through one network address, and most answers need one confirmation."""
ANSWERS_PER_LINK = Limit("answers_link", 30, 3600)
"""Each answer is a row of the trail for ever."""
OVERZICHT_PER_ADDRESS = Limit("overzicht_address", 5, 3600)
OVERZICHT_PER_CLIENT = Limit("overzicht_client", 30, 3600)


def hit(database: Database, limit: Limit, key: str) -> None:
    """Count one attempt. Raises TooManyAttempts when it is one too many."""
    at = now()
    start = _window_start(at, limit.seconds)
    with database.session(Actor.systeem()) as session:
        session.info["work"] = True
        statement = insert(Teller).values(
            sleutel=keyring().index(f"limit:{limit.name}", key), window_start=start, aantal=1
        )
        aantal = session.scalar(
            statement.on_conflict_do_update(
                index_elements=[Teller.sleutel, Teller.window_start], set_={"aantal": Teller.aantal + 1}
            ).returning(Teller.aantal)
        )
        session.commit()
    if aantal is None or aantal > limit.attempts:
        raise TooManyAttempts(int((start + timedelta(seconds=limit.seconds) - at).total_seconds()) + 1)


def spend(database: Database, name: str, value: str, made_at: datetime) -> bool:
    """Whether this value, made at this moment, is used for the first time. For what counts for less than a day."""
    with database.session(Actor.systeem()) as session:
        session.info["work"] = True
        statement = insert(Teller).values(
            sleutel=keyring().index(f"spent:{name}", value), window_start=made_at, aantal=1
        )
        first = session.execute(statement.on_conflict_do_nothing().returning(Teller.aantal)).first() is not None
        session.commit()
    return first


def forget_old(database: Database, older_than: timedelta = timedelta(days=1)) -> None:
    """Delete counters of windows long past."""
    with database.session(Actor.systeem()) as session:
        session.info["work"] = True
        session.execute(delete(Teller).where(Teller.window_start < now() - older_than))
        session.commit()


def _window_start(at: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, UTC)
