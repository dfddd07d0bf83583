"""The command that takes mail in. A mail server starts it for each mail, so it says nothing and never loses one."""

import json
import logging
import sys
from typing import Any

import click

from config import logging as portal_logging
from config.settings import Settings, SettingsError
from portal.problem import ProblemError
from portal.terminal import open_database

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again."""


_log = logging.getLogger(__name__)


class _NeverRefuses(click.Command):
    """Whatever goes wrong, wrong words on the command line too, the mail server is asked to try again: any other code
    would make it throw the mail away or send it back.
    """

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            error.show()
            raise click.exceptions.Exit(TRY_AGAIN) from error

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SettingsError, ProblemError, click.UsageError) as error:
            click.echo(error, err=True)
        except Exception:
            _log.exception("A mail was not kept")
        raise click.exceptions.Exit(TRY_AGAIN)


@click.command(cls=_NeverRefuses)
@click.option("--recipient", default="", help="The envelope recipient: bounce+TOKEN@...")
@click.option("--sender", default="", help="The envelope sender.")
@click.option("--explain", is_flag=True, help="Change nothing; print as JSON what was understood.")
@click.option("--imap", is_flag=True, help="Read the mailbox of INBOUND_IMAP_HOST instead of standard input.")
def inbound(recipient: str, sender: str, explain: bool, imap: bool) -> None:
    """Keep one mail from standard input. Exit code 0: it is kept; 75: try again."""
    if imap and explain:
        raise click.UsageError("--imap and --explain do not go together: the mails of a mailbox are kept.")
    settings = Settings.from_environ()
    portal_logging.configure(development=settings.is_development)
    with open_database(settings) as opened:
        from portal.delivery.inbound import intake, mailbox
        from portal.delivery.inbound.reader import Envelop
        from portal.process import start

        database = start(opened)
        try:
            if imap:
                click.echo(f"{mailbox.read_mailbox(opened, database)} mails kept.")
                return
            envelop = Envelop(ontvanger=_plain(recipient), afzender=_plain(sender))
            ontvangen = intake.take(sys.stdin.buffer, envelop, opened.inbound_max_bytes)
            if explain:
                click.echo(json.dumps(intake.explanation(database, opened, ontvangen), indent=2, ensure_ascii=False))
            else:
                intake.receive(database, opened, ontvangen)
        finally:
            database.dispose()


def _plain(argument: str) -> str:
    """An argument may hold bytes that are no text."""
    return argument.encode("utf-8", "replace").decode()
