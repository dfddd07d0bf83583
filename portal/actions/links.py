"""Signed links. The signature keeps guessed ids out of the database; the row makes a link spendable and revocable."""

from uuid import UUID

from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.domain.errors import OngeldigeToegang
from portal.models.sealed import keyring

MAX_AGE_SECONDS = 7 * 24 * 3600
"""Upper bound of the signature; the row's own `expires_at` is what counts."""


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().index_key, salt="toegangslink")


def sign(link_id: UUID) -> str:
    """The token that stands in a mailed link."""
    return _serializer().dumps(link_id.hex)


def read(token: str) -> UUID:
    """The id of the link. Raises OngeldigeToegang."""
    try:
        return UUID(_serializer().loads(token, max_age=MAX_AGE_SECONDS))
    except (BadSignature, ValueError) as error:
        raise OngeldigeToegang("link") from error
