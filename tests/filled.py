"""A case of an organisatie with a row in every table: for tests that ask whose rows are whose."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.actions import (
    afwezigheid,
    beantwoorden,
    bekijken,
    directory,
    fotos,
    hulpvrager,
    notities,
    organisatie,
    review,
    tekstblokken,
    terugbellen,
    toegang,
)
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.actions.work import unit_of_work
from portal.domain.antwoorden import Bellen
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.bewaking import Klok, Waarschuwing
from portal.domain.foto import Beeld
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Verzendstatus
from portal.models import (
    Akkoordvraag,
    ApiClient,
    ApiToken,
    Bloksoort,
    Categorie,
    Datalek,
    Gemachtigde,
    Herstelcode,
    Organisatie,
    Overzichtslink,
    PartijRol,
    Passkey,
    Poging,
    Register,
    Registeruitkomst,
    Schuldeiser,
    Schuldsoort,
    Sessie,
    Signaal,
    Stilzwijgen,
    Teammail,
    Uitnodiging,
    Webhook,
    Webhookmelding,
    Werksessie,
)
from portal.models.teammail import teammail_id
from portal.queries import dossier, gemeenten
from tests.conftest import FIRST_DAY
from tests.given import Given, Schuldregel, dagoverzicht


def forward_within(given: Given, actor: Actor, id: UUID, gemeente: str) -> None:
    """To another gemeente of the same organisatie."""
    naar = {"GM0344": "GM0402", "GM0307": "GM0313"}[gemeente]
    with given.session(Actor.systeem()) as session:
        own = session.get_one(Organisatie, actor.organisatie_id).naam
        if gemeenten.route(session, naar, FIRST_DAY).organisatie is None:
            organisatie.start_deelname(session, organisatie=own, gemeente=naar, vanaf=FIRST_DAY)
    with given.session(actor) as session:
        forward_pauzeverzoek(session, actor, id, given.versie(id), naar, "Verhuisd.")


def fill(given: Given, actor: Actor, gemeente: str, naam: str = "Huisarts") -> UUID:
    """A case of this organisatie with a row in every table."""
    with given.session(actor) as session:
        own = directory.propose_schuldeiser(
            session, actor, email=None, naam=naam, rol=PartijRol.SCHULDEISER,
            categorie=Categorie.ZORGVERLENER, schuldsoort=Schuldsoort.ZORG,
        )  # fmt: skip
    given.actor = actor
    id = given.submitted([Schuldregel(naam, {own: "HA-1"})], gemeente={"code": gemeente})
    forward_within(given, actor, id, gemeente)
    given.take(id, actor)
    keeper = Actor.medewerker(actor.id, actor.organisatie_id, frozenset({Role.TEAMLEIDER}))
    with given.session(keeper) as session:
        tekstblokken.add_tekstblok(session, keeper, Bloksoort.VRAAG, naam, "Stuur ons uw polis.")
    with given.session(actor) as session:
        notities.write_notitie(session, actor, id, "Belt liever 's avonds.", id=uuid4())
        notities.check_register(session, actor, id, Register.BRP, Registeruitkomst.IN_ORDE, "", id=uuid4())
    person = Actor.hulpvrager(id)
    with given.session(actor) as session:
        review.request_supplement(session, actor, id, given.versie(id), "Wat?")
    with given.session(person) as session:
        hulpvrager.supplement(session, person, "Dat.")
        wie = Bellen(naam="F. van der Meer", telefoon="06 12345678", moment="ochtend", voorstellen=False)
        terugbellen.request_call(session, person, wie)
        toegang.request_link(session, person, 3600)
        toegang.open_hulpvrager_session(session, id, 3600, "link")
    given.match(id, 1, {own: "HA-1"})
    given.partner(id)
    given.approve(id, actor)
    with given.session(actor) as session:
        (message,) = dossier.kennisgevingen(session, id)
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        beantwoorden.answer(session, actor, message.id, said, via=Antwoordweg.HULPVERLENER)
    given.mail(id)
    given.typeset(message.id)
    given.typeset_bewijs(id)
    given.report(id, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    colleague = given.medewerker(actor.organisatie_id, Role.HULPVERLENER)
    with given.session(actor) as session:
        bekijken.look(session, actor, id)
        who = {"medewerker_id": actor.id, "vervanger_id": colleague.id}
        afwezigheid.register(session, actor, **who, start_on=FIRST_DAY, eind_on=FIRST_DAY)
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        fotos.keep(work, dossier.load(session, id).schulden[0], Beeld(bytes([0, 0, 0, 1, 9])))
        warning = Waarschuwing(1, FIRST_DAY)
        work.add(Stilzwijgen.of(dossier.kennisgevingen(session, id)[0], FIRST_DAY))
        work.add(Signaal.of(dossier.load(session, id), Klok.EINDE_PAUZE, FIRST_DAY, warning, work.now))
        (message,) = dossier.kennisgevingen(session, id)
        poging = Poging(kennisgeving_id=message.id, at=work.now, resultaat="tijdelijk", antwoord="4.2.1", tls=True)
        work.add(poging)
        work.record(poging.kept(id))
        work.add(
            Datalek(
                verzoek_id=id,
                kennisgeving_id=message.id,
                found_at=work.now,
                found_by=actor.id,
                bereikt=True,
                wat="Mis.",
            )
        )
        token = toegang.add_session(work, "medewerker", 3600, medewerker_id=actor.id)
        work.session.flush()
        signed_in = select(Sessie.id).where(Sessie.token_hash == toegang.token_hash(token))
        work.add(Werksessie(id=work.session.scalars(signed_in).one(), checked_at=work.now))
        collector = Schuldeiser(
            organisatie_id=actor.organisatie_id, naam="Incasso", rol=PartijRol.INCASSOBUREAU,
            categorie=Categorie.INCASSO, schuldsoort=Schuldsoort.OVERIG,
        )  # fmt: skip
        work.add(collector)
        work.add(
            Passkey(medewerker_id=actor.id, naam="telefoon", credential_id=id.bytes, public_key=b"x", teller=0,
                    created_at=work.now)
        )  # fmt: skip
        work.add(Herstelcode(medewerker_id=actor.id, code_hash=id.bytes, created_at=work.now))
        work.add(Uitnodiging(medewerker_id=actor.id, is_herstel=False, created_at=work.now, expires_at=work.now))
        client = ApiClient(schuldeiser_id=own, naam="koppeling", geheim_sha256=b"geheim", created_at=work.now)
        work.add(client)
        work.session.flush()
        whose = {"organisatie_id": actor.organisatie_id, "schuldeiser_id": own, "onderwerp_id": own}
        times = {"asked_at": work.now, "expires_at": work.now, "alleen": False}
        work.add(Akkoordvraag(soort="contactgegevens", email="a@b.example", status="open", **whose, **times))
        work.add(Gemachtigde(schuldeiser_id=own, gemachtigde_id=collector.id))
        work.add(ApiToken(client_id=client.id, token_sha256=id.bytes, expires_at=work.now))
        webhook = Webhook(id=client.id, schuldeiser_id=own, url="", pogingen=0)
        webhook.renew("https://plons.example/", work.now)
        work.add(webhook)
        work.session.flush()
        work.add(Webhookmelding(webhook_id=webhook.id, kennisgeving_id=message.id, at=work.now))
        work.add(dagoverzicht(own, work.now))
        work.session.merge(teammail(actor, work.now))  # one of a team, however many cases it has
        mailed = Overzichtslink(id=uuid4(), created_at=work.now, expires_at=work.now)
        mailed.adres = "a@b.example"
        work.add(mailed)
    return id


def teammail(actor: Actor, now: datetime) -> Teammail:
    """The mail of a day to the team of this actor."""
    organisatie_id = actor.organisatie_id or UUID(int=0)
    row = Teammail(
        id=teammail_id(organisatie_id, FIRST_DAY), organisatie_id=organisatie_id, dag=FIRST_DAY, zaken=1, sjabloon="v1",
        aan="werk@stadsbank.example", message_id=f"<{actor.id}@portal.example>", envelope_token=str(actor.id),
        afzender_naam="", antwoord_aan="", status=Verzendstatus.KLAAR, issued_at=now,
    )  # fmt: skip
    row.freeze("Werk", "Werk", "<p>Werk</p>")
    return row
