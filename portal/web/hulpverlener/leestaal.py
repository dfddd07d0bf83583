"""The language that a hulpvrager reads, as staff call it."""

from portal.domain.taal import Taal
from portal.models import Pauzeverzoek

TAAL = {
    Taal.NL: "Nederlands",
    Taal.EN: "Engels",
    Taal.AR: "Arabisch",
    Taal.TR: "Turks",
    Taal.PL: "Pools",
    Taal.UK: "Oekraïens",
}


def other_taal(verzoek: Pauzeverzoek) -> str:
    """'Arabisch', or nothing for who reads Dutch."""
    return "" if verzoek.reads is Taal.NL else TAAL[verzoek.reads]
