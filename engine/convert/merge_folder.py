"""A safetensors folder with an adapter merged into it, as a new folder."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.convert.back import folder_kind
from engine.convert.config import read_config
from engine.convert.folder_weights import (
    SHARD_BYTES,
    TORCH_NAMES,
    WIDTHS,
    OutTensor,
    Tell,
    write_json,
    write_weights,
)
from engine.convert.merging import Merge
from engine.convert.weights import StoredTensor, check_kinds, list_tensors, read_values, to_float
from engine.errors import UserError
from engine.output import writing_folder
from engine.protocol.jobs import ConvertJob, FileWritten

Floats = NDArray[np.float32]
_BLOCK_VALUES = 1 << 20
_COPIED = (".json", ".jinja", ".model", ".txt", ".md")
_NOT_COPIED = ("config.json", "model.safetensors.index.json")
_MOST_BYTES = 128 << 20


def run_merge(job: ConvertJob, tell: Tell, merge: Merge, *, shard_bytes: int = SHARD_BYTES) -> FileWritten:
    """Raises `UserError` model.*, convert.*, adapter.*, output.*."""
    started = time.perf_counter()
    kind = folder_kind(job.type_name)
    source, target = Path(job.source), Path(job.target)
    stored = list_tensors(source)
    config = read_config(source)
    check_kinds(stored)
    merge.check({name: one.shape for name, one in stored.items()}, source)
    tensors = [_out(one, merge) for one in stored.values()]
    with writing_folder(target) as part:
        total = write_weights(part, tensors, kind, tell, shard_bytes=shard_bytes)
        _copy_beside(source, part)
        values: dict[str, Any] = {**config.values, "torch_dtype": TORCH_NAMES[kind]}
        values.pop("dtype", None)
        write_json(part / "config.json", values)
    size = sum(path.stat().st_size for path in target.iterdir())
    bits = total * 8 / max(total // WIDTHS[kind], 1)
    return FileWritten(str(target), size, bits, time.perf_counter() - started)


def _out(one: StoredTensor, merge: Merge) -> OutTensor:
    def blocks() -> Iterator[Floats]:
        values = read_values(one)
        if merge.changes(one.name):
            yield from _checked(one, iter((merge.merged(one.name, to_float(values)),)))
            return
        flat = values.reshape(-1)
        parts = (flat[start : start + _BLOCK_VALUES] for start in range(0, flat.size, _BLOCK_VALUES))
        yield from _checked(one, (to_float(part) for part in parts))

    return OutTensor(one.name, one.shape, blocks)


def _checked(one: StoredTensor, parts: Iterator[Floats]) -> Iterator[Floats]:
    for part in parts:
        if not np.isfinite(part).all():
            raise UserError("model.corrupt", path=one.path, what=f"{one.name} is not all numbers")
        yield part


def _copy_beside(source: Path, part: Path) -> None:
    """Tokenizer, template, licence: what belongs to a model beside its weights."""
    for path in sorted(source.iterdir()):
        wanted = path.suffix in _COPIED or path.stem.upper() in ("LICENSE", "NOTICE")
        small = path.is_file() and path.stat().st_size < _MOST_BYTES
        if wanted and small and path.name not in _NOT_COPIED and not path.name.startswith("adapter_"):
            shutil.copyfile(path, part / path.name)
