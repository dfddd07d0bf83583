"""The webhook of the client that calls: the portal tells its machine that something waits. Fetching stays the truth."""

from typing import Any

from portal.actions import webhook as acts
from portal.domain.errors import WebhookOngeldig
from portal.queries import api
from portal.web.api.operations import operation
from portal.web.api.weergave import moment
from portal.web.bearer import aanroeper
from portal.web.problems import Problem
from portal.web.session import actor, db, settings


@operation(
    method="GET",
    path="/webhook",
    name="webhook",
    summary="Bekijk uw webhook",
    description="Waar het portaal uw systeem een seintje geeft, en of dat lukt.",
    answer="Webhook",
)
def webhook() -> dict[str, Any]:
    return _shown()


@operation(
    method="PUT",
    path="/webhook",
    name="webhook_instellen",
    summary="Zet een webhook aan, of vraag een nieuw geheim",
    description="Het portaal stuurt een POST naar dit adres als er Kennisgevingen voor u klaarstaan, met alleen de "
    "id's. U krijgt het geheim voor de handtekening één keer te zien. Bij hetzelfde adres ondertekent het portaal nog "
    "24 uur ook met uw vorige geheim.",
    answer="WebhookGeheim",
    body="NieuweWebhook",
    problems=(400, 413, 415, 422),
)
def webhook_instellen(body: dict[str, Any]) -> dict[str, Any]:
    lokaal = settings().is_development
    try:
        geheim = acts.register(db(), actor(), aanroeper().client_id, body["url"], lokaal=lokaal)
    except WebhookOngeldig as error:
        raise Problem(422, "Dit adres kan niet.", [{"plaats": "/url", "regel": "adres"}]) from error
    return {"url": body["url"], "geheim": geheim}


@operation(
    method="DELETE",
    path="/webhook",
    name="webhook_uitzetten",
    summary="Zet uw webhook uit",
    description="Het portaal geeft geen seintje meer. Uw Kennisgevingen haalt u op zoals altijd.",
    answer="Webhook",
)
def webhook_uitzetten() -> dict[str, Any]:
    acts.remove(db(), actor(), aanroeper().client_id)
    return _shown()


def _shown() -> dict[str, Any]:
    found = api.webhook(db(), aanroeper().client_id)
    times = (found.delivered_at, found.failed_at) if found else (None, None)
    gelukt, mislukt = (moment(at) if at else None for at in times)
    return {
        "url": found.url if found else None,
        "gelukt_op": gelukt,
        "mislukt_op": mislukt,
        "fout": str(found.fout) if found and found.fout else None,
    }
