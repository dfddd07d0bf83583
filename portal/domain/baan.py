"""The lanes of the queue."""

from enum import StrEnum


class Baan(StrEnum):
    """A part of the work. What puts a case in each: `portal.queries.banen`."""

    DREIGEND = "dreigend"
    TERUGBELLEN = "terugbellen"
    TERMIJN = "termijn_nadert"
    NIEUW = "nieuw"
    VAN_MIJ = "van_mij"
    AANGEVULD = "aangevuld"
    WACHT = "wacht_op_hulpvrager"
    BIJ_COLLEGAS = "bij_collegas"
    TOCH_POST = "toch_post"
    MELDING = "melding"
    ANTWOORD = "antwoord"
    GEEN_REACTIE = "geen_reactie"
    MAIL_LEZEN = "mail_lezen"
    BEZORGING_MISLUKT = "bezorging_mislukt"
    PER_POST = "per_post"
    NIET_INGELICHT = "niet_ingelicht"
    BIJNA_AFGELOPEN = "bijna_afgelopen"
    SCHULDHULP = "gesprek_of_beschikking"
    LOPEND = "lopend"
    KLAAR = "klaar"
