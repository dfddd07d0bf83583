"""Open a case from a mail file with the standard library alone: python lees_kennisgeving.py bericht.eml

Prints the facts of the Kennisgeving in it, as published in /schemas/kennisgeving/v1.json. Check it before you act:
`controle_url` says whether kenmerk and controlecode belong together.
"""

import json
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any


def read_kennisgeving(mail: bytes) -> dict[str, Any]:
    """The facts in the attachment kennisgeving.json. Raises LookupError when there is none of version 1."""
    for part in message_from_bytes(mail, policy=default).iter_attachments():
        if part.get_filename() == "kennisgeving.json":
            facts: dict[str, Any] = json.loads(part.get_payload(decode=True))
            if facts["versie"] == 1:
                return facts
    raise LookupError("no kennisgeving.json of version 1 in this mail")


if __name__ == "__main__":
    case = read_kennisgeving(Path(sys.argv[1]).read_bytes())
    own = [each["uw_kenmerk"] for each in case["verwijzingen"]]
    print(case["soort"], case["kenmerk"], "uw kenmerk:", own, "tot en met:", case["pauze"]["laatste_dag"])
