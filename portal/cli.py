"""The command `portal`. Each command imports what it needs when it runs, so all of them start quickly."""

import os
import sys

import click

from config import logging as portal_logging
from config.settings import ROOT, Settings, SettingsError
from portal import cli_audit, cli_ddas, cli_doctor, cli_inbound, cli_operator
from portal.lifeline import PARENT_VARIABLE, die_with
from portal.terminal import open_database, sentences

SETTINGS_EXIT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """The portal of the Landelijke Pauzeknop."""
    parent = os.environ.pop(PARENT_VARIABLE, None)
    if parent:
        die_with(int(parent))


def main() -> None:
    """Runs a command; settings that are wrong, and a failure that has a sentence, end without a traceback."""
    try:
        cli(prog_name="portal")
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(SETTINGS_EXIT)


@cli.command()
def run() -> None:
    """Start everything on this machine, for development."""
    settings = _development_settings()
    with sentences():
        from portal.dev.supervisor import Supervisor

        Supervisor(settings, os.environ).run()


@cli.command()
def web() -> None:
    """Serve pages (gunicorn). Any number of machines may do this."""
    settings = Settings.from_environ()  # says what is wrong before gunicorn starts
    if not settings.database_url:
        raise click.ClickException("DATABASE_URL is not set; `portal run` starts a database of its own.")
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "wsgi:app"])  # noqa: S606


@cli.command()
def worker() -> None:
    """Send what is to be sent. Any number of machines may do this."""
    settings = Settings.from_environ()
    portal_logging.configure(development=settings.is_development)
    with sentences(), open_database(settings) as settings:
        from portal.delivery.worker import run_worker

        run_worker(settings)


@cli.command(hidden=True)
@click.argument("fd", type=int)
def inbox(fd: int) -> None:
    """Receive mail on a socket that `portal run` opened."""
    import signal
    import socket

    settings = _development_settings()
    stop_signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop_signals)

    from portal.dev.inbox import Inbox

    with Inbox(settings.portal_instance / "postvak", listening=socket.socket(fileno=fd)):
        signal.sigwait(stop_signals)


@cli.command()
def migrate() -> None:
    """Bring the database up to this version of the portal."""
    settings = Settings.from_environ()
    with sentences(), open_database(settings) as settings:
        from portal.db.migrate import migrate as migrate_database

        migrate_database(settings.database_owner_url, settings.database_url)
    click.echo("The database is up to date.")


@cli.command()
def seed() -> None:
    """Fill an empty development database with the demonstration world."""
    with sentences(), open_database(_development_settings()) as settings:
        from portal.dev.seed import seed as seed_database

        seed_database(settings)
    click.echo("The demonstration world is there.")


@cli.command("demo-code")
@click.argument("email")
def demo_code(email: str) -> None:
    """Print the present sign-in code of a demonstration account."""
    with sentences(), open_database(_development_settings()) as settings:
        from portal.dev.seed import demo_code as present_code

        click.echo(present_code(settings, email))


@cli.group()
def keys() -> None:
    """The keys of personal data at rest."""


@keys.command()
def rotate() -> None:
    """Encrypt everything again with the first key of ENCRYPTION_KEYS."""
    with sentences(), open_database(Settings.from_environ()) as settings:
        from portal.actions.keys import rotate as rotate_keys
        from portal.process import start

        count = rotate_keys(start(settings))
    click.echo(f"{count} rows now use the first key.")


cli.add_command(cli_doctor.doctor)
cli.add_command(cli_audit.audit)
cli.add_command(cli_ddas.ddas)
cli.add_command(cli_inbound.inbound)
cli.add_command(cli_operator.organisatie)
cli.add_command(cli_operator.schuldeisers)
cli.add_command(cli_operator.api_client)
cli.add_command(cli_operator.sandbox)


@cli.command("settings")
@click.option("--markdown", is_flag=True, help="Print the table of docs/instellingen.md instead.")
def settings_command(markdown: bool) -> None:
    """Check the settings of this environment."""
    if markdown:
        from config.table import markdown_table

        click.echo(markdown_table(), nl=False)
        return
    Settings.from_environ()
    click.echo("The settings are complete.")


@cli.command("routes")
def routes_command() -> None:
    """Print the table of docs/toegang.md."""
    from portal import create_app
    from portal.web.routes import markdown_table

    environ = {"PORTAL_ENV": "development", "DATABASE_URL": "postgresql://nobody@localhost/none"}  # never opened
    providers = {
        f"{kind}_{name}": value
        for kind in ("DIGID", "STAFF_OIDC")
        for name, value in {"ISSUER": "https://broker.example", "CLIENT_ID": "portal", "CLIENT_SECRET": "none"}.items()
    }
    roles = {"STAFF_OIDC_ROLES": "schuldhulp=hulpverlener"}
    click.echo(markdown_table(create_app(Settings.from_environ(environ | providers | roles))), nl=False)


def _development_settings() -> Settings:
    """For commands that production must not know. Without DATABASE_URL there is no data to harm."""
    environ = dict(os.environ)
    if not environ.get("DATABASE_URL"):
        environ.setdefault("PORTAL_ENV", "development")
    if environ.get("PORTAL_ENV") != "development":
        raise click.ClickException("This command is for development only; it needs PORTAL_ENV=development.")
    return Settings.from_environ(environ)
