"""A case with fourteen schuldeisers through a real Postfix; what it cannot deliver comes back and becomes work."""

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.delivery.smtp import Mailer
from portal.delivery.tasks import Sender
from portal.domain.inkomend import Mailgevolg, Mailsoort
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.queries import audit, dossier
from portal.queries import inkomend as received
from portal.queries.banen import Baan, counts
from tests.conftest import ADRESSEN, Clock, Server
from tests.delivery.test_worker import kennisgevingen
from tests.given import EMAIL, Given
from tests.postfix import Postfix
from tests.workers import _FIXED, settings_for

GOOD, GONE, FULL = range(11), range(11, 13), range(13, 14)
SECONDS = 60
"""After this the test gives up; on a machine with nothing else to do it takes ten."""


def until(done: Callable[[], bool], mail: Postfix) -> None:
    deadline = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < deadline, mail.log
        time.sleep(0.05)


def send_all(given: Given, port: int, id) -> None:
    """As the worker does, one after the other."""
    mailer = Mailer(replace(settings_for(), mail_port=port))
    try:
        sender = Sender(given.database, mailer, ())
        with given.session(Actor.systeem()) as session:
            messages = [
                (type(each), each.id)
                for each in (*dossier.kennisgevingen(session, id), *dossier.berichten(session, id))
            ]
        for model, message_id in messages:
            sender.send(model, message_id)
    finally:
        mailer.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="Postfix starts as root only")
def test_fourteen_schuldeisers_through_postfix_and_the_bounces_become_work(
    server: Server, given: Given, clock: Clock
) -> None:
    clock.release()
    regels = [given.regel(f"Bedrijf {at:02}") for at in (*GOOD, *GONE, *FULL)]
    id = given.approved(regels)
    issued = kennisgevingen(given.database, id)
    boxes = {issued[f"Bedrijf {at:02}"].aan: f"box{at:02}" for at in (*GOOD, *FULL)} | {EMAIL: "hulpvrager"}
    environ = {"PORTAL_ENV": "development", "DATABASE_URL": server.app_url} | _FIXED
    with Postfix(boxes, ADRESSEN.envelope_domain, environ) as mail:
        mail.fill("box13")
        send_all(given, mail.port, id)
        codes: list[int] = []
        until(lambda: len(codes.extend(mail.run_piped()) or codes) == len(GONE) + len(FULL), mail)
        until(lambda: all(mail.box(f"box{at:02}") for at in GOOD), mail)
        delivered = {at: mail.box(f"box{at:02}") for at in GOOD}
    assert codes == [0] * len(codes)
    after = kennisgevingen(given.database, id)
    for at in GOOD:
        assert after[f"Bedrijf {at:02}"].status is Verzendstatus.AANGEBODEN
        assert after[f"Bedrijf {at:02}"].message_id.encode() in delivered[at]
    for at in GONE:
        assert after[f"Bedrijf {at:02}"].status is Verzendstatus.NIET_BEZORGD
    assert after["Bedrijf 13"].status is Verzendstatus.KLAAR  # it goes again by itself
    assert Counter((each.soort, each.gevolg) for each in mails(given, id)) == {
        (Mailsoort.ONBESTELBAAR, Mailgevolg.NIET_BEZORGD): len(GONE),
        (Mailsoort.POSTVAK_VOL, Mailgevolg.LATER_OPNIEUW): len(FULL),
    }
    with given.session(given.actor) as session:
        assert counts(session, given.actor)[Baan.BEZORGING_MISLUKT] == 1
    assert audit.verify(given.database).ok


def mails(given: Given, id):
    with given.session(Actor.systeem()) as session:
        return received.of_case(session, id)
