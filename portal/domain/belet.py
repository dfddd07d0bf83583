"""Why somebody on the list of a case is not told at the approval. The others are; this one stays as open work."""

from enum import StrEnum


class Belet(StrEnum):
    """What stands in the way of one recipient."""

    NIET_IN_GEBRUIK = "niet_in_gebruik"
    NIET_BEVESTIGD = "niet_bevestigd"
