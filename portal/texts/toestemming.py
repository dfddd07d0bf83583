"""The consent text. A change of words is a new version; what somebody agreed to is kept with its hash."""

import hashlib

from portal.domain.taal import mark

VERSIE = "1"

TEKST = mark("""\
Ik geef toestemming om mijn schuldeisers een bericht te sturen.

Dit vertelt de gemeente aan mijn schuldeisers, en aan een incassobureau of deurwaarder die voor hen werkt:
- dat ik de gemeente om hulp heb gevraagd;
- mijn naam en mijn geboortedatum;
- mijn adres. Is mijn adres geheim? Dan vertelt de gemeente mijn adres niet;
- van wanneer tot wanneer de gemeente een pauze vraagt.

Dit vertelt de gemeente niet:
- hoeveel schuld ik heb;
- bij wie ik nog meer schulden heb;
- waarom ik schulden heb.

Ik mag mijn toestemming altijd intrekken. Dat kan op de pagina van mijn verzoek of via de telefoon.
Dan stuurt de gemeente geen nieuwe berichten. Schuldeisers die al een bericht kregen, horen dat de pauze stopt.
""")

SHA256 = hashlib.sha256(TEKST.encode()).hexdigest()
