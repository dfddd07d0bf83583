"""Open cases from a mail file with the standard library alone: python lees_kennisgeving.py bericht.eml

Prints the facts of each Kennisgeving in it, as published in /schemas/kennisgeving/v1.json: one in an ordinary mail,
all of a day in a dagoverzicht. Check it before you act: `controle_url` says whether kenmerk and controlecode belong
together.
"""

import json
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile


def read_kennisgevingen(mail: bytes) -> list[dict[str, Any]]:
    """The facts of every Kennisgeving. Raises LookupError when there is none of version 1."""
    cases = [facts for facts in map(json.loads, json_files(mail)) if facts["versie"] == 1 and "bericht_id" in facts]
    if not cases:
        raise LookupError("no Kennisgeving of version 1 in this mail")
    return cases


def json_files(mail: bytes) -> Iterator[bytes]:
    for part in message_from_bytes(mail, policy=default).iter_attachments():
        name, content = part.get_filename() or "", part.get_payload(decode=True)
        if name == "kennisgeving.json":
            yield content
        elif name.startswith("dagoverzicht-"):
            with ZipFile(BytesIO(content)) as bundle:
                yield from (bundle.read(each) for each in bundle.namelist() if each.endswith(".json"))


if __name__ == "__main__":
    for case in read_kennisgevingen(Path(sys.argv[1]).read_bytes()):
        own = [each["uw_kenmerk"] for each in case["verwijzingen"]]
        print(case["soort"], case["kenmerk"], "uw kenmerk:", own, "tot en met:", case["pauze"]["laatste_dag"])
