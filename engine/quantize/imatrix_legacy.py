"""Importance matrices in the format that llama.cpp wrote before GGUF (`.dat`), which are still handed around.

Little endian: the number of entries; for each the length of its name, the name, a number of calls, the number
of values, and as many F32: the mean square of each column times the calls. Then, in newer files, the number
of chunks, the length of the data set's name, and the name. All integers have 32 bits.
"""

import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.errors import UserError
from engine.quantize.imatrix_values import Entry, Imatrix

_INTEGER = struct.Struct("<i")
_MOST_ENTRIES, _MOST_NAME = 100_000, 1024


class _Reader:
    """The bytes of a file, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def ended(self) -> bool:
        return self._place >= len(self._data)

    def integer(self, least: int, most: int) -> int:
        (value,) = _INTEGER.unpack(self.take(_INTEGER.size))
        if not least <= value <= most:
            raise ValueError
        return int(value)

    def take(self, count: int) -> bytes:
        if count > len(self._data) - self._place:
            raise ValueError
        self._place += count
        return self._data[self._place - count : self._place]

    def text(self) -> str:
        return self.take(self.integer(1, _MOST_NAME)).decode()


def read_legacy(path: Path, widths: Mapping[str, int]) -> Imatrix:
    """`widths`: columns by tensor name. The format does not tell a mixture's matrices apart, they do.

    Raises `UserError` imatrix.unreadable, model.unreadable.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from error
    try:
        return _read(_Reader(data), widths)
    except ValueError:  # also what is no UTF-8
        reason = "it is neither a GGUF file nor one of llama.cpp's older matrices"
        raise UserError("imatrix.unreadable", path=path, reason=reason) from None


def _read(reader: _Reader, widths: Mapping[str, int]) -> Imatrix:
    entries: dict[str, Entry] = {}
    for _ in range(reader.integer(1, _MOST_ENTRIES)):
        name, calls = reader.text(), reader.integer(1, 1 << 30)
        count = reader.integer(1, 1 << 30)
        values = np.frombuffer(reader.take(count * 4), np.dtype("<f4")).astype(np.float32)
        width = widths.get(name, count)
        if count % width:
            width = count
        matrices = count // width
        entries[name] = Entry(values.reshape(matrices, width), np.full(matrices, calls, np.float32))
    if reader.ended():
        return Imatrix(entries, (), 0, 0)
    chunks = reader.integer(0, 1 << 30)
    return Imatrix(entries, () if reader.ended() else (reader.text(),), chunks, 0)
