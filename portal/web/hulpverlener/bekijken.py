"""Who else has a case open. A small script says so by POST: opening a page writes nothing."""

from uuid import UUID

from flask import Response, jsonify

from portal import clock
from portal.actions import bekijken as acts
from portal.queries import bekijken as looking
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.woorden import en
from portal.web.session import actor, db


@bp.post("/werkvoorraad/<uuid:verzoek_id>/bekijken")
@may_act
def bekijken(verzoek_id: UUID) -> Response:
    """It is open in this browser; the answer says where else."""
    acts.look(db(), actor(), verzoek_id)
    return jsonify(zin=bekijkers(verzoek_id))


@bp.post("/werkvoorraad/<uuid:verzoek_id>/bekijken/weg")
@may_act
def bekijken_weg(verzoek_id: UUID) -> Response:
    """It is closed in this browser."""
    acts.leave(db(), actor(), verzoek_id)
    return jsonify(zin="")


def bekijkers(verzoek_id: UUID) -> str:
    """'Karim Aziz bekijkt deze zaak nu ook.', or nothing when nobody else does."""
    names = looking.others(db(), actor(), [verzoek_id], clock.now()).get(verzoek_id, [])
    return f"{en(names)} {'bekijkt' if len(names) == 1 else 'bekijken'} deze zaak nu ook." if names else ""
