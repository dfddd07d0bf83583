"""Every text for the hulpvrager is plain Dutch: B1, the questions themselves A2, each with its reason, no officialese.

CEFR has no formula. These limits stand for it: on the scale of Douma 60 to 80 is ordinary prose, above that easy.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from portal.domain.stappen import STAPPEN
from tests.texts.leesbaar import ROOT, Leestekst, flesch_douma, of_module, of_template, syllables, words

B1_SCORE, B1_WORDS = 70, 17
"""The least score of a text, and the most words in a sentence."""

A2_SCORE, A2_WORDS = 80, 13
"""The same for the questions: all together, because a single page has too few sentences for a score."""

ENOUGH_SENTENCES = 5
"""Below this a score says more about one long word than about the text. Assumption."""

WAYS_IN = ("digid", "link_werkt_niet", "terug*", "uitgelogd", "weer_inloggen")

TO_OTHERS = {"antwoord_ontvangen.txt"}
"""The receipt for a schuldeiser."""

TEMPLATES = [
    path
    for pattern in (
        "hulpvrager/*.html",
        "bericht/v*/*.txt",
        "fouten/*.html",
        "public/start.html",
        "public/privacy.html",
        "public/toegankelijkheid.html",
        "layouts/hulpvrager.html",
        *(f"account/{name}.html" for name in WAYS_IN),
    )
    for path in sorted((ROOT / "templates").glob(pattern))
    if path.name not in TO_OTHERS
]
MODULES = [
    path
    for pattern in ("web/hulpvrager/**/*.py", "web/f*s.py", "web/session.py", "domain/stappen.py", "texts/t*g.py")
    for path in sorted((ROOT / "portal").glob(pattern))
]
TEXTS = [*map(of_template, TEMPLATES), *map(of_module, MODULES)]
READ = [text for text in TEXTS if text.lines]

QUESTIONS = [stap.slug for stap in STAPPEN if not stap.blocks]
CORE = [
    *(of_template(ROOT / f"templates/hulpvrager/{slug}.html") for slug in [*QUESTIONS, "schuld"]),
    *(of_module(ROOT / path) for path in ("portal/domain/stappen.py", "portal/web/hulpvrager/forms/vragen.py")),
]

WHY = {
    "dreiging": "Daarom vragen wij dit het eerst.",
    "gemeente": "Uw gemeente helpt u.",
    "naam": "Met uw naam weten de gemeente en uw schuldeisers om wie het gaat.",
    "geboortedatum": "Zo vindt een schuldeiser de goede persoon.",
    "minderjarig": "Uw ouders of voogd zijn misschien verantwoordelijk voor uw schulden.",
    "adres": "Met uw adres weet een schuldeiser zeker dat het om u gaat.",
    "contact": "De gemeente belt u voor een gesprek.",
    "hulp": "Dan weet de gemeente met wie zij ook mag praten over uw verzoek.",
    "bedrijf": "Daarom vragen wij dit.",
    "schulden": "Dan weet de gemeente aan wie zij een pauze kan vragen.",
    "toestemming": "Daarom vragen wij het u.",
}
"""Question → the sentence that says why it is asked."""


def hard_words() -> dict[str, str]:
    """What we do not say → what we say."""
    lines = (Path(__file__).parent / "moeilijke_woorden.txt").read_text().splitlines()
    return dict(line.split(" = ") for line in lines if line and not line.startswith("#"))


def hard_words_in(lines: Sequence[str]) -> list[str]:
    """'indien: als', for every hard word that is said."""
    said = [word.casefold() for line in lines for word in words(line)]
    return [
        f"{word}: {better}"
        for word, better in hard_words().items()
        if any(each.startswith(word[:-1]) if word.endswith("*") else each == word for each in said)
    ]


def too_long(lines: Sequence[str], most: int) -> list[str]:
    return [line for line in lines if len(words(line)) > most]


@pytest.mark.parametrize("text", READ, ids=lambda text: text.where)
def test_a_text_is_b1(text: Leestekst) -> None:
    assert too_long(text.lines, B1_WORDS) == []
    assert hard_words_in(text.lines) == []
    if len(text.sentences) >= ENOUGH_SENTENCES:
        assert flesch_douma(text.sentences) >= B1_SCORE


def test_the_short_texts_together_are_b1() -> None:
    short = [line for text in READ if len(text.sentences) < ENOUGH_SENTENCES for line in text.sentences]
    assert flesch_douma(short) >= B1_SCORE


def test_the_questions_themselves_are_a2() -> None:
    sentences = [line for text in CORE for line in text.sentences]
    assert flesch_douma(sentences) >= A2_SCORE
    assert too_long([line for text in CORE for line in text.lines], A2_WORDS) == []


def test_the_scores_are_known() -> None:
    for text in sorted((text for text in READ if text.sentences), key=lambda text: flesch_douma(text.sentences)):
        longest = max(len(words(line)) for line in text.lines)
        print(f"{flesch_douma(text.sentences):4.0f}  longest {longest:2}  {text.where}")
    assert sum(len(text.sentences) for text in READ) > 400, "the texts are not found any more"


@pytest.mark.parametrize("slug", QUESTIONS)
def test_each_question_says_why_it_is_asked(slug: str) -> None:
    assert WHY[slug] in of_template(ROOT / f"templates/hulpvrager/{slug}.html").sentences


# --- the measure itself ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("brief", 1), ("schuld", 1), ("gemeente", 3), ("schuldeiser", 3), ("verzoek", 2), ("ideeën", 3),
        ("financieel", 4), ("nieuw", 1), ("leeuw", 1), ("draaien", 2), ("zee", 1), ("beëindigen", 4), ("kwh", 1),
        ("energie", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_dutch_is_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula_is_that_of_douma() -> None:
    assert flesch_douma(["De kat zit op de mat."]) == pytest.approx(206.84 - 77 - 0.93 * 6)


OFFICIALESE = (
    "Indien belanghebbende de desbetreffende bescheiden niet binnen de daarvoor vastgestelde termijn heeft overgelegd, "
    "dient hij rekening te houden met de buitenbehandelingstelling van de onderhavige aanvraag."
)


def test_officialese_does_not_pass() -> None:
    assert flesch_douma([OFFICIALESE]) < B1_SCORE
    assert too_long([OFFICIALESE], B1_WORDS) == [OFFICIALESE]
    found = {line.split(":")[0] for line in hard_words_in([OFFICIALESE])}
    assert {"indien", "belanghebbende*", "desbetreffende", "bescheiden", "dient", "onderhavig*"} <= found


def test_every_branch_of_a_template_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "blad.html"
    page.write_text(
        "{% if a %}<p>Eerst {{ naam }}.</p>{% elif b %}<p>Dan.</p>{% else %}<p>Anders.</p>{% endif %}"
        "{{ lead('Zeg ' ~ ('ja.' if c else 'nee.')) }}{% call alert('info', 'Let op') %}<p>Kijk <b>goed</b> uit.</p>"
        "{% endcall %}{{ radios(f, hints={'ja': 'Als het zo is.'}) }}{{ text(f, width='m', hint='Bijvoorbeeld: A.') }}"
    )
    monkeypatch.setattr("tests.texts.leesbaar.ROOT", tmp_path)
    assert set(of_template(page).lines) == {
        "Eerst iets.", "Dan.", "Anders.", "Zeg ja.", "nee.", "Let op", "Kijk goed uit.", "Als het zo is.",
        "Bijvoorbeeld:", "A.",
    }  # fmt: skip
