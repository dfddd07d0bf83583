"""A sentence for every kind of event, one file for each file of events, or the import fails."""

from portal.domain import events
from portal.web.hulpverlener.zinnen import berichten, bewaking, hulpvrager, organisatie, partner, zaak
from portal.web.hulpverlener.zinnen.taal import HULPVRAGER as HULPVRAGER
from portal.web.hulpverlener.zinnen.taal import PORTAAL as PORTAAL
from portal.web.hulpverlener.zinnen.taal import Zinnen

ZINNEN: Zinnen = {
    **hulpvrager.ZINNEN,
    **zaak.ZINNEN,
    **partner.ZINNEN,
    **berichten.ZINNEN,
    **bewaking.ZINNEN,
    **organisatie.ZINNEN,
}

_missing = [kind.__name__ for kind in events.all_events() if kind not in ZINNEN]
if _missing:
    raise RuntimeError(f"events without a sentence: {', '.join(_missing)}")
