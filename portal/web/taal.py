"""The language of a page. Only the hulpvrager chooses one: everybody else reads Dutch.

The choice is a button, and is kept in the browser and with the pauzeverzoek that is open in it. On a page with a form
the button belongs to that form, so that what was typed goes along and comes back in the other language; nothing of it
is kept or checked. It works on every page that can be opened, without a script.
"""

from flask import Flask, g, request, session
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from portal.actions.taal import choose_taal
from portal.domain.taal import Taal
from portal.queries.taal import chosen_for
from portal.texts import talen
from portal.web.forms import TYPED
from portal.web.session import TAAL, TAAL_OF_MAIL, actor, as_hulpvrager, db, verzoek_id

AANGEBODEN: tuple[Taal, ...] = tuple(Taal)
"""The languages that one can choose, in the order of the buttons: those with a complete catalog (a test looks)."""

NAMEN = {
    Taal.NL: "Nederlands",
    Taal.EN: "English",
    Taal.AR: "العربية",
    Taal.TR: "Türkçe",
    Taal.PL: "Polski",
    Taal.UK: "Українська",
}
"""What each language calls itself."""

VERTAALD = frozenset(
    {
        "account.digid", "account.digid_terug", "account.terug", "account.terug_code", "account.terug_gevraagd",
        "account.terug_link", "account.terug_mail", "account.uitgelogd", "account.uitloggen",
        "public.privacy", "public.start", "public.taal", "public.toegankelijkheid", None,
    }
)  # fmt: skip
"""What is translated beside the journey: the doors of the hulpvrager, and an address where nothing is (None)."""


def init_app(app: Flask) -> None:
    """After each request the thread speaks Dutch again."""
    app.context_processor(lambda: {"taal": talen.spoken(), "talen": _buttons()})
    app.teardown_request(lambda _: talen.speak(Taal.NL))


def choose() -> None:
    """Speak the language of this browser. A page that is sent with the button of a language only shows itself again.

    An address in a mail is read in the language of that mail where nobody chose; that is no choice.
    """
    if request.blueprint != "hulpvrager" and request.endpoint not in VERTAALD:
        return
    can_be_opened = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    if request.method == "POST" and can_be_opened and TAAL in request.form:
        keep(request.form[TAAL], is_ours=_is_ours())
        g.setdefault(TYPED, request.form)
        request.method = "GET"  # so that no view can do anything
    elif request.method == "GET" and (mailed := _read(request.args.get(TAAL))) is not None:
        session[TAAL_OF_MAIL] = mailed
    talen.speak(chosen() or _read(session.get(TAAL_OF_MAIL)) or Taal.NL)


def chosen() -> Taal | None:
    """The language that was chosen in this browser; None without a choice."""
    return _read(session.get(TAAL))


def keep(code: str, *, is_ours: bool = True) -> None:
    """This browser reads this language from now on; an unknown one changes nothing.

    Who is signed in here is written to in it too, if it was one of our own pages that asked.
    """
    taal = _read(code)
    if taal is None:
        return
    session[TAAL] = taal
    if is_ours and as_hulpvrager() is not None:
        choose_taal(db(), actor(), taal)


def follow_request() -> None:
    """A browser in which nobody chose goes on in the language of the pauzeverzoek that was just opened in it."""
    if chosen() is None and as_hulpvrager() is not None and (taal := chosen_for(db(), verzoek_id())) is not None:
        session[TAAL] = taal
        session.pop(TAAL_OF_MAIL, None)


def _is_ours() -> bool:
    """Whether the page that was sent is one of ours. Any page may be shown again, but only ours keeps a choice."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _read(code: str | None) -> Taal | None:
    return Taal(code) if code in AANGEBODEN else None


def _buttons() -> list[tuple[Taal, str]]:
    """The languages to choose from; none where there is one only."""
    return [(each, NAMEN[each]) for each in AANGEBODEN] if len(AANGEBODEN) > 1 else []
