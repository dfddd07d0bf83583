"""The keyed indexes under which a person is found without being read."""

from portal.models.sealed import fold, keyring


def search_index(purpose: str, value: str) -> bytes | None:
    """The keyed index of a name or birth date: case, accents and spaces do not count. None for nothing."""
    folded = fold(value)
    return keyring().index(purpose, folded) if folded else None


def email_index(email: str) -> bytes | None:
    """The keyed index of an e-mail address. None for nothing."""
    return keyring().index("email", email.strip().casefold()) if email.strip() else None
