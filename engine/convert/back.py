"""A GGUF file becomes a safetensors folder that transformers loads: the way back from `engine.convert.job`.

Quantized weights become numbers again; what quantizing took stays away.
"""

import time
from pathlib import Path

from engine.convert.back_config import layer_count, restored_config, restored_generation
from engine.convert.back_names import RestoredTensor, restored_tensors
from engine.convert.back_tokenizer import chat_template, restored_tokenizer, restored_tokenizer_config
from engine.convert.folder_weights import (
    SHARD_BYTES,
    TORCH_NAMES,
    WIDTHS,
    OutTensor,
    Tell,
    write_json,
    write_weights,
)
from engine.convert.gguf_weights import GgufModel, check_types
from engine.convert.merging import Merge
from engine.errors import UserError
from engine.output import writing_folder
from engine.protocol.jobs import ConvertJob, FileWritten


def run_back(
    job: ConvertJob, tell: Tell, merge: Merge | None = None, *, shard_bytes: int = SHARD_BYTES
) -> FileWritten:
    """`job.target` is a folder that is new or empty. Raises `UserError` model.*, convert.*, output.*."""
    started = time.perf_counter()
    kind = folder_kind(job.type_name)
    model = GgufModel(Path(job.source))
    config = restored_config(model)
    check_types(model)
    tokenizer = restored_tokenizer(model)
    found = restored_tensors(model, layer_count(model))
    tensors = [_out(one, merge) for one in found]
    if merge is not None:
        merge.check({one.name: one.shape for one in found}, model.path)
    target = Path(job.target)
    with writing_folder(target) as part:
        total = write_weights(part, tensors, kind, tell, shard_bytes=shard_bytes)
        write_json(part / "config.json", {**config, "torch_dtype": TORCH_NAMES[kind]})
        write_json(part / "generation_config.json", restored_generation(model))
        write_json(part / "tokenizer.json", tokenizer)
        settings = restored_tokenizer_config(model)
        template = chat_template(model)
        write_json(
            part / "tokenizer_config.json", {**settings, "chat_template": template} if template else settings
        )
    size = sum(path.stat().st_size for path in target.iterdir())
    values = total // WIDTHS[kind]
    return FileWritten(str(target), size, total * 8 / max(values, 1), time.perf_counter() - started)


def folder_kind(type_name: str) -> str:
    """Raises `UserError` quantize.unknown_type."""
    kind = type_name.upper()
    if kind not in WIDTHS:
        known = ", ".join(name.lower() for name in WIDTHS)
        raise UserError("quantize.unknown_type", name=type_name, known=known)
    return kind


def _out(one: RestoredTensor, merge: Merge | None) -> OutTensor:
    if merge is None or not merge.changes(one.name):
        return OutTensor(one.name, one.shape, one.blocks)
    return OutTensor(one.name, one.shape, lambda: iter((merge.merged(one.name, one.values()),)))
