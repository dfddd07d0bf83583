"""The consent text of a partner. A change of words is a new version; what somebody agreed to is kept with its hash."""

import hashlib

VERSIE = "1"

TEKST = """\
Ik geef toestemming om een bericht te sturen over mijn schulden, en over de schulden van mijn partner en mij samen.

Dit vertelt de gemeente aan die schuldeisers, en aan een incassobureau of deurwaarder die voor hen werkt:
- dat de gemeente mij helpt met schulden;
- mijn naam en mijn geboortedatum. Is de schuld van ons samen? Dan ook die van mijn partner;
- mijn adres. Is mijn adres geheim? Dan vertelt de gemeente mijn adres niet;
- van wanneer tot wanneer de gemeente een pauze vraagt.

Dit vertelt de gemeente niet:
- hoeveel schuld ik heb;
- bij wie ik nog meer schulden heb;
- waarom ik schulden heb.

Ik mag mijn toestemming altijd intrekken. Dat kan via de telefoon. Mijn partner hoeft dat niet goed te vinden.
Dan horen de schuldeisers van mijn schulden dat de pauze stopt. Bij schulden van ons samen staat mijn naam niet meer.
"""

SHA256 = hashlib.sha256(TEKST.encode()).hexdigest()
