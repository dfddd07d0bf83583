"""The words of staff for an entry of the directory. Complete, or the import fails."""

from portal.domain.duur import MAX_MAANDEN
from portal.domain.kennisgeving import Levering
from portal.models.schuldeiser import KEPT_BY_HAND, Categorie

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

KOLOM = {
    "naam": "De naam. Hiermee vindt het portaal de schuldeiser terug",
    "handelsnamen": "Andere namen, met ; ertussen",
    "rol": "schuldeiser, incassobureau of gerechtsdeurwaarder",
    "categorie": f"Een van: {', '.join(Categorie)}",
    "schuldsoort": "Zorg, Publiek, Nuts of Overig",
    "convenant": "De naam van het convenant, of leeg",
    "convenant_vanaf": "Eerste dag, zoals 2027-01-01, of leeg",
    "convenant_tot": "Laatste dag, zoals 2027-12-31, of leeg",
    "default_maanden": f"1 tot en met {MAX_MAANDEN}",
    "max_maanden": f"1 tot en met {MAX_MAANDEN}, niet minder dan default_maanden",
    "kanaal": "email of brief. Bij brief is een postadres nodig",
    "levering": "los, dagoverzicht of api. Bij brief altijd los",
    "email": "Het e-mailadres voor Kennisgevingen, of leeg",
    "verified": "ja of nee: is het e-mailadres gecontroleerd? Op deze pagina telt dit niet mee",
    "postadres": "Het postadres, met | tussen de regels, of leeg",
    "actief": "ja of nee",
}
"""What stands in each column of the file of the directory."""

_missing = [name for name in KEPT_BY_HAND if name not in VELD] + [kind for kind in Levering if kind not in LEVERING]
if _missing:
    raise RuntimeError(f"without a word for staff: {', '.join(_missing)}")
