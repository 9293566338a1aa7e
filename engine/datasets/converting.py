"""Files that are no JSONL become one: JSON, CSV, Parquet, text. One row is in memory at a time where
possible.
"""

import csv
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from engine.datasets.lines import problem_of
from engine.errors import UserError
from engine.text.file import read_text_file

_CSV = frozenset((".csv", ".tsv"))
_TEXT = frozenset((".txt", ".md", ".text"))
_BATCH = 1024
_SNIFFED_CHARS = 64 * 1024


class SourceRow(NamedTuple):
    """What a converter found. `place`: the line of the file, or the number of the row. Without a row,
    `problem`.
    """

    place: int
    row: dict[str, Any] | None
    problem: str = ""
    fraction: float = -1.0
    """How much of the file is read, where it is known."""


Convert = Callable[[Path], Iterator[SourceRow]]


def converter_for(path: Path) -> Convert | None:
    """How to read a file, by its name; None for JSONL, which is read where it is.

    A `.json` file whose first line is a row by itself is JSONL. Raises `UserError` data.format for others.
    """
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return None
    if suffix == ".json":
        return None if _is_lines(path) else json_rows
    if suffix in _CSV:
        return csv_rows
    if suffix == ".parquet":
        return parquet_rows
    if suffix in _TEXT:
        return text_rows
    raise UserError("data.format", path=path)


def json_rows(path: Path) -> Iterator[SourceRow]:
    """A list of rows, by itself or under one key of an object. Raises `UserError` data.unreadable."""
    data = path.read_bytes()
    try:
        rows = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("data.unreadable", path=path, reason=problem_of(error)) from None
    if isinstance(rows, dict):
        lists = [value for value in rows.values() if isinstance(value, list) and value]
        rows = next((value for value in lists if isinstance(value[0], dict)), [rows])
        if "messages" in rows[0] or not lists:
            rows = list(rows)
    if not isinstance(rows, list):
        raise UserError("data.unreadable", path=path, reason="it holds no list of rows")
    if rows and isinstance(rows[0], dict) and "role" in rows[0] and "content" in rows[0]:
        rows = [{"messages": rows}]  # one conversation
    for number, row in enumerate(rows, 1):
        fraction = number / len(rows)
        if isinstance(row, dict):
            yield SourceRow(number, row, fraction=fraction)
        elif isinstance(row, list) and row and isinstance(row[0], dict):
            key = "messages" if "role" in row[0] else "conversations"
            yield SourceRow(number, {key: row}, fraction=fraction)
        else:
            yield SourceRow(number, None, "it is no object with columns", fraction)


def csv_rows(path: Path) -> Iterator[SourceRow]:
    """The first row names the columns; commas, semicolons or tabs between the fields."""
    csv.field_size_limit(2**31 - 1)
    total = max(1, path.stat().st_size)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        sample = file.read(_SNIFFED_CHARS)
        file.seek(0)
        read = 0

        def lines() -> Iterator[str]:
            nonlocal read
            for line in file:
                read += len(line)
                yield line.replace("\0", "")

        reader = csv.reader(lines(), delimiter=_delimiter(path, sample))
        names = [name.strip() for name in next(reader, [])]
        place = reader.line_num + 1
        for fields in reader:
            if fields:
                yield _csv_row(names, fields, place, min(1.0, read / total))
            place = reader.line_num + 1


def _csv_row(names: list[str], fields: list[str], place: int, fraction: float) -> SourceRow:
    if len(fields) != len(names):
        problem = f"it has {len(fields)} fields, and there are {len(names)} columns"
        return SourceRow(place, None, problem, fraction)
    try:
        "".join(fields).encode()
    except UnicodeEncodeError:
        return SourceRow(place, None, "it is not valid UTF-8", fraction)
    return SourceRow(place, dict(zip(names, fields, strict=True)), fraction=fraction)


def _delimiter(path: Path, sample: str) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    head = sample.partition("\n")[0]
    return max(",;\t", key=head.count)


def parquet_rows(path: Path) -> Iterator[SourceRow]:
    """Raises `UserError` data.needs_package where the training stack is missing, data.unreadable."""
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise UserError("data.needs_package", path=path, package="pyarrow") from None
    try:
        file = parquet.ParquetFile(path)
        total = max(1, file.metadata.num_rows)
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield SourceRow(number, row, fraction=number / total)
    except (OSError, ValueError, MemoryError) as error:  # pyarrow's own errors derive from these
        raise UserError("data.unreadable", path=path, reason=problem_of(error).rstrip(".")) from error


def text_rows(path: Path) -> Iterator[SourceRow]:
    """Paragraphs: blank lines stand between them. Raises `UserError` file.*."""
    lines = read_text_file(path).split("\n")
    start, block = 1, list[str]()
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            start = start if block else number
            block.append(line.rstrip("\r"))
        elif block:
            yield SourceRow(start, {"text": "\n".join(block)}, fraction=number / (len(lines) + 1))
            block = []


def _is_lines(path: Path) -> bool:
    """Whether the first line is a row of its own, and there are more (or nothing else)."""
    with path.open("rb") as file:
        line = file.readline(1 << 24)
        more = file.readline(1 << 10)
    try:
        row = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf").strip())
    except (msgspec.DecodeError, RecursionError):
        return False
    return isinstance(row, dict) and bool(more.strip())
