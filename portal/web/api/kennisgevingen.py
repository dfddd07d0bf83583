"""The own Kennisgevingen: list them, fetch one, acknowledge, answer."""

from datetime import date
from typing import Any
from uuid import UUID

from portal.actions.beantwoorden import answer
from portal.actions.ontvangst import acknowledge
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.errors import AlreadyDecided, AntwoordOngeldig, NietMeerTeBeantwoorden, SleutelHergebruikt
from portal.domain.kennisgeving import from_json
from portal.domain.status import Antwoord
from portal.models import Beantwoording, Kennisgeving
from portal.models.links import wegwijzers
from portal.queries import antwoord as answers
from portal.queries import api
from portal.texts import gegevens
from portal.web.api.operations import Parameter, operation
from portal.web.api.schemas import CURSOR, DEFAULT_PAGE, PAGE_SIZE
from portal.web.api.weergave import moment
from portal.web.problems import Problem
from portal.web.session import actor, db

ONTVANGEN = {"ja": True, "nee": False, "alle": None}

LETTER_RETRY_SECONDS = 10
"""The worker makes letters at once; on a peak day it may have a queue."""

_TEXTS = ("naar_naam", "contactpersoon", "telefoon", "email", "referentie")


@operation(
    method="GET",
    path="/kennisgevingen",
    name="kennisgevingen",
    summary="Haal uw Kennisgevingen op",
    description="Zonder `na` begint u vooraan. Wat u niet bevestigt, komt de volgende keer terug.",
    answer="Kennisgevingen",
    query=(
        Parameter(name="na", description="De cursor uit `volgende` van de vorige bladzijde.", schema=CURSOR),
        Parameter(name="aantal", description="Hoeveel u er hoogstens krijgt.", schema=PAGE_SIZE),
        Parameter(
            name="ontvangen",
            description="`nee`: alleen wat u nog niet bevestigde; `ja`: alleen wat u wel bevestigde; of `alle`.",
            schema={"type": "string", "enum": list(ONTVANGEN), "default": "nee"},
        ),
    ),
    problems=(400,),
)
def kennisgevingen(query: dict[str, Any]) -> dict[str, Any]:
    found = api.page(
        db(),
        acknowledged=ONTVANGEN[query.get("ontvangen", "nee")],
        after=query.get("na"),
        limit=query.get("aantal", DEFAULT_PAGE),
    )
    return {"kennisgevingen": [_shown(row) for row in found.rijen], "volgende": found.volgende}


@operation(
    method="GET",
    path="/kennisgevingen/{id}",
    name="kennisgeving",
    summary="Haal één Kennisgeving op",
    description="Ophalen is nog geen ontvangst: bevestig die apart.",
    answer="Kennisgeving",
    problems=(404,),
)
def kennisgeving(kennisgeving_id: UUID) -> dict[str, Any]:
    return _shown(api.one(db(), kennisgeving_id))


@operation(
    method="GET",
    path="/kennisgevingen/{id}/brief",
    name="kennisgeving_brief",
    summary="Haal de brief op",
    description="Dezelfde Kennisgeving als brief in pdf (PDF/A-3), met de inhoud als JSON erin. Kort na de uitgifte "
    "kan de brief nog in de maak zijn: dan krijgt u 503.",
    answer=None,
    problems=(404,),
)
def brief(kennisgeving_id: UUID) -> bytes:
    made = api.letter(db(), kennisgeving_id)
    if made is None:
        raise Problem(503, "De brief wordt nog gemaakt.", retry_after_seconds=LETTER_RETRY_SECONDS)
    return bytes(made.pdf)


@operation(
    method="POST",
    path="/kennisgevingen/{id}/ontvangst",
    name="ontvangst",
    summary="Bevestig de ontvangst",
    description="Doe dit als het bericht veilig in uw eigen systeem staat. Nog een keer bevestigen verandert niets.",
    answer="Ontvangst",
    problems=(404,),
)
def ontvangst(kennisgeving_id: UUID) -> dict[str, Any]:
    at = acknowledge(db(), actor(), api.one(db(), kennisgeving_id).id)
    return {"id": str(kennisgeving_id), "ontvangen_op": moment(at)}


@operation(
    method="GET",
    path="/kennisgevingen/{id}/antwoord",
    name="gegeven_antwoord",
    summary="Bekijk uw antwoord",
    description="Het antwoord dat nu geldt. Van een herinnering is dat het antwoord op het eerdere bericht.",
    answer="Antwoord",
    problems=(404,),
)
def gegeven_antwoord(kennisgeving_id: UUID) -> dict[str, Any]:
    given = answers.last_answer(db(), answers.meant_by(db(), api.one(db(), kennisgeving_id)).id)
    if given is None:
        raise Problem(404, "U hebt nog niet geantwoord.")
    return _answered(given)


@operation(
    method="POST",
    path="/kennisgevingen/{id}/antwoord",
    name="antwoorden",
    summary="Antwoord op een Kennisgeving",
    description="U kunt een antwoord vervangen tot de pauze stopt: noem dan het nummer ervan in `na`. Hetzelfde "
    "antwoord nog een keer sturen verandert niets.",
    answer="Antwoord",
    body="NieuwAntwoord",
    sleutel=True,
    problems=(400, 404, 409, 413, 415, 422),
)
def antwoorden(kennisgeving_id: UUID, body: dict[str, Any], sleutel: str | None) -> dict[str, Any]:
    try:
        meant, seen = api.one(db(), kennisgeving_id).id, body.get("na", 0)
        given = answer(db(), actor(), meant, _given(body), via=Antwoordweg.API, na=seen, sleutel=sleutel)
    except AntwoordOngeldig as error:
        raise Problem(422, "Dit antwoord kan niet.", [{"plaats": f"/{error.veld}", "regel": "combinatie"}]) from error
    except SleutelHergebruikt as error:
        raise Problem(422, "Deze Idempotency-Key hoort bij een ander antwoord.") from error
    except NietMeerTeBeantwoorden as error:
        raise Problem(409, "Deze Kennisgeving is gestopt, vervangen of afgelopen.") from error
    except AlreadyDecided as error:
        raise Problem(409, "Er is al een ander antwoord. Haal dat eerst op en noem het nummer in `na`.") from error
    return _answered(given)


def _given(body: dict[str, Any]) -> GegevenAntwoord:
    """The answer as the act wants it; the schema has checked every part by itself."""
    return GegevenAntwoord(
        antwoord=Antwoord(body["antwoord"]),
        tot_en_met=date.fromisoformat(body["tot_en_met"]) if "tot_en_met" in body else None,
        reden=GeenMedewerking(body["reden"]) if "reden" in body else None,
        naar_id=UUID(body["naar_id"]) if "naar_id" in body else None,
        **{name: body.get(name, "") for name in _TEXTS},
    )


def _shown(row: Kennisgeving) -> dict[str, Any]:
    feiten = from_json(row.feiten)
    return {
        "id": str(row.id),
        "uitgegeven_op": moment(row.issued_at),
        "ontvangen_op": moment(row.acknowledged_at) if row.acknowledged_at else None,
        "antwoord": str(row.antwoord),
        "inhoud": gegevens.document(feiten, wegwijzers(db().adressen.base_url, feiten)),
    }


def _answered(row: Beantwoording) -> dict[str, Any]:
    """What was said; what was not said is left out."""
    given = row.gegeven
    said = {
        "tot_en_met": given.tot_en_met.isoformat() if given.tot_en_met else "",
        "reden": str(given.reden or ""),
        "naar_id": str(given.naar_id or ""),
        **{name: getattr(given, name) for name in _TEXTS},
    }
    told = {"nummer": row.volgnummer, "antwoord": str(row.antwoord), "gegeven_op": moment(row.answered_at)}
    return told | {name: value for name, value in said.items() if value}
