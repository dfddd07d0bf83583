"""The documents that anybody can check with a kenmerk and a controlecode, beside the messages to schuldeisers."""

from enum import StrEnum


class DocumentSoort(StrEnum):
    """Documents that the hulpvrager holds."""

    BEWIJS_VAN_AANMELDING = "bewijs_van_aanmelding"
    PAUZEKAART = "pauzekaart"
