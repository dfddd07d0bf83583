"""The table of docs/toegang.md: every route with who may open it."""

from flask import Flask
from werkzeug.routing import Rule

from portal.web.access import rule_of

ONLY = {
    "postvak": "development",
    "account.digid": "with DigiD",
    "account.digid_terug": "with DigiD",
    "account.werkaccount": "with staff accounts",
    "account.werkaccount_terug": "with staff accounts",
    "account.werkaccount_afmelden": "with staff accounts",
}
"""Blueprints and endpoints that an application may lack, and where they are."""

HEAD = """\
# Who may open which route

Made from the routes themselves by `portal routes`; a test compares the two. A view without a rule keeps the portal
from starting (`portal/web/access.py`). `hulpvrager` is the person behind one pauzeverzoek, in the own browser; `api
client` is the machine of one schuldeiser, with a token; the other words are roles of staff. What they then see is
limited again by row-level security in the database.

| Route | Methods | Who | Endpoint | Only |
|---|---|---|---|---|
"""


def markdown_table(app: Flask) -> str:
    """The document, for an application in development with DigiD and staff accounts: that one has every route."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return HEAD + "".join(_line(app, rule) for rule in rules)


def _line(app: Flask, rule: Rule) -> str:
    methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    only = ONLY.get(rule.endpoint) or ONLY.get(rule.endpoint.partition(".")[0], "")
    return f"| `{rule.rule}` | {methods} | {rule_of(app, rule.endpoint)} | `{rule.endpoint}` | {only} |\n"
