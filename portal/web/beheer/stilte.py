"""Schuldeisers that stay silent, also after a reminder and a telephone call: the list for the NVVK."""

from flask import Response, render_template

from portal import clock
from portal.domain.roles import READERS, Role
from portal.queries import stilte
from portal.texts.cel import written
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.session import actor, db

COLUMNS = ("naam", "pauzes_zonder_antwoord", "eerste", "laatste")


@bp.get("/beheer/schuldeisers/zonder-antwoord")
@requires(*READERS, Role.LANDELIJK_BEHEERDER)
def zonder_antwoord() -> str:
    return render_template(
        "beheer/zonder_antwoord.html",
        rijen=stilte.silent(db(), actor()),
        is_landelijk=actor().organisatie_id is None,
    )


@bp.get("/beheer/schuldeisers/zonder-antwoord.csv")
@requires(*READERS, Role.LANDELIJK_BEHEERDER)
def zonder_antwoord_csv() -> Response:
    """The same as a file, to send to the NVVK. It holds nothing about anybody in debt."""
    rows = [
        (each.naam, str(each.aantal), each.eerste_on.isoformat(), each.laatste_on.isoformat())
        for each in stilte.silent(db(), actor())
    ]
    content = "\ufeff" + written(COLUMNS, rows)  # a spreadsheet knows UTF-8 by its first sign
    headers = {"Content-Disposition": f"attachment; filename=zonder-antwoord-{clock.today():%Y-%m-%d}.csv"}
    return Response(content, content_type="text/csv; charset=utf-8", headers=headers)
