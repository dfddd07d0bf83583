"""The people of the demonstration world answer as the pages let them: the real forms take and keep the same."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.dev.wereld.verhalen import read_verhalen
from portal.domain.stappen import CONTROLE, Omgeving, first_open
from portal.web.fields import DagMaandJaarField
from portal.web.hulpvrager.forms.schuld import SchuldForm
from portal.web.hulpvrager.vraag import FORMS
from tests.dev.conftest import MONDAY, instant

OWN_PAGE = {"gemeente", "schulden"}
"""Answered by a search in the database, and by the list of schulden."""

VERHALEN = read_verhalen(MONDAY)


@pytest.fixture(autouse=True)
def _page():
    app = Flask(__name__)
    app.config["WTF_CSRF_ENABLED"] = False
    app.secret_key = "only for this test"
    with app.test_request_context(), clock.at(instant(MONDAY)):
        yield


def typed(form):
    """What a browser sends of a form that shows what was kept."""
    sent = MultiDict()
    for field in form:
        if isinstance(field, DagMaandJaarField):
            sent.update({f"{field.name}-{part}": getattr(field, part) for part in ("dag", "maand", "jaar")})
        elif field.data not in (None, False):
            sent[field.name] = "y" if field.data is True else field.data
    return sent


def kept(form_class, sectie):
    shown = form_class(formdata=None, data=form_class.shown(sectie))
    form = form_class(formdata=typed(shown))
    assert form.validate(), (sectie, form.errors)
    return form.sectie()


@pytest.mark.parametrize("verhaal", VERHALEN, ids=lambda verhaal: verhaal.achternaam)
def test_the_pages_keep_the_same_answers(verhaal):
    for stap, sectie in verhaal.antwoorden.items():
        if stap not in OWN_PAGE:
            assert kept(FORMS[stap], sectie) == sectie


@pytest.mark.parametrize("verhaal", VERHALEN, ids=lambda verhaal: verhaal.achternaam)
def test_the_list_keeps_the_same_schulden(verhaal):
    for line in verhaal.schulden:
        assert kept(SchuldForm, line.gegevens) == line.gegevens


def test_whoever_submits_answered_every_question_on_the_path():
    for verhaal in VERHALEN:
        if "submit" in verhaal.verloop:
            assert first_open(verhaal.antwoorden, Omgeving(MONDAY, gemeente_doet_mee=True)) == CONTROLE


def test_only_questions_on_the_path_are_answered():
    grown_up = [verhaal for verhaal in VERHALEN if "minderjarig" not in verhaal.antwoorden]
    assert len(grown_up) == len(VERHALEN) - 1
    for verhaal in grown_up:
        born = verhaal.antwoorden.get("geboortedatum", {}).get("geboren_on", "1900-01-01")
        assert date.fromisoformat(born) < MONDAY.replace(year=MONDAY.year - 18)
