"""The directory of schuldeisers, and the own organisatie with its staff."""

from portal.web.beheer import (
    cijfers,
    contact,
    instellingen,
    koppelingen,
    lijstbestand,
    logboek,
    mail,
    medewerkers,
    organisatie,
    samenvoegen,
    schuldeiser,
    schuldeisers,
    stilte,
)
from portal.web.beheer.blueprint import bp

__all__ = [
    "bp",
    "cijfers",
    "contact",
    "instellingen",
    "koppelingen",
    "lijstbestand",
    "logboek",
    "mail",
    "medewerkers",
    "organisatie",
    "samenvoegen",
    "schuldeiser",
    "schuldeisers",
    "stilte",
]
