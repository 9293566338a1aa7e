"""A package's files as entries of a tar archive: reproducible, owned by root, whoever builds it."""

import io
import os
import stat
import tarfile
from dataclasses import dataclass
from pathlib import Path


def build_time() -> int:
    """Seconds since the epoch for everything inside a package: SOURCE_DATE_EPOCH, else a fixed day."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))


@dataclass(frozen=True)
class Entry:
    """One file, folder or link. `path`: relative, with /. `source` for a file on disk, `data` for a made
    one.
    """

    path: str
    source: Path | None = None
    data: bytes | None = None
    link: str = ""
    executable: bool = False


def folder_entries(folder: Path, prefix: str) -> list[Entry]:
    """Everything in a folder, sorted, with links kept as links."""
    entries = []
    for path in sorted(folder.rglob("*")):
        name = f"{prefix}/{path.relative_to(folder).as_posix()}"
        if path.is_symlink():
            entries.append(Entry(name, link=str(path.readlink())))
        elif path.is_dir():
            entries.append(Entry(name))
        else:
            entries.append(Entry(name, source=path, executable=bool(path.stat().st_mode & stat.S_IXUSR)))
    return entries


def with_parents(entries: list[Entry]) -> list[Entry]:
    """With every folder on the way, before what is in it."""
    known = {entry.path for entry in entries}
    parents: set[str] = set()
    for entry in entries:
        parts = entry.path.split("/")
        parents |= {"/".join(parts[:count]) for count in range(1, len(parts))}
    return sorted([*entries, *(Entry(path) for path in parents - known)], key=lambda entry: entry.path)


def add(archive: tarfile.TarFile, entry: Entry, prefix: str = "") -> None:
    """Raises `OSError`."""
    info = tarfile.TarInfo(prefix + entry.path)
    info.mtime = build_time()
    info.uname = info.gname = "root"
    if entry.link:
        info.type, info.linkname, info.mode = tarfile.SYMTYPE, entry.link, 0o777
        archive.addfile(info)
    elif entry.source is not None:
        info.mode = 0o755 if entry.executable else 0o644
        info.size = entry.source.stat().st_size
        with entry.source.open("rb") as file:
            archive.addfile(info, file)
    elif entry.data is not None:
        info.mode, info.size = (0o755 if entry.executable else 0o644), len(entry.data)
        archive.addfile(info, io.BytesIO(entry.data))
    else:
        info.type, info.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(info)
