"""Mijn gegevens on paper: the words of the page, and what the person was told and asked. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from babel import Locale

from portal.clock import dutch_date
from portal.domain.melding import Meldingsoort
from portal.domain.taal import Taal
from portal.models import Aanvulling, Bericht, Melding
from portal.texts.talen import gettext, ngettext, spoken
from portal.web.hulpvrager import samenvatting, zinnen
from portal.web.hulpvrager.inzage import Alles, Fotoregel, Ontvanger
from portal.web.templating import day, moment

SJABLOON = "gegevens/v1"

WITHOUT_LETTERS = frozenset({Taal.AR})
"""The languages of which the typeface on paper has no letters: there the sheet is Dutch."""

Stuk: TypeAlias = "tuple[str, Sequence[str]]"
"""A heading, and the lines under it."""


def taal() -> Taal:
    """The language of the sheet for who reads the language of now."""
    return Taal.NL if spoken() in WITHOUT_LETTERS else spoken()


def called(taal: Taal) -> str:
    """The name of a language in the language of now: its own name may have no letters here."""
    return str(Locale(str(spoken())).languages[str(taal)])


def words(
    alles: Alles,
    rows: Iterable[tuple[str, Any]],
    schulden: Sequence[tuple[str, list[str]]],
    ontvangers: Sequence[Ontvanger],
    now: datetime,
) -> dict[str, Any]:
    """Everything that the sheet shows, in the language of now."""
    v = alles.verzoek
    van = v.organisatie.naam if v.organisatie else "Pauzeknop"
    return {
        "taal": str(spoken()),
        "titel": gettext("Mijn gegevens"),
        "kenmerk": v.kenmerk,
        "afzender": van,
        "inleiding": [gettext("Dit weten wij van u. En dit is wie het kreeg."), _made(now)],
        "delen": [
            _deel(gettext("Wat vulde u in?"), rijen=[(gettext("Uw kenmerk"), v.kenmerk), *rows]),
            *_if_any(ngettext("Uw lijst: %(num)s schuld", "Uw lijst: %(num)s schulden", len(schulden)), schulden),
            *_if_any(gettext("Welke foto’s hebben wij?"), [_foto(each) for each in alles.fotos]),
            *_if_any(gettext("Wat vroegen wij u?"), [_vraag(each) for each in alles.aanvullingen]),
            *_if_any(gettext("Wat vertelde u ons?"), [_melding(each) for each in alles.meldingen]),
            *_if_any(gettext("Berichten van ons"), [_bericht(each) for each in alles.berichten]),
            _ontvangers(ontvangers),
            _deel(gettext("Wie deed iets met uw gegevens?"), rijen=[(moment(at), zin) for at, zin in alles.gebeurd]),
        ],
    }


def _made(now: datetime) -> str:
    return gettext("Gemaakt op %(moment)s.", moment=moment(now))


def _foto(regel: Fotoregel) -> Stuk:
    return regel.bij, [moment(regel.foto.made_at)]


def _vraag(asked: Aanvulling) -> Stuk:
    on = gettext("Uw antwoord van %(dag)s", dag=day(dutch_date(asked.answered_at))) if asked.answered_at else ""
    answer = [on, *(asked.reactie or "").splitlines()] if on else []
    return moment(asked.asked_at), [*asked.vraag.splitlines(), *answer]


def _melding(melding: Melding) -> Stuk:
    match melding.soort:
        case Meldingsoort.POST:
            told = melding.post.tekst.splitlines()
        case Meldingsoort.SCHULD:
            told = samenvatting.schuld_row(melding.schuld)[1]
        case _:
            told = melding.tekst.splitlines()
    return f"{zinnen.gemeld(melding)} ({moment(melding.made_at)})", [*told, *(melding.reactie or "").splitlines()]


def _bericht(bericht: Bericht) -> Stuk:
    """As it was sent, or its Dutch where the sheet is in another language than it."""
    text = bericht.tekst if bericht.written_in is spoken() else bericht.dutch
    return f"{zinnen.BERICHTEN[bericht.soort]} ({moment(bericht.issued_at)})", text.splitlines()


def _ontvangers(ontvangers: Sequence[Ontvanger]) -> dict[str, Any]:
    kop = gettext("Welke schuldeisers kregen iets?")
    if not ontvangers:
        return _deel(kop, uitleg=[gettext("Nog niemand.")])
    never = gettext("Zij kregen niet: uw telefoonnummer, uw e-mailadres, bedragen, of uw andere schulden.")
    stukken = [(f"{een.naam} ({gettext('bericht van %(dag)s', dag=een.op)})", een.feiten) for een in ontvangers]
    return _deel(kop, uitleg=[never], stukken=stukken)


def _deel(
    kop: str, *, uitleg: Sequence[str] = (), rijen: Iterable[tuple[str, Any]] = (), stukken: Iterable[Stuk] = ()
) -> dict[str, Any]:
    return {
        "kop": kop,
        "uitleg": list(uitleg),
        "rijen": [{"naam": str(naam), "regels": _lines(value)} for naam, value in rijen],
        "stukken": [{"kop": str(naam), "regels": [str(line) for line in regels]} for naam, regels in stukken],
    }


def _lines(value: Any) -> list[str]:
    lines = [value] if isinstance(value, str) else value or ()
    return [str(line) for line in lines if line] or [gettext("Niet ingevuld")]


def _if_any(kop: str, stukken: Sequence[Stuk]) -> list[dict[str, Any]]:
    return [_deel(kop, stukken=stukken)] if stukken else []
