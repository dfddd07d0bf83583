"""The words of staff for an entry of the directory. Complete, or the import fails."""

from portal.domain.kennisgeving import Levering
from portal.models.schuldeiser import KEPT_BY_HAND

LEVERING = {
    Levering.LOS: "Elk bericht apart",
    Levering.DAGOVERZICHT: "Een keer per dag samen",
    Levering.API: "Haalt zelf op via de koppeling",
}

VELD = {
    "naam": "naam",
    "handelsnamen": "andere namen",
    "kvk": "KvK-nummer",
    "rol": "wat voor partij het is",
    "categorie": "categorie",
    "schuldsoort": "soort schuld",
    "convenant": "convenant",
    "convenant_vanaf": "begin van het convenant",
    "convenant_tot": "einde van het convenant",
    "default_maanden": "gebruikelijke maanden",
    "max_maanden": "hoogste aantal maanden",
    "kanaal": "e-mail of post",
    "levering": "manier van leveren",
    "email": "e-mailadres",
    "email_verified_by": "controle van het e-mailadres",
    "email_verified_on": "dag van de controle",
    "postadres": "postadres",
    "notitie": "notitie",
    "actief": "actief of niet",
    "gemachtigden": "wie meestal int",
}
"""What an entry of the directory holds."""

_missing = [name for name in KEPT_BY_HAND if name not in VELD] + [kind for kind in Levering if kind not in LEVERING]
if _missing:
    raise RuntimeError(f"without a word for staff: {', '.join(_missing)}")
