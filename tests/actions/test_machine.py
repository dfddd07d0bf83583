"""Two members of staff, a hulpvrager, schuldeisers and the clock act at random on one case, against a model on paper.

Every act goes through the portal's own, on a real PostgreSQL, and the worker's mail to a real mail server. After each
step the case is as the model says; at the end what was sent is what should have been, and the trail is whole.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.actions import (
    beantwoorden,
    bijkomen,
    corrigeren,
    hulpvrager,
    review,
    terugroepen,
    toewijzen,
    verlengen,
)
from portal.db.engine import Database
from portal.delivery.smtp import Mailer
from portal.domain import errors
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Eindreden
from portal.queries.vervolg import added, corrected, exchange_of, extended, fingerprint, recalled, to_send
from tests.actions.conftest import at_once
from tests.actions.tafel import Tafel, party, staff
from tests.actions.zaakmodel import OPEN, WITHDRAWABLE, Partij, Zaak
from tests.mailserver import MailServer
from tests.workers import settings_for

QUICK = settings(max_examples=12, stateful_step_count=30, phases=(Phase.generate,))
"""What fits in `make test`. The profile `nacht` of tests/conftest.py plays on."""

STOPS = {"decline": "niet_goedgekeurd", "end": "beeindigd", "withdraw": "ingetrokken"}
SAID = {
    "bevestigd": GegevenAntwoord(antwoord=Antwoord.BEVESTIGD),
    "geen_medewerking": GegevenAntwoord(antwoord=Antwoord.GEEN_MEDEWERKING, reden=GeenMedewerking.GEEN_SAMENWERKING),
}


class Machine(Tafel):
    """The acts of people, each with what the model expects of it."""

    # --- filing -----------------------------------------------------------------------------------

    @initialize(
        parties=st.lists(st.tuples(st.sampled_from([2, 6, 8]), st.booleans()), min_size=1, max_size=3),
        consent=st.sampled_from([True, True, True, False]),
        begun=st.sampled_from(["filed", "approved", "approved", "told"]),
    )
    def file(self, parties: list[tuple[int, bool]], consent: bool, begun: str) -> None:
        """Most cases come further than their filing: what happens there is the harder part."""
        self.ids: dict[str, UUID] = {}
        self.lines: dict[str, UUID] = {}
        self.zaak = Zaak([], toestemming=consent)
        self.id = self.given.concept(toestemming={"keuze": "ja" if consent else "nee"})
        self.person = Actor.hulpvrager(self.id)
        for maximum, per_mail in parties:
            self._list(self.person, maximum, per_mail)
        with self.given.session(self.person) as session:
            hulpvrager.submit(session, self.person)
        if begun != "filed":
            self.whose(0, "take")
            self.match(0, all_of_them=True, number=0)
            self.approve(0, 4, sensible=True)
        if begun == "told":
            self.work("250 2.0.0 Ok")

    def _list(self, actor: Actor, maximum: int, per_mail: bool) -> Partij:
        partij = Partij(f"Partij {len(self.zaak.partijen)}", maximum, per_mail)
        with self.given.session(actor) as session:
            self.lines[partij.naam] = hulpvrager.add_schuld(session, actor, self.id, {"afzender": partij.naam})
        terms = {"max_maanden": maximum, "default_maanden": min(maximum, 4)}
        self.ids[partij.naam] = self.given.schuldeiser(partij.naam, mailable=per_mail, **terms)
        self.zaak.partijen.append(partij)
        return partij

    # --- before the decision ----------------------------------------------------------------------

    @rule(who=staff, wanted=st.sampled_from(["take", "hand_over", "put_back"]))
    def whose(self, who: int, wanted: str) -> None:
        """Somebody takes it, gives it to the other, or puts it back among the new ones."""
        versie, to = self.versie, who if wanted == "take" else 1 - who
        if wanted == "put_back":
            refusal = self.moved("in_behandeling")
            self.expect(refusal, lambda: self.by(who, toewijzen.release, self.id, versie))
        elif wanted == "take":
            refusal = self.moved(*WITHDRAWABLE)
            self.expect(refusal, lambda: self.by(who, review.assign_to_self, self.id, versie))
        else:
            refusal = "MoveNotAllowed" if self.zaak.behandelaar == to else self.moved(*WITHDRAWABLE)
            naar = self.staff[to].id
            self.expect(refusal, lambda: self.by(who, toewijzen.hand_over, self.id, versie, naar))
        if refusal is None:
            self.zaak.assign(None if wanted == "put_back" else to)

    @rule(who=staff, all_of_them=st.booleans(), number=party)
    def match(self, who: int, all_of_them: bool, number: int) -> None:
        refusal = self.moved(*WITHDRAWABLE)
        chosen = self.zaak.partijen if all_of_them else [self.zaak.partijen[number % len(self.zaak.partijen)]]
        for partij in chosen:
            parties = {self.ids[partij.naam]: "KL-1"}
            line = self.lines[partij.naam]
            self.expect(refusal, lambda: self.by(who, review.match_schuld, self.id, line, parties))  # noqa: B023
            partij.tied = partij.tied or refusal is None

    @rule(who=staff, ask=st.booleans())
    def question(self, who: int, ask: bool) -> None:
        """A hulpverlener asks something, or the hulpvrager answers."""
        refusal = self.moved("in_behandeling" if ask else "aanvulling_gevraagd")
        if ask:
            versie = self.versie
            self.expect(refusal, lambda: self.by(who, review.request_supplement, self.id, versie, "Welke polis?"))
        else:
            self.expect(refusal, lambda: self.given.supplement(self.id))
        if refusal is None:
            self.zaak.verteld["aanvulling_gevraagd"] += ask
            self.zaak.status = "aanvulling_gevraagd" if ask else "in_behandeling"

    @rule(give=st.booleans())
    def change_mind(self, give: bool) -> None:
        """The hulpvrager gives the toestemming, or takes it back."""
        refusal = self.moved(*OPEN) or ("MoveNotAllowed" if self.zaak.toestemming is give else None)

        def act() -> None:
            with self.given.session(self.person) as session:
                if give:
                    hulpvrager.give_toestemming(session, self.person)
                else:
                    hulpvrager.revoke_toestemming(session, self.person, self.id)

        self.expect(refusal, act)
        if refusal is None:
            self.zaak.toestemming = give

    # --- the decision -----------------------------------------------------------------------------

    def _approve(self, who: int, months: list[int]) -> Any:
        chosen = {self.ids[partij.naam]: month for partij, month in zip(self.zaak.partijen, months, strict=True)}
        besluit = self.given.besluit(self.id, self.staff[who], maanden=chosen)
        return lambda: self.by(who, review.approve_pauzeverzoek, self.id, besluit)

    @rule(who=staff, months=st.sampled_from([1, 2, 4, 6, 7]), sensible=st.booleans() | st.just(value=True))
    def approve(self, who: int, months: int, sensible: bool) -> None:
        each = [min(months, partij.maximum) if sensible else months for partij in self.zaak.partijen]
        refusal = self.zaak.refuses_approval(each)
        self.expect(refusal, self._approve(who, each))
        if refusal is None:
            self.zaak.approve(self.today, each)

    @precondition(lambda self: self.zaak.refuses_approval([1] * len(self.zaak.partijen)) is None)
    @rule()
    def approve_both_at_once(self) -> None:
        """Each has the page before him. One of them is told that the other was first."""
        ones = [1] * len(self.zaak.partijen)
        acts = [self._approve(who, ones) for who in (0, 1)]
        done, refused = at_once(2, lambda number: acts[number]())
        assert (len(done), [type(error) for error in refused]) == (1, [errors.AlreadyDecided])
        self.zaak.approve(self.today, ones)

    @rule(who=staff, wanted=st.sampled_from(["decline", "end", "take", "ask"]))
    def decide_on_a_stale_page(self, who: int, wanted: str) -> None:
        old = self.versie - 1
        acts = {
            "decline": lambda: self.by(who, review.decline_pauzeverzoek, self.id, old, "Nee."),
            "end": lambda: self.by(who, review.end_pauze, self.id, old, Eindreden.VERHUISD),
            "take": lambda: self.by(who, review.assign_to_self, self.id, old),
            "ask": lambda: self.by(who, review.request_supplement, self.id, old, "Welke?"),
        }
        self.expect("AlreadyDecided", acts[wanted])

    # --- what follows -----------------------------------------------------------------------------

    @rule(who=staff, months=st.integers(1, 9))
    def extend(self, who: int, months: int) -> None:
        until = self.today + timedelta(days=30 * months)
        refusal = self.moved("goedgekeurd")
        if refusal is None and not self.today < until <= self.zaak.last_day:
            refusal = "DuurOngeldig"
        if refusal is None and not self.zaak.extendable(until, self.today):
            refusal = "GeenOntvangers"
        planned = [] if self.zaak.start is None else to_send(extended(self.stand(who), until))
        besluit = verlengen.Verlenging(
            versie=self.versie, gezien=fingerprint(planned), tot_en_met=until, schuldeisers=frozenset(self.ids.values())
        )
        self.expect(refusal, lambda: self.by(who, verlengen.extend_pauze, self.id, besluit))
        if refusal is None:
            self.zaak.extend(until, self.today)

    @rule(who=staff)
    def correct(self, who: int) -> None:
        refusal = self.moved(*WITHDRAWABLE)
        naam = {"naam": {"voorletters": "F.", "voorvoegsel": "", "achternaam": f"Meer{'e' * next(self.names)}"}}
        stand = self.stand(who)
        after = replace(stand, antwoorden={**stand.verzoek.antwoorden, **naam})
        seen = fingerprint(corrected(after)) if self.zaak.status == "goedgekeurd" else ""
        besluit = corrigeren.Correctie(versie=self.versie, gezien=seen, secties=naam)
        self.expect(refusal, lambda: self.by(who, corrigeren.correct_pauzeverzoek, self.id, besluit))
        if refusal is None:
            self.zaak.correct(self.today)

    @precondition(lambda self: len(self.zaak.partijen) < 4)
    @rule(who=staff, maximum=st.sampled_from([2, 6, 8]), per_mail=st.booleans())
    def remember_a_debt(self, who: int, maximum: int, per_mail: bool) -> None:
        if self.zaak.status == "goedgekeurd":
            self._list(self.staff[who], maximum, per_mail)

    @precondition(lambda self: self.zaak.status == "goedgekeurd")
    @rule(who=staff)
    def tell_late_ones(self, who: int) -> None:
        late = self.zaak.late_ones(self.today)
        planned = to_send(added(self.stand(who)))
        besluit = bijkomen.Bijkomst(versie=self.versie, gezien=fingerprint(planned))
        refusal = None if late else "GeenOntvangers"
        self.expect(refusal, lambda: self.by(who, bijkomen.tell_added, self.id, besluit))
        for partij, start, eind in late:
            partij.send("kennisgeving", start, eind)

    @rule(who=staff, number=party)
    def recall(self, who: int, number: int) -> None:
        partij = self.one(number, self.zaak.told)
        if partij is None:
            return
        stand, message = self.stand(who), self.row(partij, partij.asked)
        planned = recalled(stand, exchange_of(stand, message.id))
        seen = fingerprint([planned] if planned else [])
        besluit = terugroepen.Terugroeping(versie=self.versie, gezien=seen, wat="Verkeerd gekoppeld.")
        refusal = "MoveNotAllowed" if partij.is_recalled else None
        self.expect(refusal, lambda: self.by(who, terugroepen.recall, message.id, besluit))
        if refusal is None:
            self.zaak.recall(partij)

    @rule(who=staff, wanted=st.sampled_from(["decline", "end", "withdraw"]), sure=st.sampled_from([False, True]))
    def stop(self, who: int, wanted: str, sure: bool) -> None:
        """It ends: not approved, early, or because the hulpvrager stops. Half of the time somebody thinks better."""
        if not sure:
            return
        if wanted == "decline":
            refusal = self.moved("in_behandeling", "aanvulling_gevraagd")
            self.expect(refusal, lambda: self.by(who, review.decline_pauzeverzoek, self.id, self.versie, "Nee."))
        elif wanted == "end":
            refusal = self.moved("goedgekeurd")
            self.expect(refusal, lambda: self.by(who, review.end_pauze, self.id, self.versie, Eindreden.VERHUISD))
        else:
            refusal = self.moved(*WITHDRAWABLE)
            self.expect(refusal, lambda: self.given.withdraw(self.id))
        if refusal is None:
            self.zaak.stop(STOPS[wanted], self.today)

    # --- the schuldeiser --------------------------------------------------------------------------

    @rule(number=party, by_telephone=st.booleans(), said=st.sampled_from(sorted(SAID)))
    def answer(self, number: int, by_telephone: bool, said: str) -> None:
        """To the message that counts, by its link or on the telephone."""
        partij = self.one(number, self.zaak.told)
        if partij is None:
            return
        brief, message = partij.asked, self.row(partij, partij.asked)
        repeated = brief.answer == said
        refusal = None if repeated or partij.holds(brief, self.today) else "NietMeerTeBeantwoorden"
        via = Antwoordweg.HULPVERLENER if by_telephone else Antwoordweg.LINK
        actor = self.staff[0] if by_telephone else Actor.schuldeiser(self.ids[partij.naam])

        def act() -> None:
            with self.given.session(actor) as session:
                beantwoorden.answer(session, actor, message.id, SAID[said], via=via, na=brief.answers)

        self.expect(refusal, act)
        if refusal is None and not repeated:
            brief.answer, brief.answers = said, brief.answers + 1
            self.zaak.verteld["antwoord_ontvangen"] += partij.per_mail
            for reminder in (each for each in partij.brieven if each.soort == "herinnering"):
                reminder.status = "vervallen" if reminder.status in ("klaar", "niet_bezorgd") else reminder.status


def test_whatever_they_do_the_case_stays_as_it_should_be(database: Database, owner: Any) -> None:
    chosen = settings() if settings.get_current_profile_name() == "nacht" else QUICK
    with MailServer() as server:
        mailer = Mailer(settings_for(MAIL_PORT=str(server.port)))
        Machine.database, Machine.owner, Machine.server, Machine.mailer = database, owner, server, mailer
        try:
            run_state_machine_as_test(Machine, settings=chosen)
        finally:
            mailer.close()
