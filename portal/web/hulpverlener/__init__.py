"""The hulpverlener's side: the queue, the case on one page, and each act as a page of its own."""

from portal.web.hulpverlener import (
    aanvulling,
    antwoord,
    beeindigen,
    besluit,
    brieven,
    dossier,
    gebeld,
    kennisgevingen,
    koppelen,
    mail,
    niet_goedkeuren,
    schulden,
    toestemming,
    werkvoorraad,
)
from portal.web.hulpverlener.blueprint import bp

__all__ = [
    "aanvulling",
    "antwoord",
    "beeindigen",
    "besluit",
    "bp",
    "brieven",
    "dossier",
    "gebeld",
    "kennisgevingen",
    "koppelen",
    "mail",
    "niet_goedkeuren",
    "schulden",
    "toestemming",
    "werkvoorraad",
]
