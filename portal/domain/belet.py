"""Why somebody on the list of a case gets no message from an act. The others do; this one stays as open work."""

from enum import StrEnum


class Belet(StrEnum):
    """What stands in the way of one recipient."""

    NIET_IN_GEBRUIK = "niet_in_gebruik"
    NIET_BEVESTIGD = "niet_bevestigd"
    GEEN_TOESTEMMING_PARTNER = "geen_toestemming_partner"
    TE_KORT = "te_kort"
    VOORBIJ = "voorbij"
    NIET_LANGER = "niet_langer"
