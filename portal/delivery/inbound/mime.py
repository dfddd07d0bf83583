"""The parts of a mail, read so that no mail can hurt: bounded, without trust in what it says of itself.

The compat32 policy on purpose: the newer header parser is slow on hostile headers and raises where this one does not.
"""

import codecs
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, HeaderParser
from html.parser import HTMLParser

MAX_NESTED = 60
"""Mails and multiparts inside each other; beyond it only the headers are read. Assumption: reports have four."""

MAX_PARTS = 300
"""Parts that are looked at."""

MAX_HEADER = 8_000
"""Signs of one header that are looked at."""

MAX_NAME = 200
"""Signs of the name of an attachment, or of its kind."""

MAX_TEXT = 50_000
"""Signs of the text that are looked at and shown; the whole mail is kept."""

_NESTING = re.compile(rb"multipart/|message/", re.IGNORECASE)
_CHARSETS = ("ascii", "utf", "iso8859", "cp125", "cp85", "latin", "koi8", "gb", "big5", "shift", "euc", "mac")
_BLOCK = re.compile(r"\r?\n[ \t]*\r?\n")

Part = Message  # compat32: headers are plain text


def parse(raw: bytes) -> Part:
    """The mail, or only its headers when it is nested too deeply."""
    if len(_NESTING.findall(raw)) > MAX_NESTED:
        return BytesHeaderParser().parsebytes(raw)
    return message_from_bytes(raw)


def own_parts(root: Part) -> Iterator[Part]:
    """Its parts in order, itself first, but not those of a mail inside it. At most MAX_PARTS."""
    waiting, seen = [root], 0
    while waiting and seen < MAX_PARTS:
        part, seen = waiting.pop(), seen + 1
        yield part
        if part.get_content_maintype() == "multipart":
            waiting += reversed(below(part))


def below(part: Part) -> list[Part]:
    """What is directly inside a multipart, or the mail in a part that holds one."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def header(part: Part, name: str) -> str:
    """The first header of this name, decoded, on one line; empty when there is none."""
    return next(iter(headers(part, name)), "")


def headers(part: Part, name: str) -> list[str]:
    """Every header of this name, decoded."""
    wanted = name.lower()
    return [_decoded(str(value)[:MAX_HEADER]) for key, value in part.raw_items() if key.lower() == wanted]


def content(part: Part) -> str:
    """The text of a part whatever its encoding says."""
    try:
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return ""
    return _text(payload, charset) if isinstance(payload, bytes) else ""


def filename(part: Part) -> str:
    """What the sender calls a part."""
    try:
        return _decoded((part.get_filename() or "")[:MAX_HEADER])[:MAX_NAME]
    except (LookupError, ValueError, TypeError):
        return ""


def kind(part: Part) -> str:
    """What the sender says that a part is."""
    return _decoded(part.get_content_type()[:MAX_NAME])


def readable(root: Part) -> str:
    """What a person reads: the first plain text, or else the first HTML without its marks."""
    texts = [part for part in own_parts(root) if not is_attachment(part)]
    plain = next((part for part in texts if part.get_content_type() == "text/plain" and content(part).strip()), None)
    if plain is not None:
        return _lines(content(plain))
    html = next((part for part in texts if part.get_content_type() == "text/html"), None)
    return _lines(_without_marks(content(html)[: 4 * MAX_TEXT])) if html is not None else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\xa0", " ").strip()[:MAX_TEXT]


def is_attachment(part: Part) -> bool:
    return part.get_content_disposition() == "attachment" or bool(filename(part))


def blocks(part: Part) -> list[Part]:
    """The groups of fields in a report: the mail package splits some kinds of report, and others not."""
    found = below(part)
    rest = [str(each.get_payload()) for each in found if isinstance(each.get_payload(), str)]
    for text in rest or ([content(part)] if not found else []):
        found += [HeaderParser().parsestr(block) for block in _BLOCK.split(text[:MAX_TEXT]) if ":" in block]
    return found


def _decoded(value: str) -> str:
    """On one line. The parser keeps a raw byte as half a character; an encoded word that is broken stays as it is."""
    plain = " ".join(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
    try:
        return "".join(
            _text(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in decode_header(plain)
        )
    except (HeaderParseError, ValueError):
        return plain


def _text(raw: bytes, charset: str | None) -> str:
    """Known character sets only: Python's other codecs are not about text."""
    try:
        name = codecs.lookup(charset or "utf-8").name.replace("-", "").replace("_", "")
        known = name.startswith(_CHARSETS) and name != "utf7"
        return raw.decode(charset or "utf-8", "replace") if known else raw.decode("utf-8", "replace")
    except (LookupError, ValueError):
        return raw.decode("utf-8", "replace")


class _Words(HTMLParser):
    """The words of HTML; a block begins on a new line; scripts and styles say nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


_SILENT = frozenset({"script", "style"})
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table"})


def _without_marks(html: str) -> str:
    words = _Words()
    try:
        words.feed(html)
        words.close()
    except AssertionError:  # the parser's own doubt about a broken declaration
        return re.sub(r"<[^<>]*>", " ", html)
    return "".join(words.pieces)
