"""What the forms of the journey share: a choice that answers in Dutch, and checks on what a person may type."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from wtforms import Field, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from portal.texts.talen import gettext, lazy
from portal.web.forms import EmailAddress, HouseForm, OneLine
from portal.web.hulpvrager import invoer

JA_NEE = {"ja": lazy("Ja"), "nee": lazy("Nee")}
JA_NEE_WEET_NIET = JA_NEE | {"weet_niet": lazy("Weet ik niet")}

MAX_NAAM = 80
"""Characters in a name. Assumption: the BRP allows 200, the longest Dutch family name has 40."""


NAME_SIGNS = " -‐‑–'’‘ʼ`.,"
"""What stands in names besides letters, also as telephones and word processors write it."""


class StapForm(HouseForm):
    """The form of one question: from the kept section to what is shown, and back."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Nobody has to mend what does not matter after another answer."""
        super().validate(extra_validators)
        for name in self.irrelevant():
            self[name].errors = []
        self.check_together()
        return not self.errors

    def irrelevant(self) -> Iterable[str]:
        """Names of the fields that do not count with the answers given."""
        return ()

    def check_together(self) -> None:
        """Rules over more than one field: put a sentence in the `errors` of the field to mend."""

    def sectie(self) -> dict[str, Any]:
        """What is kept of a valid form."""
        return {field.name: field.data for field in self if field.name != "csrf_token"}

    @staticmethod
    def shown(sectie: dict[str, Any]) -> dict[str, Any]:
        """The values of the form for what was kept earlier."""
        return dict(sectie)


def mark_id(verzoek_id: UUID, mark: str | None, told: Mapping[str, Any]) -> UUID:
    """The id of what a page with this mark told: sent twice it is one, with other words it is another and not lost."""
    return uuid5(verzoek_id, json.dumps([mark, told], sort_keys=True, default=str))


def _choices(choices: Mapping[str, str]) -> list[SelectChoice]:
    """As WTForms takes them when a label is known only when it is shown."""
    return [SelectChoice(value, label) for value, label in choices.items()]


class Keuze(RadioField):
    """One of a few answers. `message` is the sentence when none, or something else, was chosen."""

    def __init__(self, label: str, message: str, choices: dict[str, str], **kwargs: Any) -> None:
        super().__init__(label, choices=_choices(choices), validate_choice=False, **kwargs)
        self.message = message

    def pre_validate(self, form: BaseForm) -> None:
        if self.data not in {value for value, *_ in self.iter_choices()}:
            raise StopValidation(self.message)


class MagLeeg:
    """An empty answer is nothing to check: the rest of the form decides whether it is needed."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not field.data:
            raise StopValidation


class NietVerplicht(MagLeeg):
    """An empty answer is fine, and the label says so."""

    field_flags = {"optional": True}  # noqa: RUF012 - WTForms reads it from here


class InNaam:
    """Letters, and the few signs that stand in names."""

    def __init__(self, what: str, maximum: int = MAX_NAAM) -> None:
        self.what, self.maximum = what, maximum

    def __call__(self, form: BaseForm, field: Field) -> None:
        OneLine(self.maximum, self.what)(form, field)
        text = field.data or ""
        if not all(sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LM" for sign in text):
            raise ValidationError(
                gettext("%(what)s heeft een teken dat wij niet kunnen lezen. Gebruik alleen letters.", what=self.what)
            )
        if not any(unicodedata.category(sign)[0] == "L" for sign in text):
            raise ValidationError(gettext("%(what)s heeft geen letters. Kijk het na.", what=self.what))


class Telefoon:
    """A Dutch or a foreign number, as people type it; what is kept is the number made whole."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if (whole := invoer.telefoon(field.data or "")) is None:
            raise ValidationError(
                gettext(
                    "Dit telefoonnummer klopt niet. Een Nederlands nummer heeft 10 cijfers, bijvoorbeeld "
                    "06\u00a012345678. Een ander nummer begint met een +."
                )
            )
        field.data = whole


class Email(EmailAddress):
    """An address without what a telephone or a pasted mail puts around it: spaces, 'mailto:', a full stop."""

    def __call__(self, form: Any, field: Field) -> None:
        typed = field.data or ""
        field.data = invoer.email(typed)
        try:
            super().__call__(form, field)
        except ValidationError:
            field.data = typed
            raise
