"""A data set: a file, its index, and what its columns mean."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from engine.datasets.examples import Example
from engine.datasets.index import Report, RowIndex, build_index, index_folder, open_index
from engine.datasets.mapping import ColumnMapping, recognise
from engine.datasets.reading import read_example
from engine.datasets.split import Split, split_rows
from engine.errors import UserError
from engine.store.transfer.rows import RowError

_LOOKED_AT = 50
"""Rows from whose columns the format is told."""


class BadRow(NamedTuple):
    """A row that is valid JSON and no example; `number` from 0."""

    number: int
    problem: str


class Dataset:
    """Rows by number, from 0. Any thread may read."""

    def __init__(self, index: RowIndex, mapping: ColumnMapping) -> None:
        self.index = index
        self.mapping = mapping

    def __len__(self) -> int:
        return len(self.index)

    @property
    def path(self) -> Path:
        return Path(self.index.summary.source)

    def example(self, number: int) -> Example:
        """Raises `RowError` for a row that does not fit its format, `IndexError`, `UserError`
        data.changed.
        """
        return read_example(self.index.row(number), self.mapping)

    def walk(self, numbers: Iterable[int] | None = None) -> Iterator[tuple[int, Example | BadRow]]:
        """Many rows, all by default. Raises `UserError` data.changed."""
        decode = msgspec.json.decode
        for number, data in self.index.walk(range(len(self)) if numbers is None else numbers):
            try:
                yield number, read_example(decode(data), self.mapping)
            except RowError as error:
                yield number, BadRow(number, str(error))
            except msgspec.DecodeError:
                raise UserError("data.changed", path=self.path) from None

    def split(self, held_out: float = 0.05, seed: int = 0) -> Split:
        """Which rows are trained on and which are kept aside; see `split_rows`."""
        return split_rows(self.index.hashes, held_out, seed)


def open_dataset(
    path: Path, home: Path, mapping: ColumnMapping | None = None, report: Report | None = None
) -> Dataset:
    """A data set from a file; the index is kept under `home` and built where it is missing.

    Without a mapping the columns say what they are. Raises `UserError` as `build_index`, data.columns where
    nobody can tell the format, data.no_column for a mapping that lacks something.
    """
    index = open_or_build(path, home, report)
    if mapping is None:
        mapping = recognise(first_rows(index))
        if mapping is None:
            columns = ", ".join(index.summary.columns)
            raise UserError("data.columns", path=path, columns=columns)
    check_mapping(mapping, index)
    return Dataset(index, mapping)


def open_or_build(path: Path, home: Path, report: Report | None = None) -> RowIndex:
    """The index of a file, built where it is missing or the file has changed."""
    folder = index_folder(home, path)
    return open_index(folder, path) or build_index(path, folder, report)


def first_rows(index: RowIndex) -> list[dict[str, object]]:
    """As many as one needs to see what the columns are."""
    return [index.row(number) for number in range(min(_LOOKED_AT, len(index)))]


def check_mapping(mapping: ColumnMapping, index: RowIndex) -> None:
    """Raises `UserError` data.no_column."""
    columns = ", ".join(index.summary.columns)
    for field in mapping.missing():
        raise UserError("data.no_column", format=mapping.format, field=field, columns=columns)
    for field, column in mapping.columns.items():
        if column not in index.summary.columns:
            raise UserError("data.no_column", format=mapping.format, field=field, columns=columns)
