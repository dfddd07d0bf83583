"""Reading a message as a person would: words only, and whether its HTML is fit for a mail."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import html5lib

from portal.domain.taal import Taal

FORBIDDEN_TAGS = {"script", "style", "img", "link", "iframe", "object", "form", "svg", "video", "base", "font"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_head |= tag == "head"

    def handle_endtag(self, tag: str) -> None:
        self._in_head &= tag != "head"

    def handle_data(self, data: str) -> None:
        if not self._in_head:
            self.text.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def words(text: str) -> list[str]:
    """The words in their order, without list dashes and case."""
    return re.findall(r"[\w@.:/&-]*\w", text.casefold())


def html_words(html: str) -> list[str]:
    return words(" ".join(_read(html).text))


def faults(html: str, taal: Taal = Taal.NL) -> Iterator[str]:
    """What an HTML mail of ours in this language must not have."""
    html5lib.HTMLParser(strict=True).parse(html)
    reader = _read(html)
    direction = {"dir": "rtl"} if taal is Taal.AR else {}
    if reader.tags[0] != ("html", {"lang": taal} | direction):
        yield f"does not begin with <html> in {taal}"
    for tag, attrs in reader.tags:
        if tag in FORBIDDEN_TAGS:
            yield f"<{tag}>"
        yield from (
            f"{tag}[{name}]" for name in attrs if name in {"src", "class", "id", "background"} or name.startswith("on")
        )
        if "url(" in (attrs.get("style") or ""):
            yield "a style that fetches something"
