"""What a message carries that leads back to the portal: links and check codes, made under a key of their own.

The signature keeps guessed ids out of the database; a row decides whether a link still opens anything. Answer links and
check codes are derived from the id of the message, so that a preview shows the very ones that are sent.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID, uuid5

from itsdangerous import BadSignature, Signer, URLSafeTimedSerializer

from portal.domain.controle import DocumentSoort
from portal.domain.errors import OngeldigeToegang
from portal.domain.kenmerk import code_of
from portal.domain.kennisgeving import CLOSING, KennisgevingFeiten, Wegwijzers
from portal.domain.taal import Taal
from portal.models.sealed import keyring

MAX_AGE_SECONDS = 7 * 24 * 3600
"""Upper bound of the signature of an access link; the row's own `expires_at` is what counts."""

INFORMATIE = "/schuldeisers"
"""Page of the portal that explains a Kennisgeving to whoever receives one."""

CONTROLE = "/controleren"
"""Page where anybody checks that a document is genuine."""

ANTWOORD = "/antwoord"
"""Page where a schuldeiser answers, behind it the token of the message."""

OVERZICHT = f"{ANTWOORD}/overzicht"
"""Page with everything that waits for an answer of one mailbox, behind it the token of the link."""


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().index_key, salt="toegangslink")


def _signed(salt: str, id: UUID) -> str:
    """50 signs, the same each time."""
    return _signer(salt).sign(urlsafe_b64encode(id.bytes).rstrip(b"=")).decode("ascii")


def _read(salt: str, token: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(_signer(salt).unsign(token) + b"=="))
    except (BadSignature, ValueError) as error:
        raise OngeldigeToegang(salt) from error


def _signer(salt: str) -> Signer:
    return Signer(keyring().index_key, salt=salt)


def for_reader(url: str, taal: Taal) -> str:
    """An address in a message to a hulpvrager: the page behind it begins in the language of the message."""
    return url if taal is Taal.NL else f"{url}?taal={taal}"


def sign(link_id: UUID) -> str:
    """The token that stands in a link mailed to a hulpvrager."""
    return _serializer().dumps(link_id.hex)


def read(token: str) -> UUID:
    """The id of the link. Raises OngeldigeToegang."""
    try:
        return UUID(_serializer().loads(token, max_age=MAX_AGE_SECONDS))
    except (BadSignature, ValueError) as error:
        raise OngeldigeToegang("link") from error


def sign_antwoord(kennisgeving_id: UUID) -> str:
    """The token of the link with which a schuldeiser answers one Kennisgeving: 50 signs, the same each time."""
    return _signed("antwoordlink", kennisgeving_id)


def read_antwoord(token: str) -> UUID:
    """The id of the Kennisgeving that an answer link belongs to. Raises OngeldigeToegang."""
    return _read("antwoordlink", token)


def sign_overzicht(link_id: UUID) -> str:
    """The token of a mailed link to all that waits for an answer of one mailbox."""
    return _signed("overzichtslink", link_id)


def read_overzicht(token: str) -> UUID:
    """The id of such a link. Raises OngeldigeToegang."""
    return _read("overzichtslink", token)


def sign_uitnodiging(uitnodiging_id: UUID) -> str:
    """The token of the link with which a member of staff chooses a password; its row says how long it lives."""
    return _signed("uitnodiging", uitnodiging_id)


def read_uitnodiging(token: str) -> UUID:
    """The id of the Uitnodiging. Raises OngeldigeToegang."""
    return _read("uitnodiging", token)


def antwoord_url(base_url: str, kennisgeving_id: UUID) -> str:
    """The link with which a schuldeiser answers one Kennisgeving."""
    return f"{base_url}{ANTWOORD}/{sign_antwoord(kennisgeving_id)}"


def controlecode(document_id: UUID) -> str:
    """The code with which anybody can check that a document is genuine, such as H4X9-TQ27-FKM3: about 55 bits."""
    return code_of(keyring().index("controlecode", document_id.hex))


def document_id(verzoek_id: UUID, soort: DocumentSoort) -> UUID:
    """The id of a document of the hulpvrager: derived, so its controlecode needs no row."""
    return uuid5(verzoek_id, f"document:{soort}")


def wegwijzers(base_url: str, feiten: KennisgevingFeiten) -> Wegwijzers:
    """What leads from one Kennisgeving back to the portal: the same each time, so in a preview too."""
    answer = antwoord_url(base_url, feiten.bericht_id)
    return Wegwijzers(
        informatie_url=base_url + INFORMATIE,
        antwoord_url=None if feiten.soort in CLOSING else answer,
        controle_url=base_url + CONTROLE,
        controlecode=controlecode(feiten.bericht_id),
    )


def bewijswijzers(base_url: str, verzoek_id: UUID, soort: DocumentSoort) -> Wegwijzers:
    """What leads from a document of the hulpvrager back to the portal: the check only."""
    return Wegwijzers(
        informatie_url=base_url + INFORMATIE,
        antwoord_url=None,
        controle_url=base_url + CONTROLE,
        controlecode=controlecode(document_id(verzoek_id, soort)),
    )
