"""The second person of a request, as staff take it down: who it is, the own toestemming, and whose each schuld is."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from portal.actions import berichten, vervolg
from portal.actions.review import expect_references_to_tell_nothing
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import AlVerteld, MoveNotAllowed, NotAllowed
from portal.domain.kennisgeving import from_json
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Kennisgeving, Partner, Partnertoestemming, Pauzeverzoek, Schuld
from portal.models.briefwisseling import briefwisselingen
from portal.queries import dossier
from portal.queries import vervolg as plans
from portal.texts import partnertoestemming

Secties = dict[str, dict[str, Any]]


def save_partner(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, secties: Secties) -> list[str]:
    """Add the partner, or mend what is known. An address that becomes secret is taken out of what was told at once.

    Returns the names of those for whom that did not work out. Raises NotFound, AlreadyDecided, MoveNotAllowed in a case
    that is over, NotAllowed (for lifting a secret address too), AdresInReferentie.
    """
    with unit_of_work(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        was_geheim = verzoek.has_geheim_adres
        partner = verzoek.partner
        if partner is None:
            verzoek.partner = Partner(verzoek_id=verzoek.id, added_at=work.now, toestemmingen=[])
            verzoek.partner.tell(secties)
            happened: events.Event = events.PartnerAdded(keten=verzoek.id)
        else:
            if partner.geheim and not secties["adres"]["geheim"]:
                raise NotAllowed("a secret address stays secret")
            happened = events.PartnerChanged(keten=verzoek.id, velden=partner.tell(secties))
        expect_references_to_tell_nothing(verzoek, _references(verzoek))
        verzoek.touch(work.now)
        work.record(happened)
        became_geheim = verzoek.has_geheim_adres and not was_geheim
        return _take_out_address(work, verzoek) if became_geheim and verzoek.is_running else []


def _take_out_address(work: Work, verzoek: Pauzeverzoek) -> list[str]:
    return vervolg.issue_each(work, verzoek, plans.corrected(vervolg.stand(work, verzoek)))[1]


def remove_partner(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int) -> None:
    """Forget who was added by mistake. Raises NotFound, AlreadyDecided, NotAllowed, and MoveNotAllowed once there was
    a toestemming, which is evidence, or as long as there is a schuld of the partner.
    """
    with unit_of_work(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        verzoek.expect_partner()
        if not verzoek.may_forget_partner:
            raise MoveNotAllowed("remove a partner who takes part")
        verzoek.partner = None
        verzoek.touch(work.now)
        work.record(events.PartnerRemoved(keten=verzoek.id))


def note_partnertoestemming(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int) -> None:
    """The partner said yes, by telephone or at the desk, after the text was read out. Schuldeisers of a pause that runs
    are told in an act of their own.

    Raises NotFound, AlreadyDecided, NotAllowed, MoveNotAllowed when there is one already or the case is over.
    """
    with unit_of_work(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        partner = verzoek.expect_partner()
        if partner.toestemming is not None or actor.id is None:
            raise MoveNotAllowed("a second toestemming")
        partner.toestemmingen.append(
            Partnertoestemming(
                partner_id=partner.id,
                verzoek_id=verzoek.id,
                versie=partnertoestemming.VERSIE,
                tekst_sha256=partnertoestemming.SHA256,
                given_at=work.now,
                heard_by=actor.id,
            )
        )
        verzoek.touch(work.now)
        work.record(events.PartnertoestemmingGiven(keten=verzoek.id, versie=partnertoestemming.VERSIE))


def revoke_partnertoestemming(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> list[str]:
    """The partner takes it back. While a pause runs, who was told of the partner's own schuld hears that it ends, and
    who was told of both gets a correctie that names the hulpvrager only.

    Returns the names of those for whom it did not work out; the case page keeps them as open work. Raises NotFound,
    NotAllowed, MoveNotAllowed when there is none.
    """
    with unit_of_work(session, actor) as work:
        verzoek = _case(work, verzoek_id)
        happened = verzoek.expect_partner().revoke(work.now)
        if happened is None:
            raise MoveNotAllowed("no toestemming of the partner")
        verzoek.touch(work.now)
        work.record(happened)
        return _stop_naming(work, verzoek) if verzoek.is_running else []


def _stop_naming(work: Work, verzoek: Pauzeverzoek) -> list[str]:
    issued = dossier.kennisgevingen(work.session, verzoek.id)
    own = [each for each in issued if each.schuldenaar is Schuldenaar.PARTNER]
    berichten.stop_kennisgevingen(work, verzoek, own)
    wrong = plans.corrected(vervolg.stand(work, verzoek))
    joint = [each for each in wrong if each.ontvanger.schuldenaar is Schuldenaar.BEIDEN]
    # After the corrections are planned: an exchange of which the last message lapsed needs none any more. Before they
    # are issued: what goes wrong with one undoes what it did, and then the message that names the partner would leave.
    berichten.lapse_unsent(work, (each for each in issued if _names_partner_beside(each)))
    return vervolg.issue_each(work, verzoek, joint)[1]


def _names_partner_beside(issued: Kennisgeving) -> bool:
    return issued.schuldenaar is Schuldenaar.BEIDEN and from_json(issued.feiten).mede is not None


def note_schuldenaars(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, owed: Mapping[UUID, Schuldenaar | None]
) -> int:
    """Whose each of these schulden is; returns how many changed.

    Raises NotFound, AlreadyDecided, NotAllowed, MoveNotAllowed, and AlVerteld for a schuld of which somebody was told:
    who was told of it as another's would never hear that it ends.
    """
    with unit_of_work(session, actor) as work:
        verzoek = _case(work, verzoek_id, versie)
        changed = [each for each in verzoek.schulden if each.id in owed and each.schuldenaar is not owed[each.id]]
        _expect_untold(changed, dossier.kennisgevingen(session, verzoek.id) if verzoek.is_running else ())
        happened = [schuld.owed_by(owed[schuld.id]) for schuld in changed]
        verzoek.touch(work.now)
        for each in happened:
            work.record(each)
        return len(changed)


def _expect_untold(changed: list[Schuld], issued: Sequence[Kennisgeving]) -> None:
    told = {each.sleutel for each in briefwisselingen(issued) if not each.is_closed}
    tied = {(partij.schuldeiser_id, schuld.schuldenaar) for schuld in changed for partij in schuld.partijen}
    if told & tied:
        raise AlVerteld(sorted({id for id, _ in told & tied}))


def _case(work: Work, verzoek_id: UUID, versie: int | None = None) -> Pauzeverzoek:
    """The case, locked. What nobody filled in or decided away has no partner. `versie`: what the page showed."""
    if not work.actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider takes down a partner")
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    if versie is not None:
        verzoek.expect_version(versie)
    if not verzoek.may_have_partner:
        raise MoveNotAllowed(f"partner in {verzoek.status}")
    return verzoek


def _references(verzoek: Pauzeverzoek) -> list[dict[UUID, str | None]]:
    return [{partij.schuldeiser_id: partij.referentie for partij in schuld.partijen} for schuld in verzoek.schulden]
