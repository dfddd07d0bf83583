"""Who calls the API: the bearer token in the Authorization header, and nothing else. No cookie is looked at."""

from typing import cast

from flask import g, request

from portal import clock
from portal.actions.api_toegang import sha256
from portal.db import limits
from portal.queries.api import Aanroeper, find_aanroeper
from portal.web import session
from portal.web.problems import unauthorized


def as_api_client() -> None:
    """Continue this request as the schuldeiser of the token. Raises Unauthorized, TooManyAttempts."""
    given = request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    found = find_aanroeper(session.db(), sha256(token), clock.now()) if token else None
    if found is None:
        raise unauthorized(with_token=bool(token))
    limits.hit(session.database(), limits.API_PER_CLIENT, str(found.client_id))
    g.aanroeper = found
    session.as_schuldeiser(found.schuldeiser_id)


def aanroeper() -> Aanroeper:
    """The client of this request. Only behind the rule for api clients."""
    return cast("Aanroeper", g.aanroeper)
