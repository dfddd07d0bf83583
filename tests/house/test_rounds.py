"""The rounds of the worker are known to whoever runs it."""

import re

from config.settings import ROOT
from portal.db.engine import Database
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import QUEUE_UPKEEP, make_app
from tests.conftest import ADRESSEN
from tests.workers import settings_for

NOWHERE = "postgresql+psycopg://portal@127.0.0.1:1/portal"


def test_the_documentation_names_every_round_of_the_worker_and_no_other() -> None:
    settings = settings_for(DATABASE_URL=NOWHERE)
    app = make_app(settings, Database(NOWHERE, ADRESSEN), Mailer(settings))
    rounds = {name for name, task in app.tasks.items() if task.queue == QUEUE_UPKEEP}
    section = (ROOT / "docs/verzending.md").read_text(encoding="utf-8").partition("\n## The worker\n")[2]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == rounds
