"""A box for the photo of a letter: what it holds is decoded and made anew before anything else looks at it."""

from typing import Any

from flask import g, request
from werkzeug.datastructures import FileStorage
from wtforms import FileField, ValidationError
from wtforms.form import BaseForm

from portal.beeld.decoderen import MAX_FILE_BYTES, OnleesbaarBestand, pages_of
from portal.domain.foto import Beeld
from portal.texts.talen import lazy
from portal.web.forms import TYPED, HouseForm

ACCEPT = "image/jpeg,image/png,image/heic,image/heif,application/pdf"
"""What a telephone offers to choose; what comes is judged by what it is. No `capture`: that offers the camera alone."""

HINT = lazy("Een foto of een PDF, hoogstens 10 MB. Van een PDF bewaren wij de eerste 10 bladzijden.")
TOO_LARGE = lazy("Dit bestand is te groot. Kies een foto of PDF van hoogstens 10 MB. Wat u typte, staat er nog.")
UNREADABLE = lazy("Wij kunnen dit bestand niet lezen. Maak een nieuwe foto, of typ wat er in de brief staat.")
TE_VEEL_FOTOS = lazy("Er passen geen foto's meer bij uw verzoek. Typ wat er in deze brief staat.")
CHOOSE_AGAIN = lazy("Kies de foto nog een keer. Wij konden hem nog niet bewaren.")


class FotoField(FileField):
    """`beeld` holds the pages after a good validation, and None when nothing was chosen."""

    uitleg, te_groot, onleesbaar = HINT, TOO_LARGE, UNREADABLE
    accept = ACCEPT

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"accept": self.accept}, **kwargs)
        self.beeld: Beeld | None = None
        self.flags.optional = True

    @property
    def is_sent(self) -> bool:
        """Whether a file came with the page; a browser sends an empty one where none was chosen."""
        return isinstance(self.data, FileStorage) and bool(self.data.filename)

    def pre_validate(self, form: BaseForm) -> None:
        sent = self.data.read(MAX_FILE_BYTES + 1) if self.is_sent else b""
        if not sent:
            return
        if len(sent) > MAX_FILE_BYTES:
            raise ValidationError(self.te_groot)
        try:
            self.take(sent)
        except OnleesbaarBestand as error:
            raise ValidationError(self.onleesbaar) from error

    def take(self, sent: bytes) -> None:
        """Make anew what was sent. Raises OnleesbaarBestand."""
        self.beeld = pages_of(sent)


class MetFoto(HouseForm):
    """A form that may have a box for a photo."""

    foto: FotoField | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """On a page that only comes back, in another language or after a long wait, a photo does not come back."""
        super().__init__(*args, **kwargs)
        if TYPED in g and self.foto and request.files.get(self.foto.name):
            self.foto.errors = [str(CHOOSE_AGAIN)]

    @property
    def beeld(self) -> Beeld | None:
        """The photo that was sent with this page."""
        return self.foto.beeld if self.foto else None

    @property
    def told_foto(self) -> dict[str, Any]:
        """What tells this photo from another, for the id of what the page makes."""
        return {"foto": self.beeld.sha256} if self.beeld else {}

    def ask_foto_again(self) -> None:
        """Something else has to be mended first, and a browser does not send a file twice by itself: say so."""
        if self.foto and self.foto.is_sent and not self.foto.errors and not self.form_errors:
            self.foto.errors = [str(CHOOSE_AGAIN)]
