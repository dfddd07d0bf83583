"""The kop of each day, for anybody to keep: who has one can show that the past was not rewritten afterwards."""

from collections.abc import Sequence
from datetime import date

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.models import Dagkop
from portal.queries.dagkoppen import koppen
from portal.web.access import public
from portal.web.public.blueprint import bp
from portal.web.session import db

PAGE, JSON_PAGE = 31, 366
"""Days on one page, and in one answer for a program."""

FORMAAT = "pauzeknop-ketens/1"

GROUP = 16
"""Signs of a hash between two places where a line may break."""


@bp.get("/ketens")
@public
def ketens() -> str:
    """A page of days, newest first."""
    voor = _voor()
    shown, earlier = _days(PAGE, voor)
    return render_template(
        "public/ketens.html", koppen=[(kop, _groups(kop.kop)) for kop in shown], eerder=earlier, is_vervolg=voor
    )


@bp.get("/ketens.json")
@public
def ketens_json() -> ResponseReturnValue:
    """The same for a program, with all that goes into each kop; the form stands in docs/bewijs.md."""
    shown, earlier = _days(JSON_PAGE, _voor())
    return jsonify(
        formaat=FORMAAT,
        koppen=[
            {
                "dag": kop.dag.isoformat(),
                "vorige_kop": kop.vorige_kop,
                "wortel": kop.wortel,
                "bladen": kop.bladen,
                "kop": kop.kop,
            }
            for kop in shown
        ],
        eerder=url_for(".ketens_json", voor=earlier, _external=True) if earlier else None,
    )


def _voor() -> date | None:
    """Show days before this one; what is no day is the beginning."""
    try:
        return date.fromisoformat(request.args.get("voor", ""))
    except ValueError:
        return None


def _days(limit: int, voor: date | None) -> tuple[Sequence[Dagkop], str | None]:
    """A page of days, and from where the next one goes on."""
    found = koppen(db(), limit + 1, voor)
    shown = found[:limit]
    return shown, shown[-1].dag.isoformat() if len(found) > limit else None


def _groups(kop: str) -> list[str]:
    return [kop[at : at + GROUP] for at in range(0, len(kop), GROUP)]
