"""The words by which mail programs and people say what a mail is, in Dutch and English.

Assumption: collected from how the common mail systems word their reports. In doubt nothing matches, and somebody reads
the mail.
"""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


VOL = _any(
    r"(mailbox|inbox|mail ?box|postvak|account)[^.\n]{0,40}\b(is|zit|are)?\s*(full|vol)\b",
    r"over ?quota|quota (is )?(exceeded|full)|exceed\w*[^.\n]{0,30}(quota|storage)|insufficient (system )?storage",
    r"out of storage|opslaglimiet|niet genoeg ruimte|not enough (disk )?space",
)

GEBLOKKEERD = _any(
    r"\b(black|block|deny) ?list|\bspam\b|\bSPF\b|\bDKIM\b|\bDMARC\b|reputation|reputatie",
    r"(blocked|rejected|refused|denied)[^.\n]{0,40}(policy|content|security)|(policy|security)[^.\n]{0,30}(reject|violat)",
    r"\bblocked (by|using|because)|geblokkeerd|niet toegestaan om te (mailen|verzenden)",
    r"not (authenticated|allowed) to send",
)

VERTRAAGD = _any(
    r"\bdelay(ed)?\b|\bvertraagd\b|vertraging",
    r"(will|zal)[^.\n]{0,40}(keep trying|continue to try|be retried|opnieuw)|still being (retried|attempted)",
    r"warning: (message|could not send)|no action is required on your part|do not need to resend",
)

ONBESTELBAAR = _any(
    r"undeliver(able|ed)|un?deliverable|onbestelbaar|niet bezorgd|kon niet worden (bezorgd|afgeleverd)|non[- ]delivery",
    r"delivery (status notification|has failed|failure|failed)|returned (mail|to sender)|mail delivery (failed|system)",
    r"failure notice|message (could not|cannot) be delivered|(wasn't|was not|couldn't be|could not be) delivered",
    r"address (not found|couldn't be found|rejected)|user unknown|unknown (user|recipient)|no such (user|mailbox)",
    r"(recipient|mailbox)[^.\n]{0,30}(not found|unavailable|does ?n[o']t exist)|host (or domain name )?not found",
)

AFWEZIG = _any(
    r"out of (the )?office|\bon (annual )?(leave|holiday|vacation)|away from (the|my) (office|desk)|\bvacation\b",
    r"afwezig|niet aanwezig|met vakantie|op vakantie|met (zwangerschaps)?verlof|niet op kantoor|buiten kantoor",
    r"(ben|zijn)[^.\n]{0,30}weer (bereikbaar|aanwezig|terug)|limited access to (my )?e-?mail|tijdens mijn afwezigheid",
)

GESLOTEN = _any(
    r"(e-?mail ?adres|mail ?adres|postvak|mailbox|inbox)[^.\n]{0,60}(niet (meer )?(in gebruik|gebruikt|gelezen|actief)"
    r"|gesloten|opgeheven|vervallen|buiten gebruik|niet (meer )?gemonitord)",
    r"(mailbox|e-?mail address|inbox)[^.\n]{0,60}((no longer|not) (in use|used|monitored|active|read)|unmonitored"
    r"|(is|has been) (closed|discontinued|retired))",
    r"(gebruik|vul)[^.\n]{0,40}(ons|het|dit)\s+(online |web|contact)?\s?-?formulier",
    r"via (ons|het) (online |web|contact)?-?formulier",
    r"(please )?use our (online |web|contact) ?form|wij nemen (uw )?e-?mails? niet (meer )?(aan|in behandeling)",
    r"kunt? (u )?niet (op deze e-?mail )?(antwoorden|beantwoorden)",
    r"worden niet (gelezen|beantwoord|in behandeling genomen)",
)

ONTVANGEN = _any(
    r"(bericht|e-?mail|mail|vraag|verzoek|aanvraag)[^.\n]{0,40}(is|hebben wij|is goed|in goede orde|goed)?\s?ontvangen",
    r"(ontvangst|receipt)[^.\n]{0,20}(bevestig|confirm)|bedankt voor (uw|je) (bericht|e-?mail|mail)|ticket|zaaknummer",
    r"(received|thank you for) (your|contacting)|we (aim|strive) to (reply|respond)",
    r"wij (streven|reageren)[^.\n]{0,40}werkdagen",
)

INHOUDELIJK = _any(
    r"\bpauze\b|opgeschort|toegepast|geen klant|niet bekend|onbekend|overgedragen|gerechtsdeurwaarder|incassobureau",
    r"betalingsregeling|vordering|medewerking|akkoord|niet akkoord",
)
"""Words of an answer: an automatic mail that has them is read all the same."""

AUTOMATISCH_ONDERWERP = re.compile(
    r"\s*(automati(c|sch)[^\W\d_]* (reply|response|antwoord|bericht)|auto(mated)?[- ]?(reply|response|antwoord)"
    r"|out of (the )?office|afwezig|niet aanwezig|ooo\b)",
    re.IGNORECASE,
)

ONDERWERP_TERUG = _any(
    r"^\s*(undeliver|onbestelbaar|delivery status notification|failure notice|returned mail|mail delivery"
    r"|delivery (failure|has failed|delayed)|non[- ]delivery|warning: message|niet bezorgd|vertraagd|delayed)"
)

DAEMON = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "maildaemon", "mdaemon", "mail-delivery-subsystem"})
"""Local parts that mail programs use when they report."""

NOREPLY = re.compile(r"^(no|do-?not|geen|niet)[-_.]?(reply|antwoord\w*|reageren)", re.IGNORECASE)

QUOTED = re.compile(
    r"^[ \t]*(>|-{2,}[ \t]*(oorspronkelijk|original|doorgestuurd|forwarded|begin|below)|_{10,}"
    r"|(op|on)\b.{5,120}(schreef|wrote)\b.*:\s*$|(van|from):\s.+@)",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the quoted mail begins."""
