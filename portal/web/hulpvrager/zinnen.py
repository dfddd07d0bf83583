"""Where a pauzeverzoek and its messages stand, in plain sentences. Pure: never more is claimed than is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.clock import dutch_date
from portal.domain.antwoorden import is_samen
from portal.domain.bericht import BerichtSoort
from portal.domain.foto import BRIEF_OP_FOTO
from portal.domain.melding import Meldingsoort
from portal.domain.status import Eindreden, Status
from portal.models import Melding, Pauzeverzoek
from portal.texts.talen import gettext, lazy
from portal.web.templating import day, weekday


@dataclass(frozen=True, slots=True)
class Stand:
    """A status for the person behind it: a few words, a colour, a sentence, and what comes next."""

    woorden: str
    kleur: str
    zin: str
    hierna: str


def stand(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    """Where the pauzeverzoek is on this day."""
    if verzoek.may_answer:
        return _onvolledig(verzoek, gemeente, today)
    return _STANDEN[verzoek.status](verzoek, gemeente, today)


def _call_before(verzoek: Pauzeverzoek, gemeente: str, today: date) -> str:
    if verzoek.eerste_gesprek_on is not None:
        return _after_gesprek(verzoek, gemeente, today)
    voor = verzoek.gesprek_ahead(today)
    if voor is None:
        return gettext("Heeft gemeente %(gemeente)s u nog niet gebeld? Bel dan zelf.", gemeente=gemeente)
    if not verzoek.telefoon:
        return gettext(
            "Uiterlijk %(dag)s mailt iemand van gemeente %(gemeente)s u.", dag=weekday(voor), gemeente=gemeente
        )
    return gettext("Uiterlijk %(dag)s belt iemand van gemeente %(gemeente)s u.", dag=weekday(voor), gemeente=gemeente)


def _after_gesprek(verzoek: Pauzeverzoek, gemeente: str, today: date) -> str:
    if verzoek.beschikking_on is not None:
        return gettext(
            "Op %(dag)s besloot gemeente %(gemeente)s over uw hulp bij schulden.",
            dag=day(verzoek.beschikking_on),
            gemeente=gemeente,
        )
    if verzoek.beschikking_voor is None or verzoek.beschikking_voor < today:
        return gettext("Weet u nog niet of u hulp bij schulden krijgt? Bel gemeente %(gemeente)s.", gemeente=gemeente)
    return gettext(
        "Uiterlijk %(dag)s hoort u van gemeente %(gemeente)s of u hulp bij schulden krijgt.",
        dag=weekday(verzoek.beschikking_voor),
        gemeente=gemeente,
    )


def belt(verzoek: Pauzeverzoek, gemeente: str, today: date) -> str:
    """Until when the person is called who asked for it. Empty when nobody is to call."""
    if verzoek.bellen_voor is None:
        return ""
    if verzoek.bellen_voor < today:
        return gettext("Heeft gemeente %(gemeente)s u nog niet gebeld? Bel dan zelf.", gemeente=gemeente)
    return gettext(
        "Uiterlijk %(dag)s belt iemand van gemeente %(gemeente)s u.",
        dag=weekday(verzoek.bellen_voor),
        gemeente=gemeente,
    )


def _onvolledig(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = gettext("Uw vraag om hulp is binnen. De pauze is er nu nog niet.")
    if called := belt(verzoek, gemeente, today):
        return Stand(gettext("Wij bellen u"), "blauw", zin, called)
    hierna = gettext("Beantwoord de andere vragen zelf, of samen met de gemeente aan de telefoon.")
    return Stand(gettext("Wij weten nog niet genoeg"), "oranje", zin, hierna)


def _ingediend(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    return Stand(
        gettext("Wij hebben uw verzoek"),
        "blauw",
        gettext("Uw verzoek is binnen. De pauze is er nu nog niet."),
        _call_before(verzoek, gemeente, today),
    )


def _in_behandeling(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = gettext("Een hulpverlener leest wat u hebt ingevuld. De pauze is er nu nog niet.")
    return Stand(
        gettext("Gemeente %(gemeente)s bekijkt uw verzoek", gemeente=gemeente),
        "blauw",
        zin,
        _call_before(verzoek, gemeente, today),
    )


def _aanvulling(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = gettext("Geef hieronder antwoord op onze vraag, of bel ons.")
    return Stand(gettext("Wij hebben nog iets van u nodig"), "oranje", zin, _call_before(verzoek, gemeente, today))


def _goedgekeurd(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    if verzoek.eind_on and verzoek.eind_on < today:  # the hourly round has yet to close it
        return _afgelopen(verzoek, gemeente, today)
    dagen = {"eerste": day(verzoek.start_on), "laatste": weekday(verzoek.eind_on)}
    if verzoek.start_on and verzoek.start_on > today:
        duur = gettext("De pauze begint op %(eerste)s en duurt hoogstens tot en met %(laatste)s.", **dagen)
    else:
        duur = gettext("De pauze begon op %(eerste)s en duurt hoogstens tot en met %(laatste)s.", **dagen)
    korter = gettext("Bij een schuldeiser kan het korter zijn.")
    hierna = _call_before(verzoek, gemeente, today)
    return Stand(gettext("Uw pauze is goedgekeurd"), "groen", f"{duur} {korter}", hierna)


def _niet_goedgekeurd(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = gettext("Er komt nu geen pauze. Wij hebben niets aan uw schuldeisers verteld.")
    if verzoek.eerste_gesprek_on:
        words = gettext("Geen pauze")
    elif verzoek.telefoon:
        words = gettext("Geen pauze. Wel hulp: wij bellen u.")
    else:
        words = gettext("Geen pauze. Wel hulp: wij mailen u.")
    return Stand(words, "oranje", zin, _call_before(verzoek, gemeente, today))


def _ingetrokken(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    hierna = gettext(
        "Wilt u later toch hulp? Dat kan altijd. Bel gemeente %(gemeente)s of doe een nieuw verzoek.", gemeente=gemeente
    )
    if verzoek.eindreden is not Eindreden.INGETROKKEN:
        return Stand(
            gettext("Uw verzoek is gesloten"),
            "grijs",
            gettext("Gemeente %(gemeente)s sloot uw verzoek.", gemeente=gemeente),
            hierna,
        )
    return Stand(
        gettext("U hebt het verzoek gestopt"),
        "grijs",
        gettext("Er gaat geen nieuw bericht naar uw schuldeisers."),
        hierna,
    )


def _beeindigd(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    stopped = dutch_date(verzoek.changed_at)
    return Stand(
        gettext("Uw pauze is gestopt op %(dag)s", dag=day(stopped)),
        "oranje",
        gettext("Schuldeisers die een bericht van ons kregen, horen dat de pauze stopt. Zij horen niet waarom."),
        _after_end(gemeente),
    )


def _afgelopen(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = gettext("De laatste dag van uw pauze was %(dag)s.", dag=weekday(verzoek.eind_on))
    return Stand(gettext("Uw pauze is voorbij"), "grijs", zin, _after_end(gemeente))


def _after_end(gemeente: str) -> str:
    return gettext(
        "Krijgt u een brief die u niet kunt betalen? Bel gemeente %(gemeente)s. U kunt ook een nieuw verzoek doen.",
        gemeente=gemeente,
    )


_STANDEN: Mapping[Status, Callable[[Pauzeverzoek, str, date], Stand]] = {
    Status.INGEDIEND: _ingediend,
    Status.IN_BEHANDELING: _in_behandeling,
    Status.AANVULLING_GEVRAAGD: _aanvulling,
    Status.GOEDGEKEURD: _goedgekeurd,
    Status.NIET_GOEDGEKEURD: _niet_goedgekeurd,
    Status.INGETROKKEN: _ingetrokken,
    Status.BEEINDIGD: _beeindigd,
    Status.AFGELOPEN: _afgelopen,
}
"""Every status but the concept, which has no status page."""


def gemeld(melding: Melding) -> str:
    """What the person reported, in a few words."""
    match melding.soort:
        case Meldingsoort.POST:
            return gettext("Post van %(afzender)s", afzender=melding.post.afzender)
        case Meldingsoort.SCHULD:
            return gettext("Nog een schuld: %(afzender)s", afzender=melding.schuld.afzender or gettext(BRIEF_OP_FOTO))
    return gettext("Er klopt iets niet")


def samen(verzoek: Pauzeverzoek) -> list[str]:
    """That a partner is in it, and decides alone. Empty for who asks alone, and when nothing can be told any more.

    Nothing of the partner is told that the hulpvrager did not tell, and not what the partner decided.
    """
    partner = verzoek.partner is not None
    if not verzoek.may_have_partner or not (partner or is_samen(verzoek.antwoorden)):
        return []
    return [gettext("U vraagt dit samen met uw partner."), str(PARTNER_KIEST if partner else PARTNER_GEVRAAGD)]


PARTNER_KIEST = lazy("Uw partner kiest zelf of schuldeisers iets over uw partner horen. Die keuze staat hier niet.")
PARTNER_GEVRAAGD = lazy(
    "De gemeente vraagt uw partner zelf of dat goed is. Tot dan hoort niemand iets over uw partner."
)

BERICHTEN: Mapping[BerichtSoort, str] = {
    BerichtSoort.TOEGANGSLINK: lazy("Uw link"),
    BerichtSoort.ONTVANGEN: lazy("Uw verzoek is binnen"),
    BerichtSoort.DOORGESTUURD: lazy("Een andere gemeente behandelt uw verzoek"),
    BerichtSoort.AANVULLING_GEVRAAGD: lazy("Wij hebben een vraag"),
    BerichtSoort.GOEDGEKEURD: lazy("Uw pauze is goedgekeurd"),
    BerichtSoort.VERLENGD: lazy("Wij vroegen een langere pauze"),
    BerichtSoort.NIET_GOEDGEKEURD: lazy("Geen pauze, wel hulp"),
    BerichtSoort.INGETROKKEN: lazy("U hebt het verzoek gestopt"),
    BerichtSoort.BEEINDIGD: lazy("Uw pauze stopt"),
    BerichtSoort.BIJNA_AFGELOPEN: lazy("Uw pauze stopt binnenkort"),
    BerichtSoort.AFGELOPEN: lazy("Uw pauze is voorbij"),
}
"""What each message to the hulpvrager is called on the status page."""
