"""All models on this machine, and the one that a name means."""

import difflib
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from engine.errors import UserError
from engine.library.describe import default_name, make_entry
from engine.library.entries import ModelEntry
from engine.library.entries import Problem as Reason
from engine.library.gguf_header import read_header
from engine.library.index import LibraryIndex, read_index
from engine.library.places import find_files, find_hugging_face, find_ollama, find_runs, known_folders
from engine.library.safetensors_folder import holds_only_pickles, read_folder
from engine.library.shards import read_parts, shard_of
from engine.library.starter import starter_path
from engine.library.walk import Found

STARTER = "starter"
_NEAR_NAMES = 3
_NO_MODELS = frozenset({"clip", "imatrix"})
"""Architectures or types of GGUF files that are parts of something else: image projectors, importance
matrices."""
_NOT_UTF8 = "its name is not valid UTF-8; rename it"
_PASSING = frozenset({"model.missing", "model.unreadable"})
"""Problems that go away without a change of the file: the next scan looks again."""

Problem = Callable[[Path, UserError], None]


def scan(home: Path, folders: Sequence[Path], index: LibraryIndex) -> Iterator[ModelEntry]:
    """Every model once, as it is found: the starter, the user's folders, then those of other programs.

    What looks like a model and cannot be used comes as an entry with its `problem`. Names are unique: a
    second model of the same name gets its source after it. Files that are as the `index` knows them are not
    opened.
    """
    seen: set[object] = set()
    names = UniqueNames()
    for found in _everything(home, folders):
        identity = found.identity or found.path.resolve()
        if identity in seen:
            continue
        seen.add(identity)
        entry = _known_or_read(found, index)
        if entry is not None:
            yield names.give(entry)


def list_models(
    home: Path, folders: Sequence[Path] = (), on_problem: Problem | None = None
) -> Iterator[ModelEntry]:
    """Every model that can be used, in the order of `scan`. Others are told to `on_problem`."""
    index = read_index(home)
    for entry in scan(home, folders, index):
        if entry.problem is None:
            yield entry
        elif on_problem is not None:
            on_problem(Path(entry.path), entry.problem.error())
    index.write(home)


def find_model(name_or_path: str, home: Path, folders: Sequence[Path] = ()) -> ModelEntry:
    """The model that a path, "starter", a name or the beginning of one name means; case does not matter.

    Raises `UserError` model.no_starter, model.unknown, model.similar (names that are near), model.ambiguous,
    and model.* when a path leads to something that is no model.
    """
    if name_or_path.lower() == STARTER:
        return _starter_entry(home)
    path = Path(name_or_path).expanduser()
    if path.exists():
        return _entry_at(path)
    if path.suffix.lower() == ".gguf" and (path.is_absolute() or len(path.parts) > 1):
        raise UserError("model.missing", path=name_or_path)
    entries: list[ModelEntry] = []
    wanted = name_or_path.casefold()
    for entry in list_models(home, folders):
        if entry.name.casefold() == wanted:
            return entry
        entries.append(entry)
    return _nearest(name_or_path, entries)


def named(name: str, entries: Sequence[ModelEntry]) -> ModelEntry:
    """As `find_model`, among models that are known already; no path.

    Raises `UserError` model.no_starter, model.unknown, model.similar, model.ambiguous.
    """
    wanted = name.casefold()
    for entry in entries:
        if entry.name.casefold() == wanted or (wanted == STARTER and entry.source == STARTER):
            return entry
    if wanted == STARTER:
        raise UserError("model.no_starter")
    return _nearest(name, list(entries))


def read_entry(found: Found) -> ModelEntry | None:
    """The entry of a file or folder; None for what is no model. Raises `UserError` model.*, `OSError`."""
    if found.path.is_dir():
        if holds_only_pickles(found.path):
            raise UserError("model.pickle_only", path=found.path)
        return read_folder(found.path, found.name or found.path.name, found.source)
    shard = shard_of(found.path)
    if shard is not None and shard.number > 1:
        return None
    header, *others = read_parts(found.path)
    said = {header.metadata.get(f"general.{key}") for key in ("architecture", "type")}
    if said & _NO_MODELS or not (header.tensors or others):
        return None
    name = found.name or (shard.base if shard else default_name(found.path))
    return make_entry(header, name, found.source, others)


def _known_or_read(found: Found, index: LibraryIndex) -> ModelEntry | None:
    printable = os.fsencode(found.path).decode("utf-8", "replace")
    if printable != str(found.path):
        # Such a path cannot be told to another process, nor be kept in the index.
        problem = UserError("model.unreadable", path=printable, reason=_NOT_UTF8)
        shown = found._replace(path=Path(printable), name=default_name(Path(printable)))
        return _problem_entry(shown, problem)
    known, entry = index.get(found)
    if known:
        if entry is not None and (entry.source, found.name or entry.name) != (found.source, entry.name):
            # The same file, found in another way than last time.
            return replace(entry, source=found.source, name=found.name or entry.name)
        return entry
    try:
        entry = read_entry(found)
    except UserError as problem:
        entry = _problem_entry(found, problem)
    except OSError as error:
        reason = error.strerror or str(error)
        entry = _problem_entry(found, UserError("model.unreadable", path=found.path, reason=reason))
    if entry is not None:
        entry = replace(entry, modified_ms=found.mtime_ns // 1_000_000, repo=found.repo or entry.repo)
    if entry is None or entry.problem is None or entry.problem.code not in _PASSING:
        index.put(found, entry)
    return entry


def _problem_entry(found: Found, problem: UserError) -> ModelEntry:
    folder = found.path.is_dir()
    return ModelEntry(
        name=found.name or (found.path.name if folder else default_name(found.path)),
        path=str(found.path),
        format="safetensors" if folder else "gguf",
        architecture="",
        parameters=0,
        size_bytes=max(found.size, 0),
        quantization="",
        context_length=0,
        source=found.source,
        problem=Reason(problem.code, dict(problem.params)),
    )


def _everything(home: Path, folders: Sequence[Path]) -> Iterator[Found]:
    starter = starter_path(home)
    own = tuple(folders)
    return chain(
        [_found(starter)] if starter is not None else [],
        *(find_files(folder) for folder in known_folders(home, own)),
        find_runs(home),
        find_ollama(),
        find_hugging_face(),
    )


def _found(starter: Path) -> Found:
    try:
        seen = starter.stat()
    except OSError:
        return Found(starter, "", "starter")
    identity = (seen.st_dev, seen.st_ino)
    return Found(starter, "", "starter", seen.st_size, seen.st_mtime_ns, identity)


def _starter_entry(home: Path) -> ModelEntry:
    path = starter_path(home)
    if path is None:
        raise UserError("model.no_starter")
    return make_entry(read_header(path), default_name(path), "starter")


def _entry_at(path: Path) -> ModelEntry:
    shard = shard_of(path)
    if shard is not None and shard.number > 1:
        path = path.with_name(f"{shard.base}-00001-of-{shard.parts:05d}{path.suffix}")
    entry = read_entry(Found(path, "", "path"))
    if entry is None:
        code = "model.pickle_only" if holds_only_pickles(path) else "model.not_gguf"
        raise UserError(code, path=path)
    return entry


def _nearest(name: str, entries: Sequence[ModelEntry]) -> ModelEntry:
    wanted = name.casefold()
    beginning = [entry for entry in entries if entry.name.casefold().startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        raise UserError("model.ambiguous", name=name, names=_listed([entry.name for entry in beginning]))
    by_fold = {STARTER: STARTER, **{entry.name.casefold(): entry.name for entry in entries}}
    # A slip at the beginning of a long name is near, too: compare with as much of each name as was typed.
    near = [
        original
        for fold, original in by_fold.items()
        if difflib.SequenceMatcher(None, wanted, fold[: len(wanted) + 1]).ratio() > 0.75
    ]
    near += [
        by_fold[fold]
        for fold in difflib.get_close_matches(wanted, by_fold, _NEAR_NAMES, 0.6)
        if by_fold[fold] not in near
    ]
    near += [original for fold, original in by_fold.items() if wanted in fold and original not in near]
    if near:
        raise UserError("model.similar", name=name, names=_listed(near[:_NEAR_NAMES]))
    raise UserError("model.unknown", name=name)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names[:5])


class UniqueNames:
    """Gives each model a name that no other one has."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, entry: ModelEntry) -> ModelEntry:
        """The entry, under another name where its own is taken."""
        candidate = entry.name
        number = 1
        while candidate.casefold() in self._given:
            candidate = f"{entry.name} ({entry.source}{f' {number}' if number > 1 else ''})"
            number += 1
        self._given.add(candidate.casefold())
        return entry if candidate == entry.name else replace(entry, name=candidate)
