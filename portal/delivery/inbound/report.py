"""Reports that have a form: non-delivery (RFC 3464), abuse (RFC 5965), read receipts (RFC 8098)."""

import re
from dataclasses import dataclass

from portal.delivery.inbound.mime import MAX_TEXT, Part, below, blocks, content, header, own_parts

DELIVERY = frozenset({"message/delivery-status", "message/global-delivery-status"})
ABUSE = "message/feedback-report"
READ = "message/disposition-notification"
RETURNED = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "message/partial"}
)

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-])")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
"""What a report says of one recipient, the most important first."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says of our recipient. `action` is empty when it does not say."""

    action: str
    code: str
    smtp: int | None
    diagnose: str
    ontvanger: str


def delivery(root: Part) -> Report | None:
    """The report on the recipient that fared worst: we send to one at a time, so others are of lists and forwards."""
    part = next((part for part in own_parts(root) if part.get_content_type() in DELIVERY), None)
    if part is None:
        return None
    found = [_of(block) for block in blocks(part) if header(block, "Action") or header(block, "Status")]
    return min(found, key=lambda report: _rank(report.action)) if found else None


def has(root: Part, kind: str) -> bool:
    """Whether one of its parts is of this kind."""
    return any(part.get_content_type() == kind for part in own_parts(root))


def returned(root: Part) -> list[Part]:
    """The headers of the mails that came back inside."""
    found: list[Part] = []
    for part in own_parts(root):
        if part.get_content_type() in RETURNED:
            found += below(part) or blocks(part)
    return found


def smtp_reply(text: str) -> int | None:
    """The first reply code that is no year, no part of an address and no enhanced code."""
    found = _REPLY.search(text)
    return int(found[1]) if found else None


def status(text: str) -> str:
    """The first enhanced status code of a failure."""
    return next((match[0] for match in STATUS.finditer(text) if match[1] in "45"), "")


def _of(block: Part) -> Report:
    diagnose = header(block, "Diagnostic-Code").partition(";")[2].strip() or header(block, "Diagnostic-Code")
    code = STATUS.search(header(block, "Status"))
    said = status(diagnose)
    given = code[0] if code else ""
    return Report(
        action=header(block, "Action").split(" ")[0].strip().lower(),
        code=said if said and given.endswith(".0.0") else given or said,
        smtp=smtp_reply(diagnose),
        diagnose=diagnose,
        ontvanger=_address(header(block, "Original-Recipient") or header(block, "Final-Recipient")),
    )


def _address(field: str) -> str:
    """'rfc822; a@b.example' is 'a@b.example'."""
    return field.rpartition(";")[2].strip().strip("<>").lower()


def _rank(action: str) -> int:
    return _ACTIONS.index(action) if action in _ACTIONS else len(_ACTIONS)


def whole_text(root: Part) -> str:
    """Everything that is text in it, for reports of which the form is the sender's own."""
    texts = (content(part) for part in own_parts(root) if part.get_content_maintype() == "text")
    return "\n".join(text[:MAX_TEXT] for text in texts)
