"""How the schuldeiser is reached: what the directory says, and asking for a change (which staff decide on)."""

from datetime import timedelta
from typing import Any

from portal import clock
from portal.actions.contact import request_change
from portal.domain.errors import AdresOngeldig, SleutelHergebruikt
from portal.models import Akkoordvraag
from portal.queries import akkoord, directory
from portal.web.api.operations import operation
from portal.web.api.weergave import moment
from portal.web.bearer import aanroeper
from portal.web.problems import Problem
from portal.web.session import actor, db, settings


@operation(
    method="GET",
    path="/contactgegevens",
    name="contactgegevens",
    summary="Bekijk uw contactgegevens",
    description="Waar het portaal u bereikt, en wat u hebt gevraagd en nog niet is besloten.",
    answer="Contactgegevens",
)
def contactgegevens() -> dict[str, Any]:
    (entry,) = directory.by_id(db(), [aanroeper().schuldeiser_id])
    asked = db().scalars(akkoord.open_of(entry.id)).first()
    return {
        "email": entry.verified_email,
        "postadres": entry.postadres,
        "levering": str(entry.levering),
        "gevraagd": _asked(asked) if asked and asked.is_open(clock.now()) else None,
    }


@operation(
    method="POST",
    path="/contactgegevens",
    name="contactgegevens_vragen",
    summary="Vraag om andere contactgegevens",
    description="Wat u weglaat, blijft zoals het is. Een medewerker controleert uw vraag eerst; tot dan verandert er "
    "niets. Een nieuwe vraag vervangt een vraag die nog open is.",
    answer="GevraagdeContactgegevens",
    status=202,
    body="NieuweContactgegevens",
    sleutel=True,
    problems=(400, 413, 415, 422),
)
def contactgegevens_vragen(body: dict[str, Any], sleutel: str | None) -> dict[str, Any]:
    try:
        wish = {"email": body.get("email"), "postadres": body.get("postadres")}
        lives = timedelta(days=settings().akkoord_days)
        asked = request_change(db(), actor(), **wish, lives=lives, sleutel=sleutel)
    except AdresOngeldig as error:
        raise Problem(422, "Dit adres kan niet.", [{"plaats": f"/{error.veld}", "regel": "adres"}]) from error
    except SleutelHergebruikt as error:
        raise Problem(422, "Deze Idempotency-Key hoort bij een andere vraag.") from error
    return _asked(asked)


def _asked(asked: Akkoordvraag) -> dict[str, Any]:
    return {"email": asked.email, "postadres": asked.postadres, "gevraagd_op": moment(asked.asked_at)}
