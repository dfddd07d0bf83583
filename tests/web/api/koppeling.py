"""A schuldeiser's machine: it has a client, asks a token, and calls."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.actions import api_toegang
from portal.domain.kennisgeving import Levering
from portal.domain.roles import Actor
from tests.conftest import ADRESSEN
from tests.given import Given


@dataclass
class Koppeling:
    """A client of one schuldeiser, without cookies."""

    app: Flask
    schuldeiser_id: UUID
    client_id: UUID
    geheim: str
    token: str = ""
    seen: list[TestResponse] = field(default_factory=list)

    def ask_token(self, **changes: str) -> TestResponse:
        """By HTTP Basic. Changes are fields of the form."""
        return self._send(
            "POST", "/api/token", data={"grant_type": "client_credentials"} | changes,
            auth=(str(self.client_id), self.geheim),
        )  # fmt: skip

    def get(self, path: str, **query: Any) -> TestResponse:
        return self._send("GET", f"/api{path}", query_string=query, headers=self._bearer())

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        """A body that is text is sent as it is."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return self._send("POST", f"/api{path}", headers=self._bearer() | more)
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self._send(
            "POST", f"/api{path}", data=data, headers={"Content-Type": "application/json"} | self._bearer() | more
        )

    def put(self, path: str, body: Any) -> TestResponse:
        headers = {"Content-Type": "application/json"} | self._bearer()
        return self._send("PUT", f"/api{path}", data=json.dumps(body), headers=headers)

    def delete(self, path: str) -> TestResponse:
        return self._send("DELETE", f"/api{path}", headers=self._bearer())

    def inbox(self, **query: Any) -> list[dict[str, Any]]:
        """What is there to fetch: one page."""
        answer = self.get("/kennisgevingen", **query)
        assert answer.status_code == 200, answer.text
        return list(answer.json["kennisgevingen"])

    def _bearer(self) -> dict[str, str]:
        if not self.token:
            self.token = self.ask_token().json["access_token"]
        return {"Authorization": f"Bearer {self.token}"}

    def _send(self, method: str, path: str, **told: Any) -> TestResponse:
        client = FlaskClient(self.app, self.app.response_class, use_cookies=False)  # no browser: no pages, no cookies
        answer = client.open(path, method=method, base_url=ADRESSEN.base_url, **told)
        assert "Set-Cookie" not in answer.headers
        self.seen.append(answer)
        return answer


def koppeling(app: Flask, given: Given, naam: str, *, levering: Levering = Levering.API) -> Koppeling:
    """A new schuldeiser with a client. It fetches, unless `levering` says otherwise."""
    schuldeiser_id = given.schuldeiser(naam, levering=levering)
    with given.session(Actor.systeem()) as session:
        client_id, geheim = api_toegang.add_client(session, Actor.systeem(), schuldeiser_id, "productie")
    return Koppeling(app, schuldeiser_id, client_id, geheim)
