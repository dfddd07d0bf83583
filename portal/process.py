"""What every process of the portal does first, web, worker or command: take the keys, open the database."""

from config.settings import Settings
from portal.db.engine import Adressen, Database, bypasses_row_security
from portal.models.sealed import Keyring, use_keyring
from portal.problem import ProblemError


class LoginTooPowerfulError(ProblemError):
    """The login of DATABASE_URL could read past row-level security."""


def start(settings: Settings, *, pool_size: int = 5) -> Database:
    """The database of this process, with its key ring in place. Raises LoginTooPowerfulError in production."""
    keys = {entry.number: entry.key for entry in settings.encryption_keys}
    use_keyring(Keyring(keys=keys, index_key=settings.index_key))
    adressen = Adressen(
        base_url=settings.base_url,
        mail_from=settings.mail_from,
        envelope_domain=settings.mail_envelope_domain,
    )
    database = Database(settings.database_url, adressen, pool_size=pool_size)
    if not settings.is_development and bypasses_row_security(database.engine):
        database.dispose()
        raise LoginTooPowerfulError(
            "The login of DATABASE_URL is a superuser or bypasses row-level security; use a login that does neither."
        )
    return database
