"""The words of the daily mail to the mailbox of a team: counts, kenmerken, days and links, nothing about a person."""

from dataclasses import dataclass
from datetime import date

from portal.domain.baan import Baan
from portal.domain.bewaking import Klok
from portal.texts.banen import BAAN, KLOK
from portal.texts.sjablonen import datum, fill_in
from portal.texts.tekst import Tekst
from portal.texts.veilig import single_line

SJABLOON = "teammail/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baanregel:
    """A lane, how many cases it holds (`aantal`, or more than that), and its page."""

    baan: Baan
    aantal: int
    is_meer: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Zaakregel:
    """A case by its kenmerk, what runs out on which day, and its page."""

    kenmerk: str
    klok: Klok
    op: date
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeammailFeiten:
    """Everything that the mail says. `is_meer`: there are more cases than are named."""

    organisatie: str
    dag: date
    banen: tuple[Baanregel, ...]
    zaken: tuple[Zaakregel, ...]
    is_meer: bool
    url: str


def render(feiten: TeammailFeiten) -> Tekst:
    """The mail, in text and in HTML."""
    values = {
        "feiten": feiten,
        "onderwerp": f"Werk voor vandaag, {datum(feiten.dag)}",
        "organisatie": single_line(feiten.organisatie),
        "banen": [(BAAN[each.baan][0], _aantal(each), each.url) for each in feiten.banen],
        "zaken": [(each.kenmerk, _deadline(each, feiten.dag), each.url) for each in feiten.zaken],
    }
    tekst, html = (fill_in(f"{SJABLOON}/teammail.{kind}", **values) for kind in ("txt", "html"))
    return Tekst(onderwerp=str(values["onderwerp"]), tekst=tekst, html=html, sjabloon=SJABLOON)


def _aantal(baan: Baanregel) -> str:
    return f"meer dan {baan.aantal}" if baan.is_meer else str(baan.aantal)


def _deadline(zaak: Zaakregel, today: date) -> str:
    """'eerste gesprek uiterlijk 1 maart 2027', 'eerste gesprek te laat, moest er uiterlijk 1 maart 2027 zijn',
    'einde van de pauze 1 juni 2027'.
    """
    wat, op = KLOK[zaak.klok].lower(), datum(zaak.op)
    if zaak.klok is Klok.EINDE_PAUZE:
        return f"{wat} {op}"
    if zaak.op < today:
        return f"{wat} te laat, moest er uiterlijk {op} zijn"
    return f"{wat} {'vandaag' if zaak.op == today else 'uiterlijk ' + op}"
