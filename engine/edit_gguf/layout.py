"""Where each key of a GGUF file begins and ends, so that what nobody changed is copied byte for byte."""

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

from engine.edit_gguf.kinds import KINDS, NAMES
from engine.errors import UserError
from engine.library.gguf_header import GgufHeader, read_header

_U32, _U64 = struct.Struct("<I"), struct.Struct("<Q")


class StoredKey(NamedTuple):
    """`start` to `end` is the whole entry, `value` where its value begins (of an array: its first item)."""

    key: str
    kind: str
    item_kind: str
    length: int
    start: int
    value: int
    end: int


class Layout(NamedTuple):
    """`infos`: where the list of tensors begins and ends."""

    header: GgufHeader
    keys: tuple[StoredKey, ...]
    infos: tuple[int, int]


def read_layout(path: Path) -> Layout:
    """Raises `UserError` model.*: the file is checked as a whole before it is walked through."""
    header = read_header(path)
    try:
        with path.open("rb") as file:
            file.seek(4 + 4 + 8)
            (count,) = _U64.unpack(file.read(8))
            keys = tuple(_entry(file) for _ in range(count))
            start = file.tell()
            for _ in header.tensors:
                _skip_tensor(file)
            return Layout(header, keys, (start, file.tell()))
    except (struct.error, KeyError):  # it was changed between two looks
        raise UserError("model.corrupt", path=path, what="its header ends too early") from None
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None


def _entry(file: BinaryIO) -> StoredKey:
    start = file.tell()
    key = file.read(_number(file, _U64)).decode("utf-8", "replace")
    kind, item_kind, length = NAMES[_number(file, _U32)], "", 0
    if kind == "array":
        item_kind, length = NAMES[_number(file, _U32)], _number(file, _U64)
    value = file.tell()
    if kind == "array":
        _skip_items(file, item_kind, length)
    else:
        _skip(file, kind)
    return StoredKey(key, kind, item_kind, length, start, value, file.tell())


def _skip(file: BinaryIO, kind: str) -> None:
    layout = KINDS[kind].layout
    if layout is not None:
        file.seek(layout.size, 1)
    elif kind == "string":
        file.seek(_number(file, _U64), 1)
    else:
        _skip_items(file, NAMES[_number(file, _U32)], _number(file, _U64))


def _skip_items(file: BinaryIO, kind: str, length: int) -> None:
    layout = KINDS[kind].layout
    if layout is not None:
        file.seek(layout.size * length, 1)
        return
    for _ in range(length):
        _skip(file, kind)


def _skip_tensor(file: BinaryIO) -> None:
    file.seek(_number(file, _U64), 1)
    file.seek(8 * _number(file, _U32) + 4 + 8, 1)


def _number(file: BinaryIO, layout: struct.Struct) -> int:
    (value,) = layout.unpack(file.read(layout.size))
    return int(value)
