"""Read a mailbox over IMAP: each mail is kept first and only then marked, so that none is lost half-way."""

import io
import ssl
from imaplib import IMAP4

from imap_tools import AND, MailBox, MailboxFolderSelectError, MailboxLoginError, MailMessageFlags

from config.settings import Settings
from portal.actions.inkomend import Ontvangen
from portal.db.engine import Database
from portal.delivery.inbound import intake
from portal.delivery.inbound.reader import Envelop
from portal.problem import ProblemError


class MailboxNotUsable(ProblemError):
    """The mailbox cannot be read."""


def read_mailbox(settings: Settings, database: Database) -> int:
    """Keep every unread mail of the folder. Returns how many. Raises MailboxNotUsable."""
    try:
        with _open(settings) as box:
            uids = box.uids(AND(seen=False))
            for uid in uids:
                intake.receive(database, settings, _fetch(box, uid, settings.inbound_max_bytes))
                _put_away(box, uid, settings.inbound_imap_done_folder)
            return len(uids)
    except MailboxLoginError as error:
        raise MailboxNotUsable("The mailbox refuses INBOUND_IMAP_USERNAME or INBOUND_IMAP_PASSWORD.") from error
    except MailboxFolderSelectError as error:
        raise MailboxNotUsable("The mailbox has no folder INBOUND_IMAP_FOLDER.") from error
    except (OSError, IMAP4.error) as error:
        raise MailboxNotUsable(f"The mailbox cannot be reached: {type(error).__name__}.") from error


def _open(settings: Settings) -> MailBox:
    box = MailBox(
        settings.inbound_imap_host,
        settings.inbound_imap_port,
        timeout=settings.mail_timeout_seconds,
        ssl_context=ssl.create_default_context(),
    )
    try:
        return box.login(
            settings.inbound_imap_username, settings.inbound_imap_password, initial_folder=settings.inbound_imap_folder
        )
    except Exception:
        box.client.shutdown()  # it closes only what was signed in to
        raise


def _fetch(box: MailBox, uid: str, limit: int) -> Ontvangen:
    """One mail as it lies there, without marking it as read. There is no envelope any more: its headers must do."""
    _, answer = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")
    return intake.take(io.BytesIO(raw), Envelop(), limit)


def _put_away(box: MailBox, uid: str, folder: str) -> None:
    box.flag(uid, MailMessageFlags.SEEN, True)
    if folder:
        box.move(uid, folder)
