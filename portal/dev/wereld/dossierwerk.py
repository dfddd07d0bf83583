"""What staff does in a case beside the decision: the Wgs, notes and registers, another gemeente, a second key."""

from datetime import timedelta
from uuid import uuid5

from portal import clock
from portal.actions import akkoord, akkoord_soorten, doorsturen, hulpvrager, notities, partner, review, wgs
from portal.db.engine import ScopedSession
from portal.dev.wereld.geval import Act, Geval
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Register, Registeruitkomst
from portal.queries import dossier

ANSWERED_WITHIN = timedelta(days=14)
"""How long a question for a second key lives; as the settings begin."""


def _talk(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    wgs.register_gesprek(session, actor, geval.verzoek_id, geval.versie, clock.today())


def _decree(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    wgs.register_beschikking(session, actor, geval.verzoek_id, geval.versie, clock.today(), toegelaten=True)


def _note(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    id = uuid5(geval.verzoek_id, "notitie")
    notities.write_notitie(session, actor, geval.verzoek_id, geval.verhaal.notitie, id=id)


def _check(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    id = uuid5(geval.verzoek_id, Register.VISH)
    notities.check_register(
        session, actor, geval.verzoek_id, Register.VISH, Registeruitkomst.IN_ORDE, "", id=id
    )  # fmt: skip


def _forward(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    doorsturen.forward_pauzeverzoek(
        session, actor, geval.verzoek_id, geval.versie, geval.verhaal.naar_gemeente, geval.verhaal.toelichting
    )


def _ask_geheim(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    wens = akkoord_soorten.lift_geheim(geval.verzoek_id)
    akkoord.ask(session, actor, wens, "De hulpvrager zegt dat het adres niet meer geheim is.", ANSWERED_WITHIN)


def _add_later(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    """Schulden that came up in the conversation, tied at once: their schuldeisers wait for a message."""
    for place, line in enumerate(geval.verhaal.later):
        id = hulpvrager.add_schuld(
            session, actor, geval.verzoek_id, line.gegevens, id=uuid5(geval.verzoek_id, f"later {place}")
        )
        parties = {geval.parties[naam]: referentie for naam, referentie in line.partijen.items()}
        review.match_schuld(session, actor, geval.verzoek_id, id, parties)


def _add_partner(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    told = dict(geval.verhaal.partner)
    owed = {wie: Schuldenaar(van) for wie, van in told.pop("schulden").items()}
    partner.save_partner(session, actor, geval.verzoek_id, geval.versie, told)
    pairs = zip(geval.schulden, geval.verhaal.schulden, strict=True)
    whose = {id: owed.get(line.gegevens["afzender"]) for id, line in pairs}
    versie = dossier.load(session, geval.verzoek_id).versie
    partner.note_schuldenaars(session, actor, geval.verzoek_id, versie, whose)


def _hear_partner(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    partner.note_partnertoestemming(session, actor, geval.verzoek_id, geval.versie)


DOSSIERWERK: dict[str, Act] = {
    "talk": _talk,
    "decree": _decree,
    "note": _note,
    "check": _check,
    "forward": _forward,
    "ask_geheim": _ask_geheim,
    "add_later": _add_later,
    "add_partner": _add_partner,
    "hear_partner": _hear_partner,
}
