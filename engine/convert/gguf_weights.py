"""Weights of a GGUF file as numbers again: one tensor in memory at a time, as it is stored, decoded in
blocks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.library.gguf_header import GgufArray, GgufHeader, TensorInfo, Value, read_array, read_header
from engine.library.shards import part_paths

_BLOCK_VALUES = 1 << 20
_PLAIN = {"F32": "<f4", "F16": "<f2", "F64": "<f8"}


class GgufTensor(NamedTuple):
    """`shape` as numpy has it: rows first."""

    path: Path
    info: TensorInfo

    @property
    def shape(self) -> tuple[int, ...]:
        return self.info.shape[::-1]


class GgufModel:
    """A model in one file or several, with typed access to its metadata.

    Raises `UserError` model.*, also for metadata that is missing or of another type.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        parts = [read_header(part) for part in part_paths(path)]
        self.header: GgufHeader = parts[0]
        self.tensors = {info.name: GgufTensor(part.path, info) for part in parts for info in part.tensors}
        self.architecture = self.text("general.architecture")

    def value(self, key: str) -> Value | None:
        """A key of the architecture, such as `block_count`."""
        return self.header.metadata.get(f"{self.architecture}.{key}")

    def text(self, key: str, default: str = "") -> str:
        value = self.header.metadata.get(key)
        return value if isinstance(value, str) else default

    def integer(self, key: str, default: int | None = None) -> int:
        """One number; of a list with one number for each layer, if all are equal."""
        value = self.value(key)
        if isinstance(value, GgufArray) and value.values and len(set(value.values)) == 1:
            value = value.values[0]
        if type(value) is int and 0 <= value < 1 << 40:
            return value
        if value is not None or default is None:
            raise self._wrong(key)
        return default

    def real(self, key: str, default: float | None = None) -> float:
        value = self.value(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and np.isfinite(value):
            return float(value)
        if value is not None or default is None:
            raise self._wrong(key)
        return default

    def token(self, name: str) -> int | None:
        """The id of a special token: “bos”, “eos”, …; None where the file names none."""
        value = self.header.metadata.get(f"tokenizer.ggml.{name}_token_id")
        return value if type(value) is int and 0 <= value < 1 << 31 else None

    def flag(self, key: str) -> bool | None:
        value = self.header.metadata.get(key)
        return value if isinstance(value, bool) else None

    def array(self, key: str) -> tuple[Value, ...]:
        """A list of any length; () where there is none."""
        if not isinstance(self.header.metadata.get(key), GgufArray):
            return ()
        return read_array(self.header, key)

    def _wrong(self, key: str) -> UserError:
        return UserError("model.corrupt", path=self.path, what=f"{key} is missing or no sensible number")


def check_types(model: GgufModel) -> None:
    """Raises `UserError` convert.kind for weights that nobody here can decode."""
    import gguf  # noqa: PLC0415 - takes a moment

    library: Any = gguf
    for tensor in model.tensors.values():
        kind = tensor.info.type.name
        if kind not in _PLAIN and getattr(library.GGMLQuantizationType, kind, None) not in _decoders():
            raise UserError("convert.kind", path=tensor.path, name=tensor.info.name[:80], kind=kind)


def blocks(tensor: GgufTensor, order: NDArray[np.intp] | None = None) -> Iterator[NDArray[np.float32]]:
    """The values [rows, width] in single precision, about a million at a time; a vector is one row of width 1
    for each value. `order`: which row comes where.

    Raises `UserError` model.unreadable, model.truncated, model.corrupt (values that are no numbers).
    """
    stored = _read(tensor)
    if order is not None:
        stored = stored[order]
    step = max(1, _BLOCK_VALUES // _width(tensor))
    for start in range(0, len(stored), step):
        values = _decoded(stored[start : start + step], tensor.info.type.name)
        if not np.isfinite(values).all():
            raise UserError("model.corrupt", path=tensor.path, what=f"{tensor.info.name} is not all numbers")
        yield values


def values_of(tensor: GgufTensor, order: NDArray[np.intp] | None = None) -> NDArray[np.float32]:
    """All of a tensor in its shape."""
    found = np.empty((tensor.info.values // _width(tensor), _width(tensor)), np.float32)
    start = 0
    for block in blocks(tensor, order):
        found[start : start + len(block)] = block
        start += len(block)
    return found.reshape(tensor.shape)


def _width(tensor: GgufTensor) -> int:
    return tensor.info.shape[0] if len(tensor.info.shape) > 1 else 1


def _read(tensor: GgufTensor) -> NDArray[np.uint8]:
    """Bytes [rows, bytes of a row]."""
    info = tensor.info
    try:
        with tensor.path.open("rb") as file:
            file.seek(info.offset)
            data = np.fromfile(file, np.uint8, info.nbytes)
    except OSError as error:
        raise UserError("model.unreadable", path=tensor.path, reason=error.strerror or str(error)) from error
    if data.nbytes != info.nbytes:
        end = info.offset + info.nbytes
        raise UserError("model.truncated", path=tensor.path, what=info.name, expected_bytes=end)
    return data.reshape(info.values // _width(tensor), -1)


def _decoders() -> Any:
    import gguf  # noqa: PLC0415

    library: Any = gguf
    return library.quants._type_traits


def _decoded(rows: NDArray[np.uint8], kind: str) -> NDArray[np.float32]:
    if kind in _PLAIN:
        return np.ascontiguousarray(rows).view(_PLAIN[kind]).astype(np.float32)
    import gguf  # noqa: PLC0415

    library: Any = gguf
    values: NDArray[np.float32] = library.quants.dequantize(
        np.ascontiguousarray(rows), library.GGMLQuantizationType[kind]
    )
    return values
