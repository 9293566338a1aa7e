"""Lines of JSON: which of them are rows, and what is wrong with the others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

_BOM = b"\xef\xbb\xbf"


class FoundLine(NamedTuple):
    """A line that is not blank. `line` counts from 1; `start` in bytes of the file; `data` with its end.

    `row` is None where it is no row; `problem` then says why.
    """

    line: int
    start: int
    data: bytes
    row: dict[str, Any] | None
    problem: str = ""


def read_lines(path: Path) -> Iterator[FoundLine]:
    """The lines of a JSONL file. Only line feeds end a line, as texts may hold other separators."""
    decode = msgspec.json.Decoder().decode
    position = 0
    with path.open("rb", buffering=1 << 20) as file:
        for number, line in enumerate(file, 1):
            start = position
            position += len(line)
            if number == 1 and line.startswith(_BOM):
                line, start = line[len(_BOM) :], len(_BOM)  # noqa: PLW2901 - the mark belongs to no row
            text = line.strip()
            if not text:
                continue
            try:
                row = decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield FoundLine(number, start, line, None, problem_of(error))
                continue
            if isinstance(row, dict):
                yield FoundLine(number, start, line, row)
            else:
                yield FoundLine(number, start, line, None, "it is no object with columns")


def problem_of(error: Exception) -> str:
    """The decoder's words, without what it says about Python."""
    words = " ".join(str(error).split()) or type(error).__name__
    return words.removeprefix("JSON is malformed: ")[:160]
