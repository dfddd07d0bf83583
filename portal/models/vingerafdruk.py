"""The fingerprint of a row: a keyed hash by which the trail recognises what it may not tell."""

from typing import Any

from portal.domain.feit import as_fact
from portal.domain.keten import canonical
from portal.models.sealed import keyring


def vingerafdruk(row: Any, *names: str) -> str:
    """Over these attributes of a row and its id. Keyed, because an address or an answer is soon guessed from a hash.

    Raises cryptography.exceptions.InvalidTag when a sealed value among them was changed.
    """
    values = {name: _plain(getattr(row, name)) for name in ("id", *names)}
    return keyring().index(f"vingerafdruk:{row.__tablename__}", canonical(values)).hex()


def _plain(value: Any) -> Any:
    return value if isinstance(value, dict | list) else as_fact(value)
