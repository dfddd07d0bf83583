"""A desk: a member of staff who is signed in, and what stands on the pages in front of him."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Flask

from portal.actions import hulpvrager
from portal.domain.roles import Actor
from portal.models import Kennisgeving, Medewerker
from portal.queries import dossier
from tests.given import Given
from tests.web.account.deur import signed_in
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser


class Werkplek:
    """Signs members of staff in through the pages, once each."""

    def __init__(self, app: Flask, given: Given, new_browser: MakeBrowser) -> None:
        self.app, self.given, self.new_browser = app, given, new_browser

    def of(self, actor: Actor) -> Browser:
        """A browser in which this member of staff is signed in."""
        with self.given.session(Actor.systeem()) as session:
            email = session.get_one(Medewerker, actor.id).email
        return signed_in(self.app, self.new_browser(), email)

    def submitted_with(self, *schulden: Mapping[str, Any], take: bool = True, **changes: Any) -> UUID:
        """A request whose schulden say more than a name."""
        _ = self.given.organisatie_id
        id = self.given.concept(**changes)
        person = Actor.hulpvrager(id)
        with self.given.session(person) as session:
            for schuld in schulden:
                hulpvrager.add_schuld(session, person, id, dict(schuld))
            hulpvrager.submit(session, person)
        if take:
            self.given.take(id)
        return id

    def messages(self, id: UUID) -> dict[str, Kennisgeving]:
        """The messages of a case by the name of their recipient."""
        with self.given.session(Actor.systeem()) as session:
            return {each.schuldeiser.naam: each for each in dossier.kennisgevingen(session, id)}

    def events(self, id: UUID) -> list[str]:
        """What happened in a case, oldest first."""
        with self.given.session(Actor.systeem()) as session:
            return [entry.gebeurtenis for entry in dossier.history(session, id)][::-1]


def url(id: UUID, rest: str = "") -> str:
    return f"/werkvoorraad/{id}{rest}"
