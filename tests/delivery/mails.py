"""Mails as they come back, made from nothing: each builder gives the bytes that one kind of mail system would send."""

from email.message import EmailMessage
from email.policy import SMTP

TOKEN = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
BOUNCE_TO = f"bounce+{TOKEN}@bounce.pauzeknop.example"
MESSAGE_ID = "<5f0e3c1a-9d2b-5c77-8a10-0c9e55d1a001@pauzeknop.example>"
KENMERK = "PK-H4X-9TQ-27Q"
AT = "pauze@schuldeiser.example"

ORIGINAL = f"""\
From: Stadsbank Midden <portaal@pauzeknop.example>
To: {AT}
Subject: Kennisgeving {KENMERK}
Message-ID: {MESSAGE_ID}
Auto-Submitted: auto-generated

Wij vragen u om een pauze.
"""


def mail(
    text: str, *, subject: str = f"Re: Kennisgeving {KENMERK}", sender: str = AT, to: str = BOUNCE_TO, **headers: str
) -> bytes:
    """A plain mail. Extra headers as keywords, underscores for dashes."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = "<kenmerkloos.1@schuldeiser.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def dsn(
    status: str,
    action: str = "failed",
    *,
    said: str = "smtp; 550 5.1.1 <pauze@schuldeiser.example>: User unknown",
    to: str = BOUNCE_TO,
    original: str | None = ORIGINAL,
    recipient: str = AT,
    text: str = "This is the mail system at host mx.example.",
) -> bytes:
    """A report in the form of RFC 3464: words, fields, and the headers of what came back."""
    fields = f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
    fields += f"Diagnostic-Code: {said}\n" if said else ""
    parts = [
        ("text/plain; charset=us-ascii", text),
        ("message/delivery-status", f"Reporting-MTA: dns; mx.example\n\n{fields}"),
    ]
    if original is not None:
        parts.append(("text/rfc822-headers", original.split("\n\n", 1)[0] + "\n"))
    return report("delivery-status", parts, to=to)


def report(kind: str, parts: list[tuple[str, str]], *, to: str = BOUNCE_TO, subject: str = "Undelivered Mail") -> bytes:
    """A multipart/report of this kind with these parts."""
    head = (
        f"From: MAILER-DAEMON@mx.example (Mail Delivery System)\nTo: {to}\nSubject: {subject}\n"
        f"Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="grens"\n\n'
    )
    body = "".join(f"--grens\nContent-Type: {type}\n\n{text}\n" for type, text in parts)
    return f"{head}{body}--grens--\n".encode()


def abuse() -> bytes:
    """RFC 5965."""
    fields = "Feedback-Type: abuse\nUser-Agent: Klacht/1.0\nVersion: 1\n"
    return report(
        "feedback-report",
        [
            ("text/plain", "This is an email abuse report."),
            ("message/feedback-report", fields),
            ("message/rfc822", ORIGINAL),
        ],
        subject="FW: Kennisgeving",
    )


def receipt() -> bytes:
    """RFC 8098."""
    fields = (
        f"Final-Recipient: rfc822; {AT}\nOriginal-Message-ID: {MESSAGE_ID}\nDisposition: manual-action/x; displayed\n"
    )
    return report(
        "disposition-notification",
        [("text/plain", "Uw bericht is gelezen."), ("message/disposition-notification", fields)],
        subject="Gelezen: Kennisgeving",
    )


def qmail() -> bytes:
    text = (
        "Hi. This is the qmail-send program at mx.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{AT}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <{BOUNCE_TO}>\n{ORIGINAL}"
    )
    return mail(text, subject="failure notice", sender="MAILER-DAEMON@mx.example")


def exim() -> bytes:
    text = (
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. "
        f"The following address(es) failed:\n\n  {AT}\n    Unrouteable address\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{ORIGINAL}"
    )
    return mail(
        text,
        subject="Mail delivery failed: returning message to sender",
        sender="Mail Delivery System <Mailer-Daemon@mx.example>",
        X_Failed_Recipients=AT,
    )


def exchange_text() -> bytes:
    """Old Exchange in Dutch, without a form."""
    text = (
        "Uw bericht is niet bezorgd aan sommige of alle geadresseerden.\n\n"
        f"      Onderwerp: Kennisgeving {KENMERK}\n\nDe volgende geadresseerde(n) konden niet worden bereikt:\n\n"
        f"      {AT}\n      Het e-mailadres bestaat niet.\n"
        "      <mx.example #5.1.1 smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound>\n"
    )
    return mail(text, subject="Onbestelbaar: Kennisgeving", sender="postmaster@schuldeiser.example")


def gmail() -> bytes:
    text = (
        "** Address not found **\n\nYour message wasn't delivered to pauze@schuldeiser.example because the address "
        "couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n"
        "550 5.1.1 The email account that you tried to reach does not exist.\n"
    )
    return mail(
        text,
        subject="Delivery Status Notification (Failure)",
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        X_Failed_Recipients=AT,
    )


def postfix_text() -> bytes:
    """A Postfix report of which a gateway took the form away."""
    text = (
        "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n"
        f"<{AT}>: host mx.example[192.0.2.25] said: 552 5.2.2 mailbox full\n    (in reply to RCPT TO command)\n"
    )
    return mail(text, subject="Undelivered Mail Returned to Sender", sender="MAILER-DAEMON@mx.example")


def html(text: str, **headers: str) -> bytes:
    """A mail with HTML only."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = AT, BOUNCE_TO, headers.pop("subject", "Re: Kennisgeving")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(f"<html><style>p {{color: red}}</style><body><p>{text}</p></body></html>", subtype="html")
    return made.as_bytes()


def nested(depth: int) -> bytes:
    """Multiparts inside each other."""
    head = f"From: {AT}\nTo: {BOUNCE_TO}\nSubject: diep\nMIME-Version: 1.0\n"
    inside = "".join(f'Content-Type: multipart/mixed; boundary="g{at}"\n\n--g{at}\n' for at in range(depth))
    return (head + inside + "Content-Type: text/plain\n\nheel diep\n").encode()
