"""Find a party in the directory by what a person typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import CTE, Text, column, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.domain.handelsnaam import distinctive
from portal.domain.roles import Actor, Role
from portal.models import Categorie, Lijstvoorstel, Schuldeiser
from portal.models.sealed import fold

SUGGESTIONS = 5
"""Parties suggested for one typed name."""

SIMILAR = 0.4
"""Word similarity (0..1) of a name's own words below which it is not suggested. pg_trgm's own default is 0.6 for words;
Dutch trade names vary more ('Ziggo' for 'VodafoneZiggo'). Measured: docs/metingen.md."""

ROUNDING = 0.01
"""Trigrams, so that a product such as 0.4 × 15 never counts as a little more than 6."""

CERTAIN = 0.9
"""Word similarity from which a suggestion is chosen beforehand."""

NAMES = 400
"""Names offered to a hulpvrager while typing."""

PAGE = 50


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A party with how alike its name is, 0..1."""

    schuldeiser: Schuldeiser
    likeness: float

    @property
    def is_certain(self) -> bool:
        return self.likeness >= CERTAIN


def suggest(session: Session, typed: str, limit: int = SUGGESTIONS) -> list[Suggestion]:
    """The active parties whose name or trade name is most like what was typed, best first. No private persons: whom
    one person owes money is nothing for the case of another.
    """
    return suggest_all(session, [typed], limit)[typed]


def suggest_all(session: Session, typed: Iterable[str], limit: int = SUGGESTIONS) -> Mapping[str, list[Suggestion]]:
    """The same for many typed names at once, in one statement. A name that is like none has an empty list."""
    found: dict[str, list[Suggestion]] = defaultdict(list)
    wanted = {name: name.strip().lower() for name in typed}
    spelled = sorted({name for name in wanted.values() if name})
    if not spelled:
        return found
    best = _best(spelled, limit)
    rows = session.execute(
        select(best.c.typed, Schuldeiser, best.c.likeness)
        .join(Schuldeiser, Schuldeiser.id == best.c.id)
        .where(best.c.place <= limit)
        .order_by(best.c.typed, best.c.place)
    ).all()
    per_spelling: dict[str, list[Suggestion]] = defaultdict(list)
    for row in rows:
        per_spelling[row.typed].append(Suggestion(row.Schuldeiser, row.likeness))
    found.update({name: per_spelling[spelling] for name, spelling in wanted.items()})
    return found


def _best(spelled: Sequence[str], limit: int) -> CTE:
    """The entries that compete for the places of each typed name, with their place.

    Row-level security keeps the trigram index out of reach, so the entries are read once and what is dear is done to
    few of them. The own words count first, then all that was typed; of ties in both the name that is most alike as a
    whole comes first.
    """
    alike = _alike(spelled)
    best_first = (alike.c.own_likeness.desc(), alike.c.likeness.desc())
    rank = func.rank().over(partition_by=alike.c.typed, order_by=best_first)
    kept = select(alike, rank.label("rank")).where(alike.c.own_likeness >= SIMILAR).subquery("kept")
    order = (
        kept.c.own_likeness.desc(),
        kept.c.likeness.desc(),
        func.similarity(kept.c.typed, kept.c.zoektekst).desc(),
        kept.c.naam,
        kept.c.id,
    )
    place = func.row_number().over(partition_by=kept.c.typed, order_by=order)
    places = select(kept.c.typed, kept.c.id, kept.c.likeness, place.label("place"))
    return places.where(kept.c.rank <= limit).cte("best")


def _alike(spelled: Sequence[str]) -> CTE:
    """Typed names with the active entries near them and their word similarities, computed once for each pair: of what
    was typed, and of its own words, so that two names are not alike because both say 'incasso'.

    Near means: so many trigrams in common that a word similarity of SIMILAR of the own words is possible.
    """
    entries = (
        select(Schuldeiser.id, Schuldeiser.naam, Schuldeiser.zoektekst)
        .where(Schuldeiser.actief, Schuldeiser.categorie != Categorie.PARTICULIER)
        .cte("entries")
        .prefix_with("MATERIALIZED")
    )
    own = [distinctive(name) for name in spelled]
    typed = (
        func.unnest(literal(spelled, ARRAY(Text)), literal(own, ARRAY(Text)))
        .table_valued(column("typed", Text), column("own", Text))
        .render_derived()
    )
    trigrams = func.show_trgm(typed.c.own)
    number, trigram = func.cardinality(trigrams).label("number"), func.unnest(trigrams).label("trigram")
    wanted = select(typed, number, trigram).subquery("wanted")
    pieces = select(entries.c.id, func.unnest(func.show_trgm(entries.c.zoektekst)).label("trigram")).subquery("pieces")
    near = (
        select(wanted.c.typed, wanted.c.own, pieces.c.id)
        .join(pieces, pieces.c.trigram == wanted.c.trigram)
        .group_by(wanted.c.typed, wanted.c.own, wanted.c.number, pieces.c.id)
        .having(func.count() >= func.ceil(SIMILAR * wanted.c.number - ROUNDING))
        .subquery("near")
    )
    likeness = func.word_similarity(near.c.typed, entries.c.zoektekst)
    own_likeness = func.word_similarity(near.c.own, entries.c.zoektekst)
    return (
        select(near.c.typed, entries, likeness.label("likeness"), own_likeness.label("own_likeness"))
        .join(entries, entries.c.id == near.c.id)
        .cte("alike")
        .prefix_with("MATERIALIZED")
    )


def names(session: Session) -> Sequence[str]:
    """Landelijke names for a list of suggestions, bounded, in alphabetical order."""
    return session.scalars(
        select(Schuldeiser.naam)
        .where(Schuldeiser.actief, Schuldeiser.organisatie_id.is_(None))
        .order_by(Schuldeiser.naam)
        .limit(NAMES)
    ).all()


def retired(session: Session, typed: Iterable[str], limit: int = SUGGESTIONS) -> Sequence[Schuldeiser]:
    """Entries no longer in use whose name is surely one of the typed ones, best first. No private persons."""
    wanted = [name.strip().lower() for name in typed if name.strip()]
    if not wanted:
        return []
    alike = func.greatest(*(func.word_similarity(name, Schuldeiser.zoektekst) for name in wanted))
    return session.scalars(
        select(Schuldeiser)
        .where(~Schuldeiser.actief, Schuldeiser.categorie != Categorie.PARTICULIER, alike >= CERTAIN)
        .order_by(alike.desc(), Schuldeiser.naam, Schuldeiser.id)
        .limit(limit)
    ).all()


def called(session: Session, typed: str) -> Schuldeiser | None:
    """The one active entry that bears this very name; case, accents, dashes and spaces do not count."""
    found = [each.schuldeiser for each in suggest(session, typed) if fold(each.schuldeiser.naam) == fold(typed)]
    return found[0] if len(found) == 1 else None


def landelijk(session: Session, naam: str) -> Schuldeiser:
    """The active landelijke entry of this name, as the operator types it. Raises NotFound."""
    own = (Schuldeiser.naam == naam, Schuldeiser.organisatie_id.is_(None), Schuldeiser.actief)
    if (found := session.scalars(select(Schuldeiser).where(*own).order_by(Schuldeiser.id)).first()) is None:
        raise NotFound(f"schuldeiser {naam}")
    return found


def by_id(session: Session, ids: Iterable[UUID]) -> list[Schuldeiser]:
    """These entries, as far as the actor sees them, by name."""
    return list(
        session.scalars(
            select(Schuldeiser).where(Schuldeiser.id.in_(set(ids))).order_by(Schuldeiser.naam, Schuldeiser.id)
        )
    )


def companies(session: Session) -> Sequence[Schuldeiser]:
    """Every landelijke entry that is a company, by name. Unbounded: for a file of the whole."""
    return session.scalars(
        select(Schuldeiser)
        .where(
            Schuldeiser.organisatie_id.is_(None),
            Schuldeiser.categorie != Categorie.PARTICULIER,
            Schuldeiser.samengevoegd_met_id.is_(None),
        )
        .order_by(Schuldeiser.naam, Schuldeiser.id)
    ).all()


def listing(
    session: Session, typed: str = "", limit: int = PAGE, after: tuple[str, UUID] | None = None
) -> Sequence[Schuldeiser]:
    """The directory by name, or the entries most like a typed name. `after` (name, id) begins the next page.

    Private persons stand in the cases that they belong to, and nowhere else.
    """
    if typed.strip():
        return [suggestion.schuldeiser for suggestion in suggest(session, typed, limit)]
    companies = select(Schuldeiser).where(
        Schuldeiser.categorie != Categorie.PARTICULIER, Schuldeiser.samengevoegd_met_id.is_(None)
    )
    statement = companies.order_by(Schuldeiser.naam, Schuldeiser.id).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(Schuldeiser.naam, Schuldeiser.id) > tuple_(*after))
    return session.scalars(statement).all()


def voorstellen(session: Session, actor: Actor) -> Sequence[Schuldeiser]:
    """What organisaties proposed for the landelijke list and the landelijk beheerder decides on, by name."""
    if Role.LANDELIJK_BEHEERDER not in actor.roles:
        return []
    proposed = select(Schuldeiser).where(Schuldeiser.voorstel == Lijstvoorstel.OPEN)
    return session.scalars(proposed.order_by(Schuldeiser.naam, Schuldeiser.id).limit(PAGE)).all()


def stale(session: Session, actor: Actor, today: date, months: int) -> Sequence[Schuldeiser]:
    """Whose address is to be checked again by this member of staff, the longest ago first: nobody did for `months`."""
    if not (actor.is_reviewer or Role.LANDELIJK_BEHEERDER in actor.roles):
        return []
    old = Schuldeiser.email_verified_on <= today - relativedelta(months=months)
    own = Schuldeiser.organisatie_id.is_not_distinct_from(actor.organisatie_id)
    company = Schuldeiser.categorie != Categorie.PARTICULIER
    return session.scalars(
        select(Schuldeiser)
        .where(own, old, company, Schuldeiser.actief)
        .order_by(Schuldeiser.email_verified_on, Schuldeiser.naam, Schuldeiser.id)
        .limit(PAGE)
    ).all()
