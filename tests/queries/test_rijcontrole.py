"""Every column of a full case is changed, one by one: the trail notices each, or `ONBEWEZEN` says that it does not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from psycopg import sql
from psycopg.errors import CheckViolation
from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, String, Uuid, select
from sqlalchemy import Enum as SqlEnum

from portal.actions import beantwoorden, fotos, hulpvrager, inkomend, melden, notities, review, vertellen, verzending
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.actions.work import unit_of_work
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.foto import Beeld
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Pogingresultaat
from portal.models import Bericht, Kennisgeving, Register, Registeruitkomst
from portal.models.rij import ONBEWEZEN
from portal.queries import audit, dossier
from tests.conftest import FIRST_DAY
from tests.given import HILVERSUM

LATER = verzending.Uitslag(
    resultaat=Pogingresultaat.TIJDELIJK, code=451, antwoord="4.7.1 <a@schuldeiser.example> later", tls=True
)


@pytest.fixture
def case(given):
    """Asked, mailed at the second try, posted, answered; reported, written back; told what no mail brought."""
    id = given.matched([given.regel("Energie Noord"), given.regel("Huisarts", mailable=False)])
    with given.session(given.actor) as session:
        forward_pauzeverzoek(session, given.actor, id, given.versie(id), HILVERSUM, "Verhuisd.")
    given.take(id)
    with given.session(given.actor) as session:
        review.request_supplement(session, given.actor, id, given.versie(id), "Wat is uw klantnummer?")
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.supplement(session, person, "Dat is KL-1.")
    with given.session(person) as session, unit_of_work(session, person) as work:
        fotos.keep(work, dossier.load(session, id).schulden[0], Beeld(bytes([0, 0, 0, 1, 9])))
    given.typeset_bewijs(id)
    given.partner(id)
    given.approve(id)
    mailed, _ = sorted(messages(given, Kennisgeving, id), key=lambda row: row.kanaal, reverse=True)
    with given.session(Actor.systeem()) as session:
        verzending.record_temporary(session, Kennisgeving, mailed.id, LATER)
    given.hand_over(id)
    given.refuse_mail(id)
    with given.session(given.actor) as session:
        beantwoorden.answer(
            session, given.actor, mailed.id, GegevenAntwoord(antwoord=Antwoord.BEVESTIGD, contactpersoon="Jan"),
            via=Antwoordweg.HULPVERLENER,
        )  # fmt: skip
        notities.write_notitie(session, given.actor, id, "Belt liever 's avonds.", id=uuid4())
        notities.check_register(
            session, given.actor, id, Register.BRP, Registeruitkomst.BIJZONDERHEDEN, "Briefadres.", id=uuid4()
        )
        vertellen.tell_hulpvrager(session, given.actor, id, [row.id for row in messages(given, Bericht, id)])
    melding = given.report(id, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    with given.session(given.actor) as session:
        melden.handle(session, given.actor, melding, "Dat is aangepast.")
    inkomend_id = given.mail(id)
    with given.session(given.actor) as session:
        inkomend.handle(session, given.actor, inkomend_id)
    given.recall(id, "Huisarts")
    assert audit.verify(given.database).broken is None
    return id


def messages(given, model, id):
    with given.session(Actor.systeem()) as session:
        return session.scalars(select(model).where(model.verzoek_id == id).order_by(model.issued_at)).all()


def changed(column, value, others):
    """Another value that the column may have: of a list one that no row has, where there is one."""
    match column.type:
        case SqlEnum():
            free = [each for each in column.type.enums if each not in (value, "geen_reactie", "concept")]
            return max(free, key=lambda each: (each not in others, free.index(each)))
        case Boolean():
            return not value
        case Integer():
            return (value or 0) + 10
        case Uuid():
            return "00000000-0000-4000-8000-000000000000"
        case DateTime() | Date():
            return (value or FIRST_DAY) + timedelta(days=1)
        case LargeBinary():
            return bytes(byte ^ (at == len(value) // 2) for at, byte in enumerate(value)) if value else b"x"
        case String():
            return f"{value or ''}x" if column.type.length is None else f"{'Y' * column.type.length}"
    raise AssertionError(column)


def write(owner, column, row, value):
    """Change one value as a superuser; returns where the row is now."""
    table, name = sql.Identifier(column.table.name), sql.Identifier(column.name)
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        statement = sql.SQL("UPDATE {0} SET {1} = %s WHERE ctid = %s RETURNING ctid").format(table, name)
        return owner.execute(statement, [value, row]).fetchone()[0]


@pytest.mark.parametrize("model", ONBEWEZEN, ids=lambda model: model.__tablename__)
def test_the_trail_notices_every_column_that_is_not_declared_otherwise(given, case, owner, model):
    unnoticed = set()
    for column in model.__table__.columns:
        table, name = sql.Identifier(model.__tablename__), sql.Identifier(column.name)
        filled = sql.SQL("SELECT ctid, {1} FROM {0} ORDER BY {1} IS NULL, id LIMIT 1").format(table, name)
        row, value = owner.execute(filled).fetchone()
        others = {each for (each,) in owner.execute(sql.SQL("SELECT {1} FROM {0}").format(table, name))}
        try:
            row = write(owner, column, row, changed(column, value, others))
        except CheckViolation:  # the table itself does not have it
            continue
        if audit.verify(given.database).broken is None:
            unnoticed.add(column.name)
        write(owner, column, row, value)
    assert unnoticed == set(ONBEWEZEN[model])
    assert audit.verify(given.database).broken is None
