"""One case: what is seen of it, and in how many statements."""

import pytest
from sqlalchemy import text

from portal import clock
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import NotFound
from portal.domain.roles import Actor
from portal.queries import banen, dossier, voorbeeld, werkvoorraad


def many(given, number):
    return given.approved([given.regel(f"Eiser {n:02}", f"R-{n}") for n in range(number)])


READS = {
    "load": lambda session, actor, case: dossier.load(session, case),
    "kennisgevingen": lambda session, actor, case: [k.schuldeiser.naam for k in dossier.kennisgevingen(session, case)],
    "pogingen": lambda session, actor, case: dossier.pogingen(session, case),
    "berichten": lambda session, actor, case: dossier.berichten(session, case),
    "aanvullingen": lambda session, actor, case: dossier.aanvullingen(session, case),
    "history": lambda session, actor, case: dossier.history(session, case),
    "counts": lambda session, actor, case: banen.counts(session, actor),
    "lane": lambda session, actor, case: [
        (v.gemeente.naam, v.behandelaar.naam) for v in werkvoorraad.lane(session, actor, werkvoorraad.Baan.LOPEND)
    ],
    "earlier": lambda session, actor, case: werkvoorraad.earlier_requests(session, dossier.load(session, case)),
    "preview": lambda session, actor, case: voorbeeld.preview(
        dossier.load(session, case), start_on=clock.today(), maanden={}, contactpersoon="A",
        today=clock.today(), base_url="https://pauzeknop.example",
    ),
}  # fmt: skip


def test_the_number_of_statements_does_not_grow_with_the_schulden(given, statements):
    small, large = many(given, 1), many(given, 40)
    sent = {}
    for id in (small, large):
        for name, read in READS.items():
            with given.session(given.actor) as session, statements() as made:
                read(session, given.actor, id)
            sent.setdefault(name, []).append(len(made))
    assert {name: counts for name, counts in sent.items() if counts[0] != counts[1]} == {}
    assert max(counts[0] for counts in sent.values()) <= 6
    assert sent["load"] == [4, 4]


def test_the_acts_read_a_bounded_number_of_statements_too(given, statements):
    """Per Kennisgeving a few inserts, and nothing that is read again for each."""
    per_size = []
    for size in (1, 11):
        id = given.matched([given.regel(f"Eiser {size}-{n}") for n in range(size)])
        with statements() as made:
            given.approve(id)
        per_size.append(len(made))
    assert (per_size[1] - per_size[0]) / 10 <= 10


def test_a_case_comes_with_all_that_belongs_to_it(given):
    id = many(given, 2)
    with given.session(given.actor) as session:
        case = dossier.load(session, id)
    assert (case.gemeente.naam, case.organisatie.naam, case.behandelaar.naam) == (
        "Utrecht", "Stadsbank Midden", "Anna de Boer",
    )  # fmt: skip
    assert [s.volgnummer for s in case.schulden] == [1, 2]
    assert case.schulden[0].partijen[0].schuldeiser.naam == "Eiser 00"
    assert case.toestemming is not None


def test_the_history_is_the_newest_first_and_the_oldest_is_the_beginning(given):
    id = many(given, 1)
    with given.session(given.actor) as session:
        entries = dossier.history(session, id)
    assert [entry.volgnummer for entry in entries] == list(range(len(entries), 0, -1))
    assert entries[-1].gebeurtenis == "PauzeverzoekStarted"


def test_messages_are_listed_newest_first_for_the_person(given, clock):
    from datetime import date

    id = given.taken()
    clock.set(date(2027, 2, 10))
    given.withdraw(id)
    with given.session(Actor.hulpvrager(id)) as session:
        kinds = [bericht.soort for bericht in dossier.berichten(session, id)]
    assert kinds == [BerichtSoort.INGETROKKEN, BerichtSoort.ONTVANGEN]


def test_to_another_organisatie_there_is_no_case(given):
    id = many(given, 1)
    with given.session(given.other_actor) as session:
        with pytest.raises(NotFound):
            dossier.load(session, id)
        for read in (dossier.kennisgevingen, dossier.berichten, dossier.history, dossier.aanvullingen):
            assert list(read(session, id)) == []


def test_staff_see_a_request_from_the_moment_it_is_filed(given, owner):
    """Not sooner, even if a concept bore the name of their organisatie."""
    concept, filed = given.concept(), given.submitted()
    owner.execute("UPDATE pauzeverzoek SET organisatie_id = %s WHERE id = %s", [given.organisatie_id, concept])
    with given.session(given.actor) as session:
        with pytest.raises(NotFound):
            dossier.load(session, concept)
        assert dossier.load(session, filed)


def test_landelijke_schuldeisers_are_seen_by_all_and_an_organisaties_own_by_itself(given):
    case = given.submitted()
    own = given.schuldeiser("Van ons", organisatie_id=given.organisatie_id)
    everybody = given.schuldeiser("Van allen")
    for actor in (given.actor, given.other_actor, Actor.bezoeker(), Actor.hulpvrager(case)):
        with given.session(actor) as session:
            seen = set(session.scalars(text("SELECT id FROM schuldeiser")))
        assert seen == ({own, everybody} if actor is given.actor else {everybody})


def test_a_duration_that_does_not_fit_is_shown_as_such_in_the_preview(given):
    id = given.matched([given.regel("Streng", max_maanden=4)])
    with given.session(given.actor) as session:
        case = dossier.load(session, id)
    (eiser,) = [partij.schuldeiser_id for partij in case.schulden[0].partijen]
    asked = {"start_on": clock.today(), "contactpersoon": "A", "today": clock.today(), "base_url": "x"}
    (fits,) = voorbeeld.preview(case, maanden={eiser: 4}, **asked)
    (too_long,) = voorbeeld.preview(case, maanden={eiser: 5}, **asked)
    assert fits.tekst is not None
    assert (too_long.tekst, too_long.feiten, too_long.maanden) == (None, None, 5)
