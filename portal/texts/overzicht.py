"""The mail with the link to everything of one mailbox that waits for an answer. It names no case and nobody."""

from datetime import datetime

from portal.texts.bericht import blokken
from portal.texts.sjablonen import fill_in
from portal.texts.tekst import Tekst

ONDERWERP = "Uw link om Kennisgevingen te beantwoorden"


def render(url: str, tot: datetime) -> Tekst:
    """`tot`: when the link stops, in Dutch time."""
    tekst = fill_in("overzicht/v1/overzicht.txt", url=url, tot=tot)
    html = fill_in("bericht/v1/bericht.html", onderwerp=ONDERWERP, blokken=blokken(tekst), url=url)
    return Tekst(onderwerp=ONDERWERP, tekst=tekst, html=html, sjabloon="overzicht/v1")
