"""Weights written as safetensors, in parts: one file, or several of a bounded size with an index."""

import json
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.output import check_space
from engine.protocol.jobs import JobEvent, JobStep

Tell = Callable[[JobEvent], None]
Floats = NDArray[np.float32]
WIDTHS = {"F32": 4, "F16": 2, "BF16": 2}
TORCH_NAMES = {"F32": "float32", "F16": "float16", "BF16": "bfloat16"}
SHARD_BYTES = 5_000_000_000
"""As transformers splits what it saves."""
_SPARE = 16 << 20


class OutTensor(NamedTuple):
    """`blocks`: the values in single precision, in order, in parts of any shape."""

    name: str
    shape: tuple[int, ...]
    blocks: Callable[[], Iterator[Floats]]

    @property
    def values(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))


def write_weights(
    folder: Path, tensors: list[OutTensor], kind: str, tell: Tell, *, shard_bytes: int = SHARD_BYTES
) -> int:
    """Bytes of all weights. `kind`: a key of `WIDTHS`.

    Raises `UserError` output.no_space, convert.overflow, and whatever the blocks raise.
    """
    total = sum(one.values for one in tensors) * WIDTHS[kind]
    check_space(folder, total + _SPARE)
    shards = _shards(tensors, kind, shard_bytes)
    progress = _Progress(tell, total)
    places: dict[str, str] = {}
    for number, shard in enumerate(shards, 1):
        several = f"model-{number:05d}-of-{len(shards):05d}.safetensors"
        file = several if len(shards) > 1 else "model.safetensors"
        places.update(dict.fromkeys((one.name for one in shard), file))
        with (folder / file).open("wb") as out:
            _write_shard(out, shard, kind, progress)
    if len(shards) > 1:
        index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(places.items()))}
        write_json(folder / "model.safetensors.index.json", index)
    return total


def write_json(path: Path, value: Any) -> None:
    """Indented, as these files come."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def as_stored(values: Floats, kind: str, name: str) -> NDArray[Any]:
    """Rounded to the nearest. Raises `UserError` convert.overflow."""
    if kind == "F32":
        return np.ascontiguousarray(values)
    if kind == "F16":
        with np.errstate(over="ignore"):
            half = values.astype(np.float16)
        if not np.isfinite(half).all():
            raise UserError("convert.overflow", name=name)
        return half
    bits = np.ascontiguousarray(values).view(np.uint32)
    # To the nearest, ties to even: what is cut off is half of the last place that stays.
    rounded = bits + (np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1)))
    return (rounded >> np.uint32(16)).astype(np.uint16)


class _Progress:
    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total = tell, max(total, 1)
        self._done, self._began = 0, time.perf_counter()

    def begin(self, name: str) -> None:
        spent = time.perf_counter() - self._began
        left = spent / self._done * (self._total - self._done) if self._done else -1.0
        self._tell(JobStep(self._done / self._total, name, left))

    def wrote(self, nbytes: int) -> None:
        self._done += nbytes


def _shards(tensors: list[OutTensor], kind: str, limit: int) -> list[list[OutTensor]]:
    shards: list[list[OutTensor]] = [[]]
    size = 0
    for one in tensors:
        nbytes = one.values * WIDTHS[kind]
        if shards[-1] and size + nbytes > limit:
            shards.append([])
            size = 0
        shards[-1].append(one)
        size += nbytes
    return shards


def _write_shard(out: IO[bytes], tensors: list[OutTensor], kind: str, progress: _Progress) -> None:
    entries: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for one in tensors:
        begin, end = end, end + one.values * WIDTHS[kind]
        entries[one.name] = {"dtype": kind, "shape": list(one.shape), "data_offsets": [begin, end]}
    header = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    out.write(struct.pack("<Q", len(header)) + header)
    for one in tensors:
        progress.begin(one.name)
        written = 0
        for block in one.blocks():
            stored = as_stored(block, kind, one.name)
            out.write(stored.data)
            written += stored.nbytes
        if written != one.values * WIDTHS[kind]:
            raise ValueError(f"{one.name} has {written} bytes")
        progress.wrote(written)
