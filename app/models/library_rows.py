"""Rows of the models page: what is listed, filtered and sorted. Plain values, made on any thread."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Literal

from engine.library.adapters import group_adapters
from engine.library.entries import ModelEntry
from engine.store.records import EndpointRecord

SortKey = Literal[
    "name", "architecture", "parameters", "quantization", "size", "context", "fit", "source", "modified"
]
Tags = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class LibraryRow:
    """A model, an adapter under its base (`base_key`), or an endpoint. `text`: what a search looks
    through; `order`: what sorts it by name.
    """

    key: str
    name: str
    text: str
    order: str
    entry: ModelEntry | None = None
    endpoint: EndpointRecord | None = None
    base_key: str = ""

    @property
    def source(self) -> str:
        return self.entry.source if self.entry is not None else "endpoint"


@dataclass(frozen=True)
class Filter:
    """What of the rows is shown. `place`: a source, a folder ("folder:…"), "" for all; `group`: see
    `_GROUPS`.
    """

    words: tuple[str, ...] = ()
    place: str = ""
    group: str = ""
    tag: str = ""


_EVERYTHING = Filter()
_LAST = "\U0010ffff"
"""Endpoints come after all files."""


@dataclass
class Counts:
    """How many rows there are in each place, group and tag."""

    all: int = 0
    places: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)


def model_rows(entries: Sequence[ModelEntry]) -> list[LibraryRow]:
    """Rows of files. Adapters know the row of their base."""
    bases = {adapter.path: base for base, adapters in group_adapters(entries).items() for adapter in adapters}
    return [
        LibraryRow(
            entry.path,
            entry.name,
            _text_of(entry),
            entry.name.casefold(),
            entry,
            base_key=bases.get(entry.path, ""),
        )
        for entry in entries
    ]


def group_rows(rows: Sequence[LibraryRow]) -> list[LibraryRow]:
    """The same rows, with adapters under their base where the rows were made in several goes."""
    entries = [row.entry for row in rows if row.entry is not None]
    if not any(entry.format == "lora" for entry in entries):
        return list(rows)
    bases = {adapter.path: base for base, adapters in group_adapters(entries).items() for adapter in adapters}
    return [
        replace(row, base_key=base) if (base := bases.get(row.key, "")) != row.base_key else row
        for row in rows
    ]


def endpoint_rows(records: Iterable[EndpointRecord]) -> list[LibraryRow]:
    """Rows of servers."""
    return [
        LibraryRow(
            record.name,
            record.name,
            f"{record.name} {record.base_url}".casefold(),
            _LAST + record.name.casefold(),
            endpoint=record,
        )
        for record in records
    ]


def shown_rows(
    rows: Sequence[LibraryRow],
    wanted: Filter,
    tags: Tags,
    duplicates: Mapping[str, int],
    key: SortKey,
    descending: bool,
) -> list[LibraryRow]:
    """The rows that pass, sorted; an adapter comes after its base where both are shown."""
    if wanted == _EVERYTHING:
        passing = list(rows)
    else:
        passing = [row for row in rows if passes(row, wanted, tags, duplicates)]
    passing.sort(key=_SORT[key], reverse=descending)
    if not any(row.base_key for row in passing):
        return passing
    shown = {row.key for row in passing}
    children: dict[str, list[LibraryRow]] = {}
    for row in passing:
        if row.base_key in shown:
            children.setdefault(row.base_key, []).append(row)
    if not children:
        return passing
    ordered: list[LibraryRow] = []
    for row in passing:
        if row.base_key not in shown:
            ordered += [row, *children.get(row.key, ())]
    return ordered


def passes(row: LibraryRow, wanted: Filter, tags: Tags, duplicates: Mapping[str, int]) -> bool:
    """Whether a row is shown."""
    if wanted.place and wanted.place != row.source and not _is_below(row, wanted.place):
        return False
    if wanted.group and wanted.group not in groups_of(row, duplicates):
        return False
    own = tags.get(row.key, ())
    if wanted.tag and wanted.tag not in own:
        return False
    return all(word in row.text or any(word in tag.casefold() for tag in own) for word in wanted.words)


def groups_of(row: LibraryRow, duplicates: Mapping[str, int]) -> tuple[str, ...]:
    """The groups that a row counts in: "gguf", "safetensors", "adapters", "problems", "duplicates"."""
    entry = row.entry
    if entry is None:
        return ()
    kind = _kind_of(entry)
    return (kind, "duplicates") if row.key in duplicates else (kind,)


def _kind_of(entry: ModelEntry) -> str:
    return "problems" if entry.problem else "adapters" if entry.format == "lora" else entry.format


def count_rows(
    rows: Sequence[LibraryRow], folders: Sequence[str], tags: Tags, duplicates: Mapping[str, int]
) -> Counts:
    """For the list of places."""
    counts = Counts(len(rows))
    counts.places.update([row.source for row in rows])
    counts.groups.update([_kind_of(row.entry) for row in rows if row.entry is not None])
    copies = sum(row.key in duplicates for row in rows) if duplicates else 0
    if copies:
        counts.groups["duplicates"] = copies
    inside = [row.key for row in rows if row.source == "folder"]
    for folder in folders:
        count = len([key for key in inside if key.startswith(_folder_prefix(folder))])
        if count:
            counts.places[f"folder:{folder}"] = count
    for names in tags.values():
        counts.tags.update(names)
    return counts


def _is_below(row: LibraryRow, place: str) -> bool:
    kind, _, folder = place.partition(":")
    return kind == "folder" and bool(folder) and row.key.startswith(_folder_prefix(folder))


def _folder_prefix(folder: str) -> str:
    separator = "\\" if "\\" in folder and "/" not in folder else "/"
    return folder.rstrip("/\\") + separator


def _text_of(entry: ModelEntry) -> str:
    words = (
        entry.name,
        entry.title,
        entry.architecture,
        entry.quantization,
        entry.repo,
        entry.license,
        entry.source,
        entry.path,
    )
    return " ".join(words).casefold()


def _of_entry(value: Callable[[ModelEntry], object]) -> Callable[[LibraryRow], tuple[object, str]]:
    """Sort by a value of the file, equal ones by name; endpoints have none."""
    empty = value(_NOTHING)

    def key(row: LibraryRow) -> tuple[object, str]:
        return (value(row.entry) if row.entry is not None else empty, row.order)

    return key


_NOTHING = ModelEntry("", "", "gguf", "", 0, 0, "", 0, "path")
_SORT: dict[SortKey, Callable[[LibraryRow], Any]] = {
    "name": attrgetter("order"),
    "architecture": _of_entry(lambda entry: entry.architecture),
    "parameters": _of_entry(lambda entry: entry.parameters),
    "quantization": _of_entry(lambda entry: (entry.bits_per_weight, entry.quantization)),
    "size": _of_entry(lambda entry: entry.size_bytes),
    "context": _of_entry(lambda entry: entry.context_length),
    "fit": _of_entry(lambda entry: entry.need_bytes),
    "source": _of_entry(lambda entry: entry.source),
    "modified": _of_entry(lambda entry: entry.modified_ms),
}
