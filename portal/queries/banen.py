"""The lanes of the queue: what puts a case in each, and how many there are.

The values that define a lane stand in the statement itself, not in its parameters: only then does the database know
that an index which holds just those rows will do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import clock
from portal.domain.baan import Baan
from portal.domain.inkomend import TE_LEZEN
from portal.domain.kennisgeving import Kanaal
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import OPEN, WGS_BEWAAKT, Status, Verzendstatus
from portal.models import (
    Bericht,
    Categorie,
    Inkomend,
    Kennisgeving,
    Melding,
    Partnertoestemming,
    Pauzeverzoek,
    Schuld,
    Schuldeiser,
    Schuldpartij,
    Signaal,
)
from portal.queries import bewaking, stilte

MOST = 99
"""A lane is counted up to here, so that counting costs the same whatever there is. Assumption: nobody reads on."""


NOT_BY_HAND = (Kanaal.EMAIL, Kanaal.API)
"""Channels that leave by themselves, and may fail."""

FINISHED = (Status.NIET_GOEDGEKEURD, Status.INGETROKKEN, Status.BEEINDIGD, Status.AFGELOPEN)

DECIDED = tuple(sorted(WGS_BEWAAKT - OPEN))
"""Of these the pause was decided, and the first conversation or the beschikking may still be to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keuze:
    """Which part of the queue is looked at.

    `vervangt`: whose work is the actor's today besides his own. `behandelaars`: cases of these only, of nobody when it
    is empty; None for everybody's.
    """

    vervangt: frozenset[UUID] = frozenset()
    gemeente: str | None = None
    behandelaars: frozenset[UUID] | None = None

    def mine(self, actor: Actor) -> frozenset[UUID]:
        """The members of staff whose cases are the actor's today."""
        return self.vervangt | ({actor.id} if actor.id else frozenset())


ALLES = Keuze()


def in_baan(baan: Baan, actor: Actor, keuze: Keuze = ALLES) -> ColumnElement[bool]:
    """What puts a case of this organisatie in a lane. A case can be in several."""
    return and_(*_chosen(actor, keuze), _RULES[baan](actor, keuze))


def _chosen(actor: Actor, keuze: Keuze) -> Iterable[ColumnElement[bool]]:
    yield Pauzeverzoek.organisatie_id == actor.organisatie_id
    yield Pauzeverzoek.status != literal(Status.CONCEPT, literal_execute=True)
    if keuze.gemeente is not None:
        yield Pauzeverzoek.gemeente_code == keuze.gemeente
    if keuze.behandelaars is not None:
        chosen = Pauzeverzoek.behandelaar_id.in_(keuze.behandelaars)
        yield chosen if keuze.behandelaars else Pauzeverzoek.behandelaar_id.is_(None)


def _is(column: InstrumentedAttribute[Status], value: Status) -> ColumnElement[bool]:
    return column == literal(value, column.type, literal_execute=True)


def _in(column: InstrumentedAttribute[Status], values: Iterable[Status]) -> ColumnElement[bool]:
    return column.in_(bindparam(None, list(values), column.type, expanding=True, literal_execute=True))


def _with_kennisgeving(actor: Actor, status: Verzendstatus, *kanalen: Kanaal) -> Select[UUID]:
    return select(Kennisgeving.verzoek_id).where(
        Kennisgeving.organisatie_id == actor.organisatie_id,
        Kennisgeving.kanaal.in_(kanalen),
        Kennisgeving.status == literal(status, Kennisgeving.status.type, literal_execute=True),
    )


def _undelivered(actor: Actor) -> CompoundSelect[UUID]:
    """Cases with a message that did not leave, or that did not reach the hulpvrager and nobody told."""
    return union_all(
        _with_kennisgeving(actor, Verzendstatus.NIET_BEZORGD, *NOT_BY_HAND),
        select(Bericht.verzoek_id).where(Bericht.is_untold),
    )


def _with_unread_answer(actor: Actor) -> Select[UUID]:
    return select(Kennisgeving.verzoek_id).where(
        Kennisgeving.organisatie_id == actor.organisatie_id, Kennisgeving.antwoord_unread
    )


def _with_unseen_end(actor: Actor) -> Select[UUID]:
    """Cases of which the end was announced and that nobody looked at since."""
    return select(Signaal.verzoek_id).where(
        Signaal.organisatie_id == actor.organisatie_id, bewaking.is_unseen_end(clock.today())
    )


def _has_unmatched_schuld() -> ColumnElement[bool]:
    """A schuld of which nobody said yet who is to be told: it came later, or a message went to the wrong party."""
    tied = exists().where(Schuldpartij.schuld_id == Schuld.id)
    return exists().where(Schuld.verzoek_id == Pauzeverzoek.id, ~tied)


def _has_untold_party() -> ColumnElement[bool]:
    """A party that can be told and got no message. Who leaves out a private person may mean it.

    What only the partner owes waits for the partner's toestemming.
    """
    told = exists().where(
        Kennisgeving.verzoek_id == Schuld.verzoek_id,
        Kennisgeving.schuldeiser_id == Schuldeiser.id,
        Kennisgeving.schuldenaar.is_not_distinct_from(Schuld.schuldenaar),
    )
    agreed = exists().where(Partnertoestemming.verzoek_id == Schuld.verzoek_id, Partnertoestemming.revoked_at.is_(None))
    return exists().where(
        Schuld.verzoek_id == Pauzeverzoek.id,
        Schuldpartij.schuld_id == Schuld.id,
        Schuldeiser.id == Schuldpartij.schuldeiser_id,
        Schuldeiser.actief,
        Schuldeiser.categorie != Categorie.PARTICULIER,
        or_(Schuld.schuldenaar.is_distinct_from(Schuldenaar.PARTNER), agreed),
        ~told,
    )


def _with_melding(soort: ColumnElement[bool]) -> Select[UUID]:
    """Cases with a report of the hulpvrager that nobody handled yet."""
    return select(Melding.verzoek_id).where(Melding.handled_at.is_(None), soort)


def _with_mail(actor: Actor) -> Select[UUID | None]:
    """Cases with a received mail that somebody must still read."""
    return select(Inkomend.verzoek_id).where(
        Inkomend.organisatie_id == actor.organisatie_id,
        Inkomend.verzoek_id.is_not(None),
        Inkomend.handled_at.is_(None),
        Inkomend.gevolg.in_(
            bindparam(None, sorted(TE_LEZEN), Inkomend.gevolg.type, expanding=True, literal_execute=True)
        ),
    )


_RULES: dict[Baan, Callable[[Actor, Keuze], ColumnElement[bool]]] = {
    Baan.DREIGEND: lambda actor, keuze: or_(
        and_(Pauzeverzoek.dreigend, _in(Pauzeverzoek.status, sorted(OPEN))),
        and_(Pauzeverzoek.dreigend, bewaking.is_klok_running(), Pauzeverzoek.eerste_gesprek_on.is_(None)),
    ),
    Baan.TERUGBELLEN: lambda actor, keuze: Pauzeverzoek.bellen_voor.is_not(None),
    Baan.TERMIJN: lambda actor, keuze: and_(bewaking.is_klok_running(), bewaking.is_past_half_time(clock.today())),
    Baan.NIEUW: lambda actor, keuze: _is(Pauzeverzoek.status, Status.INGEDIEND),
    Baan.VAN_MIJ: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.IN_BEHANDELING), Pauzeverzoek.behandelaar_id.in_(keuze.mine(actor))
    ),
    Baan.AANGEVULD: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.IN_BEHANDELING), Pauzeverzoek.aangevuld_at.is_not(None)
    ),
    Baan.WACHT: lambda actor, keuze: _is(Pauzeverzoek.status, Status.AANVULLING_GEVRAAGD),
    Baan.BIJ_COLLEGAS: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.IN_BEHANDELING),
        or_(Pauzeverzoek.behandelaar_id.is_(None), Pauzeverzoek.behandelaar_id.not_in(keuze.mine(actor))),
    ),
    Baan.TOCH_POST: lambda actor, keuze: Pauzeverzoek.id.in_(_with_melding(Melding.soort == Meldingsoort.POST)),
    Baan.MELDING: lambda actor, keuze: Pauzeverzoek.id.in_(_with_melding(Melding.soort != Meldingsoort.POST)),
    Baan.ANTWOORD: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.GOEDGEKEURD), Pauzeverzoek.id.in_(_with_unread_answer(actor))
    ),
    Baan.GEEN_REACTIE: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.GOEDGEKEURD), Pauzeverzoek.id.in_(stilte.is_to_telephone(actor, clock.today()))
    ),
    Baan.MAIL_LEZEN: lambda actor, keuze: Pauzeverzoek.id.in_(_with_mail(actor)),
    Baan.BEZORGING_MISLUKT: lambda actor, keuze: Pauzeverzoek.id.in_(_undelivered(actor)),
    Baan.PER_POST: lambda actor, keuze: Pauzeverzoek.id.in_(
        _with_kennisgeving(actor, Verzendstatus.KLAAR, Kanaal.BRIEF)
    ),
    Baan.NIET_INGELICHT: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.GOEDGEKEURD),
        Pauzeverzoek.changed_at > Pauzeverzoek.decided_at,
        Pauzeverzoek.eind_on > clock.today(),
        or_(_has_unmatched_schuld(), _has_untold_party()),
    ),
    Baan.BIJNA_AFGELOPEN: lambda actor, keuze: and_(
        _is(Pauzeverzoek.status, Status.GOEDGEKEURD), Pauzeverzoek.id.in_(_with_unseen_end(actor))
    ),
    Baan.SCHULDHULP: lambda actor, keuze: and_(bewaking.is_klok_running(), _in(Pauzeverzoek.status, DECIDED)),
    Baan.LOPEND: lambda actor, keuze: _is(Pauzeverzoek.status, Status.GOEDGEKEURD),
    Baan.KLAAR: lambda actor, keuze: and_(_in(Pauzeverzoek.status, FINISHED), not_(bewaking.is_klok_running())),
}
"""Lane → its rule. Complete, or the first page says so."""


def counts(session: Session, actor: Actor, keuze: Keuze = ALLES) -> dict[Baan, int]:
    """How many cases each lane holds, in one statement. MOST + 1 says that there are more than MOST."""
    columns = [_counted(in_baan(baan, actor, keuze)).label(baan.value) for baan in Baan]
    row = session.execute(select(*columns)).one()
    return {baan: getattr(row, baan.value) for baan in Baan}


def _counted(rule: ColumnElement[bool]) -> ScalarSelect[int]:
    some = select(literal(1)).select_from(Pauzeverzoek).where(rule).limit(MOST + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
