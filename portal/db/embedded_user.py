"""What the operating system asks of the embedded PostgreSQL: a user, not root, and a private folder."""

import hashlib
import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import Any

from portal.problem import ProblemError

OS_USER = "embedded_postgres"  # PostgreSQL refuses to run as root
SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_MAX = 100  # bytes; sun_path holds 104 on macOS and 108 on Linux


class EmbeddedPostgresError(ProblemError):
    """One sentence that says why there is no server."""


def unprivileged_user() -> dict[str, Any]:
    """Arguments for subprocess. The user is made when it does not exist yet. Call as root only."""
    try:
        entry = pwd.getpwnam(OS_USER)
    except KeyError:
        entry = _make_user()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OS_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedPostgresError(
            f"PostgreSQL refuses root and the user {OS_USER} could not be made; start as an ordinary user."
        ) from error
    return pwd.getpwnam(OS_USER)


def environment() -> dict[str, str]:
    """Without PGDATA, PGPORT and the like, which would change the server's own defaults."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def socket_folder(data_folder: Path) -> Path:
    """The data folder itself, private as it is; one in /tmp for a path too long or with libpq's separator."""
    if len(os.fsencode(data_folder / SOCKET_NAME)) <= _SOCKET_PATH_MAX and "," not in str(data_folder):
        return data_folder
    return Path("/tmp") / f"pauzeknop-{hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:16]}"  # noqa: S108


def private_folder(folder: Path, user: dict[str, Any]) -> None:
    """Makes a folder that only the server's user enters, and refuses one that somebody else put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), user.get("user")}:
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else; remove it.")
    folder.chmod(0o700)
    hand_over(folder, user)


def let_through(folder: Path) -> None:
    """Lets the other user pass through this folder and those above: passing only, not listing."""
    for parent in (folder, *folder.parents):
        _add_mode(parent, stat.S_IXOTH)


def make_readable(programs: Path) -> None:
    """An installation under a strict umask is closed to the other user: opens the programs, nothing else."""
    if programs.stat().st_mode & stat.S_IROTH:
        return
    for path in (programs, *programs.rglob("*")):
        runnable = path.stat().st_mode & stat.S_IXUSR
        _add_mode(path, stat.S_IROTH | (stat.S_IXOTH if runnable else 0))


def hand_over(folder: Path, user: dict[str, Any]) -> None:
    """Gives a folder with all that is in it to the server's user, if it is not his yet."""
    if not user or not folder.exists() or folder.stat().st_uid == user["user"]:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user["user"], user["group"], follow_symlinks=False)


def _add_mode(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)
