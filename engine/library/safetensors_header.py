"""The header of a safetensors file, read without trusting it: eight bytes of length, then JSON.

Offsets are checked against the file, the shapes and each other; of the weights nothing is read.
"""

import json
import math
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from engine.errors import UserError

_MAX_HEADER = 64 << 20
_MAX_TENSORS = 1_000_000
_BITS = {
    "BOOL": 8,
    "U8": 8,
    "I8": 8,
    "F8_E4M3": 8,
    "F8_E5M2": 8,
    "F8_E8M0": 8,
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    "I16": 16,
    "U16": 16,
    "F16": 16,
    "BF16": 16,
    "I32": 32,
    "U32": 32,
    "F32": 32,
    "I64": 64,
    "U64": 64,
    "F64": 64,
    "C64": 64,
}


class StoredTensor(NamedTuple):
    """`kind` as the header has it: F32, BF16…"""

    name: str
    kind: str
    values: int
    nbytes: int


class SafetensorsHeader(NamedTuple):
    """`metadata`: the texts under `__metadata__`."""

    tensors: tuple[StoredTensor, ...]
    metadata: Mapping[str, str]
    file_size: int


def read_safetensors_header(path: Path) -> SafetensorsHeader:
    """Raises `UserError` model.missing, model.unreadable, model.truncated, model.corrupt."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            start = file.read(8)
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
            if length > _MAX_HEADER:
                raise UserError("model.corrupt", path=path, what=f"its header is {length} bytes long")
            if length == 0 or 8 + length > size:
                what = "the end of its header"
                raise UserError("model.truncated", path=path, what=what, expected_bytes=8 + length)
            text = file.read(length)
    except FileNotFoundError:
        raise UserError("model.missing", path=path) from None
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    return _parsed(path, text, 8 + length, size)


def _parsed(path: Path, text: bytes, start: int, size: int) -> SafetensorsHeader:
    try:
        entries = json.loads(text, object_pairs_hook=_once)
    except _Twice as error:
        raise UserError("model.corrupt", path=path, what=f"{error.name[:80]} is there twice") from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="its header is no JSON") from None
    if not isinstance(entries, dict) or len(entries) > _MAX_TENSORS:
        raise UserError("model.corrupt", path=path, what="its header is no table of tensors")
    noted = entries.pop("__metadata__", None)
    metadata = {key: value for key, value in _table(noted).items() if isinstance(value, str)}
    tensors: list[StoredTensor] = []
    places: list[tuple[int, int, str]] = []
    for name, entry in entries.items():
        tensor, begin = _tensor(path, name, entry)
        tensors.append(tensor)
        places.append((begin, begin + tensor.nbytes, name))
    end = 0
    for begin, stop, name in sorted(places):
        if begin < end:
            raise UserError("model.corrupt", path=path, what=f"{name[:80]} overlaps another tensor")
        end = stop
    if start + end > size:
        raise UserError("model.truncated", path=path, what="its last tensor", expected_bytes=start + end)
    return SafetensorsHeader(tuple(tensors), metadata, size)


def _tensor(path: Path, name: str, entry: object) -> tuple[StoredTensor, int]:
    table = _table(entry)
    kind, shape, place = table.get("dtype"), table.get("shape"), table.get("data_offsets")
    if not (_naturals(shape) and _naturals(place) and isinstance(kind, str)) or len(place) != 2:
        raise UserError("model.corrupt", path=path, what=f"the entry of {name[:80]} is no tensor")
    begin, end = place
    values = math.prod(shape)
    if end < begin or (kind in _BITS and (end - begin) * 8 != values * _BITS[kind]):
        raise UserError("model.corrupt", path=path, what=f"the size of {name[:80]} does not fit its shape")
    return StoredTensor(name, kind[:16], values, end - begin), begin


class _Twice(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, value in pairs:
        if name in table:
            raise _Twice(name)
        table[name] = value
    return table


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _naturals(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and 0 <= item < 1 << 48 for item in value)
