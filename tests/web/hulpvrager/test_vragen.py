"""Every wrong answer gets a Dutch sentence at the field and in the summary, keeps what was typed, and is not kept."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as with_any
from hypothesis import strategies as st

from portal.web.hulpvrager.forms.gemeente import UNKNOWN
from tests.given import Given
from tests.web.browser import Browser, Page, text_of
from tests.web.hulpvrager.reis import ANSWERS, answer, begin, place, verzoek_of

LONG = "x" * 5000
GEEN_TELEFOON = (
    "Dit telefoonnummer klopt niet. Een Nederlands nummer heeft 10 cijfers, bijvoorbeeld 06 12345678. "
    "Een ander nummer begint met een +."
)
NEE = {"ontruiming": "nee", "afsluiting": "nee", "zorgverzekering": "nee"}

LINE_FIELDS = ["afzender", "namens", "referentie", "bedrag", "merk"]


def day(name: str, typed: str) -> dict[str, str]:
    return dict(zip((f"{name}-dag", f"{name}-maand", f"{name}-jaar"), typed.split(), strict=True))


WRONG: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "dreiging",
        {},
        [
            "Uw huis uit: kies ja, nee of weet ik niet.",
            "Afsluiten: kies ja, nee of weet ik niet.",
            "Zorgverzekering: kies ja, nee of weet ik niet.",
        ],
    ),
    ("dreiging", NEE | {"ontruiming": "misschien"}, ["Uw huis uit: kies ja, nee of weet ik niet."]),
    (
        "dreiging",
        NEE | {"ontruiming": "ja", **day("ontruiming_on", "31 2 2027")},
        ["Deze datum bestaat niet. Kijk de dag en de maand na."],
    ),
    (
        "dreiging",
        NEE | {"afsluiting": "weet_niet", **day("afsluiting_on", "1 1 2035")},
        ["Deze datum is te ver weg. Kijk het jaar na."],
    ),
    ("gemeente", {"naam": ""}, ["Vul de naam van uw gemeente in."]),
    ("gemeente", {"naam": LONG}, ["De naam is te lang. Gebruik hoogstens 120 tekens."]),
    (
        "gemeente",
        {"naam": "Xyzqw"},
        [UNKNOWN.format("Xyzqw")],
    ),
    (
        "gemeente",
        {"naam": "Utrec"},
        ["‘Utrec’ is niet de hele naam van een gemeente. Kies hieronder uw gemeente."],
    ),
    (
        "gemeente",
        {"naam": "Utreg"},
        ["Wij kennen geen gemeente ‘Utreg’. Staat uw gemeente hieronder? Kies die dan."],
    ),
    ("naam", {"achternaam": ""}, ["Vul uw achternaam in."]),
    ("naam", {"achternaam": "-"}, ["Uw achternaam heeft geen letters. Kijk het na."]),
    (
        "naam",
        {"achternaam": "M33r", "voorvoegsel": "v/d"},
        [
            "Uw tussenvoegsel heeft een teken dat wij niet kunnen lezen. Gebruik alleen letters.",
            "Uw achternaam heeft een teken dat wij niet kunnen lezen. Gebruik alleen letters.",
        ],
    ),
    ("naam", {"achternaam": "a" * 81}, ["Uw achternaam is te lang. Gebruik hoogstens 80 tekens."]),
    ("geboortedatum", {}, ["Vul uw geboortedatum in."]),
    ("geboortedatum", day("geboren_on", "2 2 2027"), ["Deze datum is nog niet geweest. Kijk het jaar na."]),
    ("geboortedatum", day("geboren_on", "31 12 1899"), ["Deze datum is te lang geleden. Kijk het jaar na."]),
    ("geboortedatum", day("geboren_on", "1 1 985"), ["Vul het jaar in met 4 cijfers, bijvoorbeeld 1985."]),
    ("adres", {}, ["Kies of u een vast adres hebt."]),
    ("adres", {"soort": "adres"}, ["Vul uw postcode in.", "Vul uw huisnummer in."]),
    (
        "adres",
        {"soort": "adres", "postcode": "12 AB", "huisnummer": "abc", "toevoeging": "a" * 11},
        [
            "Deze postcode klopt niet. Een postcode heeft 4 cijfers en 2 letters: 1234 AB.",
            "Dit huisnummer klopt niet. Vul alleen het nummer in, bijvoorbeeld 12.",
            "De toevoeging is te lang. Gebruik hoogstens 10 tekens.",
        ],
    ),
    (
        "adres",
        {"soort": "adres", "postcode": "1234 AB", "huisnummer": "12 bis", "toevoeging": "A"},
        ["Dit huisnummer klopt niet. Vul alleen het nummer in, bijvoorbeeld 12."],
    ),
    (
        "contact",
        {"moment": "ochtend"},
        ["Vul uw telefoonnummer in, of uw e-mailadres. Eén van de twee is genoeg."],
    ),
    (
        "contact",
        {"telefoon": "12", "email": "geen adres", "moment": "nacht"},
        [
            GEEN_TELEFOON,
            "Dit is geen geldig e\u2011mailadres. Bijvoorbeeld: naam@voorbeeld.nl",
            "Kies wanneer wij u kunnen bellen.",
        ],
    ),
    ("hulp", {}, ["Kies of iemand u helpt."]),
    ("hulp", {"soort": "helper"}, ["Vul in wie u helpt, met de naam."]),
    ("bedrijf", {}, ["Kies ja of nee."]),
    ("toestemming", {}, ["Kies ja of nee. U mag ook nee kiezen."]),
]


@pytest.mark.parametrize(("slug", "values", "sentences"), WRONG)
def test_a_wrong_answer_is_explained_and_not_kept(
    slug: str, values: dict[str, Any], sentences: list[str], browser: Browser, given: Given
) -> None:
    place(browser, given, slug)
    begin_values = {"moment": None} if slug == "contact" and "moment" not in values else {}
    page = answer(browser, slug, begin_values | values)
    assert page.status == 422
    assert page.errors == sentences
    assert page.title.startswith("Fout: ")
    paragraphs = [text_of(node) for node in page.tree.iter("p")]
    assert [text.removeprefix("Fout: ") for text in paragraphs if text.startswith("Fout: ")] == sentences
    assert slug not in verzoek_of(browser, given).antwoorden
    boxes = [node for node in page.tree.iter("input") if node.get("type") in ("text", "tel", "email")]
    shown = {node.get("name"): node.get("value", "") for node in boxes}
    assert {name: shown[name] for name in values if name in shown} == {
        name: typed for name, typed in values.items() if name in shown
    }


@pytest.mark.parametrize(
    ("slug", "values", "kept"),
    [
        (
            "dreiging",
            NEE | {"ontruiming": "ja", **day("ontruiming_on", "1 maart 2027")},
            {
                "ontruiming": "ja",
                "ontruiming_on": "2027-03-01",
                "afsluiting": "nee",
                "afsluiting_on": None,
                "zorgverzekering": "nee",
                "zorgverzekering_on": None,
            },
        ),
        ("geboortedatum", day("geboren_on", "14 mei 87"), {"geboren_on": "1987-05-14"}),
        ("geboortedatum", {"geboren_on-dag": "14/05/1987"}, {"geboren_on": "1987-05-14"}),
        (
            "naam",
            {"voorletters": "\u202eF.\u200e", "achternaam": "\u2067de\x07 Me\u200ber–Bos\u2069 "},
            {"voorletters": "F.", "voorvoegsel": "", "achternaam": "de Meer–Bos"},
        ),
        (
            "naam",
            {"achternaam": "O’Brien-d'Âge"},
            {"voorletters": "", "voorvoegsel": "", "achternaam": "O’Brien-d'Âge"},
        ),
        ("adres", {"soort": "geen", "postcode": "onzin", "geheim": "y"}, {"soort": "geen", "geheim": True}),
        (
            "adres",
            {"soort": "adres", "postcode": "1234ab", "huisnummer": "12-bis"},
            {"soort": "adres", "postcode": "1234 AB", "huisnummer": "12", "toevoeging": "bis", "geheim": False},
        ),
        (
            "contact",
            {"email": " a@b.nl ", "meelezen": "y", "moment": "avond"},
            {"telefoon": "", "email": "a@b.nl", "meelezen": True, "moment": "avond"},
        ),
        (
            "contact",
            {"telefoon": "+32 470 12 34 56"},
            {"telefoon": "+32470123456", "email": "", "meelezen": False, "moment": "maakt_niet_uit"},
        ),
        ("hulp", {"soort": "niemand", "telefoon": "onzin"}, {"soort": "niemand"}),
        (
            "hulp",
            {"soort": "bewindvoerder", "naam": "Kantoor Vos"},
            {"soort": "bewindvoerder", "naam": "Kantoor Vos", "telefoon": "", "email": ""},
        ),
        ("bedrijf", {"eigen_bedrijf": "ja"}, {"eigen_bedrijf": "ja"}),
        ("toestemming", {"keuze": "nee"}, {"keuze": "nee"}),
    ],
)
def test_a_right_answer_is_kept_made_whole(
    slug: str, values: dict[str, Any], kept: dict[str, Any], browser: Browser, given: Given
) -> None:
    place(browser, given, slug)
    page = answer(browser, slug, values)
    assert page.status == 302, page.errors
    assert verzoek_of(browser, given).antwoorden[slug] == kept
    assert browser.see(f"/verzoek/{slug}").status == 200


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@with_any(
    st.dictionaries(st.sampled_from(["afzender", "namens", "referentie", "bedrag", "merk"]), st.text(max_size=80))
)
def test_any_text_in_the_list_is_kept_or_explained(browser: Browser, given: Given, typed: dict[str, str]) -> None:
    if not browser.get_cookie("__Host-pauzeknop", "pauzeknop.example"):
        place(browser, given, "schulden")
    page = Page(
        browser.post(
            "/verzoek/schulden/nieuw",
            data=browser.see("/verzoek/schulden/nieuw").form().values
            | {name: text.encode("utf-8", "surrogatepass") for name, text in typed.items()},
        )
    )
    assert page.status in (302, 422)
    assert browser.see("/verzoek/schulden").h1


def test_a_page_without_its_token_keeps_nothing(browser: Browser, given: Given) -> None:
    begin(browser)
    assert Page(browser.post("/verzoek/dreiging", data=ANSWERS["dreiging"])).status == 200
    assert verzoek_of(browser, given).antwoorden == {}


def test_a_body_that_is_far_too_large_is_refused(browser: Browser) -> None:
    page = begin(browser)
    huge = Page(browser.post("/verzoek/dreiging", data=page.form().values | {"ontruiming": "x" * 2_000_000}))
    assert huge.status == 413
