"""The published schema."""

import json

from flask import Flask

from portal.texts.gegevens import SCHEMA


def test_anybody_fetches_the_schema_as_it_is_kept(app: Flask) -> None:
    got = app.test_client().get(SCHEMA)
    assert (got.status_code, got.content_type) == (200, "application/schema+json")
    assert json.loads(got.data)["properties"]["versie"] == {"const": 1}
