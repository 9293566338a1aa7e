"""Importance matrices as llama.cpp's `llama-imatrix` writes and reads them: GGUF files.

Metadata: `general.type` “imatrix”, `imatrix.datasets`, `imatrix.chunk_count`, `imatrix.chunk_size`. For each
weight `W` two F32 tensors: `W.in_sum2` [matrices, columns], the sum of the squares of the inputs of every
column, and `W.counts` [matrices, 1], how many rows were summed. (A mixture's tensor has a matrix for each
expert, others have one.) Files of the older format are read, too.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import UserError
from engine.library.gguf_header import GgufArray, GgufHeader, TensorInfo, read_header
from engine.quantize.imatrix_legacy import read_legacy
from engine.quantize.imatrix_values import Entry, Floats, Imatrix

_SUMS, _COUNTS = ".in_sum2", ".counts"


def read_imatrix(path: Path, widths: Mapping[str, int]) -> Imatrix:
    """`widths`: columns by tensor name of the model that it is for.

    Raises `UserError` model.missing, model.truncated, … and imatrix.unreadable.
    """
    if not _is_gguf(path):
        found = read_legacy(path, widths)
        for weight, entry in found.entries.items():
            _checked(path, weight, entry)
        return found
    header = read_header(path)
    if header.metadata.get("general.type") != "imatrix":
        raise UserError("imatrix.unreadable", path=path, reason="it is a GGUF file of another kind")
    tensors = {info.name: info for info in header.tensors}
    entries: dict[str, Entry] = {}
    for name, info in tensors.items():
        if name.endswith(_SUMS):
            weight = name.removesuffix(_SUMS)
            counts = tensors.get(weight + _COUNTS)
            if counts is None or counts.values != info.values // info.shape[0]:
                raise UserError("imatrix.unreadable", path=path, reason=f"{weight} has no counts")
            sums = _floats(header, info).reshape(-1, info.shape[0])
            entries[weight] = _checked(path, weight, Entry(sums, _floats(header, counts)))
    if not entries:
        raise UserError("imatrix.unreadable", path=path, reason="it has no entries")
    return Imatrix(
        entries,
        _texts(header, "imatrix.datasets"),
        _integer(header, "imatrix.chunk_count"),
        _integer(header, "imatrix.chunk_size"),
    )


def write_imatrix(path: Path, imatrix: Imatrix) -> None:
    """Raises `OSError`."""
    import gguf  # noqa: PLC0415 - takes a moment, and only this function needs it

    writer: Any = gguf.GGUFWriter(path, "imatrix")
    try:
        writer.kv_data[0].pop("general.architecture")  # llama-imatrix writes none
        writer.add_type("imatrix")
        writer.add_array("imatrix.datasets", list(imatrix.datasets))
        writer.add_uint32("imatrix.chunk_count", imatrix.chunk_count)
        writer.add_uint32("imatrix.chunk_size", imatrix.chunk_size)
        for name, entry in sorted(imatrix.entries.items()):
            writer.add_tensor(name + _SUMS, np.ascontiguousarray(entry.sums, np.float32))
            writer.add_tensor(name + _COUNTS, np.ascontiguousarray(entry.counts, np.float32).reshape(-1, 1))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def _is_gguf(path: Path) -> bool:
    """A missing file is one, too: reading it says so."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"GGUF"
    except OSError:
        return True


def _checked(path: Path, weight: str, entry: Entry) -> Entry:
    if not (np.isfinite(entry.sums).all() and (entry.sums >= 0).all() and (entry.counts >= 0).all()):
        raise UserError("imatrix.unreadable", path=path, reason=f"the values of {weight} are no mean squares")
    return entry


def _floats(header: GgufHeader, info: TensorInfo) -> Floats:
    if info.type.name != "F32":
        raise UserError("imatrix.unreadable", path=header.path, reason=f"{info.name} is {info.type.name}")
    try:
        with header.path.open("rb") as file:
            file.seek(info.offset)
            data = file.read(info.nbytes)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("model.unreadable", path=header.path, reason=reason) from error
    if len(data) != info.nbytes:
        raise UserError(
            "model.truncated", path=header.path, what=info.name, expected_bytes=info.offset + info.nbytes
        )
    return np.frombuffer(data, np.dtype("<f4")).astype(np.float32)


def _texts(header: GgufHeader, key: str) -> tuple[str, ...]:
    value = header.metadata.get(key)
    items = value.values if isinstance(value, GgufArray) else None
    return tuple(item for item in items or () if isinstance(item, str))


def _integer(header: GgufHeader, key: str) -> int:
    value = header.metadata.get(key)
    return value if type(value) is int else 0
