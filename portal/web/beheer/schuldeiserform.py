"""The form of one entry of the directory."""

import re
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from portal.domain.duur import DEFAULT_MAANDEN, MAX_MAANDEN
from portal.domain.kennisgeving import Kanaal, Levering
from portal.models import Categorie, PartijRol, Schuldeiser, Schuldsoort
from portal.models.sealed import fold
from portal.queries import directory_entry
from portal.web.fields import DagMaandJaarField
from portal.web.forms import HouseForm, MaxText, OneLine, required
from portal.web.hulpverlener.lijstwoorden import LEVERING
from portal.web.hulpverlener.woorden import CATEGORIE, PARTIJROL
from portal.web.hulpvrager.forms.velden import NietVerplicht
from portal.web.session import db

KVK = re.compile(r"[0-9]{8}")
MAX_HANDELSNAMEN = 20
"""Other names of one schuldeiser. Assumption."""

MAANDEN = {str(number): str(number) for number in range(1, MAX_MAANDEN + 1)}

CATEGORIEEN = {"": "Kies een categorie"} | {
    str(kind): label for kind, label in CATEGORIE.items() if kind is not Categorie.PARTICULIER
}
SOORTEN = {"": "Kies een soort"} | {str(kind): str(kind) for kind in Schuldsoort}


def lines(text: str | None) -> list[str]:
    """Each line once, without the empty ones."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


class EntryForm(HouseForm):
    """What the directory says of a company. Addresses have pages of their own."""

    stand = HiddenField()
    naam = StringField("Naam", [required("Vul de naam in."), OneLine(what="De naam")])
    handelsnamen = TextAreaField("Andere namen", [NietVerplicht(), MaxText(what="De lijst met namen")])
    kvk = StringField("KvK-nummer", [NietVerplicht()])
    rol = RadioField(
        "Wat voor partij is het?",
        choices={str(rol): label for rol, label in PARTIJROL.items()},
        default=str(PartijRol.SCHULDEISER),
    )
    categorie = SelectField("Categorie", [required("Kies een categorie.")], choices=CATEGORIEEN)
    schuldsoort = SelectField("Soort schuld", [required("Kies een soort schuld.")], choices=SOORTEN)
    gemachtigden = TextAreaField("Wie int meestal voor deze schuldeiser?", [NietVerplicht(), MaxText()])
    convenant = StringField("Convenant", [NietVerplicht(), OneLine(what="Het convenant")])
    convenant_vanaf = DagMaandJaarField("Eerste dag van het convenant", [Optional()])
    convenant_tot = DagMaandJaarField("Laatste dag van het convenant", [Optional()])
    default_maanden = SelectField("Gebruikelijke pauze in maanden", choices=MAANDEN, default=str(DEFAULT_MAANDEN))
    max_maanden = SelectField("Langste pauze in maanden", choices=MAANDEN, default=str(MAX_MAANDEN))
    kanaal = RadioField(
        "Hoe krijgt deze partij berichten?",
        choices={str(Kanaal.EMAIL): "Per e-mail", str(Kanaal.BRIEF): "Per post"},
        default=str(Kanaal.EMAIL),
    )
    levering = SelectField("Levering", choices={str(k): v for k, v in LEVERING.items()}, default=str(Levering.LOS))
    notitie = TextAreaField("Notitie voor collega's", [NietVerplicht(), MaxText(what="De notitie")])
    actief = BooleanField("Deze partij kan berichten krijgen", default=True)

    @classmethod
    def of(cls, entry: Schuldeiser, gemachtigden: list[str]) -> "EntryForm":
        """The form as the entry is now."""
        said = {name: getattr(entry, name) for name in ("naam", "kvk", "convenant", "convenant_vanaf", "convenant_tot")}
        chosen = {name: str(getattr(entry, name)) for name in _CHOSEN}
        return cls(
            **said,
            **chosen,
            stand=entry.stand,
            handelsnamen="\n".join(entry.handelsnamen),
            gemachtigden="\n".join(gemachtigden),
            notitie=entry.notitie,
            actief=entry.actief,
        )

    def values(self) -> dict[str, Any]:
        """The attributes of the entry."""
        return {
            "naam": self.naam.data,
            "handelsnamen": lines(self.handelsnamen.data),
            "kvk": self.kvk.data or None,
            "rol": PartijRol(self.rol.data),
            "categorie": Categorie(self.categorie.data),
            "schuldsoort": Schuldsoort(self.schuldsoort.data),
            "convenant": self.convenant.data or None,
            "convenant_vanaf": self.convenant_vanaf.data,
            "convenant_tot": self.convenant_tot.data,
            "default_maanden": int(self.default_maanden.data),
            "max_maanden": int(self.max_maanden.data),
            "kanaal": Kanaal(self.kanaal.data),
            "levering": Levering(self.levering.data),
            "notitie": self.notitie.data or None,
            "actief": self.actief.data,
        }

    def collectors(self) -> list[UUID]:
        """The chosen gemachtigden. Call it on a form that was found right."""
        return [self._known[fold(naam)] for naam in lines(self.gemachtigden.data)]

    @property
    def _known(self) -> dict[str, UUID]:
        return {fold(each.naam): each.id for each in directory_entry.collectors(db())}

    def validate_handelsnamen(self, field: TextAreaField) -> None:
        if len(lines(field.data)) > MAX_HANDELSNAMEN:
            raise ValidationError(f"Vul hoogstens {MAX_HANDELSNAMEN} andere namen in.")

    def validate_kvk(self, field: StringField) -> None:
        if field.data and not KVK.fullmatch(field.data):
            raise ValidationError("Een KvK-nummer heeft 8 cijfers.")

    def validate_gemachtigden(self, field: TextAreaField) -> None:
        known = self._known
        strange = [naam for naam in lines(field.data) if fold(naam) not in known]
        if strange:
            raise ValidationError(f"Geen incassobureau of gerechtsdeurwaarder in de lijst: {', '.join(strange)}.")

    def validate_convenant_vanaf(self, field: DagMaandJaarField) -> None:
        if field.data and not self.convenant.data:
            raise ValidationError("Vul ook de naam van het convenant in, of haal de dagen weg.")

    def validate_convenant_tot(self, field: DagMaandJaarField) -> None:
        if field.data and not self.convenant.data:
            raise ValidationError("Vul ook de naam van het convenant in, of haal de dagen weg.")
        if field.data and self.convenant_vanaf.data and field.data < self.convenant_vanaf.data:
            raise ValidationError("Het convenant eindigt voor het begint. Kijk de dagen na.")

    def validate_default_maanden(self, field: SelectField) -> None:
        if field.data in MAANDEN and self.max_maanden.data in MAANDEN and int(field.data) > int(self.max_maanden.data):
            raise ValidationError("De gebruikelijke pauze is langer dan de langste pauze.")

    def validate_levering(self, field: SelectField) -> None:
        if self.kanaal.data == Kanaal.BRIEF and field.data != Levering.LOS:
            raise ValidationError("Post gaat altijd per bericht. Kies bij Levering: elk bericht apart.")


_CHOSEN = ("rol", "categorie", "schuldsoort", "default_maanden", "max_maanden", "kanaal", "levering")
