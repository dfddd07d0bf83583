"""Making what goes along with a message: the letter of a Kennisgeving, the Bewijs van aanmelding.

No transaction is open while it is made.
"""

from uuid import UUID

from portal.actions import opmaak
from portal.db.engine import Database
from portal.delivery import aanmeldbewijs, brief
from portal.domain.roles import Actor


def typeset(database: Database, id: UUID) -> None:
    """Make the letter of a Kennisgeving, once."""
    with database.session(Actor.systeem()) as session:
        kopij = opmaak.to_typeset(session, id)
    if kopij is None:
        return
    made = brief.typeset(kopij.sjabloon, kopij.feiten, kopij.wegwijzers)
    with database.session(Actor.systeem()) as session:
        opmaak.record_typeset(session, id, made.pdf, made.gegevens)


def typeset_bewijs(database: Database, verzoek_id: UUID) -> None:
    """Make the Bewijs van aanmelding of a case, once."""
    with database.session(Actor.systeem()) as session:
        kopij = opmaak.bewijs_to_typeset(session, verzoek_id)
    if kopij is None:
        return
    pdf = aanmeldbewijs.typeset(*kopij)
    with database.session(Actor.systeem()) as session:
        opmaak.record_bewijs(session, verzoek_id, pdf)


def typeset_for_bericht(database: Database, id: UUID) -> None:
    """Make what goes along with a message to the hulpvrager, if anything does."""
    with database.session(Actor.systeem()) as session:
        verzoek_id = opmaak.attached_to(session, id)
    if verzoek_id is not None:
        typeset_bewijs(database, verzoek_id)
