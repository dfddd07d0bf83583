"""The state machines as diagrams: `.venv/bin/python -m tests.house.statussen > docs/statussen.md`."""

from collections.abc import Iterator

from portal.domain.status import GEGEVEN, MOVES, OPEN, VERZENDING, Antwoord, Status, Verzendstatus

HEAD = """\
# The statuses

Made from the tables in `portal/domain/status.py` by `python -m tests.house.statussen`; a test compares the two.
What each word means: `docs/woordenlijst.md`.

"""


def markdown() -> str:
    return HEAD + "\n".join((*_pauzeverzoek(), "", *_table(), "", *_verzending(), "", *_antwoord())) + "\n"


def _pauzeverzoek() -> Iterator[str]:
    yield from ("## Pauzeverzoek", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {Status.CONCEPT}")
    for move, table in MOVES.items():
        yield from (f"    {before} --> {after}: {move}" for before, after in table.items())
    yield from (f"    {status} --> [*]" for status in Status if _is_final(status))
    yield "```"
    yield ""
    yield (
        "Somebody of the gemeente has to decide in: "
        + ", ".join(f"`{status}`" for status in Status if status in OPEN)
        + "."
    )


def _table() -> Iterator[str]:
    yield "| From | " + " | ".join(f"`{move}`" for move in MOVES) + " |"
    yield "|---" * (len(MOVES) + 1) + "|"
    for status in Status:
        cells = (f"`{table[status]}`" if status in table else "" for table in MOVES.values())
        yield f"| `{status}` | " + " | ".join(cells) + " |"


def _verzending() -> Iterator[str]:
    yield from ("## Kennisgeving and bericht, on their way out", "", "```mermaid", "stateDiagram-v2")
    yield f"    [*] --> {Verzendstatus.KLAAR}"
    for before, afters in VERZENDING.items():
        yield from (f"    {before} --> {after}" for after in Verzendstatus if after in afters)
    yield "```"


def _antwoord() -> Iterator[str]:
    given = [antwoord for antwoord in Antwoord if antwoord in GEGEVEN]
    yield from ("## The answer to a Kennisgeving", "", "```mermaid", "stateDiagram-v2", "    state gegeven {")
    yield from (f"        {antwoord}" for antwoord in given)
    yield from ("    }", f"    [*] --> {Antwoord.GEEN_REACTIE}", f"    {Antwoord.GEEN_REACTIE} --> gegeven: answer")
    yield from ("    gegeven --> gegeven: answer anew, until the pause ends", "```")


def _is_final(status: Status) -> bool:
    return not any(status in table for table in MOVES.values())


if __name__ == "__main__":
    print(markdown(), end="")
