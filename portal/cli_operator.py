"""The commands of the operator about organisaties, staff and the directory. Each imports what it needs when it runs."""

from datetime import datetime
from typing import TextIO
from uuid import UUID

import click

from portal.domain.roles import Actor, Role
from portal.terminal import acting


@click.group()
def organisatie() -> None:
    """Organisaties, the gemeenten they work for, and their staff."""


@organisatie.command("add")
@click.argument("naam")
@click.option("--telefoon", required=True)
@click.option("--email", required=True, help="The team's mailbox: replies of schuldeisers go there.")
@click.option("--postadres", required=True, help="One line, parts divided by commas.")
def organisatie_add(naam: str, telefoon: str, email: str, postadres: str) -> None:
    """Add an organisatie."""
    from portal.actions.organisatie import add_organisatie

    with acting() as session:
        lines = "\n".join(part.strip() for part in postadres.split(","))
        add_organisatie(session, naam=naam, telefoon=telefoon, email=email, postadres=lines)
    click.echo(f"{naam} is there.")


@organisatie.command("deelname")
@click.argument("naam")
@click.argument("gemeente")
@click.option("--vanaf", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First day, as 2027-01-01.")
def organisatie_deelname(naam: str, gemeente: str, vanaf: datetime) -> None:
    """From a day on, let organisatie NAAM take the requests of a GEMEENTE (CBS code, such as GM0344)."""
    from portal.actions.organisatie import start_deelname

    with acting() as session:
        start_deelname(session, organisatie=naam, gemeente=gemeente, vanaf=vanaf.date())
    click.echo(f"{naam} takes the requests of {gemeente} from {vanaf.date()}.")


@organisatie.command("medewerker")
@click.argument("naam")
@click.argument("email")
@click.option("--organisatie", help="Left out for a landelijk beheerder only.")
@click.option("--rol", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
def organisatie_medewerker(naam: str, email: str, organisatie: str | None, roles: tuple[str, ...]) -> None:
    """Add a member of staff and print the first password."""
    from portal.actions.organisatie import add_medewerker

    with acting() as session:
        password = add_medewerker(
            session, organisatie=organisatie, naam=naam, email=email, roles=frozenset(map(Role, roles))
        )
    click.echo(f"{email} signs in with: {password}")


@organisatie.command("herstel")
@click.argument("email")
def organisatie_herstel(email: str) -> None:
    """Give who lost password or phone a new first password, and take the code app off."""
    from portal.actions.organisatie import restore_access
    from portal.queries.organisatie import by_email

    with acting() as session:
        password = restore_access(session, by_email(session, email).id)
    click.echo(f"{email} signs in with: {password}")


@organisatie.command("uitzetten")
@click.argument("email")
def organisatie_uitzetten(email: str) -> None:
    """End the account of a member of staff who left."""
    from portal.actions.organisatie import deactivate
    from portal.queries.organisatie import by_email

    with acting() as session:
        deactivate(session, Actor.systeem(), by_email(session, email).id)
    click.echo(f"{email} can no longer sign in.")


@click.group()
def schuldeisers() -> None:
    """The landelijke directory."""


@schuldeisers.command("import")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
def schuldeisers_import(file: TextIO, dry_run: bool) -> None:
    """Add and change landelijke entries by the lines of a CSV FILE; the columns stand in docs/beheer.md."""
    from portal.actions.directory_file import read_regels
    from portal.actions.directory_import import counts, import_directory, preview
    from portal.domain.errors import OngeldigBestand

    try:
        regels = read_regels(file)
        with acting() as session:
            act = preview if dry_run else import_directory
            outcomes = act(session, Actor.systeem(), regels)
    except OngeldigBestand as error:
        raise click.ClickException("\n".join(["Nothing was changed.", *error.zinnen])) from error
    for outcome in outcomes:
        click.echo(f"Line {outcome.regel.number}: {outcome.regel.naam}: {outcome.gevolg}")
        for name, was in sorted(outcome.was.items()):
            click.echo(f"    {name}: {was} -> {outcome.changes[name]}")
    summary = ", ".join(f"{number} {gevolg}" for gevolg, number in counts(outcomes).items())
    click.echo(f"{summary}.{' Nothing was changed: this was a dry run.' if dry_run else ''}")


@schuldeisers.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=False))
def schuldeisers_export(file: TextIO) -> None:
    """Write the landelijke entries to a CSV FILE, as `import` reads it."""
    from portal.actions.directory_file import write_regels
    from portal.queries.directory import companies

    with acting() as session:
        file.write(write_regels(companies(session)))


@click.group("api-client")
def api_client() -> None:
    """The machines of schuldeisers that may call the API."""


@api_client.command("add")
@click.argument("schuldeiser")
@click.argument("naam")
def api_client_add(schuldeiser: str, naam: str) -> None:
    """Let a client called NAAM speak for a landelijke SCHULDEISER, and print its secret, this once."""
    from portal.actions.api_toegang import add_client
    from portal.queries.directory import landelijk

    with acting() as session:
        client_id, geheim = add_client(session, Actor.systeem(), landelijk(session, schuldeiser).id, naam)
    click.echo(f"client_id: {client_id}")
    click.echo(f"client_secret: {geheim}")


@api_client.command("list")
def api_client_list() -> None:
    """Print every client: its id, schuldeiser and name, when it was last used, and whether it was revoked."""
    from portal.queries.api import clients

    with acting() as session:
        for client in clients(session):
            revoked = f", revoked {client.revoked_at:%Y-%m-%d}" if client.revoked_at else ""
            used = f"last used {client.last_used_at:%Y-%m-%d}" if client.last_used_at else "never used"
            click.echo(f"{client.id} {client.schuldeiser.naam}: {client.naam}, {used}{revoked}")


@api_client.command("revoke")
@click.argument("client_id", type=click.UUID)
def api_client_revoke(client_id: UUID) -> None:
    """Shut a client out at once, with every token that it has."""
    from portal.actions.api_toegang import revoke_client

    with acting() as session:
        revoke_client(session, Actor.systeem(), client_id)
    click.echo(f"{client_id} no longer comes in.")


@click.command()
@click.argument("naam")
def sandbox(naam: str) -> None:
    """Give the sandbox of schuldeiser NAAM a fresh set of cases about nobody; made when it is not there yet."""
    from portal.actions.zandbak import refresh

    with acting() as session:
        client_id, geheim = refresh(session, naam)
    click.echo(f"client_id: {client_id}")
    click.echo(f"client_secret: {geheim or 'as printed before'}")
