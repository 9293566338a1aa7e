"""Reads what a GGUF file says about itself, without trusting a byte of it and without the weights.

Format: GGUF versions 2 and 3, little-endian, as in ggml's `docs/gguf.md`. Every count and length is checked
against the bytes that are there before anything is allocated. Large arrays (vocabularies) are skipped and
can be read later. Everything wrong with a file is a `UserError` model.*.
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from engine.errors import UserError
from engine.library.file_window import FileWindow
from engine.library.ggml_types import GGML_TYPES, GgmlType

_U32, _U64 = struct.Struct("<I"), struct.Struct("<Q")
_STRING, _ARRAY, _BOOL = 8, 9, 7
_SCALARS: dict[int, struct.Struct] = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: _U32,
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: _U64,
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
_VERSIONS = (2, 3)
_EAGER_ITEMS = 1024
_MAX_NESTING = 3
_MAX_KEYS = 65_536
_MAX_TENSORS = 1_000_000
_MAX_ITEMS = 1 << 26
_MAX_NAME = 65_535
_MAX_STRING = 64 << 20
_MAX_DIMENSIONS = 4
_MAX_VALUES = 1 << 62
_MAX_ALIGNMENT = 1 << 20
_SMALLEST_TENSOR_INFO = 8 + 1 + 4 + 8 + 4 + 8
_SMALLEST_KEY = 8 + 1 + 4 + 1

Scalar = int | float | bool | str


class GgufArray(NamedTuple):
    """An array in the metadata. `values` is None where it is long: `read_array` reads it."""

    item_type: int
    length: int
    offset: int
    values: tuple["Value", ...] | None


Value = Scalar | GgufArray


class TensorInfo(NamedTuple):
    """`shape` in ggml's order (fastest dimension first); `offset` from the beginning of the file."""

    name: str
    shape: tuple[int, ...]
    type: GgmlType
    offset: int
    nbytes: int

    @property
    def values(self) -> int:
        count = 1
        for dimension in self.shape:
            count *= dimension
        return count


class GgufHeader(NamedTuple):
    """A whole header. Sizes and offsets in bytes."""

    path: Path
    version: int
    file_size: int
    metadata: Mapping[str, Value]
    tensors: tuple[TensorInfo, ...]
    alignment: int
    data_offset: int


def read_header(path: Path | str) -> GgufHeader:
    """Read and check a header. Raises `UserError` model.missing, unreadable, not_gguf, truncated, corrupt."""
    with FileWindow(Path(path)) as window:
        version = _read_magic(window)
        tensor_count = _count(window, "the tensor count", _MAX_TENSORS)
        key_count = _count(window, "the metadata count", _MAX_KEYS)
        least = tensor_count * _SMALLEST_TENSOR_INFO + key_count * _SMALLEST_KEY
        if window.position + least > window.size:
            raise window.truncated("the end of its header", window.position + least)
        metadata: dict[str, Value] = {}
        _read_metadata(window, key_count, metadata)
        alignment = _alignment(window, metadata)
        raw = [_read_tensor(window) for _ in range(tensor_count)]
        data_offset = -(-window.position // alignment) * alignment
        tensors = _place_tensors(window, raw, alignment, data_offset)
        return GgufHeader(window.path, version, window.size, metadata, tensors, alignment, data_offset)


def read_array(header: GgufHeader, key: str) -> tuple[Value, ...]:
    """All items of an array, also of a long one. Raises `KeyError` where `key` is no array."""
    array = header.metadata[key]
    if not isinstance(array, GgufArray):
        raise KeyError(key)
    if array.values is not None:
        return array.values
    with FileWindow(header.path) as window:
        window.position = array.offset
        return _items(window, array.item_type, array.length, key, 1)


def read_beginning(path: Path | str) -> Mapping[str, Value]:
    """The metadata of a file of which only the beginning is there, as far as it goes.

    Raises `UserError` model.missing, unreadable, not_gguf, corrupt.
    """
    metadata: dict[str, Value] = {}
    with FileWindow(Path(path)) as window:
        try:
            _read_magic(window)
            _count(window, "the tensor count", _MAX_TENSORS)
            _read_metadata(window, _count(window, "the metadata count", _MAX_KEYS), metadata)
        except UserError as error:
            if error.code != "model.truncated":
                raise
    return metadata


def _read_magic(window: FileWindow) -> int:
    magic = window.take_bytes(4, "its first bytes") if window.size >= 4 else b""
    if magic == bytes(4):
        raise window.corrupt("it begins with zeros, as a download does that was not finished")
    if magic != b"GGUF":
        raise UserError("model.not_gguf", path=window.path)
    version = int(window.take(_U32, "its version"))
    if version == 0:
        raise window.corrupt("zeros stand where its version should, as in a download that was not finished")
    if int.from_bytes(version.to_bytes(4, "little"), "big") in _VERSIONS:
        raise window.corrupt("it is big-endian, which this program does not read")
    if version not in _VERSIONS:
        raise window.corrupt(f"it has GGUF version {version}; 2 and 3 are known")
    return version


def _count(window: FileWindow, what: str, limit: int) -> int:
    value = int(window.take(_U64, what))
    if value > limit:
        raise window.corrupt(f"{what} is {value}")
    return value


def _string(window: FileWindow, what: str, limit: int = _MAX_STRING) -> str:
    length = int(window.take(_U64, what))
    if length > limit:
        raise window.corrupt(f"{what} is {length} bytes long")
    return window.take_bytes(length, what).decode("utf-8", "replace")


def _read_metadata(window: FileWindow, count: int, metadata: dict[str, Value]) -> None:
    for _ in range(count):
        key = _string(window, "a metadata key", _MAX_NAME)
        if not key or key in metadata:
            raise window.corrupt(f"its metadata names “{key[:80]}” twice" if key else "a key is empty")
        kind = int(window.take(_U32, f"the type of {key[:80]}"))
        metadata[key] = _value(window, kind, key[:80], 0)


def _value(window: FileWindow, kind: int, what: str, depth: int) -> Value:
    if kind == _STRING:
        return _string(window, what)
    if kind == _ARRAY:
        return _array(window, what, depth + 1)
    layout = _SCALARS.get(kind)
    if layout is None:
        raise window.corrupt(f"{what} has the unknown type {kind}")
    return window.take(layout, what)


def _array(window: FileWindow, what: str, depth: int) -> GgufArray:
    if depth > _MAX_NESTING:
        raise window.corrupt(f"{what} is nested too deeply")
    kind = int(window.take(_U32, what))
    length = _count(window, f"the length of {what}", _MAX_ITEMS)
    start = window.position
    if length <= _EAGER_ITEMS:
        return GgufArray(kind, length, start, _items(window, kind, length, what, depth))
    if kind in _SCALARS:
        end = start + length * _SCALARS[kind].size
        if end > window.size:
            raise window.truncated(what, end)
        window.position = end
    elif kind == _STRING:
        _skip_strings(window, length, what)
    else:
        raise window.corrupt(f"{what} has {length} items of the type {kind}")
    return GgufArray(kind, length, start, None)


def _items(window: FileWindow, kind: int, length: int, what: str, depth: int) -> tuple[Value, ...]:
    layout = _SCALARS.get(kind)
    if layout is None:
        return tuple(_value(window, kind, what, depth) for _ in range(length))
    raw = window.take_bytes(length * layout.size, what)
    return struct.unpack(f"<{length}{layout.format[-1]}", raw)


def _skip_strings(window: FileWindow, count: int, what: str) -> None:
    """The hot loop: a vocabulary has some 100,000 strings."""
    if window.position + 8 * count > window.size:
        raise window.truncated(what, window.position + 8 * count)
    unpack = _U64.unpack_from
    data, position, filled = window.data, window.position, len(window.data)
    for _ in range(count):
        if position + 8 > filled:
            window.need(position + 8, what)
            filled = len(data)
        (length,) = unpack(data, position)
        if length > _MAX_STRING:
            raise window.corrupt(f"an item of {what} is {length} bytes long")
        position += 8 + length
    window.need(position, what)
    window.position = position


class _RawTensor(NamedTuple):
    name: str
    shape: tuple[int, ...]
    type: GgmlType
    offset: int


def _read_tensor(window: FileWindow) -> _RawTensor:
    name = _string(window, "the name of a tensor", _MAX_NAME)
    short = name[:80]
    dimensions = int(window.take(_U32, short))
    if not 1 <= dimensions <= _MAX_DIMENSIONS:
        raise window.corrupt(f"the tensor {short} has {dimensions} dimensions")
    shape = tuple(int(window.take(_U64, short)) for _ in range(dimensions))
    number = int(window.take(_U32, short))
    offset = int(window.take(_U64, short))
    kind = GGML_TYPES.get(number)
    if kind is None:
        raise window.corrupt(f"the tensor {short} has the unknown type {number}")
    values = 1
    for dimension in shape:
        values *= dimension
        if dimension == 0 or values > _MAX_VALUES:
            raise window.corrupt(f"the tensor {short} has an impossible shape")
    if shape[0] % kind.block:
        raise window.corrupt(f"rows of the tensor {short} do not fit its type {kind.name}")
    return _RawTensor(name, shape, kind, offset)


def _alignment(window: FileWindow, metadata: Mapping[str, Value]) -> int:
    value = metadata.get("general.alignment", 32)
    if type(value) is not int or not 0 < value <= _MAX_ALIGNMENT or value & (value - 1):
        raise window.corrupt("its alignment is no power of two")
    return value


def _place_tensors(
    window: FileWindow, raw: list[_RawTensor], alignment: int, data_offset: int
) -> tuple[TensorInfo, ...]:
    """Checks names and places, and that the file is long enough for all of them."""
    if len({tensor.name for tensor in raw}) != len(raw):
        raise window.corrupt("two tensors have the same name")
    placed: list[TensorInfo] = []
    for tensor in raw:
        values = 1
        for dimension in tensor.shape:
            values *= dimension
        if tensor.offset % alignment:
            raise window.corrupt(f"the tensor {tensor.name[:80]} is not aligned")
        start = data_offset + tensor.offset
        placed.append(TensorInfo(tensor.name, tensor.shape, tensor.type, start, tensor.type.nbytes(values)))
    end = data_offset
    for info in sorted(placed, key=lambda info: info.offset):
        if info.offset < end:
            raise window.corrupt(f"the tensor {info.name[:80]} overlaps another one")
        end = info.offset + info.nbytes
        if end > _MAX_VALUES:
            raise window.corrupt(f"the tensor {info.name[:80]} is impossibly large")
    if end > window.size:
        raise window.truncated("its last tensor", end)
    return tuple(placed)
