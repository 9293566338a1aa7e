"""Walks through folders of models: one listing of each folder, no file is opened.

Links are followed, each folder is entered once: they may lead in a circle.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.library.entries import ModelSource
from engine.library.shards import Shard, shard_of

_MAX_DEPTH = 8
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
CONFIGS = ("config.json", "adapter_config.json")
INDEX = "model.safetensors.index.json"


class Found(NamedTuple):
    """A GGUF file (the first part of a split model), or a folder of weights. `name` "": its file name.

    `size` and `mtime_ns`: bytes of all its files, and the newest time of change; they tell whether it is
    still what it was. `identity`: the same for a file that is reached in several ways; None: not known.
    """

    path: Path
    name: str
    source: ModelSource
    size: int = -1
    mtime_ns: int = 0
    identity: tuple[int, int] | None = None
    repo: str = ""


class _File(NamedTuple):
    name: str
    path: str
    size: int
    mtime_ns: int
    identity: tuple[int, int] | None


def find_below(folder: Path, source: ModelSource) -> Iterator[Found]:
    """What looks like a model in `folder` and below it; what cannot be entered is passed over."""
    yield from _walk(str(folder), source, 0, set())


def folders_in(folder: Path) -> list[Path]:
    """By name."""
    return [Path(entry.path) for entry in _entries(str(folder)) if _is_folder(entry)]


def files_below(folder: Path, depth: int) -> Iterator[Path]:
    """All files, at most `depth` folders down; links to folders are not followed."""
    for entry in _entries(str(folder)):
        if entry.is_symlink() and _is_folder(entry):
            continue
        if depth and _is_folder(entry):
            yield from files_below(Path(entry.path), depth - 1)
        elif not _is_folder(entry):
            yield Path(entry.path)


def holds_only_pickles(names: Iterator[str] | list[str]) -> bool:
    """Whether there is a model whose weights could only be had by running what a pickle says."""
    known = {name.lower() for name in names}
    if not known & set(CONFIGS) or any(name.endswith((".safetensors", ".gguf")) for name in known):
        return False
    return any(name.endswith(_PICKLES) and not name.startswith("training_args") for name in known)


def _walk(folder: str, source: ModelSource, depth: int, entered: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        here = Path(folder).stat()
    except OSError:
        return
    identity = (here.st_dev, here.st_ino)
    if identity in entered:
        return
    entered.add(identity)
    below: list[str] = []
    files: list[_File] = []
    for entry in _entries(folder):
        if _is_folder(entry):
            if not entry.name.startswith("."):
                below.append(entry.path)
        else:
            file = _file(entry)
            if file is not None:
                files.append(file)
    if _is_model_folder([file.name for file in files]):
        yield _folder(folder, source, files, identity)
    yield from _gguf_files(files, source)
    if depth < _MAX_DEPTH:
        for path in below:
            yield from _walk(path, source, depth + 1, entered)


def _is_model_folder(names: list[str]) -> bool:
    weights = any(name.endswith(".safetensors") or name == INDEX for name in names)
    return (weights and not {*names}.isdisjoint(CONFIGS)) or holds_only_pickles(names)


def _folder(folder: str, source: ModelSource, files: list[_File], identity: tuple[int, int]) -> Found:
    counted = [file for file in files if file.name.endswith((".json", ".safetensors"))]
    size = sum(file.size for file in counted)
    newest = max((file.mtime_ns for file in counted), default=0)
    return Found(Path(folder), "", source, size, newest, identity)


def _gguf_files(files: list[_File], source: ModelSource) -> Iterator[Found]:
    """Files as they are, parts of split models as one."""
    split: dict[tuple[str, int], list[_File]] = {}
    for file in files:
        if not file.name.lower().endswith(".gguf"):
            continue
        shard = shard_of(Path(file.name)) if "-of-" in file.name else None
        if shard is None:
            yield Found(Path(file.path), "", source, file.size, file.mtime_ns, file.identity)
        else:
            split.setdefault((shard.base, shard.parts), []).append(file)
    for (base, count), parts in split.items():
        first = Path(parts[0].path)
        path = first.with_name(Shard(base, 1, count).file_name(1, first.suffix))
        size, newest = sum(part.size for part in parts), max(part.mtime_ns for part in parts)
        yield Found(path, base, source, size, newest, parts[0].identity)


def _file(entry: os.DirEntry[str]) -> _File | None:
    """None for what is not to be looked at: other kinds of files are not asked for their size."""
    name = entry.name
    if not name.lower().endswith((".gguf", ".safetensors", ".json", *_PICKLES)):
        return None
    try:
        seen = entry.stat()
        if os.name == "nt" and not seen.st_ino:
            seen = Path(entry.path).stat()  # a listing has no identities there
    except OSError:
        return None
    if not stat.S_ISREG(seen.st_mode):
        return None  # to open a pipe would be to wait for it
    return _File(name, entry.path, seen.st_size, seen.st_mtime_ns, (seen.st_dev, seen.st_ino))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
