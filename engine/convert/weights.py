"""Tensors of a safetensors folder, read one at a time, without trusting the headers.

Format: eight bytes with the header's length, a JSON header, then the data. Every offset is checked against
the file and against every other one before anything is read. No pickle is ever opened.
"""

import json
import math
import struct
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.library.safetensors_folder import check_index

_MAX_HEADER = 64 << 20
_MAX_INDEX = 64 << 20
_MAX_TENSORS = 1_000_000
_KINDS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_INDEX = "model.safetensors.index.json"
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")


class StoredTensor(NamedTuple):
    """`offset` in the file; `kind` as the header has it: F32, BF16, …"""

    name: str
    path: Path
    kind: str
    shape: tuple[int, ...]
    offset: int
    nbytes: int


def list_tensors(folder: Path) -> dict[str, StoredTensor]:
    """All tensors of a model by name.

    Raises `UserError` model.missing, model.pickle_only, model.incomplete_split, model.corrupt,
    model.truncated, model.unreadable, convert.kind.
    """
    if not folder.is_dir():
        raise UserError("model.missing" if not folder.exists() else "convert.no_folder", path=folder)
    found: dict[str, StoredTensor] = {}
    for path in _files(folder):
        for tensor in _read_header(path):
            if tensor.name in found:
                raise UserError("model.corrupt", path=path, what=f"{tensor.name[:80]} is there twice")
            found[tensor.name] = tensor
    _check_index(folder, found)
    return found


def read_values(tensor: StoredTensor) -> NDArray[Any]:
    """The values as they are stored; BF16 as its upper halves of F32 (uint16).

    Raises `UserError` model.unreadable, model.truncated.
    """
    try:
        with tensor.path.open("rb") as file:
            file.seek(tensor.offset)
            values = np.fromfile(file, np.dtype(_KINDS[tensor.kind]), tensor.nbytes // _width(tensor.kind))
    except OSError as error:
        raise UserError("model.unreadable", path=tensor.path, reason=error.strerror or str(error)) from error
    if values.nbytes != tensor.nbytes:
        end = tensor.offset + tensor.nbytes
        raise UserError("model.truncated", path=tensor.path, what=tensor.name, expected_bytes=end)
    return values.reshape(tensor.shape)


def to_float(values: NDArray[Any]) -> NDArray[np.float32]:
    """Stored values in single precision."""
    if values.dtype == np.uint16:
        wide: NDArray[np.float32] = (values.astype(np.uint32) << 16).view(np.float32)
        return wide
    return values.astype(np.float32)  # always a copy: the caller may change it


def _files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.glob("*.safetensors") if path.is_file())
    if files:
        return files
    if any(path.suffix in _PICKLES for path in folder.iterdir()):
        raise UserError("model.pickle_only", path=folder)
    check_index(folder)
    raise UserError("convert.no_folder", path=folder)


def _read_header(path: Path) -> list[StoredTensor]:
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
            entries = json.loads(file.read(length))
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="its header is no JSON") from None
    if not isinstance(entries, dict) or len(entries) > _MAX_TENSORS:
        raise UserError("model.corrupt", path=path, what="its header is no table of tensors")
    tensors = [
        _tensor(path, name, entry, 8 + length) for name, entry in entries.items() if name != "__metadata__"
    ]
    _check_places(path, tensors, 8 + length, size)
    return tensors


def _tensor(path: Path, name: str, entry: object, data: int) -> StoredTensor:
    table = entry if isinstance(entry, dict) else {}
    kind, shape, place = table.get("dtype"), table.get("shape"), table.get("data_offsets")
    if not (_naturals(shape) and _naturals(place) and isinstance(kind, str)) or len(place) != 2:
        raise UserError("model.corrupt", path=path, what=f"the entry of {name[:80]} is no tensor")
    begin, end = place
    if kind in _KINDS and 0 in shape:
        raise UserError("model.corrupt", path=path, what=f"{name[:80]} is empty")
    if kind in _KINDS and end - begin != math.prod(shape) * _width(kind):
        raise UserError("model.corrupt", path=path, what=f"the size of {name[:80]} does not fit its shape")
    return StoredTensor(name, path, kind, tuple(shape), data + begin, end - begin)


def _naturals(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and 0 <= item < 1 << 48 for item in value)


def _check_places(path: Path, tensors: list[StoredTensor], start: int, size: int) -> None:
    end = start
    for tensor in sorted(tensors, key=lambda one: (one.offset, one.nbytes)):
        if tensor.nbytes < 0 or tensor.offset < end:
            raise UserError("model.corrupt", path=path, what=f"{tensor.name[:80]} overlaps another tensor")
        end = tensor.offset + tensor.nbytes
    if end > size:
        raise UserError("model.truncated", path=path, what="its last tensor", expected_bytes=end)


def _check_index(folder: Path, found: dict[str, StoredTensor]) -> None:
    """A split model says which file has which tensor: all of them have to be there."""
    path = folder / _INDEX
    if not path.is_file():
        return
    try:
        if path.stat().st_size > _MAX_INDEX:
            raise UserError("model.corrupt", path=path, what="it is too long")
        index = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="it is no JSON") from None
    places = index.get("weight_map") if isinstance(index, dict) else None
    if not isinstance(places, dict):
        raise UserError("model.corrupt", path=path, what="it names no tensors")
    present = {tensor.path.name for tensor in found.values()}
    wanted = sorted({str(name) for name in places.values()})
    for number, name in enumerate(wanted, 1):
        if name not in present:
            raise UserError("model.incomplete_split", path=folder, count=len(wanted), number=number)
    for tensor in places:
        if tensor not in found:
            raise UserError("model.corrupt", path=folder, what=f"the tensor {str(tensor)[:80]} is missing")


def _width(kind: str) -> int:
    return np.dtype(_KINDS[kind]).itemsize


def check_kinds(tensors: dict[str, StoredTensor]) -> None:
    """Raises `UserError` convert.kind for weights that are no floating-point numbers."""
    for tensor in tensors.values():
        if tensor.kind not in _KINDS:
            raise UserError("convert.kind", path=tensor.path, name=tensor.name[:80], kind=tensor.kind[:20])
