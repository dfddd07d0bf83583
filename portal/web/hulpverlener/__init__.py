"""The hulpverlener's side: the queue, the case on one page, and each act as a page of its own."""

from portal.web.hulpverlener import (
    aanvulling,
    antwoord,
    beeindigen,
    besluit,
    bewijs,
    brieven,
    dossier,
    gebeld,
    kennisgevingen,
    koppelen,
    mail,
    niet_goedkeuren,
    noteren,
    post,
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
    "bewijs",
    "bp",
    "brieven",
    "dossier",
    "gebeld",
    "kennisgevingen",
    "koppelen",
    "mail",
    "niet_goedkeuren",
    "noteren",
    "post",
    "schulden",
    "toestemming",
    "werkvoorraad",
]
