"""The published schema."""

import json

from flask import Flask

from portal.texts.gegevens import SCHEMA, SCHEMA_TWEE


def test_anybody_fetches_the_schemas_as_they_are_kept(app: Flask) -> None:
    for versie, schema in ((1, SCHEMA), (2, SCHEMA_TWEE)):
        got = app.test_client().get(schema)
        assert (got.status_code, got.content_type) == (200, "application/schema+json")
        assert json.loads(got.data)["properties"]["versie"] == {"const": versie}
