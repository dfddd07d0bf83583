"""The forms of the front door."""

import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired

from portal.domain.kenmerk import CODE_LENGTH, normalise_code, normalise_kenmerk
from portal.texts.talen import gettext, lazy
from portal.web.forms import HouseForm, OneLine, clean, required
from portal.web.hulpvrager.forms.velden import Email

MAX_PASSWORD = 1000
"""Characters. Enough for any sentence; a longer one would only keep argon2 busy."""

MIN_PASSWORD = 12
"""Characters. Assumption: with a second factor beside it, length is the only rule that helps (NIST SP 800-63B)."""

MAX_ANTWOORD = 20_000
"""Characters of what a passkey answers. Assumption: a few thousand with a long key."""

TOTP_DIGITS = 6

WRONG_CODE = lazy("Dit kenmerk en deze toegangscode horen niet bij elkaar. Kijk ze allebei na.")
WRONG_PASSWORD = "Dit e-mailadres of wachtwoord klopt niet."  # noqa: S105 - a sentence, not a password
WRONG_PRESENT = "Dit is niet uw wachtwoord van nu."
WRONG_RECOVERY = "Deze herstelcode klopt niet, of is al gebruikt."
WRONG_TOTP = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in uw app."


class TerugMailForm(HouseForm):
    email = StringField(lazy("Uw e-mailadres"), [required(lazy("Vul uw e-mailadres in.")), Email()])


class TerugCodeForm(HouseForm):
    kenmerk = StringField(lazy("Kenmerk"), [required(lazy("Vul uw kenmerk in. Het begint met PK."))])
    code = StringField(
        lazy("Toegangscode"), [required(lazy("Vul uw toegangscode in. Die heeft 12 tekens.")), OneLine()]
    )

    def validate_kenmerk(self, field: Field) -> None:
        """The last sign is a public check sign, so this says nothing about which kenmerken exist."""
        if normalise_kenmerk(field.data) is None:
            raise ValidationError(
                gettext("In dit kenmerk zit een tikfout. Kijk het nog eens na. Bijvoorbeeld: PK-H4X-9TQ-27F")
            )

    def validate_code(self, field: Field) -> None:
        if len(normalise_code(field.data)) != CODE_LENGTH:
            raise ValidationError(gettext("Een toegangscode heeft 12 tekens. Bijvoorbeeld: H4X9-TQ27-FKM3"))


class InloggenForm(FlaskForm):
    """No HouseForm, because that cleans everything: a password is taken exactly as typed."""

    email = StringField(
        "E-mailadres", [required("Vul uw e-mailadres in."), OneLine(254, "Uw e-mailadres")], filters=[clean]
    )
    wachtwoord = PasswordField("Wachtwoord", [InputRequired("Vul uw wachtwoord in.")])

    def validate_wachtwoord(self, field: Field) -> None:
        if len(field.data) > MAX_PASSWORD:
            raise ValidationError(WRONG_PASSWORD)


def _check_strength(password: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise ValidationError(f"Kies een wachtwoord van {MIN_PASSWORD} tekens of meer, bijvoorbeeld een zin.")
    if len(password) > MAX_PASSWORD:
        raise ValidationError(f"Dit wachtwoord is te lang. Gebruik hoogstens {MAX_PASSWORD} tekens.")


class WachtwoordForm(FlaskForm):
    """No HouseForm either: a password is taken exactly as typed."""

    huidig = PasswordField("Uw wachtwoord van nu", [InputRequired("Vul uw wachtwoord van nu in.")])
    nieuw = PasswordField("Nieuw wachtwoord", [InputRequired("Vul een nieuw wachtwoord in.")])

    def validate_huidig(self, field: Field) -> None:
        if len(field.data) > MAX_PASSWORD:
            raise ValidationError(WRONG_PRESENT)

    def validate_nieuw(self, field: Field) -> None:
        _check_strength(field.data)
        if field.data == self.huidig.data:
            raise ValidationError("Dit is uw wachtwoord van nu. Kies een ander.")


class BevestigForm(FlaskForm):
    """The password once more, before a change to what lets somebody in."""

    huidig = PasswordField("Uw wachtwoord", [InputRequired("Vul uw wachtwoord in.")])

    def validate_huidig(self, field: Field) -> None:
        if len(field.data) > MAX_PASSWORD:
            raise ValidationError(WRONG_PRESENT)


class HerstelcodeForm(HouseForm):
    code = StringField("Herstelcode", [required("Vul een herstelcode in. Die heeft 12 tekens."), OneLine()])

    def validate_code(self, field: Field) -> None:
        if len(normalise_code(field.data)) != CODE_LENGTH:
            raise ValidationError("Een herstelcode heeft 12 tekens. Bijvoorbeeld: H4X9-TQ27-FKM3")


def bounded(typed: str | None) -> str:
    """What is longer is cut off, and so is no answer of a passkey any more."""
    return (typed or "")[:MAX_ANTWOORD]


class PasskeyInloggenForm(HouseForm):
    """What the key signed, as the browser tells it."""

    antwoord = HiddenField(filters=[bounded])


class PasskeyForm(BevestigForm):
    """A new key: what it is called, the password once more, and what the key signed."""

    naam = StringField(
        "Naam van de passkey", [required("Geef de passkey een naam."), OneLine(40, "De naam")], filters=[clean]
    )
    antwoord = HiddenField(filters=[bounded])


class NieuwWachtwoordForm(FlaskForm):
    """The first password, or a new one after a mailed link."""

    nieuw = PasswordField("Nieuw wachtwoord", [InputRequired("Vul een nieuw wachtwoord in.")])

    def validate_nieuw(self, field: Field) -> None:
        _check_strength(field.data)


class CodeForm(HouseForm):
    code = StringField("Code uit uw app", [required("Vul de code uit uw app in. Die heeft 6 cijfers.")])

    def validate_code(self, field: Field) -> None:
        digits = plain_digits(field.data)
        if len(digits) != TOTP_DIGITS:
            raise ValidationError("De code heeft 6 cijfers. Bijvoorbeeld: 123 456")
        field.data = digits


def plain_digits(typed: str) -> str:
    """The digits of a text as 0-9, whatever script they were typed in; empty when there is anything else."""
    signs: list[Any] = [unicodedata.decimal(sign, None) for sign in typed if not sign.isspace()]
    return "" if None in signs else "".join(map(str, signs))
