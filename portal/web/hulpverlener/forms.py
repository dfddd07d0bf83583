"""The forms of the acts. Those of matching and of the decision, which have fields per party, are beside their pages."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import abort, request
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.domain.errors import AlreadyDecided
from portal.domain.kennisgeving import Kanaal
from portal.models import Categorie, Kennisgeving, PartijRol, Schuldsoort
from portal.models.schuldeiser import MAX_POSTADRES
from portal.web.fields import DagMaandJaarField
from portal.web.forms import EmailAddress, HouseForm, MaxText, OneLine, required
from portal.web.hulpverlener.woorden import CATEGORIE, EINDREDEN, KANAAL, PARTIJROL
from portal.web.hulpvrager.forms.schuld import MAX_REFERENTIE, NieuweSchuldForm
from portal.web.hulpvrager.forms.velden import Keuze, MagLeeg, NietVerplicht
from portal.web.schuldeiser.forms import REDENEN, AntwoordForm

NOTEER_ANTWOORDEN: Mapping[str, str] = {
    "bevestigd": "Past de pauze toe",
    "klant_onbekend": "Kent deze klant niet",
    "overgedragen": "Iemand anders behandelt de vordering",
    "al_in_regeling": "Heeft al een regeling met deze klant",
    "geen_medewerking": "Werkt niet mee",
}
"""The choices of the schuldeiser's own page, in the words of staff."""

NOTEER_REDENEN: Mapping[str, str] = {
    **REDENEN,
    "geen_samenwerking": "Werkt niet samen met deze schuldhulpverlener",
}


class VersieForm(HouseForm):
    """An act on the case as it was read: `versie` is its version at that moment."""

    versie = HiddenField()

    @property
    def read_versie(self) -> int:
        """The version that the page was made from. A page of ours always has one."""
        typed = self.versie.data or ""
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            abort(400)
        return int(typed)

    def only_looks(self, actie: str, now: int) -> bool:
        """Whether the page is only to be shown, with what the case says now: unless the button of this act was pressed.
        A look makes a stale page fresh again; the act on one raises AlreadyDecided. `now`: the version of the case.
        """
        if request.form.get("actie") != actie:
            self.versie.data = str(now)
            return True
        if self.read_versie != now:
            raise AlreadyDecided(f"version {self.read_versie}, now {now}")
        return False


class GebeldForm(HouseForm):
    """The messages that were told, by their ids, as they stood on the page."""

    berichten = HiddenField()

    @property
    def read_berichten(self) -> list[UUID]:
        return read_ids((self.berichten.data or "").split())


class GezienForm(HouseForm):
    """The announcements of an end that were seen, by their ids, as they stood on the page."""

    signalen = HiddenField()

    @property
    def read_signalen(self) -> list[UUID]:
        return read_ids((self.signalen.data or "").split())


class ZoekForm(HouseForm):
    zoek = StringField(
        "Zoek een zaak",
        [required("Vul een kenmerk, achternaam of geboortedatum in."), OneLine(what="De zoektekst")],
    )


class ReactieForm(VersieForm):
    reactie = TextAreaField(
        "Wat antwoordde de hulpvrager?",
        [required("Vul in wat de hulpvrager antwoordde."), MaxText(what="Het antwoord")],
    )


class BeeindigenForm(VersieForm):
    reden = SelectField(
        "Waarom stopt de pauze?",
        choices={"": "Kies een reden"} | {str(reden): label for reden, label in EINDREDEN.items()},
        validate_choice=False,
    )

    def validate_reden(self, field: SelectField) -> None:
        if field.data not in {str(reden) for reden in EINDREDEN}:
            raise ValidationError("Kies een reden.")


class SchuldForm(NieuweSchuldForm):
    """A schuld that the reviewer heard of: the same answers, in the words of staff."""

    foto = None  # type: ignore[assignment]  # so WTForms leaves out a field of the form above
    afzender = StringField("Afzender van de laatste brief", [OneLine(what="De naam")])
    namens = StringField("Namens welk bedrijf", [NietVerplicht(), OneLine(what="De naam")])
    referentie = StringField("Kenmerk op de brief", [NietVerplicht(), OneLine(MAX_REFERENTIE, "Het kenmerk")])
    bedrag = StringField("Bedrag in euro", [NietVerplicht(), OneLine(40, "Het bedrag")])
    particulier = BooleanField("De schuldeiser is een privépersoon")
    van = Keuze(
        "Van wie is deze schuld?",
        "Kies van wie deze schuld is.",
        {"": "Van de hulpvrager", "partner": "Van de partner", "beiden": "Van beiden"},
        default="",
    )


class VoorstellenForm(HouseForm):
    """The certain suggestions that are to be confirmed at once; each value names a schuld and its parties."""

    voorstel = SelectMultipleField("Zekere voorstellen", validate_choice=False)


class OpnieuwForm(HouseForm):
    kanaal = RadioField("Hoe wilt u het bericht opnieuw versturen?", validate_choice=False)

    offered: Mapping[str, str] = MappingProxyType({})

    def offer(self, kanalen: Iterable[Kanaal]) -> None:
        self.offered = {str(kanaal): KANAAL[kanaal] for kanaal in kanalen}
        self.kanaal.choices = dict(self.offered)

    def validate_kanaal(self, field: RadioField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Kies hoe u het bericht wilt versturen.")


class NoteerForm(AntwoordForm):
    """The answer of a schuldeiser as a hulpverlener read or heard it: the same answers, in the words of staff."""

    antwoord = RadioField("Wat antwoordt de schuldeiser?", choices=dict(NOTEER_ANTWOORDEN), validate_choice=False)
    tot_en_met = DagMaandJaarField("Tot en met welke dag past de schuldeiser de pauze toe?", [MagLeeg()])
    reden = RadioField("Waarom werkt de schuldeiser niet mee?", choices=dict(NOTEER_REDENEN), validate_choice=False)
    contactpersoon = StringField("Naam van de contactpersoon", [NietVerplicht(), OneLine(what="De naam")])
    referentie = StringField("Kenmerk van de schuldeiser", [NietVerplicht(), OneLine(what="Het kenmerk")])


class KiesBerichtForm(HouseForm):
    """Which message a mail answers, of which only the case is known."""

    bericht = SelectField("Van welke schuldeiser is dit antwoord?", validate_choice=False)

    def offer(self, messages: Iterable[Kennisgeving]) -> None:
        self.bericht.choices = [(str(each.id), each.schuldeiser.naam) for each in messages]


class SchuldeiserForm(HouseForm):
    """A new entry for the own organisatie. It needs a checked e-mail address or a postal address."""

    naam = StringField("Naam", [required("Vul de naam van de schuldeiser in."), OneLine(what="De naam")])
    rol = RadioField(
        "Wat voor partij is het?",
        choices={str(rol): label for rol, label in PARTIJROL.items()},
        default=str(PartijRol.SCHULDEISER),
        validate_choice=False,
    )
    categorie = SelectField(
        "Categorie",
        choices={"": "Kies een categorie"} | {str(kind): label for kind, label in CATEGORIE.items()},
        validate_choice=False,
    )
    schuldsoort = SelectField(
        "Soort schuld",
        choices={"": "Kies een soort"} | {str(kind): str(kind) for kind in Schuldsoort},
        validate_choice=False,
    )
    email = StringField("E-mailadres voor Kennisgevingen", [NietVerplicht(), EmailAddress()])
    gecontroleerd = BooleanField("Ik heb dit e-mailadres gecontroleerd")
    postadres = TextAreaField("Postadres", [NietVerplicht(), MaxText(MAX_POSTADRES, "Het postadres")])

    def validate_rol(self, field: RadioField) -> None:
        _expect_one_of(field, PartijRol, "Kies wat voor partij het is.")

    def validate_categorie(self, field: SelectField) -> None:
        _expect_one_of(field, Categorie, "Kies een categorie.")

    def validate_schuldsoort(self, field: SelectField) -> None:
        _expect_one_of(field, Schuldsoort, "Kies een soort schuld.")

    def validate_gecontroleerd(self, field: BooleanField) -> None:
        if self.email.data and not field.data:
            raise ValidationError(
                "Controleer het e-mailadres en zet hier een vinkje. Kan dat niet? Laat het e-mailadres dan leeg."
            )

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if not (self.email.data or self.postadres.data):
            self.postadres.errors = ["Vul een postadres in, of een e-mailadres dat u hebt gecontroleerd."]
            return False
        return valid

    def entry(self) -> dict[str, Any]:
        """The facts of the new entry."""
        return {
            "email": self.email.data or None,
            "naam": self.naam.data,
            "rol": PartijRol(self.rol.data),
            "categorie": Categorie(self.categorie.data),
            "schuldsoort": Schuldsoort(self.schuldsoort.data),
            "postadres": self.postadres.data or None,
        }


def _expect_one_of(field: Any, kind: type[Any], message: str) -> None:
    if field.data not in {str(member) for member in kind}:
        raise ValidationError(message)


def read_ids(texts: Iterable[str]) -> list[UUID]:
    """The texts that are ids, in order, each once."""
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)
