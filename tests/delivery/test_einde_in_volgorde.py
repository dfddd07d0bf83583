"""Nobody hears of an end before the hulpvrager: by mail, by post or by API, because its letter is made in its turn."""

from datetime import date, timedelta

import pytest

from portal.actions import review, verzending
from portal.delivery.tasks import Sender, TryLater
from portal.domain.errors import RuleBroken
from portal.domain.kennisgeving import Levering, Soort
from portal.domain.roles import Actor
from portal.domain.status import Eindreden, Pogingresultaat
from portal.models import Bericht
from portal.queries import api, dossier, post

DELAY = timedelta(hours=2)
WAYS = {"api": {"levering": Levering.API, "mailable": False}, "brief": {"mailable": False}, "email": {}}


def told(given, id):
    """The mail to the hulpvrager about the end is out."""
    taken = verzending.Uitslag(resultaat=Pogingresultaat.AANGEBODEN, code=250, antwoord="2.0.0 Ok", tls=True)
    with given.session(Actor.systeem()) as session:
        verzending.record_handover(session, Bericht, dossier.berichten(session, id)[0].id, taken)


def is_out(given, end):
    """Whether the schuldeiser can fetch it, or a hulpverlener can post it."""
    party = Actor.schuldeiser(end.schuldeiser_id)
    with given.session(party) as session:
        fetched = [each.id for each in api.page(session, acknowledged=None, after=None, limit=9).rijen]
    with given.session(given.actor) as session:
        return end.id in fetched or end.id in [each.id for each in post.waiting(session, given.actor)]


@pytest.mark.parametrize("way", WAYS)
def test_an_end_is_made_only_after_the_hulpvrager_was_told_and_the_delay(given, clock, way):
    id = given.approved([given.regel("Plons", **WAYS[way])])
    for message in messages(given, id):
        given.typeset(message.id)
    given.hand_over(id)
    with given.session(given.actor) as session:
        review.end_pauze(session, given.actor, id, given.versie(id), Eindreden.VERHUISD)
    (end,) = [each for each in messages(given, id) if each.soort is Soort.BEEINDIGING]
    sender = Sender(given.database, None, (), DELAY)
    with pytest.raises(TryLater):
        sender.typeset(end.id)
    assert not is_out(given, end)
    if way == "brief":
        with given.session(given.actor) as session, pytest.raises(RuleBroken):
            verzending.mark_posted(session, given.actor, end.id)
    told(given, id)
    with pytest.raises(TryLater):
        sender.typeset(end.id)
    clock.set(date(2027, 2, 1), hour=23)
    sender.typeset(end.id)
    assert is_out(given, end) == (way != "email")
    with given.session(Actor.systeem()) as session:
        assert dossier.kennisgeving(session, id, end.id).may_have_arrived == (way == "api")


def messages(given, id):
    with given.session(Actor.systeem()) as session:
        return list(dossier.kennisgevingen(session, id))
