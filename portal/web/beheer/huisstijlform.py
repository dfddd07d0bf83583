"""The form about the looks of the own organisatie: its colours and its logo."""

from wtforms import BooleanField, ValidationError

from portal.beeld.decoderen import logo_of
from portal.domain.huisstijl import Huisstijl
from portal.domain.logo import MIN_SHOWN, Logo
from portal.web.forms import HouseForm
from portal.web.hulpvrager.forms.foto import FotoField
from portal.web.hulpvrager.forms.velden import Keuze


class LogoField(FotoField):
    """`logo` holds the picture after a good validation, and None when nothing was chosen."""

    uitleg = "Een PNG of JPEG van hoogstens 10 MB. Het mooist is een breed plaatje, zonder rand, op wit."
    te_groot = "Dit bestand is te groot. Kies een plaatje van hoogstens 10 MB."
    onleesbaar = "Wij kunnen dit bestand niet lezen. Kies een PNG of JPEG."
    accept = "image/png,image/jpeg"
    logo: Logo | None = None

    def take(self, sent: bytes) -> None:
        made = logo_of(sent)
        if min(made.shown) < MIN_SHOWN:
            raise ValidationError("Dit plaatje is te klein of te smal. Kies een groter plaatje.")
        self.logo = made


class HuisstijlForm(HouseForm):
    """A new logo takes the place of the old one, whatever the box says."""

    huisstijl = Keuze(
        "Welke huisstijl past bij u?",
        "Kies een huisstijl.",
        {stijl.value: stijl.value.capitalize() for stijl in Huisstijl},
    )
    logo = LogoField("Kies een logo")
    logo_weg = BooleanField("Het logo weghalen")
