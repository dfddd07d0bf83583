"""A test client that behaves like a careful visitor: it keeps cookies, fills in the forms it was given, and checks the
house rules on every page it sees.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.taal import Taal
from portal.texts import talen

CONTROLS = ("input", "select", "textarea")
PRIVATE = ("/verzoek", "/terug")
"""Pages of a hulpvrager: their titles are neutral, and there is a quick way out."""

MAIL_PART = re.compile(r"/postvak/[^/]+/(html|bijlagen/[0-9]+)")
"""The HTML part of a received mail, which the development inbox shows in a frame, and its attachments."""

PICTURE = re.compile(r"(/verzoek|/werkvoorraad/[^/]+)/fotos/[^/]+/[0-9]+|/logo/[0-9a-f]{64}")
"""A page of a letter that the hulpvrager photographed: the one kind of picture that is not of the portal itself."""

INLINE = ("a", "span", "strong", "em", "label", "abbr", "bdi")
"""Elements that do not begin on a line of their own."""

FORBIDDEN_WORDS = re.compile(r"\b(U dient|Indien|afgewezen)\b")


def text_of(node: Element) -> str:
    """What a reader sees of an element, on one line."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        yield from _pieces(child)
        yield ("" if child.tag in INLINE else " ") + (child.tail or "")


class Form:
    """One form of a page: its address and the values a browser would send unchanged."""

    def __init__(self, element: Element, page_url: str) -> None:
        self.element = element
        self.method = element.get("method", "get").upper()
        self.action = element.get("action") or page_url
        self.buttons = [text_of(button) for button in element.iter("button")]

    @property
    def values(self) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        for control in (node for node in self.element.iter() if node.tag in CONTROLS):
            name, value = control.get("name"), _value_of(control)
            if name and value is not None:
                sent[name] = [*_as_list(sent[name]), value] if name in sent else value
        return sent

    def options(self, name: str) -> list[str]:
        """The choices of a select, as somebody reads them."""
        select = next(node for node in self.element.iter("select") if node.get("name") == name)
        return [text_of(option) for option in select.iter("option")]

    def with_button(self, label: str) -> dict[str, Any]:
        """The values and the name of the pressed button."""
        button = next(node for node in self.element.iter("button") if text_of(node) == label)
        name = button.get("name")
        return self.values | ({name: button.get("value", "")} if name else {})


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value_of(control: Element) -> str | None:
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return chosen[0].get("value", text_of(chosen[0])) if chosen else None
    if control.get("type") in ("radio", "checkbox"):
        return control.get("value", "on") if "checked" in control.attrib else None
    return control.get("value", "")


class Page:
    """An answer of the portal, read as a person would. `to` is the path of a redirect."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.url = response.request.path
        self.html = response.get_data().decode(errors="replace")  # a file is no text
        location = response.headers.get("Location")
        self.to = (urlsplit(location)._replace(scheme="", netloc="").geturl()) if location else None
        is_page = response.mimetype == "text/html" and not location
        self.tree = read(self.html) if is_page else Element("html")

    @property
    def text(self) -> str:
        return text_of(self._only(".//body"))

    @property
    def main(self) -> str:
        return text_of(self._only(".//main"))

    @property
    def h1(self) -> str:
        return text_of(self._only(".//h1"))

    @property
    def title(self) -> str:
        return text_of(self._only(".//title"))

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return [text_of(item) for node in self.tree.iter() if node.get("id") == "fouten" for item in node.iter("li")]

    @property
    def forms(self) -> list[Form]:
        unseen = {form for dialog in self.tree.iter("dialog") for form in dialog.iter("form")}
        found = [node for node in self.tree.iter("form") if node not in unseen and node.get("id") != "taal"]
        return [Form(node, self.url) for node in found]

    def form(self, button: str | None = None) -> Form:
        """The POST form of the page, or the one with this button."""
        found = [form for form in self.forms if form.method == "POST" and (button is None or button in form.buttons)]
        assert len(found) == 1, f"{len(found)} forms with button {button!r} on {self.url}"
        return found[0]

    @property
    def links(self) -> dict[str, str]:
        """Text to address."""
        return {text_of(link): link.get("href", "") for link in self.tree.iter("a")}

    def by_id(self, id: str) -> Element:
        return next(node for node in self.tree.iter() if node.get("id") == id)

    def _only(self, path: str) -> Element:
        found = self.tree.findall(path)
        assert len(found) == 1, f"{len(found)} times {path} on {self.url} ({self.status})"
        return found[0]


@lru_cache(maxsize=1)
def read(markup: str) -> Element:
    """The page as a tree, to look at only; a fault in the HTML fails the test. The last one is kept: the same page is
    read for the house rules and for the test.
    """
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup)
    return tree


class Browser(FlaskClient):
    """One visitor. `see` looks, `fill` fills in the form of a page and sends it, `press` pushes a button."""

    origin = "https://pauzeknop.example"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if "base_url" not in kwargs:
            kwargs["base_url"] = self.origin
            kwargs["headers"] = {"Referer": f"{self.origin}/", **dict(kwargs.get("headers") or {})}
        response = super().open(*args, **kwargs)
        check_house_rules(response)
        return response

    def see(self, url: str, status: int | None = 200) -> Page:
        """Open a page. A redirect is not followed; `status=None` takes any."""
        page = Page(self.get(url))
        assert status is None or page.status == status, f"{url}: {page.status} {page.to or page.main[:300]}"
        return page

    def fill(self, page: Page | str, values: Mapping[str, Any] | None = None, *, button: str | None = None) -> Page:
        """Send the form of a page with what it holds already, changed by `values`; None leaves a value out."""
        seen = self.see(page) if isinstance(page, str) else page
        form = seen.form(button)
        begin = form.with_button(button) if button else form.values
        sent = {name: value for name, value in (begin | dict(values or {})).items() if value is not None}
        return Page(self.post(form.action, data=sent))

    def press(self, page: Page | str, button: str) -> Page:
        """Push a button that sends the form of a page as it is."""
        return self.fill(page, button=button)

    def follow(self, page: Page) -> Page:
        """Go where redirects lead."""
        while page.to:
            page = Page(self.get(page.to))
        return page


# --- the house rules ------------------------------------------------------------------------------


def check_house_rules(response: TestResponse) -> None:
    """Fails when a page breaks a rule that holds for every page."""
    where = f"{response.request.method} {response.request.path} ({response.status_code})"
    headers = response.headers
    if response.request.path.startswith("/static/"):
        return
    if response.mimetype == "image/png":  # a logo: its own tests look at it
        return
    if MAIL_PART.fullmatch(response.request.path):  # a mail, not a page: its own tests look at it
        return
    assert headers.get("Cache-Control") == "no-store", where
    assert "default-src 'none'" in headers.get("Content-Security-Policy", ""), where
    assert headers.get("X-Content-Type-Options") == "nosniff", where
    if response.mimetype == "text/html" and not 300 <= response.status_code < 400 and response.request.method != "HEAD":
        tree = read(response.get_data(as_text=True))
        problems = list(page_problems(tree))
        title = text_of(tree.findall("./head/title")[0])
        if response.request.path.startswith(PRIVATE) and "schuld" in title.casefold():
            problems.append(f"a title that others may read over a shoulder: {title}")
        if response.request.path.startswith(PRIVATE) and not any(link.get("href") == "/weg" for link in tree.iter("a")):
            problems.append("no quick way out")
        assert not problems, f"{where}: {problems}"


def page_problems(tree: Element) -> Iterator[str]:
    """One line for each rule that the page breaks."""
    yield from _skeleton(tree)
    yield from _scripts_and_styles(tree)
    yield from _labels_and_references(tree)
    yield from _forms(tree)


def _skeleton(tree: Element) -> Iterator[str]:
    language = tree.get("lang")
    if language not in set(Taal) or tree.get("dir") != Taal(language).richting:
        yield "no lang"
    headings = [text_of(node) for node in tree.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1: {headings}"
    titles = [text_of(node) for node in tree.findall("./head/title")]
    if len(titles) != 1 or not titles[0]:
        yield f"titles: {titles}"
    wrong = any(node.get("id") == "fouten" for node in tree.iter())
    if wrong and not titles[0].startswith(f"{talen.catalog(Taal(language)).gettext('Fout')}: "):
        yield f"title does not tell that something is wrong: {titles}"
    if match := FORBIDDEN_WORDS.search(" ".join(tree.itertext())):
        yield f"word: {match[0]}"


def _scripts_and_styles(tree: Element) -> Iterator[str]:
    for node in tree.iter():
        own_script = node.tag == "script" and node.get("src", "").startswith("/static/") and not node.text
        if node.tag in ("script", "style", "object", "embed") and not own_script:
            yield f"<{node.tag}>"
        if node.tag == "iframe" and not (node.get("sandbox") == "" and MAIL_PART.fullmatch(node.get("src", ""))):
            yield f"<iframe> {node.attrib}"
        for name, value in node.attrib.items():
            if name == "style" or name.startswith("on") or value.strip().casefold().startswith("javascript:"):
                yield f"{node.tag} {name}={value}"
            if name == "src" or (name == "href" and node.tag == "link"):
                own = value.startswith(("/static/", "data:image/")) or node.tag == "iframe"
                own = own or (node.tag == "img" and PICTURE.fullmatch(value) is not None)
                yield from [] if own else [f"{node.tag} {name}={value}"]


def _labels_and_references(tree: Element) -> Iterator[str]:
    ids = [node.attrib["id"] for node in tree.iter() if "id" in node.attrib]
    yield from (f"id {id} twice" for id in set(ids) if ids.count(id) > 1)
    labels = {label.get("for") for label in tree.iter("label") if text_of(label)}
    for node in tree.iter():
        named = node.get("id") in labels or node.get("aria-label") or node.get("aria-labelledby")
        if node.tag in CONTROLS and node.get("type") != "hidden" and not named:
            yield f"no label: {node.attrib}"
        if node.tag in ("a", "button", "summary", "legend", "th") and not (text_of(node) or node.get("aria-label")):
            yield f"no words in {node.tag} {node.attrib}"
        targets = f"{node.get('aria-describedby', '')} {node.get('aria-labelledby', '')} {node.get('list', '')}".split()
        if node.get("href", "").startswith("#"):
            targets.append(node.attrib["href"][1:])
        yield from (f"{node.tag} refers to {target}" for target in targets if target not in ids)


def _forms(tree: Element) -> Iterator[str]:
    inside = {control for form in tree.iter("form") for control in form.iter()}
    for form in tree.iter("form"):
        method = form.get("method", "").casefold()
        tokens = [node for node in form.iter("input") if node.get("name") == "csrf_token" and node.get("value")]
        if method not in ("get", "post") or (method == "post") != (len(tokens) == 1):
            yield f"form {form.attrib} with {len(tokens)} tokens"
        if "novalidate" not in form.attrib and any(node.tag in CONTROLS for node in form.iter() if node.get("id")):
            yield f"form without novalidate: {form.attrib}"
        if not any(True for _ in form.iter("button")):
            yield f"form without a button: {form.attrib}"
    forms = {form.get("id") for form in tree.iter("form")} - {None}
    for node in tree.iter():
        if node.tag in (*CONTROLS, "button") and node not in inside and node.get("form") not in forms:
            yield f"{node.tag} outside a form: {node.attrib}"
