"""Lets the people of the demonstration world live their cases: by the acts of the pages, each at its own instant."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from portal import clock
from portal.actions import directory, hulpvrager, melden, review, stilte, terugbellen, verlopen, verzending
from portal.actions.verzendplan import Besluit
from portal.db.engine import Database, ScopedSession
from portal.dev.wereld.antwoorden import BY_SCHULDEISER
from portal.dev.wereld.bezorging import Bezorger
from portal.dev.wereld.brieffoto import brieffoto
from portal.dev.wereld.dossierwerk import DOSSIERWERK
from portal.dev.wereld.geval import Act, Geval
from portal.dev.wereld.medewerkers import ACCOUNTS
from portal.dev.wereld.verhalen import Verhaal, VerteldeSchuld, werkdagen_ago
from portal.domain.antwoorden import Bellen
from portal.domain.bewaking import Geduld
from portal.domain.kennisgeving import Kanaal
from portal.domain.melding import Meldingsoort
from portal.domain.roles import REVIEWERS, Actor
from portal.domain.status import Eindreden, Verzendstatus
from portal.models import Categorie, Kennisgeving, Medewerker, PartijRol, Schuldeiser, Schuldsoort
from portal.queries import dossier, voorbeeld

LEFT_TO_WORKER = timedelta(hours=24)
"""What was issued more recently is not delivered here: the worker has something to do at the first start."""

GEDULD = Geduld(antwoord_werkdagen=10, herinnering_werkdagen=5, bellen_werkdagen=5)
"""As the settings begin."""

DAY_BEGINS = time(9, 5)
BETWEEN_ACTS = timedelta(minutes=50)


class Verteller:
    """Tells verhalen. `today` is the day from which their days are counted back."""

    def __init__(self, database: Database, bezorger: Bezorger, today: date) -> None:
        self.database, self.bezorger, self.today = database, bezorger, today
        self.present = clock.now()
        with database.session(Actor.systeem()) as session:
            self.reviewers = _reviewers(session)
            self.parties = {row.naam: row.id for row in session.execute(select(Schuldeiser.naam, Schuldeiser.id))}

    def tell(self, verhaal: Verhaal) -> UUID:
        """File the concept, then carry out the acts of the verhaal in order."""
        with clock.at(self._instant(verhaal.begonnen, 0)):
            geval = self._begin(verhaal)
        for place, (act, ago) in enumerate(verhaal.verloop.items(), start=1):
            instant = self._instant(ago, place)
            with clock.at(instant):
                self._perform(act, geval)
            if self.present - instant > LEFT_TO_WORKER:
                with clock.at(instant + timedelta(minutes=1)):
                    self.bezorger.deliver(geval.verzoek_id)
        return geval.verzoek_id

    def _begin(self, verhaal: Verhaal) -> Geval:
        with self.database.session(Actor.bezoeker()) as session:
            id = hulpvrager.start_pauzeverzoek(session, verhaal.taal)
            person = Actor.hulpvrager(id)
            hulpvrager.save_answers(session, person, verhaal.antwoorden)
            schulden = [self._list(session, person, id, line) for line in verhaal.schulden]
        return Geval(verhaal, id, schulden, dict(self.parties))

    def _list(self, session: ScopedSession, person: Actor, id: UUID, line: VerteldeSchuld) -> UUID:
        beeld = brieffoto(line.gegevens["afzender"]) if line.foto else None
        return hulpvrager.add_schuld(session, person, id, line.gegevens, beeld=beeld)

    def _perform(self, act: str, geval: Geval) -> None:
        if act in BY_ITSELF:
            BY_ITSELF[act](self.database)
            return
        if act in BY_SCHULDEISER:
            BY_SCHULDEISER[act](self.database, self.bezorger, geval.verhaal, geval.verzoek_id)
            return
        if act in BY_HULPVRAGER:
            actor = Actor.hulpvrager(geval.verzoek_id)
            with self.database.session(actor) as session:
                BY_HULPVRAGER[act](session, actor, geval)
            return
        geval.reviewer = geval.reviewer or self._reviewer_of(geval)
        with self.database.session(geval.reviewer) as session:
            geval.versie = dossier.load(session, geval.verzoek_id).versie
            BY_REVIEWER[act](session, geval.reviewer, geval)

    def _reviewer_of(self, geval: Geval) -> Actor:
        """Of the organisatie to which the portal routed the case."""
        with self.database.session(Actor.systeem()) as session:
            return self.reviewers[dossier.load(session, geval.verzoek_id).organisatie_id][geval.verhaal.behandelaar]

    def _instant(self, ago: int, place: int) -> datetime:
        """In office hours of that working day, later for each next act, and never after the present."""
        day = werkdagen_ago(self.today, ago)
        begin = datetime.combine(day, DAY_BEGINS, clock.NEDERLAND)
        return min(begin + place * BETWEEN_ACTS, self.present)


def _reviewers(session: ScopedSession) -> dict[UUID | None, list[Actor]]:
    """Enrolled reviewers per organisatie, in the order of the accounts."""
    order = [account.email for account in ACCOUNTS if account.enrolled and account.role in REVIEWERS]
    rows = session.scalars(select(Medewerker).where(Medewerker.email.in_(order))).all()
    found: dict[UUID | None, list[Actor]] = {}
    for row in sorted(rows, key=lambda row: order.index(row.email)):
        found.setdefault(row.organisatie_id, []).append(row.as_actor())
    return found


# --- the acts -------------------------------------------------------------------------------------


def _submit(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    hulpvrager.submit(session, actor)


def _supplement(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    beeld = brieffoto("ING") if "supplement" in geval.verhaal.foto_bij else None
    hulpvrager.supplement(session, actor, geval.verhaal.reactie, beeld)


def _withdraw(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    hulpvrager.withdraw(session, actor)


def _report(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    for soort, gegevens in geval.verhaal.meldingen.items():
        beeld = brieffoto(gegevens["afzender"]) if soort in geval.verhaal.foto_bij else None
        melden.report(session, actor, Meldingsoort(soort), gegevens, id=uuid5(geval.verzoek_id, soort), beeld=beeld)


def _ask_call(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    terugbellen.request_call(session, actor, Bellen.read(geval.verhaal.bellen))


def _assign(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    review.assign_to_self(session, actor, geval.verzoek_id, geval.versie)


def _match(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    """Tie what can be tied; who is not in the directory is proposed for the own organisatie first."""
    for voorstel in geval.verhaal.voorstellen:
        geval.parties[voorstel["naam"]] = _propose(session, actor, voorstel)
    for schuld_id, line in zip(geval.schulden, geval.verhaal.schulden, strict=True):
        if line.partijen:
            parties = {geval.parties[naam]: referentie for naam, referentie in line.partijen.items()}
            review.match_schuld(session, actor, geval.verzoek_id, schuld_id, parties)


def _propose(session: ScopedSession, actor: Actor, voorstel: Mapping[str, str]) -> UUID:
    return directory.propose_schuldeiser(
        session,
        actor,
        email=None,
        naam=voorstel["naam"],
        handelsnamen=[],
        rol=PartijRol.SCHULDEISER,
        categorie=Categorie(voorstel.get("categorie", Categorie.PARTICULIER)),
        schuldsoort=Schuldsoort.OVERIG,
        kanaal=Kanaal.BRIEF,
        postadres=voorstel["postadres"].replace("|", "\n"),
    )


def _request_supplement(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    review.request_supplement(session, actor, geval.verzoek_id, geval.versie, geval.verhaal.vraag)


def _approve(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    seen = voorbeeld.fingerprint(
        dossier.load(session, geval.verzoek_id), session.get_one(Medewerker, actor.id).naam, clock.today()
    )
    besluit = Besluit(
        versie=geval.versie,
        gezien=seen,
        start_on=clock.today(),
        maanden={geval.parties[naam]: maanden for naam, maanden in geval.verhaal.maanden.items()},
        particulier_bevestigd=True,
        geheim_bevestigd=True,
    )
    review.approve_pauzeverzoek(session, actor, geval.verzoek_id, besluit)


def _post(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    waiting = session.scalars(
        select(Kennisgeving.id).where(
            Kennisgeving.verzoek_id == geval.verzoek_id,
            Kennisgeving.kanaal == Kanaal.BRIEF,
            Kennisgeving.status == Verzendstatus.KLAAR,
        )
    ).all()
    for id in waiting:
        verzending.mark_posted(session, actor, id)


def _decline(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    review.decline_pauzeverzoek(session, actor, geval.verzoek_id, geval.versie, geval.verhaal.toelichting)


def _end(session: ScopedSession, actor: Actor, geval: Geval) -> None:
    review.end_pauze(session, actor, geval.verzoek_id, geval.versie, geval.verhaal.reden or Eindreden.OVERIG)


def _watch_silence(database: Database) -> int:
    return stilte.watch_silence(database, GEDULD)


BY_ITSELF: dict[str, Callable[[Database], object]] = {
    "expire": verlopen.expire_pauzes,
    "remind": _watch_silence,
    "telephone": _watch_silence,
}
"""What the worker does when its day has come."""

BY_HULPVRAGER: dict[str, Act] = {
    "submit": _submit,
    "ask_call": _ask_call,
    "supplement": _supplement,
    "withdraw": _withdraw,
    "report": _report,
}

BY_REVIEWER: dict[str, Act] = {
    "assign": _assign,
    "match": _match,
    "request_supplement": _request_supplement,
    "approve": _approve,
    "post": _post,
    "decline": _decline,
    "end": _end,
    **DOSSIERWERK,
}
