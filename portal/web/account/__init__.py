"""Getting in and out: hulpvragers by mail link, code or DigiD, staff by password and second factor."""

from portal.web.account import account, digid, medewerker, passkeys, sso, terug, uitloggen, uitnodiging, wachtwoord, weg
from portal.web.account.blueprint import bp

__all__ = [
    "account",
    "bp",
    "digid",
    "medewerker",
    "passkeys",
    "sso",
    "terug",
    "uitloggen",
    "uitnodiging",
    "wachtwoord",
    "weg",
]

bp.record(digid.register)
bp.record(sso.register)
