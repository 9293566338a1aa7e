"""Finds text in a million rows without reading them into Python values."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.datasets.index import RowIndex
from engine.errors import UserError

_CHUNK_BYTES = 1 << 18
"""Searched at once: about a millisecond, in which no other thread of Python runs."""


def search_rows(
    index: RowIndex, text: str, stop: Callable[[], bool] = lambda: False
) -> NDArray[np.int64] | None:
    """Numbers of the rows in which a value contains `text`, whatever the case of ASCII letters; all for "".

    None when `stop` says so, which is asked between chunks. Raises `UserError` data.changed.
    """
    if not text:
        return np.arange(len(index), dtype=np.int64)
    needles = _needles(text)
    wanted = text.casefold()
    found: list[int] = []
    try:
        with index.path.open("rb") as file:
            for first, starts, size in _chunks(index):
                if stop():
                    return None
                file.seek(int(starts[0]))
                data = file.read(size).lower()
                hits = [first + row for row in _hits(data, needles, starts - starts[0])]
                # The needle may stand in the name of a column.
                found += [row for row in hits if _contains(index.row(row), wanted)]
    except OSError:
        raise UserError("data.changed", path=index.path) from None
    return np.array(found, np.int64)


def _chunks(index: RowIndex) -> Iterator[tuple[int, NDArray[Any], int]]:
    """(first row, where each row of the chunk begins, bytes of the chunk)."""
    starts, lengths = index.starts, index.lengths
    count = len(index)
    first = 0
    while first < count:
        limit = int(starts[first]) + _CHUNK_BYTES
        end = max(first + 1, int(np.searchsorted(starts, limit)))
        size = int(starts[end - 1]) + int(lengths[end - 1]) - int(starts[first])
        yield first, np.asarray(starts[first:end], np.int64), size
        first = end


def _hits(data: bytes, needles: tuple[bytes, ...], starts: NDArray[np.int64]) -> list[int]:
    """Rows of the chunk in which one of the needles stands, in order."""
    rows: set[int] = set()
    for needle in needles:
        position = data.find(needle)
        while position >= 0:
            row = int(np.searchsorted(starts, position, side="right")) - 1
            rows.add(row)
            following = int(starts[row + 1]) if row + 1 < len(starts) else len(data)
            position = data.find(needle, following)
    return sorted(rows)


def _needles(text: str) -> tuple[bytes, ...]:
    """How a text can be written in JSON: as it is, and with escapes."""
    plain = json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "replace").lower()
    escaped = json.dumps(text)[1:-1].encode().lower()
    slashes = plain.replace(b"/", b"\\/")
    return tuple(dict.fromkeys((plain, escaped, slashes)))


def _contains(value: Any, wanted: str) -> bool:
    """Whether a value, at any depth, contains the text; names of columns do not count."""
    if isinstance(value, str):
        return wanted in value.casefold()
    if isinstance(value, dict):
        return any(_contains(one, wanted) for one in value.values())
    if isinstance(value, list):
        return any(_contains(one, wanted) for one in value)
    return not isinstance(value, bool) and value is not None and wanted in str(value)
