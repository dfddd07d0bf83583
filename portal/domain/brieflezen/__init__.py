"""What a letter says, from the text that a computer read on a photo of it: a proposal, never a fact.

Pure and forgiving: any text gives a proposal, if need be an empty one. A field that is not clear stays None.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.brieflezen.bedrag import bedrag_in
from portal.domain.brieflezen.kenmerk import kenmerk_in
from portal.domain.brieflezen.partijen import afzenders_in, namens_in
from portal.domain.brieflezen.regels import rows_of


@dataclass(frozen=True, slots=True)
class Lezing:
    """`afzenders`: lines that may name the sender, the likeliest first."""

    afzenders: Sequence[str]
    namens: str | None
    kenmerk: str | None
    bedrag_cents: int | None


def read(text: str, persoon: Sequence[str] = ()) -> Lezing:
    """What a letter says. `persoon`: the words by which the hulpvrager is called, whom no letter is from.

    Columns of the letter stand apart in the text by three spaces or more.
    """
    rows = rows_of(text)
    namens = namens_in(rows)
    return Lezing(
        afzenders=afzenders_in(rows, namens, persoon),
        namens=namens,
        kenmerk=kenmerk_in(rows),
        bedrag_cents=bedrag_in(rows),
    )
