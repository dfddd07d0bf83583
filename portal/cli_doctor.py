"""The commands that look for what is wrong outside the portal."""

import click

from config.settings import Settings


@click.group()
def doctor() -> None:
    """Look for what is wrong outside the portal."""


@doctor.command("mail")
@click.option("--resolver", default="", help="Name server to ask, as ADDRESS or ADDRESS#PORT; else the system's.")
def doctor_mail(resolver: str) -> None:
    """Check what receivers of our mail look at: SPF, DKIM, DMARC, DANE, STARTTLS. Exit code 1: something is wrong."""
    settings = Settings.from_environ()
    from portal.delivery.doctor.finding import Verdict
    from portal.delivery.doctor.lookup import Lookup
    from portal.delivery.doctor.mail import examine

    wrong = 0
    for finding in examine(settings, Lookup(resolver)):
        click.echo(finding)
        wrong += finding.verdict is Verdict.WRONG
    if wrong:
        raise click.ClickException(f"{wrong} to mend.")


@doctor.command("letters")
def doctor_letters() -> None:
    """Check whether this machine can read letters on photos. Never exit code 1: it can do without."""
    from portal.delivery.doctor.lezen import examine

    for finding in examine():
        click.echo(finding)
