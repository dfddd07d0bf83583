"""Whether this machine can read letters on photos: the check of `portal doctor letters`."""

from collections.abc import Iterator

from portal.beeld import lezen
from portal.delivery.doctor.finding import Finding, right, unseen


def examine() -> Iterator[Finding]:
    """Not to have it is no fault: a hulpverlener reads the photo."""
    try:
        found = lezen.reader()
    except lezen.NuNietTeLezen:
        yield unseen("Letters", f"Tesseract is here, and did not say its languages in {lezen.ASK_SECONDS} s.")
        return
    if found is None:
        yield unseen(
            "Letters",
            f"Tesseract with Dutch ({lezen.TAAL}) is not here: photos are kept, and nothing is proposed from them. "
            "Debian: apt-get install tesseract-ocr tesseract-ocr-nld, then start the workers again.",
        )
    else:
        yield right(
            "Letters", f"{found} reads Dutch. Each worker needs it; what waits unread for a decision is read at night."
        )
