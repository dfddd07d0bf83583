"""Broken rules. Each exception is named after the rule; its text is for the log, never for a page."""

from dataclasses import dataclass
from uuid import UUID


class RuleBroken(Exception):
    """A rule of the domain forbids this act."""


class NotFound(RuleBroken):
    """There is no such thing, or not for this actor: the two are told apart nowhere."""


class NotAllowed(RuleBroken):
    """This actor may not do this act at all."""


class BestaatAl(RuleBroken):
    """There is one with this name or address already."""


class AlAfwezig(RuleBroken):
    """Somebody is away on one of these days already."""


class WebhookOngeldig(RuleBroken):
    """This address is not called: not https, not a public name, or not an address at all."""


class MoveNotAllowed(RuleBroken):
    """The status does not allow this move."""


class AlreadyDecided(RuleBroken):
    """Somebody changed the case after it was read: the decision rests on a stale page."""


class AndersBeantwoord(RuleBroken):
    """The question was answered otherwise after its page was opened: in another window, or on another telephone."""


class NietCompleet(RuleBroken):
    """A question on the path is still open; `stap` is its slug."""

    def __init__(self, stap: str) -> None:
        super().__init__(stap)
        self.stap = stap


class TeVeelSchulden(RuleBroken):
    """The list of schulden is full."""


class TeVeelFotos(RuleBroken):
    """No more photos fit in this pauzeverzoek."""


class EnigeFoto(RuleBroken):
    """Without this photo nothing says of whom the letter is: the schuld goes with it, or a name comes first."""


class TeVeelTekstblokken(RuleBroken):
    """An organisatie keeps no more text blocks than it can look through."""


class GeenToestemming(RuleBroken):
    """The hulpvrager did not allow that schuldeisers are told."""


class NietGekoppeld(RuleBroken):
    """A schuld has no verified schuldeiser yet; `volgnummers` names the schulden."""

    def __init__(self, volgnummers: list[int]) -> None:
        super().__init__(str(volgnummers))
        self.volgnummers = volgnummers


class BsnInReferentie(RuleBroken):
    """A reference holds what may be a BSN, which never stands in a message; `schuldeiser_ids` are the parties."""

    def __init__(self, schuldeiser_ids: list[UUID]) -> None:
        super().__init__(str(len(schuldeiser_ids)))
        self.schuldeiser_ids = schuldeiser_ids


class AdresInReferentie(RuleBroken):
    """A reference holds the postcode of a secret address; `schuldeiser_ids` are the parties."""

    def __init__(self, schuldeiser_ids: list[UUID]) -> None:
        super().__init__(str(len(schuldeiser_ids)))
        self.schuldeiser_ids = schuldeiser_ids


class VoorbeeldVerouderd(RuleBroken):
    """What goes into the messages changed after the reviewer saw them: what was seen is not what would be sent."""


class NietsVeranderd(RuleBroken):
    """A correctie that changes nothing would tell nobody anything."""


class GeenOntvangers(RuleBroken):
    """There is nobody to tell: an approval without schulden would be an empty word."""


class AlVerteld(RuleBroken):
    """Who was told of the pause would not belong to the case any more; `schuldeiser_ids` are the parties."""

    def __init__(self, schuldeiser_ids: list[UUID]) -> None:
        super().__init__(str(len(schuldeiser_ids)))
        self.schuldeiser_ids = schuldeiser_ids


class DuurOngeldig(RuleBroken):
    """A pause must last at least one month and never passes the maximum of the pair or of the law."""


class ParticulierNietBevestigd(RuleBroken):
    """A private schuldeiser is told only after an extra confirmation; `namen` are theirs."""

    def __init__(self, namen: list[str]) -> None:
        super().__init__(str(len(namen)))
        self.namen = namen


class AntwoordOngeldig(RuleBroken):
    """An answer of a schuldeiser that says too little, too much or what cannot be; `veld` is the field."""

    def __init__(self, veld: str) -> None:
        super().__init__(veld)
        self.veld = veld


class AdresOngeldig(RuleBroken):
    """An address that a schuldeiser asks for cannot be one; `veld` is the field."""

    def __init__(self, veld: str) -> None:
        super().__init__(veld)
        self.veld = veld


class NietMeerTeBeantwoorden(RuleBroken):
    """The pause is over, ended early, or the message was replaced or revoked: there is nothing to answer any more."""


class SleutelHergebruikt(RuleBroken):
    """An idempotency key came a second time with another answer."""


class DatumOngeldig(RuleBroken):
    """A day on which it cannot have happened: in the future, or before what must come first."""


class GeheimAdresNietBevestigd(RuleBroken):
    """The reviewer has not confirmed that the secret address stays out of every message."""


class AndereIdentiteit(RuleBroken):
    """An identity provider vouches for somebody else than the person of this pauzeverzoek."""


class GemeenteDoetNietMee(RuleBroken):
    """No organisatie takes requests for this gemeente on this day."""


class OngeldigeToegang(RuleBroken):
    """Wrong, used, revoked or expired: a code, a link, a password or a second factor."""


class TooManyAttempts(RuleBroken):
    """The limit of attempts was reached; `retry_after_seconds` says how long to wait."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"retry after {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong in a line of a file, in English for the operator; `kolom` is "" when it is the line as a whole."""

    regel: int
    kolom: str
    zin: str


class OngeldigBestand(RuleBroken):
    """A file cannot be read in; `fouten` say of each wrong line what is wrong with it."""

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__(f"{len(fouten)} wrong cells")
        self.fouten = fouten

    @property
    def zinnen(self) -> list[str]:
        """One sentence for each wrong line."""
        per_line: dict[int, list[str]] = {}
        for fout in self.fouten:
            per_line.setdefault(fout.regel, []).append(fout.zin)
        return [f"Line {regel}: {'; '.join(zinnen)}." for regel, zinnen in per_line.items()]


class HeeftKoppeling(RuleBroken):
    """The machine of this schuldeiser fetches its messages by API: it would find nothing any more."""
