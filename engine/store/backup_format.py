"""What a backup is: a ZIP file with the files of a home folder, and `manifest.json` with their hashes.

Reading one trusts nothing: names, sizes and hashes are checked before anything is unpacked.
"""

import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from engine.errors import UserError

MANIFEST = "manifest.json"
FORMAT = 1
FOLDERS = ("data/sets", "runs", "comparisons", "sensitivity", "models")
FILES = ("lathe.db", "window.json", "lineage.jsonl")
WEIGHTS = (".safetensors", ".gguf", ".bin", ".pt", ".pth", ".npz")
"""Left out of runs, and stored without compression, where models are not wanted."""
_MAX_MANIFEST = 64 << 20
_MAX_FILES = 200_000
_MAX_NAME = 400
_BOMB_BYTES = 1 << 30
_BOMB_RATIO = 200
_CHUNK = 1 << 20
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")

Told = Callable[[int, int], None]
"""Bytes done and bytes in all. May raise `Cancelled`."""


class BackupFile(Struct, frozen=True):
    """`sha256` of the content."""

    name: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """`schema`: of the database. `models`: whether models and checkpoints are in it. `left_out`: files whose
    names other systems cannot have.
    """

    format: int
    version: str
    created_ms: int
    schema: int
    models: bool
    files: tuple[BackupFile, ...]
    left_out: int = 0

    @property
    def size_bytes(self) -> int:
        return sum(file.size for file in self.files)


def read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """Everything that can be known without unpacking is checked. Raises `UserError` backup.*."""
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > _MAX_MANIFEST:
            raise UserError("backup.unsafe", path=path, what="its list of files is too long")
        manifest = msgspec.json.decode(archive.read(info), type=Manifest)
    except KeyError:
        raise UserError("backup.unreadable", path=path, reason=f"it has no {MANIFEST}") from None
    except (msgspec.DecodeError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        reason = f"its {MANIFEST} cannot be read ({type(error).__name__})"
        raise UserError("backup.unreadable", path=path, reason=reason) from None
    if manifest.format > FORMAT:
        raise UserError("backup.newer", path=path)
    _check_names(manifest, archive, path)
    _check_sizes(manifest, archive, path)
    return manifest


def open_archive(path: Path) -> zipfile.ZipFile:
    """Raises `UserError` backup.unreadable."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UserError("backup.unreadable", path=path, reason="there is no such file") from None
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        reason = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise UserError("backup.unreadable", path=path, reason=reason) from None


def chunks_of(archive: zipfile.ZipFile, file: BackupFile, path: Path) -> Iterator[bytes]:
    """The content of one file, never more than the manifest says. Raises `UserError` backup.damaged."""
    left = file.size
    try:
        with archive.open(file.name) as source:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    break
                yield chunk
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UserError("backup.damaged", path=path, what=f"{file.name} cannot be unpacked") from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2", "_lzma"):
            raise UserError("backup.damaged", path=path, what=f"{file.name} cannot be unpacked") from None
        raise
    if left:
        raise UserError("backup.damaged", path=path, what=f"{file.name} has another size than it says")


def is_weights(name: str) -> bool:
    return name.lower().endswith(WEIGHTS)


def _check_names(manifest: Manifest, archive: zipfile.ZipFile, path: Path) -> None:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    listed = [file.name for file in manifest.files]
    if len(infos) > _MAX_FILES:
        raise UserError("backup.unsafe", path=path, what="it has too many files")
    for name in listed:
        if not is_safe_name(name):
            raise UserError("backup.unsafe", path=path, what=f"“{name[:80]!a}” is no name of a backup's file")
    if len({name.casefold() for name in listed}) != len(listed):
        raise UserError("backup.unsafe", path=path, what="two of its files have the same name")
    if sorted([*listed, MANIFEST]) != sorted(info.filename for info in infos):
        raise UserError("backup.damaged", path=path, what="its files are not those of its list")
    if any(stat.S_ISLNK(info.external_attr >> 16) for info in infos):
        raise UserError("backup.unsafe", path=path, what="it contains a link")


def _check_sizes(manifest: Manifest, archive: zipfile.ZipFile, path: Path) -> None:
    packed = sum(info.compress_size for info in archive.infolist())
    on_disk = path.stat().st_size
    if packed > on_disk:
        raise UserError("backup.unsafe", path=path, what="its files overlap")
    if any(file.size < 0 for file in manifest.files):
        raise UserError("backup.unsafe", path=path, what="a size is negative")
    if manifest.size_bytes > _BOMB_BYTES and manifest.size_bytes > _BOMB_RATIO * on_disk:
        raise UserError("backup.unsafe", path=path, what="it would become more than 200 times as large")


def is_safe_name(name: str) -> bool:
    """Whether a file of this name belongs into a home folder, on every system."""
    parts = PurePosixPath(name).parts
    if name not in FILES and not any(name.startswith(f"{folder}/") for folder in FOLDERS):
        return False
    if len(name) > _MAX_NAME or "/".join(parts) != name or len(parts) > 20:
        return False
    return all(_is_safe_part(part) for part in parts)


def _is_safe_part(part: str) -> bool:
    if part in ("", ".", "..") or part != part.rstrip(" .") or _RESERVED.match(part):
        return False
    return part.isprintable() and not set(part) & {"\\", ":"}
