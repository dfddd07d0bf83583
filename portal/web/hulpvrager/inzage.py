"""Who got or opened what is known of a person, in plain sentences, and all of it as one document. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from portal.clock import dutch_date
from portal.domain import events
from portal.domain.antwoorden import AFGENOMEN, Bron
from portal.domain.kennisgeving import from_json
from portal.domain.roles import ActorKind
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Aanvulling, AuditEntry, Beantwoording, Bericht, Foto, Kennisgeving, Melding, Pauzeverzoek
from portal.texts.talen import gettext, lazy
from portal.web.templating import day

Namen: TypeAlias = Mapping[str, str]
"""Id of a Kennisgeving → the name of who it is for."""

Zin: TypeAlias = Callable[[str, Mapping[str, Any], Namen], str]


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """A schuldeiser or gemachtigde, and which facts of the person stood in the message to it."""

    naam: str
    op: str
    feiten: list[str]

    @classmethod
    def read(cls, message: Kennisgeving) -> "Ontvanger":
        facts = from_json(message.feiten)
        betrokkene = facts.betrokkene
        mede = gettext("naam en geboortedatum van %(naam)s", naam=facts.mede.naam) if facts.mede else ""
        own = [each.referentie for each in facts.verwijzingen if each.referentie]
        told = [
            gettext("naam: %(naam)s", naam=betrokkene.naam),
            gettext("geboortedatum: %(dag)s", dag=day(betrokkene.geboren_on)),
            gettext(
                "adres: %(postcode)s, %(huisnummer)s", postcode=betrokkene.postcode, huisnummer=betrokkene.huisnummer
            )
            if betrokkene.postcode
            else "",
            mede,
            gettext("hun eigen nummer: %(nummers)s", nummers=", ".join(own)) if own else "",
            gettext("laatste dag van de pauze: %(dag)s", dag=day(facts.eind_on)),
        ]
        return cls(message.schuldeiser.naam, day(dutch_date(message.issued_at)), [line for line in told if line])


@dataclass(frozen=True, slots=True)
class Fotoregel:
    """A photo of a letter: what it came with, and where each page of it is looked at."""

    foto: Foto
    bij: str
    adressen: list[str]

    @property
    def feiten(self) -> dict[str, Any]:
        """As JSON values. The pages are too large for it: it says where to look."""
        return {
            "id": str(self.foto.id),
            "op": self.foto.made_at.isoformat(),
            "bij": self.bij,
            "bladzijden": self.foto.paginas,
            "sha256": self.foto.beeld_sha256,
            "bekijken": self.adressen,
            "gelezen_door_de_computer": self.foto.voorstel,
        }


# --- what was done with it ------------------------------------------------------------------------


def _named(words: str) -> Zin:
    """A sentence in which {} is the recipient of a message."""
    return lambda wie, feiten, namen: words.format(namen.get(feiten["kennisgeving_id"], gettext("Een schuldeiser")))


def _acted(words: str) -> Zin:
    """A sentence in which %(wie)s is who did it."""
    return lambda wie, feiten, namen: words % {"wie": wie}


_ZINNEN: Mapping[type[events.Event], Zin] = {
    events.PauzeverzoekSubmitted: _acted(lazy("%(wie)s verstuurde het verzoek aan de gemeente.")),
    events.TerugbellenRequested: _acted(lazy("%(wie)s vroeg om een telefoontje van de gemeente.")),
    events.TerugbellenMissed: _acted(lazy("%(wie)s belde u en kreeg geen gehoor.")),
    events.TerugbellenDone: _acted(lazy("%(wie)s sprak u.")),
    events.AanmeldingTakenDown: _acted(lazy("%(wie)s vulde de aanmelding met u in.")),
    events.AanmeldingClosed: _acted(lazy("%(wie)s sloot het verzoek.")),
    events.ToegangOpened: lambda wie, feiten, namen: gettext("Uw pagina is geopend."),
    events.PauzeverzoekAssigned: lambda wie, feiten, namen: (
        gettext("Iemand anders van de gemeente behandelt nu uw verzoek.")
        if feiten["was"]
        else gettext("%(wie)s nam uw verzoek in behandeling.", wie=wie)
    ),
    events.PauzeverzoekForwarded: lambda wie, feiten, namen: gettext("Uw verzoek ging naar een andere gemeente."),
    events.EersteGesprekRegistered: _acted(lazy("%(wie)s noteerde het eerste gesprek met u.")),
    events.BeschikkingRegistered: _acted(lazy("%(wie)s noteerde het besluit over uw hulp bij schulden.")),
    events.SupplementRequested: _acted(lazy("%(wie)s stelde u een vraag.")),
    events.PauzeverzoekSupplemented: _acted(lazy("%(wie)s gaf antwoord op de vraag.")),
    events.PauzeverzoekApproved: _acted(lazy("%(wie)s keurde de pauze goed.")),
    events.PauzeverzoekDeclined: _acted(lazy("%(wie)s besloot dat er geen pauze komt.")),
    events.PauzeEnded: _acted(lazy("%(wie)s stopte de pauze.")),
    events.PauzeverzoekWithdrawn: _acted(lazy("%(wie)s stopte het verzoek.")),
    events.BewijsTaken: _acted(lazy("%(wie)s haalde alle gegevens van uw verzoek op als bestand.")),
    events.MeldingHandled: _acted(lazy("%(wie)s bekeek uw bericht.")),
    events.KennisgevingHandedOver: _named(lazy("Onze e-mail aan {} ging weg.")),
    events.KennisgevingPosted: _named(lazy("Onze brief aan {} ging op de post.")),
    events.KennisgevingAcknowledged: _named(lazy("{} haalde ons bericht op.")),
    events.AntwoordlinkConfirmed: _named(lazy("{} opende het bericht over u.")),
    events.KennisgevingAnswered: _named(lazy("{} gaf antwoord.")),
}
"""The events by which somebody sees or gets something of the person. The rest is about the portal itself."""

_BY_NAME = {kind.__name__: zin for kind, zin in _ZINNEN.items()}


def gebeurd(entries: Iterable[AuditEntry], namen: Namen, organisatie: str) -> list[tuple[datetime, str]]:
    """When, and what, in the order of the entries."""
    return [
        (entry.at, _BY_NAME[entry.gebeurtenis](_wie(entry, organisatie), entry.feiten, namen))
        for entry in entries
        if entry.gebeurtenis in _BY_NAME and entry.feiten.get("kennisgeving_id", "") in {"", *namen}
    ]


def _wie(entry: AuditEntry, organisatie: str) -> str:
    match entry.actor_kind:
        case ActorKind.HULPVRAGER:
            return gettext("U")
        case ActorKind.MEDEWERKER:
            return gettext("Een medewerker van %(organisatie)s", organisatie=organisatie)
        case _:
            return gettext("Het portaal")


def taal_rows(naam: str) -> list[tuple[str, str]]:
    """In which language the person is written to."""
    return [(gettext("Taal"), naam)]


def partner_rows(verzoek: Pauzeverzoek) -> list[tuple[str, str]]:
    """That there is a partner; how to reach the partner, and what the partner agreed to, is the partner's own."""
    return [(gettext("Partner"), verzoek.partner.persoon.naam)] if verzoek.partner else []


# --- everything, as a file ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Alles:
    """Everything that the portal knows of one person."""

    verzoek: Pauzeverzoek
    kennisgevingen: Sequence[Kennisgeving]
    antwoorden: Mapping[UUID, Beantwoording]
    berichten: Sequence[Bericht]
    aanvullingen: Sequence[Aanvulling]
    meldingen: Sequence[Melding]
    fotos: Sequence[Fotoregel]
    gebeurd: Sequence[tuple[datetime, str]]


def document(alles: Alles) -> dict[str, Any]:
    """As JSON values, under the words of the field."""
    v = alles.verzoek
    return {
        "kenmerk": v.kenmerk,
        "status": str(v.status),
        "gemeente": v.gemeente.naam if v.gemeente else None,
        "organisatie": v.organisatie.naam if v.organisatie else None,
        "taal": str(v.reads),
        "begonnen_op": v.created_at.isoformat(),
        "meldingsdatum": _iso(v.meldingsdatum),
        "bsn": v.bsn,
        "bevestigd_met": v.bron if v.bron == Bron.DIGID else None,
        "ingevuld_door_medewerker": v.bron if v.bron in AFGENOMEN else None,
        "antwoorden": v.antwoorden,
        "bellen": v.bellen and {**v.bellen, "uiterlijk": _iso(v.bellen_voor)},
        "schulden": [schuld.gegevens for schuld in v.schulden_for_hulpvrager],
        "partner": dict(partner_rows(v)) or None,
        "toestemmingen": [
            {"versie": t.versie, "gegeven": _iso(t.given_at), "ingetrokken": _iso(t.revoked_at)}
            for t in v.toestemmingen
        ],
        "schuldhulp": {
            "eerste_gesprek": _iso(v.eerste_gesprek_on),
            "beschikking": _iso(v.beschikking_on),
            "toegelaten": v.toegelaten,
        },
        "pauze": {"van": _iso(v.start_on), "tot_en_met": _iso(v.eind_on), "toelichting": v.toelichting},
        "vragen": [{"vraag": a.vraag, "gesteld": _iso(a.asked_at), "antwoord": a.reactie} for a in alles.aanvullingen],
        "berichten_aan_u": [
            {"op": _iso(b.issued_at), "soort": str(b.soort), "aan": b.aan, "taal": str(b.written_in), "tekst": b.tekst}
            for b in alles.berichten
        ],
        "berichten_aan_schuldeisers": [_told(k, alles.antwoorden.get(k.id)) for k in alles.kennisgevingen],
        "meldingen": [
            {"op": _iso(m.made_at), "soort": str(m.soort), "gegevens": m.gegevens, "reactie": m.reactie}
            for m in alles.meldingen
        ],
        "fotos": [regel.feiten for regel in alles.fotos],
        "wie_zag_of_kreeg_wat": [{"op": _iso(at), "wat": zin} for at, zin in alles.gebeurd],
    }


def _told(message: Kennisgeving, answer: Beantwoording | None) -> dict[str, Any]:
    return {
        "aan": message.schuldeiser.naam,
        "soort": str(message.soort),
        "vastgesteld": _iso(message.issued_at),
        "verstuurd": _iso(message.handed_over_at),
        "onderwerp": message.onderwerp,
        # The text of a message about two people holds the birth date of the other one.
        "tekst": None if message.schuldenaar is Schuldenaar.BEIDEN else message.tekst,
        "antwoord": str(answer.antwoord) if answer else None,
    }


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None
