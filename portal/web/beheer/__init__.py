"""The directory of schuldeisers, and the own organisatie with its staff."""

from portal.web.beheer import (
    akkoord,
    cijfers,
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
    tekstblokken,
)
from portal.web.beheer.blueprint import bp

__all__ = [
    "akkoord",
    "bp",
    "cijfers",
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
    "tekstblokken",
]
