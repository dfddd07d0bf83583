"""Whose schuld it is, in a request of two people."""

from enum import StrEnum


class Schuldenaar(StrEnum):
    """Who owes, when it is not the hulpvrager alone: that is most often so, and has no value."""

    PARTNER = "partner"
    BEIDEN = "beiden"
