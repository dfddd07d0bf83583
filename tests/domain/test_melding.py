"""When post was written, against the days of the pause."""

from datetime import date

import pytest

from portal.domain.melding import Post, Postmoment, Postsoort

START, END = date(2027, 2, 1), date(2027, 6, 1)


@pytest.mark.parametrize(
    ("gedateerd_on", "moment"),
    [
        (None, Postmoment.ONBEKEND),
        (date(2027, 1, 31), Postmoment.VOOR),
        (START, Postmoment.TIJDENS),
        (END, Postmoment.TIJDENS),
        (date(2027, 6, 2), Postmoment.NA),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_pause(gedateerd_on, moment):
    post = Post(afzender="Incasso", wat=Postsoort.BRIEF, gedateerd_on=gedateerd_on, tekst="")
    assert post.moment(START, END) is moment
