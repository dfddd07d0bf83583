"""The rounds of the watch, as the settings say."""

from collections.abc import Callable
from typing import TypeAlias

from config.settings import Settings
from portal.actions import bewaking, stilte, teammail
from portal.db.engine import Database
from portal.domain.bewaking import Geduld

Upkeep: TypeAlias = Callable[[], object]

Rounds: TypeAlias = dict[str, tuple[str, Upkeep]]
"""Name → when, as a cron line, and what."""


def rounds(settings: Settings, database: Database) -> Rounds:
    """What runs out by itself, or stays away."""
    geduld = Geduld(
        antwoord_werkdagen=settings.watch_answer_werkdagen,
        herinnering_werkdagen=settings.watch_reminder_werkdagen,
        bellen_werkdagen=settings.watch_call_werkdagen,
    )
    return {
        "warn_of_terms": ("4-59/10 * * * *", lambda: bewaking.warn_of_terms(database)),
        "warn_of_ends": ("5-59/10 * * * *", lambda: bewaking.warn_of_ends(database, settings.watch_end_days)),
        "make_teammails": ("2-59/5 * * * *", lambda: teammail.make_due(database, settings.teammail_at)),
        "forget_teammails": ("41 * * * *", lambda: teammail.forget(database)),
        "watch_silence": ("3 * * * *", lambda: stilte.watch_silence(database, geduld)),
    }
