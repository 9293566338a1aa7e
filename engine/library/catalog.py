"""All models on this machine, and the one that a name means."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from engine.errors import UserError
from engine.library.describe import default_name, make_entry
from engine.library.entries import ModelEntry
from engine.library.gguf_header import read_header
from engine.library.places import Found, find_files, find_hugging_face, find_ollama, known_folders
from engine.library.safetensors_folder import holds_only_pickles, read_folder
from engine.library.shards import shard_of, totals
from engine.library.starter import starter_path

STARTER = "starter"
_NEAR_NAMES = 3
_NO_MODELS = frozenset({"clip", "imatrix"})
"""Architectures or types of GGUF files that are parts of something else: image projectors, importance
matrices."""

Problem = Callable[[Path, UserError], None]


def list_models(
    home: Path, folders: Sequence[Path] = (), on_problem: Problem | None = None
) -> Iterator[ModelEntry]:
    """Every model once, as it is found: the starter, the user's folders, then those of other programs.

    A file that cannot be read is passed over and told to `on_problem`. Names are unique: a second model
    of the same name gets its source after it.
    """
    seen: set[Path] = set()
    names: set[str] = set()
    for found in _everything(home, folders):
        try:
            real = found.path.resolve()
            if real in seen:
                continue
            seen.add(real)
            entry = read_entry(found)
        except UserError as problem:
            if on_problem is not None:
                on_problem(found.path, problem)
            continue
        except OSError:
            continue
        if entry is not None:
            yield _unique(entry, names)


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


def read_entry(found: Found) -> ModelEntry | None:
    """The entry of a file or folder; None for what is no model. Raises `UserError` model.*, `OSError`."""
    if found.path.is_dir():
        return read_folder(found.path, found.name or found.path.name, found.source)
    shard = shard_of(found.path)
    if shard is not None and shard.number > 1:
        return None
    header = read_header(found.path)
    said = {header.metadata.get(f"general.{key}") for key in ("architecture", "type")}
    if said & _NO_MODELS or not header.tensors:
        return None
    name = found.name or (shard.base if shard else default_name(found.path))
    entry = make_entry(header, name, found.source)
    if shard is None:
        return entry
    parameters, size = totals(found.path)
    return _with(entry, parameters=parameters, size_bytes=size)


def _everything(home: Path, folders: Sequence[Path]) -> Iterator[Found]:
    starter = starter_path(home)
    own = tuple(folders)
    return chain(
        [Found(starter, "", "starter")] if starter is not None else [],
        *(find_files(folder) for folder in known_folders(home, own)),
        find_ollama(),
        find_hugging_face(),
    )


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


def _unique(entry: ModelEntry, names: set[str]) -> ModelEntry:
    candidate = entry.name
    number = 1
    while candidate.casefold() in names:
        candidate = f"{entry.name} ({entry.source}{f' {number}' if number > 1 else ''})"
        number += 1
    names.add(candidate.casefold())
    return entry if candidate == entry.name else _with(entry, name=candidate)


def _with(
    entry: ModelEntry, *, name: str = "", parameters: int | None = None, size_bytes: int | None = None
) -> ModelEntry:
    return ModelEntry(
        name=name or entry.name,
        path=entry.path,
        format=entry.format,
        architecture=entry.architecture,
        parameters=entry.parameters if parameters is None else parameters,
        size_bytes=entry.size_bytes if size_bytes is None else size_bytes,
        quantization=entry.quantization,
        context_length=entry.context_length,
        source=entry.source,
        kind=entry.kind,
    )
