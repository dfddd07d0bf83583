"""Personal data at rest: AES-GCM under a key ring, each value bound to its own table, column and row.

A value moved to another row or column does not open. The first key seals, every key opens, so keys can be rotated.
A keyed index (HMAC) finds a value again without storing it.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by number (0..255), the sealing one first, and the key of the search index."""

    keys: Mapping[int, bytes]
    index_key: bytes

    @property
    def active(self) -> int:
        return next(iter(self.keys))

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt for one place ('table:column:row id')."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.active]).encrypt(nonce, plain, place.encode())
        return bytes([self.active]) + nonce + sealed

    def open(self, blob: bytes, place: str) -> bytes:
        """Decrypt what was sealed for this place. Raises cryptography.exceptions.InvalidTag when it was moved or
        changed.
        """
        nonce, sealed = blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
        return AESGCM(self.keys[blob[0]]).decrypt(nonce, sealed, place.encode())

    def index(self, purpose: str, value: str) -> bytes:
        """A keyed hash under which a value can be found: same value and purpose, same bytes."""
        return hmac.new(self.index_key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


_keyring: Keyring | None = None


def use_keyring(keyring: Keyring) -> None:
    """Set the key ring of this process, once, at its start."""
    global _keyring
    _keyring = keyring


def keyring() -> Keyring:
    """The key ring of this process."""
    if _keyring is None:
        raise RuntimeError("no key ring: the process started without settings")
    return _keyring


def fold(text: str) -> str:
    """A name as it is searched: without case, accents, dashes and spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())


class _Row(Protocol):
    __tablename__: str
    id: Any


def sealed_column(*, nullable: bool = False) -> Mapped[Any]:
    """The stored bytes behind a `Sealed` attribute."""
    return mapped_column(LargeBinary, nullable=nullable)


class Sealed:
    """An attribute that is sealed into the column `<name>_sealed` when set and opened when read. Holds any JSON
    value.
    """

    name: str

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def column(self) -> str:
        return f"{self.name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed": ...
    @overload
    def __get__(self, row: Any, owner: type) -> Any: ...
    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        blob = getattr(row, self.column)
        return None if blob is None else self._read(keyring().open(blob, self._place(row)))

    def __set__(self, row: Any, value: Any) -> None:
        sealed = None if value is None else keyring().seal(self._written(value), self._place(row))
        setattr(row, self.column, sealed)

    def reseal(self, row: Any) -> bool:
        """Seal again under the active key. False when there was nothing to do."""
        blob = getattr(row, self.column)
        if blob is None or blob[0] == keyring().active:
            return False
        place = self._place(row)
        setattr(row, self.column, keyring().seal(keyring().open(blob, place), place))
        return True

    def is_resealed(self, row: Any, before: Sequence[bytes | None]) -> bool:
        """Whether the column holds another seal of the same value. `before`: what it held."""
        if not before or before[0] is None or getattr(row, self.column) is None:
            return False
        return bool(self._read(keyring().open(before[0], self._place(row))) == self.__get__(row, type(row)))

    def _place(self, row: _Row) -> str:
        if row.id is None:
            raise RuntimeError("a sealed value needs the row's id first")
        return f"{row.__tablename__}:{self.name}:{row.id}"

    def _written(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def _read(self, plain: bytes) -> Any:
        return json.loads(plain)


class SealedBytes(Sealed):
    """The same for the bytes of a file."""

    def _written(self, value: Any) -> bytes:
        return bytes(value)

    def _read(self, plain: bytes) -> Any:
        return plain


def sealed_attributes(model: type) -> list[Sealed]:
    """The sealed attributes of a model, its mixins included."""
    found = {name: value for base in reversed(model.__mro__) for name, value in vars(base).items()}
    return [value for value in found.values() if isinstance(value, Sealed)]
