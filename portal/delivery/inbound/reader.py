"""From the bytes of a mail to what it says: pure, bounded, the same for the same bytes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import getaddresses

from portal.delivery.inbound import mime, report, words
from portal.delivery.inbound.mime import Part, header, headers
from portal.delivery.inbound.report import Report
from portal.domain.inkomend import Bijlage, Gelezen, Mailsoort
from portal.domain.kenmerk import normalise_kenmerk

MAX_HOPS = 30
"""Mail servers that a mail passed; more is a loop. Assumption: Postfix says 50, ordinary mail passes fewer than ten."""

MAX_FOUND = 20
"""Tokens, message ids and attachments of one mail that are looked at."""

MAX_DIAGNOSE = 300
"""Signs kept of what a mail server said."""

_KENMERK = re.compile(r"PK[\s\-.\u2010-\u2015]?(?:[0-9A-Z][\s\-.\u2010-\u2015]?){9}", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[0-9A-Fa-f-]{36}@[A-Za-z0-9.-]{1,253}>")
_ADDRESS = re.compile(r"<?[^\s<>@;:,]{1,64}@[^\s<>@;:,]{1,250}>?")
_REPLY_IN_FRONT = re.compile(r"^\s*[245]\d\d[ \-]+([245]\.\d{1,3}\.\d{1,3}[ \-]+)?")
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Return-Path", "To", "Cc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelop:
    """What the mail server said beside the mail. Empty when a mailbox was read."""

    ontvanger: str = ""
    afzender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Huis:
    """Our own addresses: by them our mail is known when it comes back."""

    mail_from: str
    mail_domain: str
    envelope_domain: str


def read(raw: bytes, envelop: Envelop, huis: Huis) -> Gelezen:
    """What this mail says."""
    root = mime.parse(raw)
    returned = report.returned(root)
    found = _outcome(root, huis)
    onderwerp, tekst = header(root, "Subject"), mime.readable(root)
    everything = report.whole_text(root) if found.soort is not Mailsoort.ANTWOORD else ""
    return Gelezen(
        soort=found.soort,
        code=found.report.code,
        smtp=found.report.smtp,
        diagnose=_without_addresses(found.report.diagnose),
        ontvanger=found.report.ontvanger,
        tokens=_tokens(root, returned, everything, envelop, huis),
        message_ids=_message_ids(root, returned, everything, huis),
        kenmerken=_kenmerken([onderwerp]) or _kenmerken([tekst, *(header(mail, "Subject") for mail in returned)]),
        afzender=_sender(root),
        onderwerp=onderwerp,
        tekst=tekst,
        bijlagen=_attachments(root),
    )


# --- what it is -----------------------------------------------------------------------------------

_SILENT = Report("", "", None, "", "")


@dataclass(frozen=True, slots=True)
class _Outcome:
    soort: Mailsoort
    report: Report = _SILENT


def _outcome(root: Part, huis: Huis) -> _Outcome:
    if not root.keys() or not (header(root, "From") or header(root, "Subject") or mime.readable(root).strip()):
        return _Outcome(Mailsoort.ONLEESBAAR)
    if _is_loop(root, huis):
        return _Outcome(Mailsoort.LUS)
    formal = report.delivery(root)
    if formal is not None:
        return _Outcome(_of_report(formal), formal)
    if report.has(root, report.ABUSE):
        return _Outcome(Mailsoort.MISBRUIKMELDING)
    if report.has(root, report.READ):
        return _Outcome(Mailsoort.LEESBEWIJS)
    if _is_home_made(root):
        return _home_made(root)
    return _Outcome(_by_somebody(root))


def _is_loop(root: Part, huis: Huis) -> bool:
    """Our own mail that came back as it was, or a mail that goes round."""
    ours = header(root, "Message-ID").strip("<> ").lower().endswith("@" + huis.mail_domain.lower())
    return ours or _sender(root) == huis.mail_from.lower() or len(headers(root, "Received")) > MAX_HOPS


def _of_report(found: Report) -> Mailsoort:
    if found.action == "delayed":
        return Mailsoort.VERTRAAGD
    if found.action in {"delivered", "relayed", "expanded"} or found.code.startswith("2."):
        return Mailsoort.BEZORGD
    return _failure(found.code, found.diagnose)


def _failure(code: str, said: str) -> Mailsoort:
    """Why a mail was not delivered: by its code where that is telling, by its words where it is not."""
    detail = code.partition(".")[2]
    if detail in {"2.2", "3.1"} or (detail in {"", "0.0", "2.0"} and words.VOL.search(said)):
        return Mailsoort.POSTVAK_VOL
    if detail.startswith("7.") or (detail in {"", "0.0"} and words.GEBLOKKEERD.search(said)):
        return Mailsoort.GEBLOKKEERD
    return Mailsoort.ONBESTELBAAR


def _is_home_made(root: Part) -> bool:
    """A report of non-delivery without the form of one: qmail, old Exchange, and what people call a bounce."""
    local = _sender(root).partition("@")[0]
    known = local in words.DAEMON or bool(header(root, "X-Failed-Recipients"))
    return known or bool(words.ONDERWERP_TERUG.search(header(root, "Subject")) and not _is_automatic_reply(root))


def _home_made(root: Part) -> _Outcome:
    said = mime.readable(root)
    fresh = _fresh(said)
    whole = f"{header(root, 'Subject')}\n{fresh or said}"
    found = Report(
        "", report.status(whole), report.smtp_reply(whole), _telling_line(whole), _failed_recipient(root, said)
    )
    if words.VERTRAAGD.search(header(root, "Subject")) or (
        words.VERTRAAGD.search(fresh) and not words.ONBESTELBAAR.search(header(root, "Subject"))
    ):
        return _Outcome(Mailsoort.VERTRAAGD, found)
    if not (found.code or found.smtp or words.ONBESTELBAAR.search(whole) or words.VOL.search(whole)):
        return _Outcome(_by_somebody(root))
    return _Outcome(_failure(found.code, whole), found)


def _by_somebody(root: Part) -> Mailsoort:
    """An automatic reply, or an answer. In doubt it is an answer: somebody reads it."""
    fresh = _fresh(mime.readable(root))
    automatic = _is_automatic_reply(root)
    if words.GESLOTEN.search(fresh) and (automatic or words.NOREPLY.match(_sender(root))):
        return Mailsoort.POSTVAK_GESLOTEN
    if not automatic:
        return Mailsoort.ANTWOORD
    if words.AFWEZIG.search(f"{header(root, 'Subject')}\n{fresh}"):
        return Mailsoort.AFWEZIG
    if words.ONTVANGEN.search(fresh) and not words.INHOUDELIJK.search(fresh):
        return Mailsoort.ONTVANGSTBEVESTIGING
    return Mailsoort.ANTWOORD


def _is_automatic_reply(root: Part) -> bool:
    submitted = header(root, "Auto-Submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    if any(header(root, name) for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From")):
        return True
    if header(root, "Precedence").strip().lower() in {"auto_reply", "auto-reply"}:
        return True
    return bool(words.AUTOMATISCH_ONDERWERP.match(header(root, "Subject")))


# --- what it leads to -----------------------------------------------------------------------------


def _tokens(root: Part, returned: list[Part], text: str, envelop: Envelop, huis: Huis) -> tuple[str, ...]:
    """The delivery tokens in it, that of the envelope first."""
    pattern = re.compile(rf"bounce\+([A-Za-z0-9]{{8,64}})@{re.escape(huis.envelope_domain)}", re.IGNORECASE)
    places = [envelop.ontvanger]
    places += [value for name in _ADDRESSED for value in headers(root, name)]
    places += [header(mail, "Return-Path") for mail in returned]
    places += [text]
    return _first(match[1].lower() for place in places for match in pattern.finditer(place))


def _message_ids(root: Part, returned: list[Part], text: str, huis: Huis) -> tuple[str, ...]:
    """The message ids of our own that it names."""
    places = [header(root, "In-Reply-To"), header(root, "References")]
    places += [header(mail, name) for mail in returned for name in ("Message-ID", "In-Reply-To")]
    places += [text]
    found = (match[0] for place in places for match in _MESSAGE_ID.finditer(place))
    return _first(id for id in found if id.lower().endswith(f"@{huis.mail_domain.lower()}>"))


def _kenmerken(places: list[str]) -> tuple[str, ...]:
    """Every kenmerk with a right check sign."""
    found = (normalise_kenmerk(match[0]) for place in places for match in _KENMERK.finditer(place))
    return _first(kenmerk for kenmerk in found if kenmerk)


def _first(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order, at most MAX_FOUND."""
    return tuple(dict.fromkeys(found))[:MAX_FOUND]


def _failed_recipient(root: Part, said: str) -> str:
    """Whom a home-made report is about: the header of Exim and Gmail, or the first address in its text."""
    named = header(root, "X-Failed-Recipients").split(",")[0].strip() or next(iter(_ADDRESS.findall(said)), "")
    return named.strip("<>").lower()


def _telling_line(text: str) -> str:
    """The line with the code, or the one that says why."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if report.STATUS.search(line) or report.smtp_reply(line)]
    telling += [line for line in lines[1:] if words.ONBESTELBAAR.search(line) or words.VOL.search(line)]
    return (telling or lines or [""])[0]


def _without_addresses(text: str) -> str:
    """What a mail server said, without the reply code in front and without mail addresses: it is kept unencrypted."""
    said = _REPLY_IN_FRONT.sub("", _ADDRESS.sub("[adres]", text[: 10 * MAX_DIAGNOSE]))
    return " ".join(said.split())[:MAX_DIAGNOSE]


def _fresh(text: str) -> str:
    """What the sender wrote himself: up to the quoted mail."""
    quoted = words.QUOTED.search(text)
    return text[: quoted.start()] if quoted else text


def _sender(root: Part) -> str:
    """The bare address of From."""
    found = getaddresses([header(root, "From")[:1000]])
    return found[0][1].strip().lower() if found else ""


def _attachments(root: Part) -> tuple[Bijlage, ...]:
    parts = [part for part in mime.own_parts(root) if part is not root and mime.is_attachment(part)][:MAX_FOUND]
    return tuple(Bijlage(naam=mime.filename(part) or "zonder naam", soort=mime.kind(part)) for part in parts)
