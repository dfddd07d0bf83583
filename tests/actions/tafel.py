"""The table of the game in `test_machine`: the case beside its model, the worker and its mail server, and the clock."""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
)

from portal.actions import (
    bewaking,
    inkomend,
    stilte,
    verlopen,
    verzending,
)
from portal.actions.zending import NietOpgemaakt
from portal.db.engine import Database
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import Sender, TryLater
from portal.domain import errors
from portal.domain.bewaking import Geduld
from portal.domain.inkomend import Gelezen, Mailsoort
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.models import Bericht, Kennisgeving, Medewerker
from portal.queries import audit, dossier
from portal.queries.vervolg import Zaakstand
from tests.actions.zaakmodel import CLOSING, Brief, Partij, Zaak, is_longer_than_allowed
from tests.conftest import FIRST_DAY, Clock, empty
from tests.given import Given
from tests.mailserver import MailServer

HOUR = timedelta(hours=1)
END_DAYS = (30, 14, 7)
GEDULD = Geduld(antwoord_werkdagen=10, herinnering_werkdagen=5, bellen_werkdagen=5)

staff = st.integers(0, 1)
party = st.integers(0, 3)


class Tafel(RuleBasedStateMachine):
    """What all acts have in common, the post, the clock, and what is always true."""

    database: Database
    owner: Any
    server: MailServer
    mailer: Mailer
    zaak: Zaak
    id: UUID
    ids: dict[str, UUID]

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.today = Clock(), FIRST_DAY
        self.clock.set(self.today)
        self.given = Given(self.database)
        self.staff = [
            self.given.medewerker(self.given.organisatie_id, Role.HULPVERLENER, naam=n) for n in ("Anna", "Bo")
        ]
        self.sender = Sender(self.database, self.mailer, (60,) * 99, HOUR)
        self.server.received.clear()
        self.names = count(1)

    def teardown(self) -> None:
        try:
            if hasattr(self, "zaak"):
                self._finish()
        finally:
            self.clock.release()
            empty(self.owner)

    # --- what every act has in common -------------------------------------------------------------

    def expect(self, refusal: str | None, act: Any) -> None:
        """Do it; with the name of a rule it must be refused by that rule."""
        if refusal is None:
            act()
        else:
            with pytest.raises(getattr(errors, refusal)):
                act()

    def by(self, who: int, act: Any, *told: Any) -> Any:
        """An act of a member of staff."""
        with self.given.session(self.staff[who]) as session:
            return act(session, self.staff[who], *told)

    def one(self, number: int, among: list[Partij]) -> Partij | None:
        return among[number % len(among)] if among else None

    @property
    def versie(self) -> int:
        return self.given.versie(self.id)

    def stand(self, who: int) -> Zaakstand:
        with self.given.session(Actor.systeem()) as session:
            return Zaakstand(
                verzoek=dossier.load(session, self.id),
                issued=dossier.kennisgevingen(session, self.id),
                contactpersoon=session.get_one(Medewerker, self.staff[who].id).naam,
                today=self.today,
            )

    def row(self, partij: Partij, brief: Brief) -> Kennisgeving:
        with self.given.session(Actor.systeem()) as session:
            key = (self.ids[partij.naam], brief.soort, brief.nummer)
            issued = dossier.kennisgevingen(session, self.id)
            return next(each for each in issued if (each.schuldeiser_id, each.soort, each.nummer) == key)

    def moved(self, *allowed: str) -> str | None:
        return None if self.zaak.status in allowed else "MoveNotAllowed"

    # --- delivery ---------------------------------------------------------------------------------

    @rule(weather=st.sampled_from(["250 2.0.0 Ok", "250 2.0.0 Ok", "451 4.3.0 Later", "550 5.1.1 Unknown"]))
    def work(self, weather: str) -> None:
        """The worker does every job that waits; the mail server of the schuldeisers has its moods."""
        self.server.rcpt_reply = lambda address: weather if address.endswith("@schuldeiser.example") else "250 2.0.0 Ok"
        for job, task, id in self.owner.execute(
            "SELECT id, task_name, (args ->> 'id')::uuid FROM procrastinate_jobs"
            " WHERE task_name IN ('send_bericht', 'send_kennisgeving', 'typeset_kennisgeving') ORDER BY id"
        ).fetchall():
            try:
                self._do(str(task), id)
            except TryLater:
                continue
            self.owner.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job])
        self._worked(weather[0])

    def _do(self, task: str, id: UUID) -> None:
        if task == "typeset_kennisgeving":
            self.sender.typeset(id)
        else:
            self.sender.send(Bericht if task == "send_bericht" else Kennisgeving, id)

    def _worked(self, weather: str) -> None:
        """What the model makes of it: an end waits until the day after the hulpvrager heard of it."""
        may_end = self.zaak.end_told_on is not None and self.zaak.end_told_on < self.today
        if self.zaak.status in ("beeindigd", "ingetrokken"):
            self.zaak.end_told_on = self.zaak.end_told_on or self.today
        for partij in self.zaak.partijen:
            for brief in partij.brieven:
                if brief.soort == "beeindiging" and not may_end:
                    continue
                brief.made = True
                late = brief.soort not in CLOSING and brief.is_over(self.today)
                if partij.per_mail and brief.status == "klaar" and not late:
                    brief.begun = True
                    brief.status = {"2": "aangeboden", "4": "klaar", "5": "niet_bezorgd"}[weather]

    @rule(who=staff, number=party)
    def post(self, who: int, number: int) -> None:
        """A hulpverlener puts the last letter to somebody in the post."""
        partij = self.one(number, [each for each in self.zaak.told if not each.per_mail])
        if partij is None:
            return
        brief = partij.brieven[-1]
        message = self.row(partij, brief)
        late = brief.soort not in CLOSING and brief.is_over(self.today)
        if brief.status != "klaar" or late:
            self.expect("MoveNotAllowed", lambda: self.by(who, verzending.mark_posted, message.id))
        elif not brief.made:
            with pytest.raises(NietOpgemaakt):
                self.by(who, verzending.mark_posted, message.id)
        else:
            self.by(who, verzending.mark_posted, message.id)
            brief.status = "aangeboden"

    @rule(number=party)
    def bounce(self, number: int) -> None:
        """The last mail that a schuldeiser got comes back."""
        partij = self.one(number, [each for each in self.zaak.told if each.per_mail])
        brief = partij.brieven[-1] if partij else None
        if partij is None or brief is None or brief.status != "aangeboden":
            return
        token = self.row(partij, brief).envelope_token
        raw = inkomend.Ontvangen(ruw=b"x", sha256=uuid4().hex, ontvanger="", afzender="", afgekapt=False)
        with self.given.session(Actor.systeem()) as session:
            inkomend.keep(session, raw, Gelezen(soort=Mailsoort.ONBESTELBAAR, tokens=(token,)), (60,))
        brief.status = "niet_bezorgd" if self.zaak.may_go_again(partij, brief, self.today) else "vervallen"

    @rule(who=staff, number=party)
    def send_again(self, who: int, number: int) -> None:
        partij = self.one(number, [each for each in self.zaak.told if each.per_mail])
        if partij is None:
            return
        brief = partij.brieven[-1]
        message = self.row(partij, brief)
        may = self.zaak.may_go_again(partij, brief, self.today) and brief.status == "niet_bezorgd"
        self.expect(None if may else "MoveNotAllowed", lambda: self.by(who, verzending.retry, message.id, Kanaal.EMAIL))
        if may:
            brief.status, brief.begun = "klaar", False

    # --- time -------------------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 2, 7, 15, 40, 70]))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.clock.set(self.today)

    @rule()
    def rounds(self) -> None:
        """Everything that runs out by itself, twice: the second time there is nothing left to do."""
        self.zaak.let_time_end(self.today)
        for time in (1, 2):
            verlopen.expire_pauzes(self.database)
            verlopen.lapse_kennisgevingen(self.database)
            bewaking.warn_of_terms(self.database)
            assert time == 1 or not bewaking.warn_of_ends(self.database, END_DAYS)
            bewaking.warn_of_ends(self.database, END_DAYS)
            stilte.watch_silence(self.database, GEDULD)
        self._reminded()

    def _reminded(self) -> None:
        """When a reminder is due is for other tests; here: only of what runs and was not answered, and once."""
        found = self.owner.execute("SELECT schuldeiser_id FROM kennisgeving WHERE soort = 'herinnering'").fetchall()
        for partij in self.zaak.partijen:
            reminded = any(brief.soort == "herinnering" for brief in partij.brieven)
            if (self.ids[partij.naam],) in found and not reminded:
                assert self.zaak.status == "goedgekeurd"
                assert partij.runs(self.today)
                assert not any(brief.answer for brief in partij.brieven)
                partij.send("herinnering", partij.asked.start, partij.asked.eind)

    # --- what is always true ----------------------------------------------------------------------

    @invariant()
    def the_case_is_as_on_paper(self) -> None:
        if not hasattr(self, "zaak"):
            return
        row = self.owner.execute("SELECT status, start_on, eind_on FROM pauzeverzoek").fetchone()
        assert row == (self.zaak.status, self.zaak.start, self.zaak.eind)

    @invariant()
    def everybody_has_exactly_the_messages_that_he_should(self) -> None:
        if not hasattr(self, "zaak"):
            return
        names = {id: naam for naam, id in self.ids.items()}
        sent = self.owner.execute("SELECT schuldeiser_id, soort, nummer, status, start_on, eind_on FROM kennisgeving")
        found = sorted((names[id], *rest) for id, *rest in sent.fetchall())
        wanted = sorted(
            (partij.naam, brief.soort, brief.nummer, brief.status, brief.start, brief.eind)
            for partij in self.zaak.partijen
            for brief in partij.brieven
        )
        assert found == wanted
        assert not [b for p in self.zaak.partijen for b in p.brieven if is_longer_than_allowed(b, p)]

    @invariant()
    def the_hulpvrager_was_told_everything_once(self) -> None:
        if not hasattr(self, "zaak"):
            return
        rows = self.owner.execute("SELECT soort, count(*) FROM bericht WHERE soort <> 'bijna_afgelopen' GROUP BY soort")
        assert dict(rows.fetchall()) == dict(+self.zaak.verteld)

    def _finish(self) -> None:
        """All mail goes out: nothing was sent twice or too early, nothing is missing, and the trail is whole."""
        for _ in range(2):
            self.days_pass(1)
            self.work("250 2.0.0 Ok")
        self.everybody_has_exactly_the_messages_that_he_should()
        mailed = Counter(each.message_id for each in self.server.received)
        assert max(mailed.values()) == 1
        waiting = "SELECT count(*) FROM kennisgeving WHERE status = 'klaar' AND kanaal = 'email' AND eind_on >= %s"
        assert self.owner.execute(waiting, [self.today]).fetchone() == (0,)
        early = (
            "SELECT count(*) FROM kennisgeving k JOIN bericht b USING (verzoek_id) WHERE k.soort = 'beeindiging'"
            " AND b.soort IN ('beeindigd', 'ingetrokken') AND k.handed_over_at < b.handed_over_at + interval '1 hour'"
        )
        assert self.owner.execute(early).fetchone() == (0,)
        assert audit.verify(self.database).broken is None
