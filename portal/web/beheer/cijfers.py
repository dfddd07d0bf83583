"""The figures of the own organisatie, as they are now, per quarter."""

from flask import Response, abort, render_template, request

from portal.actions import cijfers as acts
from portal.domain.cijfers import Kwartaal
from portal.domain.roles import Role
from portal.queries import cijfers as counts
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.cijfers import as_csv, blok, kwartaalnaam
from portal.web.session import db


@bp.get("/beheer/cijfers")
@requires(Role.TEAMLEIDER)
def cijfers() -> str:
    known, chosen = _chosen()
    return render_template(
        "beheer/cijfers.html",
        blokken=[blok(tabel) for tabel in acts.tabellen(db(), chosen)],
        kwartaal=chosen,
        naam=kwartaalnaam(chosen),
        kwartalen=[(each, kwartaalnaam(each)) for each in known],
    )


@bp.get("/beheer/cijfers.csv")
@requires(Role.TEAMLEIDER)
def cijfers_csv() -> Response:
    _, chosen = _chosen()
    headers = {"Content-Disposition": f"attachment; filename=cijfers-{chosen}.csv"}
    made = as_csv(chosen, acts.tabellen(db(), chosen))
    return Response(made, content_type="text/csv; charset=utf-8", headers=headers)


def _chosen() -> tuple[list[Kwartaal], Kwartaal]:
    """The quarters there are, and the one that is asked for: without a wish the present one."""
    known = acts.quarters_of(counts.first_day(db()))
    asked = request.args.get("kwartaal")
    chosen = Kwartaal.read(asked) if asked else known[0]
    if chosen not in known:
        abort(404)
    return known, chosen
