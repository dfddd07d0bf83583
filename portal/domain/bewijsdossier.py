"""The file in which the proof of a dossier is handed out: a zip archive of which every byte is fixed by its content.

Nothing is compressed, nothing has a time, and the order is that of the names; so the same files give the same archive,
and an archive with one changed byte is not what its own files give. `docs/bewijs.md` describes it byte by byte.
Standard library only.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

SUMS = "SHA256SUMS"
"""All other files with their hashes, in the form of the command `sha256sum`. Its own hash is the archive's comment."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")

_VERSION, _UTF8, _MIDNIGHT_1980 = 20, 0x800, 0x21


class Gebroken(Exception):
    """The proof does not hold; the text says what is broken first, in English, for the command line."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files and of the list of their hashes."""
    sums = _sums(files)
    whole = {**{name: files[name] for name in sorted(files)}, SUMS: sums}
    body, directory = bytearray(), bytearray()
    for name, content in whole.items():
        raw = name.encode()
        about = (_VERSION, _UTF8, 0, 0, _MIDNIGHT_1980, zlib.crc32(content), len(content), len(content), len(raw), 0)
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, *about, 0, 0, 0, 0, len(body)) + raw
        body += _LOCAL.pack(b"PK\x03\x04", *about) + raw + content
    comment = hashlib.sha256(sums).hexdigest().encode()
    end = _END.pack(b"PK\x05\x06", 0, 0, len(whole), len(whole), len(directory), len(body), len(comment))
    return bytes(body + directory + end + comment)


def unpack(archive: bytes) -> dict[str, bytes]:
    """The files of an archive, the list of hashes left out. Raises Gebroken unless it is exactly what `pack` makes."""
    files = _read(archive)
    sums = files.pop(SUMS, None)
    if sums is None:
        raise Gebroken(f"{SUMS} is missing")
    for name, content in files.items():
        if _line(name, content) not in sums.decode("utf-8", "replace").splitlines():
            raise Gebroken(f"{name} is not what {SUMS} says")
    if pack(files) != archive:
        raise Gebroken("the archive is not the one that its files give")
    return files


def _read(archive: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            members = opened.infolist()
            if any(member.compress_type != zipfile.ZIP_STORED for member in members):
                raise Gebroken("the archive is compressed")
            if sum(member.file_size for member in members) > len(archive):
                raise Gebroken("the archive is shorter than it says")
            return {member.filename: opened.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
            NotImplementedError, OverflowError) as error:  # fmt: skip
        raise Gebroken(f"the archive cannot be read: {error}") from error


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{_line(name, files[name])}\n" for name in sorted(files)).encode()


def _line(name: str, content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()}  {name}"
