"""Files with the same content: told by size first, then by a sample, then by the SHA-256 of all of it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from engine.errors import Cancelled, UserError
from engine.library.entries import ModelEntry
from engine.library.fingerprint import full_sha256, model_hash
from engine.library.shards import part_paths

Known = Mapping[str, tuple[int, int, str]]
"""Hashes from before: (size, time of change in ns, SHA-256) by path."""


class WeightFile(NamedTuple):
    """A file of a model. `identity`: links to one file have the same."""

    path: str
    size: int
    mtime_ns: int
    identity: tuple[int, int]
    owner: str
    """The model that it belongs to, by the path of its entry."""


class Hashed(NamedTuple):
    """A whole file was read."""

    file: WeightFile
    sha256: str


class Duplicates(NamedTuple):
    """Paths with one content, whose they are, and what would be free if only one of them stayed."""

    sha256: str
    paths: tuple[str, ...]
    owners: tuple[str, ...]
    size: int

    @property
    def freeable(self) -> int:
        return self.size * (len(self.paths) - 1)


def weight_files(entries: Iterable[ModelEntry]) -> list[WeightFile]:
    """The files of all models, each once however many links lead to it."""
    found: dict[tuple[int, int], WeightFile] = {}
    for entry in entries:
        for path in _paths(entry):
            try:
                seen = path.stat()
            except OSError:
                continue
            identity = (seen.st_dev, seen.st_ino)
            file = WeightFile(str(path), seen.st_size, seen.st_mtime_ns, identity, entry.path)
            found.setdefault(identity, file)
    return list(found.values())


def candidates(files: Iterable[WeightFile], known: Known) -> list[WeightFile]:
    """Files that share size and sample with another one and have no hash yet: these have to be read.

    At most 3 MiB of a file is read for it.
    """
    by_size: dict[int, list[WeightFile]] = {}
    for file in files:
        by_size.setdefault(file.size, []).append(file)
    by_sample: dict[tuple[int, str], list[WeightFile]] = {}
    for size, group in by_size.items():
        if len(group) < 2 or size == 0:
            continue
        for file in group:
            try:
                by_sample.setdefault((size, model_hash(file.path)), []).append(file)
            except UserError:
                continue
    return [
        file
        for group in by_sample.values()
        if len(group) > 1
        for file in group
        if _hash_of(file, known) is None
    ]


def hash_files(files: Iterable[WeightFile], progress: Callable[[int], bool]) -> Iterable[Hashed]:
    """Read whole files, one after the other; one that cannot be read is passed over.

    `progress` hears how many bytes of all files were read, and returns whether to go on; `Cancelled` else.
    """
    done = 0
    for file in files:
        before = done

        def heard(fraction: float, before: int = before, size: int = file.size) -> bool:
            return progress(before + int(fraction * size))

        try:
            yield Hashed(file, full_sha256(file.path, heard))
        except Cancelled:
            raise
        except UserError:
            pass
        done = before + file.size


def duplicates(files: Iterable[WeightFile], known: Known) -> list[Duplicates]:
    """Groups of two and more, those that waste most first. Only what was hashed counts."""
    groups: dict[str, list[WeightFile]] = {}
    for file in files:
        sha256 = _hash_of(file, known)
        if sha256 is not None:
            groups.setdefault(sha256, []).append(file)
    found = [
        Duplicates(
            sha256, tuple(file.path for file in group), tuple(file.owner for file in group), group[0].size
        )
        for sha256, group in groups.items()
        if len(group) > 1
    ]
    return sorted(found, key=lambda each: -each.freeable)


def _hash_of(file: WeightFile, known: Known) -> str | None:
    size, mtime_ns, sha256 = known.get(file.path, (-1, 0, ""))
    return sha256 if (size, mtime_ns) == (file.size, file.mtime_ns) else None


def _paths(entry: ModelEntry) -> list[Path]:
    path = Path(entry.path)
    if entry.problem is not None:
        return []
    try:
        if path.is_dir():
            return sorted(path.glob("*.safetensors"))
        return part_paths(path)
    except (UserError, OSError):
        return []
