"""The bewijsdossier of a case, in one click. A POST, because who took it is recorded."""

from typing import cast
from uuid import UUID

from flask import current_app, render_template
from werkzeug.wrappers import Response

from portal import clock
from portal.actions.bewijs import MakeMail, take_bewijs
from portal.domain.bewijscontrole import LEESMIJ, SAMENVATTING
from portal.models import Kennisgeving
from portal.queries import bewijs as proof
from portal.queries import directory, organisatie
from portal.web.hulpverlener import geschiedenis, samenvatting, zaak
from portal.web.hulpverlener.blueprint import bp, may_read
from portal.web.hulpverlener.namen import Namen, medewerker_ids, schuldeiser_ids
from portal.web.session import actor, db


@bp.post("/werkvoorraad/<uuid:verzoek_id>/bewijs")
@may_read
def bewijs(verzoek_id: UUID) -> Response:
    """The file, to keep; the browser does not."""
    make_mail = cast("MakeMail", current_app.extensions["mail_bytes"])
    taken = take_bewijs(db(), actor(), verzoek_id, uitleg=_uitleg(verzoek_id), make_mail=make_mail)
    disposition = f'attachment; filename="{taken.naam}"'
    return current_app.response_class(
        taken.inhoud, mimetype="application/zip", headers={"Content-Disposition": disposition}
    )


def _uitleg(verzoek_id: UUID) -> dict[str, bytes]:
    """What the file is, how it is checked, and what happened: for people, as text and as PDF."""
    verzoek = zaak.load(verzoek_id)
    entries = proof.chain(db(), verzoek_id)
    messages = [row for row in proof.messages(db(), verzoek_id) if isinstance(row, Kennisgeving)]
    parties = directory.by_id(db(), schuldeiser_ids(entries))
    namen = Namen(
        medewerkers=organisatie.names(db(), medewerker_ids(entries)),
        schuldeisers={party.id: party.naam for party in parties},
        ontvangers={message.id: message.schuldeiser.naam for message in messages},
    )
    koppen = [kop for _, kop in proof.standen(db(), verzoek_id)]
    now, regels = clock.now(), geschiedenis.regels(entries, namen)
    leesmij = render_template("hulpverlener/bewijs.txt", verzoek=verzoek, now=now, regels=regels, koppen=koppen)
    words = samenvatting.words(verzoek, messages, entries, koppen, namen, now)
    pdf = current_app.extensions["print_sheet"](samenvatting.SJABLOON, words, clock.today())
    return {LEESMIJ: leesmij.encode(), SAMENVATTING: pdf}
