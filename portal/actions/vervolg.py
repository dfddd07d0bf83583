"""What the acts on a pause that runs have in common: who signs, and messages of which each stands by itself."""

import hmac
import logging
from collections.abc import Iterable
from uuid import UUID

from portal.actions import berichten
from portal.actions.work import Work
from portal.clock import dutch_date
from portal.domain.errors import (
    GeenToestemming,
    MoveNotAllowed,
    NotAllowed,
    VoorbeeldVerouderd,
)
from portal.models import Medewerker, Pauzeverzoek
from portal.queries import dossier
from portal.queries.vervolg import Vervolg, Zaakstand, fingerprint

_log = logging.getLogger(__name__)


def load_running(work: Work, verzoek_id: UUID, versie: int) -> Pauzeverzoek:
    """The case, locked, to send something about it.

    Raises NotAllowed, NotFound, AlreadyDecided, MoveNotAllowed, GeenToestemming.
    """
    if not work.actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider decides")
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    verzoek.expect_version(versie)
    if not verzoek.is_running:
        raise MoveNotAllowed(f"send about {verzoek.status}")
    if verzoek.toestemming is None:
        raise GeenToestemming(str(verzoek.id))
    return verzoek


def stand(work: Work, verzoek: Pauzeverzoek) -> Zaakstand:
    """The case as the queries of what follows want it; the one who acts signs. Raises NotAllowed."""
    if work.actor.id is None:
        raise NotAllowed("a medewerker has an id")
    return Zaakstand(
        verzoek=verzoek,
        issued=dossier.kennisgevingen(work.session, verzoek.id),
        contactpersoon=work.session.get_one(Medewerker, work.actor.id).naam,
        today=dutch_date(work.now),
    )


def expect_seen(planned: Iterable[Vervolg], gezien: str) -> None:
    """Raises VoorbeeldVerouderd when the messages are no longer those that the page showed."""
    if not hmac.compare_digest(gezien, fingerprint(planned)):
        raise VoorbeeldVerouderd(gezien)


def issue_each(work: Work, verzoek: Pauzeverzoek, planned: Iterable[Vervolg]) -> tuple[list[Vervolg], list[str]]:
    """Issue them one by one; what goes wrong with one keeps no other. Returns those that were issued, and the names of
    the others.
    """
    done: list[Vervolg] = []
    failed: list[str] = []
    for each in planned:
        try:
            with work.attempt():
                _issue(work, verzoek, each)
            done.append(each)
        except Exception:
            _log.exception("a message of %s was not issued", verzoek.id)
            failed.append(each.schuldeiser.naam)
    return done, failed


def _issue(work: Work, verzoek: Pauzeverzoek, planned: Vervolg) -> None:
    """What has not left is replaced by this one."""
    if planned.feiten is None:
        raise ValueError("nothing to issue")
    berichten.lapse_unsent(work, planned.vervalt)
    berichten.issue_kennisgeving(work, verzoek, planned.ontvanger, planned.feiten, nummer=planned.nummer)
