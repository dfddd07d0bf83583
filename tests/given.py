"""Builders: they reach every state the way a person would, through the real acts."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from sqlalchemy import select

from portal import clock
from portal.actions import (
    akkoord,
    akkoord_soorten,
    hulpvrager,
    inkomend,
    melden,
    opmaak,
    organisatie,
    partner,
    review,
    terugroepen,
    verzending,
)
from portal.actions.inkomend import Ontvangen
from portal.actions.terugroepen import Terugroeping
from portal.actions.verzendplan import Besluit
from portal.actions.work import unit_of_work
from portal.db.engine import Database, ScopedSession
from portal.domain.inkomend import Gelezen, Mailsoort
from portal.domain.kennisgeving import Kanaal, Soort
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor, Role
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Eindreden, Pogingresultaat, Verzendstatus
from portal.models import (
    Bericht,
    Categorie,
    Dagoverzicht,
    Inkomend,
    Kennisgeving,
    Medewerker,
    PartijRol,
    Pauzeverzoek,
    Schuldeiser,
    Schuldsoort,
)
from portal.queries import dossier, voorbeeld
from portal.queries.vervolg import Zaakstand, exchange_of, fingerprint, recalled

UTRECHT, HILVERSUM, WIJDEMEREN, AMERSFOORT = "GM0344", "GM0402", "GM1696", "GM0307"
WACHTWOORD = "een lang wachtwoord voor de proef"
EMAIL = "fatma@inwoner.example"
WEEK = timedelta(days=7)
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(WACHTWOORD)
"""Argon2 is slow on purpose; a hash says itself how much work it asks, and here that is as little as it allows."""


def antwoorden(**changes: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """Every answer of somebody with an ordinary request; a change replaces a section, None leaves it out."""
    whole: dict[str, dict[str, Any] | None] = {
        "dreiging": {"ontruiming": "nee", "afsluiting": "nee", "zorgverzekering": "weet_niet"},
        "gemeente": {"code": UTRECHT},
        "naam": {"voorletters": "F.", "voorvoegsel": "van der", "achternaam": "Meer"},
        "geboortedatum": {"geboren_on": "1987-05-14"},
        "adres": {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "bis", "geheim": False},
        "contact": {"telefoon": "06 12345678", "email": EMAIL, "meelezen": False, "moment": "ochtend"},
        "hulp": {"soort": "niemand"},
        "bedrijf": {"eigen_bedrijf": "nee"},
        "schulden": {"klaar": True},
        "toestemming": {"keuze": "ja"},
    }
    return {stap: sectie for stap, sectie in (whole | changes).items() if sectie is not None}


@dataclass(frozen=True)
class Schuldregel:
    """A schuld as typed, and the parties (directory id → reference) that a reviewer will match it to."""

    afzender: str
    parties: Mapping[UUID, str | None]


class Given:
    """Builders on one database. `actor` is a hulpverlener of the first organisatie."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def session(self, actor: Actor) -> AbstractContextManager[ScopedSession]:
        return self.database.session(actor)

    # --- who there is -----------------------------------------------------------------------------

    @cached_property
    def organisatie_id(self) -> UUID:
        """An organisatie that works for Utrecht and Hilversum, and for Wijdemeren as long as that exists."""
        return self.organisatie("Stadsbank Midden", UTRECHT, HILVERSUM, WIJDEMEREN)

    @cached_property
    def actor(self) -> Actor:
        return self.medewerker(self.organisatie_id, Role.HULPVERLENER, naam="Anna de Boer")

    @cached_property
    def other_actor(self) -> Actor:
        """A hulpverlener of another organisatie, in Amersfoort."""
        return self.medewerker(self.organisatie("Gemeente Amersfoort", AMERSFOORT), Role.HULPVERLENER)

    def organisatie(self, naam: str, *gemeenten: str, vanaf: date = date(2026, 1, 1)) -> UUID:
        facts = {"naam": naam, "telefoon": "030 1234567", "email": "team@stadsbank.example"}
        with self.session(Actor.systeem()) as session:
            id = organisatie.add_organisatie(session, postadres="Postbus 1\n3500 AA Utrecht", **facts)
            for code in gemeenten:
                organisatie.start_deelname(session, organisatie=naam, gemeente=code, vanaf=vanaf)
        return id

    def medewerker(
        self, organisatie_id: UUID | None, *roles: Role, naam: str = "Karim Aziz", email: str = "", actief: bool = True
    ) -> Actor:
        row = Medewerker(
            organisatie_id=organisatie_id,
            naam=naam,
            email=email or f"{uuid4().hex[:12]}@stadsbank.example",
            wachtwoord_hash=_HASH,
            rollen=[str(role) for role in roles],
            actief=actief,
            created_at=clock.now(),
        )
        self._add(row)
        return row.as_actor()

    def schuldeiser(self, naam: str, *, mailable: bool = True, **values: Any) -> UUID:
        """A landelijk entry of the directory; without `mailable` it has a postal address only."""
        facts: dict[str, Any] = {
            "naam": naam,
            "rol": PartijRol.SCHULDEISER,
            "categorie": Categorie.OVERIG,
            "schuldsoort": Schuldsoort.OVERIG,
            "kanaal": Kanaal.EMAIL,
            "postadres": f"{naam}\nPostbus 9\n1000 AA Amsterdam",
        }
        row = Schuldeiser(**facts | values)
        if mailable:
            row.verify_email(f"pauze-{row.id.hex[:8]}@schuldeiser.example", by="Landelijk beheer", on=clock.today())
        self._add(row)
        return row.id

    def incassobureau(self, naam: str, **values: Any) -> UUID:
        return self.schuldeiser(naam, rol=PartijRol.INCASSOBUREAU, categorie=Categorie.INCASSO, **values)

    def particulier(self, naam: str) -> UUID:
        return self.schuldeiser(naam, categorie=Categorie.PARTICULIER)

    # --- where a request can be -------------------------------------------------------------------

    def concept(self, **changes: dict[str, Any] | None) -> UUID:
        """A concept in which every question is answered."""
        with self.session(Actor.bezoeker()) as session:
            id = hulpvrager.start_pauzeverzoek(session)
            hulpvrager.save_answers(session, Actor.hulpvrager(id), antwoorden(**changes))
        return id

    def submitted(self, regels: Iterable[Schuldregel] = (), **changes: dict[str, Any] | None) -> UUID:
        _ = self.organisatie_id
        id = self.concept(**changes)
        person = Actor.hulpvrager(id)
        with self.session(person) as session:
            for regel in regels:
                hulpvrager.add_schuld(session, person, id, {"afzender": regel.afzender})
            hulpvrager.submit(session, person)
        return id

    def taken(self, regels: Iterable[Schuldregel] = (), **changes: dict[str, Any] | None) -> UUID:
        id = self.submitted(regels, **changes)
        self.take(id)
        return id

    def matched(self, regels: Iterable[Schuldregel] | None = None, **changes: dict[str, Any] | None) -> UUID:
        """Taken, and each schuld tied to its parties. Without lines: one schuld at one mailable schuldeiser."""
        chosen = list(regels) if regels is not None else [self.regel("Waterbedrijf Plons")]
        id = self.taken(chosen, **changes)
        for volgnummer, regel in enumerate(chosen, start=1):
            self.match(id, volgnummer, regel.parties)
        return id

    def approved(self, regels: Iterable[Schuldregel] | None = None, **changes: dict[str, Any] | None) -> UUID:
        id = self.matched(regels, **changes)
        self.approve(id)
        return id

    def approved_for(self, **months: int) -> UUID:
        """A mailable schuldeiser of each name, each with a pause of its own length."""
        regels = {naam: self.regel(naam) for naam in months}
        id = self.matched(regels.values())
        self.approve(id, maanden={party: months[naam] for naam, regel in regels.items() for party in regel.parties})
        return id

    def waiting(self, **changes: dict[str, Any] | None) -> UUID:
        """A hulpverlener asked something."""
        id = self.taken(**changes)
        self.ask(id)
        return id

    def supplemented(self, **changes: dict[str, Any] | None) -> UUID:
        """The hulpvrager answered."""
        id = self.waiting(**changes)
        self.supplement(id)
        return id

    def declined(self, **changes: dict[str, Any] | None) -> UUID:
        id = self.taken(**changes)
        self.decline(id)
        return id

    def withdrawn(self, **changes: dict[str, Any] | None) -> UUID:
        id = self.submitted(**changes)
        self.withdraw(id)
        return id

    def ended(self, regels: Iterable[Schuldregel] | None = None, reden: Eindreden = Eindreden.VERHUISD) -> UUID:
        id = self.approved(regels)
        with self.session(self.actor) as session:
            review.end_pauze(session, self.actor, id, self.versie(id), reden)
        return id

    # --- one act ----------------------------------------------------------------------------------

    def regel(self, naam: str, referentie: str | None = "KL-1", **values: Any) -> Schuldregel:
        """A schuld at a new schuldeiser of this name."""
        return Schuldregel(naam, {self.schuldeiser(naam, **values): referentie})

    def take(self, id: UUID, actor: Actor | None = None) -> None:
        actor = actor or self.actor
        with self.session(actor) as session:
            review.assign_to_self(session, actor, id, self.versie(id))

    def partner(self, id: UUID, *, akkoord: bool = True, geheim: bool = False, **contact: Any) -> None:
        """A partner takes part, and consented unless `akkoord` is False."""
        whole = {"telefoon": "06 87654321", "email": "jo@voorbeeld.example", "meelezen": False, "moment": "avond"}
        secties = {
            "naam": {"voorletters": "J.", "voorvoegsel": "", "achternaam": "Dijkstra"},
            "geboortedatum": {"geboren_on": "1985-02-03"},
            "contact": whole | contact,
            "adres": {"geheim": geheim},
        }
        with self.session(self.actor) as session:
            partner.save_partner(session, self.actor, id, self.versie(id), secties)
        if akkoord:
            self.partner_agrees(id)

    def partner_agrees(self, id: UUID) -> None:
        with self.session(self.actor) as session:
            partner.note_partnertoestemming(session, self.actor, id, self.versie(id))

    def owed(self, id: UUID, *schuldenaars: Schuldenaar | None) -> None:
        """Whose each schuld of the case is, in their order."""
        owed = {schuld.id: who for schuld, who in zip(self.case(id).schulden, schuldenaars, strict=True)}
        with self.session(self.actor) as session:
            partner.note_schuldenaars(session, self.actor, id, self.versie(id), owed)

    def ask(self, id: UUID) -> None:
        with self.session(self.actor) as session:
            review.request_supplement(session, self.actor, id, self.versie(id), "Wat is uw klantnummer?")

    def supplement(self, id: UUID) -> None:
        person = Actor.hulpvrager(id)
        with self.session(person) as session:
            hulpvrager.supplement(session, person, "Mijn klantnummer staat op de brief.")

    def decline(self, id: UUID) -> None:
        with self.session(self.actor) as session:
            review.decline_pauzeverzoek(session, self.actor, id, self.versie(id), "U hebt al een regeling.")

    def match(self, id: UUID, volgnummer: int, parties: Mapping[UUID, str | None]) -> None:
        with self.session(self.actor) as session:
            schuld = dossier.load(session, id).schulden[volgnummer - 1]
            review.match_schuld(session, self.actor, id, schuld.id, parties)

    def approve(self, id: UUID, actor: Actor | None = None, **besluit: Any) -> None:
        actor = actor or self.actor
        with self.session(actor) as session:
            review.approve_pauzeverzoek(session, actor, id, self.besluit(id, actor, **besluit))

    def besluit(self, id: UUID, actor: Actor | None = None, **changes: Any) -> Besluit:
        """A decision on the messages as this member of staff sees them now."""
        case = self.case(id)
        with self.session(Actor.systeem()) as session:
            naam = session.get_one(Medewerker, (actor or self.actor).id).naam
        seen = voorbeeld.fingerprint(case, naam, clock.today())
        whole: dict[str, Any] = {"versie": case.versie, "gezien": seen, "start_on": clock.today(), "maanden": {}}
        return Besluit(**whole | changes)

    def recall(self, id: UUID, naam: str | None = None, wat: str = "Verkeerd gekoppeld.") -> bool:
        """A message of the case went to the wrong party: the first, or that to `naam`."""
        with self.session(self.actor) as session:
            stand = Zaakstand(
                verzoek=dossier.load(session, id), issued=dossier.kennisgevingen(session, id),
                contactpersoon=session.get_one(Medewerker, self.actor.id).naam, today=clock.today(),
            )  # fmt: skip
            named = next(each for each in stand.issued if naam in (None, each.schuldeiser.naam))
            planned = recalled(stand, exchange_of(stand, named.id))
            seen = fingerprint([planned] if planned else [])
            decided = Terugroeping(versie=stand.verzoek.versie, gezien=seen, wat=wat)
            return terugroepen.recall(session, self.actor, named.id, decided)

    def withdraw(self, id: UUID) -> None:
        person = Actor.hulpvrager(id)
        with self.session(person) as session:
            hulpvrager.withdraw(session, person)

    def begin_attempt(self, id: UUID) -> None:
        """The worker is about to hand over every mail of a case."""
        with self.session(Actor.systeem()) as session:
            for message in list(dossier.kennisgevingen(session, id)):
                self.typeset(message.id)
                verzending.begin_attempt(session, Kennisgeving, message.id)

    def typeset(self, kennisgeving_id: UUID) -> None:
        """The worker has made the letter. A short one: other tests read real ones."""
        with self.session(Actor.systeem()) as session:
            opmaak.record_typeset(session, kennisgeving_id, b"%PDF-1.7", b"{}")

    def typeset_bewijs(self, id: UUID, pdf: bytes = b"%PDF-1.7") -> None:
        """The worker has made the Bewijs van aanmelding of a case."""
        with self.session(Actor.systeem()) as session:
            opmaak.record_bewijs(session, id, pdf)

    def typeset_ends(self) -> None:
        """The hulpvragers were told long enough ago: the worker has made the letter of each Beëindiging."""
        with self.session(Actor.systeem()) as session:
            ends = session.scalars(select(Kennisgeving.id).where(Kennisgeving.soort == Soort.BEEINDIGING)).all()
        for id in ends:
            self.typeset(id)

    def report(
        self, id: UUID, soort: Meldingsoort, gegevens: dict[str, Any], message: UUID | None = None, **more: Any
    ) -> UUID:
        """The hulpvrager reports something. Returns the id of the melding."""
        melding_id, person = uuid4(), Actor.hulpvrager(id)
        with self.session(person) as session:
            melden.report(session, person, soort, gegevens, id=melding_id, kennisgeving_id=message, **more)
        return melding_id

    def hand_over(self, id: UUID) -> None:
        """Every message of a case that is ready leaves: the mail server takes it, a hulpverlener posts it."""
        taken = verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="2.0.0 Ok", tls=True)
        with self.session(Actor.systeem()) as session:
            ready = [m for m in dossier.kennisgevingen(session, id) if m.status is Verzendstatus.KLAAR]
        for message in ready:
            self.typeset(message.id)
            if message.kanaal is Kanaal.BRIEF:
                with self.session(self.actor) as session:
                    verzending.mark_posted(session, self.actor, message.id)
            else:
                with self.session(Actor.systeem()) as session:
                    verzending.begin_attempt(session, Kennisgeving, message.id)
                    verzending.record_handover(session, Kennisgeving, message.id, taken)

    def mail(self, id: UUID | None, soort: Mailsoort = Mailsoort.ANTWOORD, *, token: bool = True, **said: Any) -> UUID:
        """A mail about the first message of a case comes in, with its token or with the kenmerk only; or about none."""
        ties: dict[str, Any] = {}
        if id is not None:
            with self.session(Actor.systeem()) as session:
                issued = dossier.kennisgevingen(session, id)
            ties = {"tokens": (issued[0].envelope_token,)} if token else {"kenmerken": (self.case(id).kenmerk,)}
        read = Gelezen(soort=soort, **ties | said)
        raw = Ontvangen(ruw=b"x", sha256=uuid4().hex, ontvanger="", afzender="", afgekapt=False)
        with self.session(Actor.systeem()) as session:
            inkomend.keep(session, raw, read, (86400,))
            return session.scalars(select(Inkomend.id).where(Inkomend.sha256 == raw.sha256)).one()

    def refuse_mail(self, id: UUID) -> None:
        """No mail server takes what is ready for the hulpvrager."""
        never = verzending.Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)
        with self.session(Actor.systeem()) as session:
            for message in list(dossier.berichten(session, id)):
                verzending.record_refusal(session, Bericht, message.id, never)

    def change_email(self, schuldeiser_id: UUID, email: str) -> None:
        """Another address for a schuldeiser, by two people."""
        with self.session(Actor.systeem()) as session:
            own = session.get_one(Schuldeiser, schuldeiser_id).organisatie_id
        role = Role.HULPVERLENER if own else Role.LANDELIJK_BEHEERDER
        first, second = self.medewerker(own, role), self.medewerker(own, role, naam="Lia Land")
        with self.session(first) as session:
            wens = akkoord_soorten.change_email(schuldeiser_id, email)
            asked = akkoord.ask(session, first, wens, "Gebeld.", WEEK)
        with self.session(second) as session:
            akkoord.decide(session, second, asked.id, "Ook gebeld.", akkoord=True)

    # --- what is there ----------------------------------------------------------------------------

    def case(self, id: UUID) -> Pauzeverzoek:
        """The case with all that belongs to it, as the portal itself sees it."""
        with self.session(Actor.systeem()) as session:
            return dossier.load(session, id)

    def versie(self, id: UUID) -> int:
        with self.session(Actor.systeem()) as session:
            return session.execute(select(Pauzeverzoek.versie).where(Pauzeverzoek.id == id)).scalar_one()

    def _add(self, *rows: Any) -> None:
        with self.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
            for row in rows:
                work.add(row)


def dagoverzicht(schuldeiser_id: UUID, now: datetime) -> Dagoverzicht:
    """A digest that was carried: what it says is of no concern."""
    made = Dagoverzicht(
        id=uuid4(), schuldeiser_id=schuldeiser_id, dag=now.date(), nummer=1, deel=1, delen=1,
        sjabloon="dagoverzicht/v1", message_id=f"<{uuid4()}@pauzeknop.example>", envelope_token=uuid4().hex,
        afzender_naam="", antwoord_aan="", issued_at=now,
    )  # fmt: skip
    made.freeze("onderwerp", "tekst", "<p>tekst</p>")
    made.aan = "post@schuldeiser.example"
    return made
