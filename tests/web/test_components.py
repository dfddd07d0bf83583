"""The macros and layouts, rendered by Flask as the pages do, and read back as a browser would."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, render_template_string, url_for
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from portal.domain.taal import Taal
from portal.texts.talen import speak_in
from portal.web.fields import DagMaandJaarField

TEMPLATES = Path(__file__).parents[2] / "templates"
CODES = [400, 403, 404, 405, 409, 410, 413, 429, 500, 503]
EXAMPLES = Path(__file__).parent / "voorbeelden"
JA_NEE = {"ja": "Ja", "nee": "Nee"}


class Vragen(FlaskForm):
    naam = StringField("Naam", [InputRequired("Vul uw naam in."), Length(max=5, message="Uw naam is te lang.")])
    tussen = StringField("Tussenvoegsel", [Optional()])
    verhaal = TextAreaField("Verhaal", [InputRequired("Vertel iets.")])
    reden = SelectField("Reden", [InputRequired("Kies een reden.")], choices={"": "Kies"} | JA_NEE)
    haast = RadioField("Is er haast?", [InputRequired("Kies ja of nee.")], choices=JA_NEE)
    kanalen = SelectMultipleField("Hoe?", [InputRequired("Kies er één.")], choices=JA_NEE)
    akkoord = BooleanField("Ik vind het goed", [InputRequired("Zet een vinkje.")])
    geboren = DagMaandJaarField("Geboren", [InputRequired("Vul uw geboortedatum in.")])


VRAGEN = "{% extends 'vragen.html' %}"
ONDERDELEN = "{% extends 'onderdelen.html' %}"


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask(__name__)
    app.jinja_loader = FileSystemLoader([TEMPLATES, EXAMPLES])
    app.config.update(SECRET_KEY="only in this test", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["static_url"] = lambda filename: f"/static/{filename}?v=1"
    speak_in(app.jinja_env)
    app.jinja_env.globals.update(taal=Taal.NL, talen=[])
    CSRFProtect(app)
    for endpoint in (
        "hulpvrager.bel_mij",
        "public.privacy",
        "public.toegankelijkheid",
        "public.ketens",
        "public.cijfers",
        "account.uitloggen",
        "account.account",
    ):
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "")
    with app.test_request_context():
        yield app


def read(markup: str) -> Element:
    """The page as a tree; a fault in the HTML fails the test."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup)


def page(source: str, **context: Any) -> Element:
    return read(render_template_string(source, **context))


def wrong() -> Vragen:
    form = Vragen(MultiDict({"naam": "Wolfeschlegel", "geboren-dag": "3"}), meta={"csrf": False})
    assert not form.validate()
    return form


def filled() -> Vragen:
    values = {
        "naam": '"><i>',
        "haast": "nee",
        "kanalen": ["ja"],
        "akkoord": True,
        "geboren": date(1985, 2, 9),
    }
    return Vragen(None, data=values)


def empty() -> Vragen:
    return Vragen(None)


def by_id(tree: Element) -> dict[str, Element]:
    found = [node for node in tree.iter() if node.get("id")]
    assert len({node.get("id") for node in found}) == len(found), "an id is used twice"
    return {node.attrib["id"]: node for node in found}


def text_of(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def only(tree: Element, path: str) -> Element:
    (node,) = tree.findall(path)
    return node


@pytest.mark.parametrize("make", [empty, wrong, filled])
@pytest.mark.usefixtures("app")
def test_every_control_has_a_label_and_every_reference_a_target(make: Any) -> None:
    tree = page(VRAGEN, form=make())
    ids = by_id(tree)
    labelled = {label.get("for") for label in tree.iter("label")}
    for control in (node for tag in ("input", "select", "textarea") for node in tree.iter(tag)):
        assert control.get("type") == "hidden" or control.get("id") in labelled
        assert {"required", "maxlength", "style"}.isdisjoint(control.attrib)
    for node in tree.iter():
        assert set((node.get("aria-describedby") or "").split()) <= set(ids)


@pytest.mark.usefixtures("app")
def test_a_wrong_field_tells_so_in_words_at_the_field_and_in_the_summary() -> None:
    tree = page(VRAGEN, form=wrong())
    ids = by_id(tree)
    assert ids["naam"].get("value") == "Wolfeschlegel"
    assert ids["naam"].get("aria-invalid") == "true"
    assert ids["naam"].get("aria-describedby") == "naam-hint naam-fout"
    assert text_of(ids["naam-fout"]) == "Fout: Uw naam is te lang."
    assert only(tree, "head/title").text == "Fout: Vragen - Pauzeknop"
    summary = ids["fouten"]
    assert "autofocus" in summary.attrib
    assert summary.get("tabindex") == "-1"
    links = {link.attrib["href"].removeprefix("#"): text_of(link) for link in summary.iter("a")}
    assert set(links) == {"naam", "verhaal", "reden", "haast", "kanalen", "akkoord", "geboren-maand"}
    assert {ids[target].tag for target in links} == {"input", "textarea", "select"}
    assert [ids[f"geboren-{part}"].get("aria-invalid") for part in ("dag", "maand", "jaar")] == [
        None,
        "true",
        "true",
    ]


@pytest.mark.usefixtures("app")
def test_a_page_without_errors_shows_no_trace_of_them() -> None:
    markup = render_template_string(VRAGEN, form=empty())
    assert only(read(markup), "head/title").text == "Vragen - Pauzeknop"
    assert "fout" not in markup.casefold()
    assert "aria-invalid" not in markup


@pytest.mark.usefixtures("app")
def test_a_filled_form_shows_what_was_given_and_escapes_it() -> None:
    ids = by_id(page(VRAGEN, form=filled()))
    assert ids["naam"].get("value") == '"><i>'
    assert text_of(ids["naam-hint"]) == "Uw <achternaam>"
    assert "checked" in ids["haast-1"].attrib
    assert "checked" not in ids["haast"].attrib
    assert ids["haast-1"].get("aria-describedby") == "haast-1-uitleg"
    assert "checked" in ids["kanalen"].attrib
    assert "checked" in ids["akkoord"].attrib
    assert [ids[f"geboren-{part}"].get("value") for part in ("dag", "maand", "jaar")] == ["9", "2", "1985"]
    assert ids["geboren-dag"].get("autocomplete") == "bday-day"


@pytest.mark.usefixtures("app")
def test_the_arguments_of_a_field_reach_the_browser() -> None:
    tree = page(VRAGEN, form=empty())
    naam = by_id(tree)["naam"]
    assert (naam.get("autocomplete"), naam.get("spellcheck"), naam.get("list")) == (
        "family-name",
        "false",
        "namen",
    )
    assert "pk-m" in naam.attrib["class"].split()
    assert by_id(tree)["verhaal"].get("rows") == "7"
    button = only(tree, ".//main//button")
    assert (button.get("name"), button.get("value"), button.text) == ("stap", "1", "Verder")
    assert [node for node in tree.iter("input") if node.get("name") == "csrf_token" and node.get("value")]
    labels = {label.get("for"): text_of(label) for label in tree.iter("label")}
    assert labels["tussen"] == "Tussenvoegsel (niet verplicht)"
    assert labels["naam"] == "Naam"


@pytest.mark.usefixtures("app")
def test_the_hint_of_a_checkbox_stands_in_its_box_and_the_error_above_it() -> None:
    tree = page(VRAGEN, form=wrong())
    ids = by_id(tree)
    assert ids["akkoord"].get("aria-describedby") == "akkoord-hint akkoord-fout"
    (box,) = [node for node in tree.iter("div") if node.get("class") == "pk-option" and ids["akkoord"] in list(node)]
    assert ids["akkoord-hint"] in list(box)
    assert ids["akkoord-fout"] not in list(box.iter())


@pytest.mark.usefixtures("app")
def test_page_components_say_in_words_what_they_show_in_colour() -> None:
    tree = page(ONDERDELEN)
    main = text_of(only(tree, "body/main"))
    assert "Let op: Haast Bel ons. Goedgekeurd" in main
    assert "Wijzigen: uw naam" in main
    assert "Wijzigen: Adres" in main
    assert main.count("Niet ingevuld") == 2
    assert [cell.get("data-label") for cell in only(tree, ".//tbody").iter("td")] == ["Naam", None]
    assert [th.text for th in tree.iter("th")] == ["Naam"]


@pytest.mark.usefixtures("app")
def test_the_footer_gives_the_number_of_the_gemeente_or_says_to_call_it() -> None:
    source = "{% extends 'layouts/hulpvrager.html' %}"
    known = page(source, telefoon="14 030", gemeente_naam="Utrecht")
    assert "Bel gemeente Utrecht: 14 030" in text_of(only(known, "body/footer"))
    assert "tel:14030" in [link.get("href") for link in known.iter("a")]
    assert "Liever bellen? Bel uw gemeente." in text_of(only(page(source), "body/footer"))


@pytest.mark.usefixtures("app")
def test_numbers_keep_their_order_on_a_page_from_right_to_left() -> None:
    source = (
        "{% extends 'layouts/hulpvrager.html' %}{% from 'components/page.html' import summary_list, tel, vast %}"
        "{% block content %}<h1>a</h1>{{ summary_list([('Bel', tel('030 1')), ('Mij', '06 2'), ('Op', ['06 3', '06 4'])"
        ", ('Code', vast('22-AB'))]) }}{% endblock %}"
    )
    values = [*page(source).iter("dd")]
    assert [node.text for value in values for node in value.iter("bdi") if node.text] == ["06 2", "06 3", "06 4"]
    assert [node.get("dir") for value in values for node in value.iter() if node.tag in ("a", "span")] == ["ltr", "ltr"]


@pytest.mark.usefixtures("app")
def test_staff_sign_out_by_a_protected_form_and_see_where_they_are() -> None:
    source = "{% extends 'layouts/medewerker.html' %}"
    ann = SimpleNamespace(naam="Ann", organisatie_naam="Midden")
    tree = page(source, medewerker=ann, navigatie=[("/rij", "Wachtrij", True), ("/x", "Anders", False)])
    form = only(tree, "body/header//form")
    assert (form.get("method"), form.get("action")) == ("post", url_for("account.uitloggen"))
    assert [node.get("name") for node in form.iter("input")] == ["csrf_token"]
    assert [text_of(link) for link in tree.iter("a") if link.get("aria-current")] == ["Wachtrij"]
    assert not page(source).findall("body/header//form")


@pytest.mark.usefixtures("app")
def test_the_skip_link_comes_first_and_leads_to_the_content() -> None:
    tree = page("{% extends 'layouts/basis.html' %}")
    first = next(iter(tree.iter("a")))
    assert text_of(first) == "Naar de inhoud"
    assert by_id(tree)[first.attrib["href"].removeprefix("#")].tag == "main"
    assert tree.get("lang") == "nl"


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_needs_nothing_but_its_template(code: int) -> None:
    bare = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)
    speak_in(bare)  # nothing but words: no request, no database
    tree = read(bare.get_template(f"fouten/{code}.html").render())
    heading = text_of(only(tree, ".//h1"))
    assert only(tree, "head/title").text == f"{heading} - Pauzeknop"
    assert f"Foutcode {code}" in text_of(only(tree, "body/main"))
    assert next(link.get("href") for link in tree.iter("link")) == "/static/portal.css"
    footer = only(tree, "body/footer")
    assert [link.get("href") for link in footer.iter("a")] == ["/", "/privacy", "/toegankelijkheid"]
