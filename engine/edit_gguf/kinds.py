"""The types of GGUF metadata: how a value is checked and written."""

import math
import struct
from collections.abc import Sequence
from typing import NamedTuple

from engine.errors import UserError
from engine.protocol.gguf_edit import Scalar


class Kind(NamedTuple):
    """`layout` None for strings and arrays."""

    number: int
    layout: struct.Struct | None


KINDS: dict[str, Kind] = {
    "u8": Kind(0, struct.Struct("<B")),
    "i8": Kind(1, struct.Struct("<b")),
    "u16": Kind(2, struct.Struct("<H")),
    "i16": Kind(3, struct.Struct("<h")),
    "u32": Kind(4, struct.Struct("<I")),
    "i32": Kind(5, struct.Struct("<i")),
    "f32": Kind(6, struct.Struct("<f")),
    "bool": Kind(7, struct.Struct("<?")),
    "string": Kind(8, None),
    "array": Kind(9, None),
    "u64": Kind(10, struct.Struct("<Q")),
    "i64": Kind(11, struct.Struct("<q")),
    "f64": Kind(12, struct.Struct("<d")),
}
NAMES = {kind.number: name for name, kind in KINDS.items()}
SCALARS = tuple(name for name in KINDS if name != "array")
_U64 = struct.Struct("<Q")
_MAX_TEXT = 16 << 20
_LIMITS = {
    "u8": (0, 2**8 - 1),
    "i8": (-(2**7), 2**7 - 1),
    "u16": (0, 2**16 - 1),
    "i16": (-(2**15), 2**15 - 1),
    "u32": (0, 2**32 - 1),
    "i32": (-(2**31), 2**31 - 1),
    "u64": (0, 2**64 - 1),
    "i64": (-(2**63), 2**63 - 1),
}


def parse(kind: str, text: str) -> Scalar:
    """A value as a person types it. Raises `UserError` edit.value."""
    plain = text.strip()
    if kind == "string":
        return text
    if kind == "bool":
        if plain.lower() not in ("true", "false"):
            raise _wrong(kind, text, "it is neither true nor false")
        return plain.lower() == "true"
    try:
        value: Scalar = float(plain) if kind in ("f32", "f64") else int(plain, 0)
    except ValueError:
        raise _wrong(kind, text, "it is no number of this type") from None
    return check(kind, value)


def check(kind: str, value: object) -> Scalar:
    """The value, where a file can hold it as this type. Raises `UserError` edit.value."""
    if kind == "string" and isinstance(value, str):
        if len(value) > _MAX_TEXT or "\0" in value:
            raise _wrong(kind, value[:60], "it is too long or holds a NUL")
        return value
    if kind == "bool" and isinstance(value, bool):
        return value
    if kind in _LIMITS and type(value) is int:
        low, high = _LIMITS[kind]
        if not low <= value <= high:
            raise _wrong(kind, str(value), f"it has to be between {low} and {high}")
        return value
    if kind in ("f32", "f64") and type(value) in (int, float):
        number = float(value)  # type: ignore[arg-type] # one of the two, as was just asked
        if not math.isfinite(number) or (kind == "f32" and abs(number) > 3.4028235e38):
            raise _wrong(kind, str(value), "it is not finite")
        return number
    raise _wrong(kind, str(value)[:60], "it is of another type")


def encode(kind: str, value: object, item_kind: str = "") -> bytes:
    """As in a file, without its type. Raises `UserError` edit.value."""
    if kind != "array":
        return _scalar(kind, check(kind, value))
    if not isinstance(value, Sequence) or isinstance(value, str) or item_kind not in SCALARS:
        raise _wrong(kind, str(value)[:60], "it is no list of one type")
    head = struct.pack("<IQ", KINDS[item_kind].number, len(value))
    return head + b"".join(_scalar(item_kind, check(item_kind, item)) for item in value)


def _scalar(kind: str, value: Scalar) -> bytes:
    layout = KINDS[kind].layout
    return text_bytes(str(value)) if layout is None else layout.pack(value)


def text_bytes(text: str) -> bytes:
    """A string as in a file: its length, then UTF-8."""
    data = text.encode("utf-8", "surrogatepass")
    return _U64.pack(len(data)) + data


def _wrong(kind: str, value: str, reason: str) -> UserError:
    return UserError("edit.value", value=value[:60], kind=kind, reason=reason)
