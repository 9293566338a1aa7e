"""Where each row of a file is, so that a million of them need not be in memory.

An index is a folder of its own, derived from the file and thrown away with it: arrays with one entry a row,
mapped when they are read, and a summary. Files that are no lines of JSON are written again as such beside it.
"""

import hashlib
import os
import shutil
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.datasets.converting import Convert, converter_for
from engine.datasets.lines import read_lines
from engine.errors import UserError
from engine.output import abandoned

Report = Callable[[float], None]
"""`report(fraction)`: how far it is; may raise to stop."""

MOST_PROBLEMS = 200
"""Broken lines that are kept with their text; all of them are counted."""
_LAYOUT = 1
_SUMMARY = "index.json"
_ROWS = "rows.jsonl"
_REPORT_EVERY = 4096


class BrokenLine(Struct, frozen=True):
    """`line` of the file (of a Parquet or JSON file: the number of the row), from 1."""

    line: int
    problem: str


class IndexSummary(Struct, frozen=True):
    """What an index says about its file. `size` and `mtime_ns` are the file's when it was read."""

    source: str
    size: int
    mtime_ns: int
    rows: int
    columns: tuple[str, ...]
    broken: int
    problems: tuple[BrokenLine, ...]
    content_hash: str
    """Of all rows in their order: two files with the same rows have the same."""
    converted: bool
    seconds: float
    layout: int = _LAYOUT


class RowIndex:
    """An index that is complete. Rows are read from the disk when they are asked for; any thread may."""

    def __init__(self, folder: Path, summary: IndexSummary) -> None:
        self.folder = folder
        self.summary = summary
        self.path = folder / _ROWS if summary.converted else Path(summary.source)
        self.starts: NDArray[Any] = _mapped(folder / "starts.npy")
        """Where each row begins in the file, in bytes."""
        self.lengths: NDArray[Any] = _mapped(folder / "lengths.npy")
        """Bytes of each row, with its line feed."""
        self.lines: NDArray[Any] = _mapped(folder / "lines.npy")
        """The line of each row in the file, from 1."""
        self.hashes: NDArray[Any] = _mapped(folder / "hashes.npy")
        """64 bits of each row's content."""

    def __len__(self) -> int:
        return self.summary.rows

    def raw(self, number: int) -> bytes:
        """The row as JSON. Raises `IndexError`, and `UserError` data.changed when the file is not the
        same.
        """
        if not 0 <= number < len(self):
            raise IndexError(number)
        try:
            with self.path.open("rb") as file:
                file.seek(int(self.starts[number]))
                return file.read(int(self.lengths[number])).strip()
        except OSError:
            raise UserError("data.changed", path=self.path) from None

    def row(self, number: int) -> dict[str, Any]:
        """The row by its columns. Raises as `raw`."""
        try:
            found = msgspec.json.decode(self.raw(number))
        except msgspec.DecodeError:
            raise UserError("data.changed", path=self.path) from None
        if not isinstance(found, dict):
            raise UserError("data.changed", path=self.path)
        return found

    def walk(self, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Many rows with one open file. Raises as `raw`."""
        try:
            with self.path.open("rb") as file:
                for number in numbers:
                    file.seek(int(self.starts[number]))
                    yield number, file.read(int(self.lengths[number]))
        except OSError:
            raise UserError("data.changed", path=self.path) from None


def index_folder(home: Path, source: Path) -> Path:
    """Where the index of a file is kept: by its path."""
    key = hashlib.sha256(str(source.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return home / "data" / "index" / key


def open_index(folder: Path, source: Path) -> RowIndex | None:
    """The index in `folder`, unless there is none or the file is another by now."""
    try:
        summary = msgspec.json.decode((folder / _SUMMARY).read_bytes(), type=IndexSummary)
        stat = source.stat()
        if (summary.size, summary.mtime_ns, summary.layout) != (stat.st_size, stat.st_mtime_ns, _LAYOUT):
            return None
        return RowIndex(folder, summary)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def build_index(source: Path, folder: Path, report: Report | None = None) -> RowIndex:
    """Read the whole file once and write its index.

    Raises `UserError` file.unreadable, data.format, data.unreadable, data.empty, data.all_broken,
    data.needs_package.
    """
    began = time.monotonic()
    try:
        stat = source.stat()
        convert = converter_for(source)
        fresh = _fresh_folder(folder)
        builder = _Builder(report or (lambda _fraction: None))
        if convert is None:
            builder.take_lines(source, max(1, stat.st_size))
        else:
            builder.take_converted(convert, source, fresh / _ROWS)
        summary = builder.summary(source, stat.st_size, stat.st_mtime_ns, time.monotonic() - began)
        _refuse_empty(source, summary)
        builder.write(fresh, summary)
        _put_in_place(fresh, folder, source)
    except OSError as error:
        words = error.strerror or str(error)
        raise UserError("file.unreadable", path=source, reason=words[:1].lower() + words[1:]) from error
    return RowIndex(folder, summary)


def _fresh_folder(folder: Path) -> Path:
    """A new one beside `folder` for this process: several may read the same file at once. What processes that
    are gone have left is removed.
    """
    fresh = folder.with_name(f"{folder.name}.new.{os.getpid()}")
    for left in (fresh, *abandoned(folder.parent, f"{folder.name}.new.*")):
        shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def _put_in_place(fresh: Path, folder: Path, source: Path) -> None:
    """Unless another process has just put the same there. Raises `OSError`."""
    if open_index(folder, source) is None:
        shutil.rmtree(folder, ignore_errors=True)
        try:
            fresh.rename(folder)
        except OSError:
            if open_index(folder, source) is None:
                raise
    shutil.rmtree(fresh, ignore_errors=True)


def row_hash(data: bytes) -> int:
    """64 bits of a row's content."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


class _Builder:
    """Collects what the index says of each row."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._starts, self._lengths = array("Q"), array("I")
        self._lines, self._hashes = array("I"), array("Q")
        self._columns: dict[str, None] = {}
        self._problems: list[BrokenLine] = []
        self._broken = 0
        self._converted = False

    def take_lines(self, source: Path, size: int) -> None:
        for found in read_lines(source):
            if found.row is None:
                self._reject(found.line, found.problem)
                continue
            self._add(found.line, found.start, found.data, found.row)
            if not len(self._starts) % _REPORT_EVERY:
                self._report(found.start / size)

    def take_converted(self, convert: Convert, source: Path, target: Path) -> None:
        self._converted = True
        encode = msgspec.json.Encoder(enc_hook=str).encode
        position = 0
        with target.open("wb") as file:
            for found in convert(source):
                if found.row is None:
                    self._reject(found.place, found.problem)
                    continue
                try:
                    line = encode({str(name): value for name, value in found.row.items()}) + b"\n"
                except (TypeError, ValueError) as error:
                    self._reject(found.place, str(error)[:160])
                    continue
                file.write(line)
                self._add(found.place, position, line, found.row)
                position += len(line)
                if not len(self._starts) % _REPORT_EVERY and found.fraction >= 0:
                    self._report(found.fraction)

    def _add(self, line: int, start: int, data: bytes, row: dict[str, Any]) -> None:
        self._starts.append(start)
        self._lengths.append(len(data))
        self._lines.append(line)
        self._hashes.append(row_hash(data.strip()))
        if not row.keys() <= self._columns.keys():
            self._columns.update(dict.fromkeys(row))

    def _reject(self, line: int, problem: str) -> None:
        self._broken += 1
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(BrokenLine(line, problem))

    def summary(self, source: Path, size: int, mtime_ns: int, seconds: float) -> IndexSummary:
        return IndexSummary(
            source=str(source.resolve()),
            size=size,
            mtime_ns=mtime_ns,
            rows=len(self._starts),
            columns=tuple(self._columns),
            broken=self._broken,
            problems=tuple(self._problems),
            content_hash=hashlib.sha256(self._hashes.tobytes()).hexdigest()[:16],
            converted=self._converted,
            seconds=round(seconds, 3),
        )

    def write(self, folder: Path, summary: IndexSummary) -> None:
        for name, values in (
            ("starts", np.array(self._starts, np.uint64)),
            ("lengths", np.array(self._lengths, np.uint32)),
            ("lines", np.array(self._lines, np.uint32)),
            ("hashes", np.array(self._hashes, np.uint64)),
        ):
            np.save(folder / f"{name}.npy", values, allow_pickle=False)
        (folder / _SUMMARY).write_bytes(msgspec.json.encode(summary))


def _refuse_empty(source: Path, summary: IndexSummary) -> None:
    if summary.rows:
        return
    if not summary.broken:
        raise UserError("data.empty", path=source)
    first = summary.problems[0]
    raise UserError(
        "data.all_broken", path=source, count=summary.broken, line=first.line, problem=first.problem
    )


def _mapped(path: Path) -> NDArray[Any]:
    mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return mapped
