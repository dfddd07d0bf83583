"""The tables, one aggregate a file. Importing this package maps them all."""

from portal.domain.bericht import BerichtSoort
from portal.models.aanmeldbewijs import Aanmeldbewijs
from portal.models.afwezigheid import Afwezigheid
from portal.models.akkoordvraag import Akkoordvraag
from portal.models.api import ApiClient, ApiToken
from portal.models.audit import AuditEntry
from portal.models.base import Base
from portal.models.beantwoording import Beantwoording
from portal.models.bekijker import Bekijker
from portal.models.bericht import Aanvulling, Bericht, BerichtKanaal, Toegangslink
from portal.models.brief import Brief
from portal.models.cijfers import Kwartaalcijfers
from portal.models.dagkop import Dagkop, Ketenstand
from portal.models.dagoverzicht import Dagoverzicht
from portal.models.datalek import Datalek
from portal.models.doorsturing import Doorsturing
from portal.models.foto import Foto
from portal.models.frozen import Poging
from portal.models.gemachtigde import Gemachtigde
from portal.models.gemeente import Deelname, Gemeente, Organisatie
from portal.models.herstelcode import Herstelcode
from portal.models.inkomend import Inkomend
from portal.models.kennisgeving import Kennisgeving
from portal.models.medewerker import Medewerker, Sessie, SessieSoort
from portal.models.melding import Melding
from portal.models.notitie import Notitie, Register, Registercontrole, Registeruitkomst
from portal.models.overzichtslink import Overzichtslink
from portal.models.partner import Partner, Partnertoestemming
from portal.models.passkey import Passkey
from portal.models.pauzeverzoek import Pauzeverzoek
from portal.models.schuld import Schuld, Schuldpartij
from portal.models.schuldeiser import Categorie, Lijstvoorstel, PartijRol, Schuldeiser, Schuldsoort
from portal.models.signaal import Signaal
from portal.models.stilte import Stilzwijgen
from portal.models.teammail import Teammail
from portal.models.tekstblok import Bloksoort, Tekstblok
from portal.models.teller import Teller
from portal.models.toestemming import Toestemming
from portal.models.uitnodiging import Uitnodiging
from portal.models.webhook import Webhook, Webhookmelding
from portal.models.werksessie import Werksessie

__all__ = [
    "Aanmeldbewijs",
    "Aanvulling",
    "Afwezigheid",
    "Akkoordvraag",
    "ApiClient",
    "ApiToken",
    "AuditEntry",
    "Base",
    "Beantwoording",
    "Bekijker",
    "Bericht",
    "BerichtKanaal",
    "BerichtSoort",
    "Bloksoort",
    "Brief",
    "Categorie",
    "Dagkop",
    "Dagoverzicht",
    "Datalek",
    "Deelname",
    "Doorsturing",
    "Foto",
    "Gemachtigde",
    "Gemeente",
    "Herstelcode",
    "Inkomend",
    "Kennisgeving",
    "Ketenstand",
    "Kwartaalcijfers",
    "Lijstvoorstel",
    "Medewerker",
    "Melding",
    "Notitie",
    "Organisatie",
    "Overzichtslink",
    "PartijRol",
    "Partner",
    "Partnertoestemming",
    "Passkey",
    "Pauzeverzoek",
    "Poging",
    "Register",
    "Registercontrole",
    "Registeruitkomst",
    "Schuld",
    "Schuldeiser",
    "Schuldpartij",
    "Schuldsoort",
    "Sessie",
    "SessieSoort",
    "Signaal",
    "Stilzwijgen",
    "Teammail",
    "Tekstblok",
    "Teller",
    "Toegangslink",
    "Toestemming",
    "Uitnodiging",
    "Webhook",
    "Webhookmelding",
    "Werksessie",
]
