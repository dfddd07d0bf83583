"""The published figures of the whole country, per quarter."""

from flask import Response, abort, render_template, request

from portal.domain.cijfers import Kwartaal
from portal.models import Kwartaalcijfers
from portal.queries.cijfers import published
from portal.web.access import public
from portal.web.cijfers import as_csv, blok, kwartaalnaam
from portal.web.public.blueprint import bp
from portal.web.session import db


@bp.get("/cijfers")
@public
def cijfers() -> str:
    """The newest quarter, or the one that is asked for."""
    known = published(db())
    chosen = _chosen(known)
    return render_template(
        "public/cijfers.html",
        cijfers=chosen,
        blokken=[blok(tabel) for tabel in chosen.tabellen] if chosen else [],
        kwartalen=[(each.kwartaal, _named(each)) for each in known],
        naam=_named(chosen) if chosen else None,
    )


@bp.get("/cijfers.csv")
@public
def cijfers_csv() -> Response:
    chosen = _chosen(published(db()))
    kwartaal = Kwartaal.read(chosen.kwartaal) if chosen else None
    if chosen is None or kwartaal is None:
        abort(404)
    headers = {"Content-Disposition": f"attachment; filename=pauzeknop-cijfers-{kwartaal}.csv"}
    made = as_csv(kwartaal, chosen.tabellen)
    return Response(made, content_type="text/csv; charset=utf-8", headers=headers)


def _chosen(known: list[Kwartaalcijfers]) -> Kwartaalcijfers | None:
    asked = request.args.get("kwartaal")
    if asked is None:
        return known[0] if known else None
    return next((each for each in known if each.kwartaal == asked), None) or abort(404)


def _named(row: Kwartaalcijfers) -> str:
    kwartaal = Kwartaal.read(row.kwartaal)
    return kwartaalnaam(kwartaal) if kwartaal else row.kwartaal
