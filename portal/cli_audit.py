"""The commands about the audit trail and its proofs. `check` needs nothing but its file."""

from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

if TYPE_CHECKING:
    from portal.domain.bewijscontrole import Uitkomst

KOPPEN = click.option(
    "--koppen", type=click.File(encoding="utf-8"), help="A page of koppen, or its JSON, that somebody kept."
)


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@KOPPEN
def verify(koppen: TextIO | None) -> None:
    """Check every audit entry, every kop and every message; exit code 1 names the first that is broken."""
    from config.settings import Settings
    from portal.process import start
    from portal.queries.audit import verify as verify_all
    from portal.terminal import open_database, sentences

    published = koppen.read() if koppen else None
    with sentences(), open_database(Settings.from_environ()) as settings:
        report = verify_all(start(settings), published)
    click.echo(f"{report.entries} entries in {report.chains} chains are in order.")
    if not report.ok:
        raise click.ClickException(f"The audit trail is broken: {report.broken}.")


@audit.command()
@click.argument("file", type=click.File("rb"))
@KOPPEN
def check(file: BinaryIO, koppen: TextIO | None) -> None:
    """Check a bewijsdossier, with the file alone; exit code 1 names the first thing that is broken."""
    from portal.domain.bewijscontrole import check as check_file
    from portal.domain.bewijsdossier import Gebroken

    try:
        found = check_file(file.read(), koppen.read() if koppen else None)
    except Gebroken as error:
        raise click.ClickException(f"The proof is broken: {error}.") from error
    click.echo("\n".join(_told(found, compared=koppen is not None)))


def _told(found: "Uitkomst", *, compared: bool) -> list[str]:
    counted = f"{found.gebeurtenissen} entries, {found.berichten} messages, {found.bestanden} files"
    lines = [f"The proof of {found.kenmerk} holds: {counted}, as the chain tells of them."]
    lines += [f"{name} was made again: the chain proves its words, not its bytes." for name in found.opnieuw]
    lines += [f"The {name} is not in this file; the chain has its hash." for name in found.elders]
    if found.dag is None:
        return [*lines, "No day is closed over it yet: the proof rests on this file alone."]
    lines.append(f"The kop of {found.dag} reaches entry {found.tot_en_met} of {found.gebeurtenissen}.")
    if compared:
        return [*lines, f"All {len(found.koppen)} koppen are in the published list."]
    return [*lines, "Compare with the published list (--koppen):", *found.koppen]
