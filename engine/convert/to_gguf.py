"""A safetensors folder becomes a GGUF file: one tensor in memory at a time."""

import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.convert.architectures import Architecture, architecture_of, is_left_out, notices
from engine.convert.config import Config, read_config
from engine.convert.merging import Merge
from engine.convert.origin import add_source
from engine.convert.tokenizer import Vocabulary, add_tokenizer, read_tokenizer
from engine.convert.weights import StoredTensor, check_kinds, list_tensors, read_values, to_float
from engine.errors import UserError
from engine.output import check_space, check_target, writing
from engine.protocol.jobs import ConvertJob, FileWritten, JobEvent, JobStep

Tell = Callable[[JobEvent], None]
_FILE_TYPES = {"F32": 0, "F16": 1, "Q8_0": 7, "BF16": 32}
_BLOCK_BYTES = 4 << 20
_EMBEDDINGS = ("model.embed_tokens.weight", "transformer.wte.weight", "wte.weight", "embed_tokens.weight")
_HEADER_SPARE = 4 << 20


class Placed(NamedTuple):
    """A tensor under its new name. `shape` as numpy has it, in the new file."""

    name: str
    source: StoredTensor | NDArray[np.float32]
    shape: tuple[int, ...]
    kind: str
    nbytes: int


class _Model(NamedTuple):
    """What is converted."""

    folder: Path
    config: Config
    architecture: Architecture
    vocabulary: Vocabulary
    tensors: dict[str, StoredTensor]
    merge: Merge | None


def run_to_gguf(job: ConvertJob, tell: Tell, merge: Merge | None = None) -> FileWritten:
    """`merge`: an adapter that becomes part of the weights.

    Raises `UserError` model.*, convert.*, adapter.*, output.*.
    """
    started = time.perf_counter()
    folder, target = Path(job.source), Path(job.target)
    kind = job.type_name.upper()
    if kind not in _FILE_TYPES:
        known = ", ".join(name.lower() for name in _FILE_TYPES)
        raise UserError("quantize.unknown_type", name=job.type_name, known=known)
    tensors = list_tensors(folder)
    config = read_config(folder)
    architecture = architecture_of(config)
    check_kinds(tensors)
    if merge is not None:
        merge.check({name: one.shape for name, one in tensors.items()}, folder)
    check_target(target, tuple(path for path in folder.iterdir() if path.is_file()))
    vocabulary = read_tokenizer(folder, _embedding_rows(config, tensors))
    for notice in notices(config):
        tell(notice)
    with writing(target) as part:
        model = _Model(folder, config, architecture, vocabulary, tensors, merge)
        placed = _write(part, target, model, kind, tell)
    values = sum(int(np.prod(one.shape)) for one in placed)
    bits = sum(one.nbytes for one in placed) * 8 / max(values, 1)
    return FileWritten(str(target), target.stat().st_size, bits, time.perf_counter() - started)


def _write(part: Path, target: Path, model: _Model, kind: str, tell: Tell) -> list[Placed]:
    import gguf  # noqa: PLC0415 - takes a moment

    library: Any = gguf
    folder, config, architecture, vocabulary = model[:4]
    arch = library.MODEL_ARCH[architecture.gguf]
    writer: Any = library.GGUFWriter(part, library.MODEL_ARCH_NAMES[arch])
    try:
        writer.add_type("model")
        writer.add_name(_model_name(folder, vocabulary))
        add_source(writer, folder)
        extra = architecture.describe(writer, config)
        writer.add_vocab_size(len(vocabulary.tokens))
        writer.add_file_type(_FILE_TYPES[kind])
        writer.add_quantization_version(library.GGML_QUANT_VERSION)
        try:
            add_tokenizer(writer, folder, vocabulary)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            # The library takes these files to be well made.
            raise UserError("model.corrupt", path=folder / "tokenizer.json", what=str(error)[:200]) from error
        names = library.get_tensor_name_map(arch, config.layers)
        placed = [_extra(name, values) for name, values in extra.items()]
        placed += _place(model, names, kind)
        check_space(target, sum(one.nbytes for one in placed) + _HEADER_SPARE)
        for one in placed:
            raw = library.GGMLQuantizationType[one.kind]
            writer.add_tensor_info(one.name, one.shape, np.dtype(np.float32), one.nbytes, raw)
        try:
            writer.write_header_to_file()
            writer.write_kv_data_to_file()
            writer.write_ti_data_to_file()
        except (struct.error, OverflowError, ValueError, TypeError) as error:
            # Numbers, texts or merges that GGUF has no room for.
            raise UserError("model.corrupt", path=config.path, what=str(error)[:200]) from error
        _write_weights(writer, placed, model, tell)
    finally:
        writer.close()
    return placed


def _model_name(folder: Path, vocabulary: Vocabulary) -> str:
    """llama.cpp looks for “phi-3” in the name, and then fails without these tokens."""
    name = folder.resolve().name.encode("utf-8", "replace").decode()
    is_phi = "phi-3" in name.lower() or "phi3" in name.lower()
    return "model" if is_phi and not {"<unk>", "<s>", "<|endoftext|>"} <= set(vocabulary.tokens) else name


def _embedding_rows(config: Config, tensors: dict[str, StoredTensor]) -> int:
    for name in _EMBEDDINGS:
        if name in tensors and len(tensors[name].shape) == 2:
            return tensors[name].shape[0]
    raise UserError("model.corrupt", path=config.path.parent, what="it has no token embedding")


def _extra(name: str, values: NDArray[np.float32]) -> Placed:
    return Placed(name, values, values.shape, "F32", values.nbytes)


def _place(model: _Model, names: Any, kind: str) -> list[Placed]:
    config, architecture = model.config, model.architecture
    placed: list[Placed] = []
    for tensor in model.tensors.values():
        if is_left_out(tensor.name, config, architecture):
            continue
        name = names.get_name(tensor.name, try_suffixes=(".weight", ".bias"))
        if name is None:
            what = f"the tensor {tensor.name[:80]}"
            raise UserError("convert.unsupported", path=config.path.parent, what=what)
        # A view of nothing: what the change does to the shape.
        empty = np.broadcast_to(np.zeros((), np.uint8), tensor.shape)
        shape = architecture.change(tensor.name, empty, config).shape
        chosen = _kind(name, shape, kind)
        placed.append(Placed(name, tensor, shape, chosen, _nbytes(shape, chosen)))
    if len({one.name for one in placed}) != len(placed):
        raise UserError("model.corrupt", path=config.path.parent, what="two tensors mean the same weight")
    return placed


def _kind(name: str, shape: tuple[int, ...], kind: str) -> str:
    """Norms and biases stay exact, as in llama.cpp's own converter; rows that fit no block become F16."""
    if len(shape) <= 1 or name.endswith("_norm.weight"):
        return "F32"
    return "F16" if kind == "Q8_0" and shape[-1] % 32 else kind


def _nbytes(shape: tuple[int, ...], kind: str) -> int:
    values = int(np.prod(shape, dtype=np.int64))
    return values // 32 * 34 if kind == "Q8_0" else values * {"F32": 4, "F16": 2, "BF16": 2}[kind]


def _write_weights(writer: Any, placed: list[Placed], model: _Model, tell: Tell) -> None:
    file: IO[bytes] = writer.fout[0]
    total = sum(one.nbytes for one in placed)
    done, began = 0, time.perf_counter()
    writer.write_padding(file, file.tell())
    for one in placed:
        spent = time.perf_counter() - began
        tell(JobStep(done / total, one.name, spent / done * (total - done) if done else -1.0))
        for block in _encoded(one, model):
            file.write(block.data)
        writer.write_padding(file, one.nbytes)
        done += one.nbytes
    file.flush()


def _encoded(one: Placed, model: _Model) -> Iterator[NDArray[Any]]:
    """The bytes of a tensor in parts."""
    if not isinstance(one.source, StoredTensor):
        yield np.ascontiguousarray(one.source)
        return
    architecture, merge = model.architecture, model.merge
    values = read_values(one.source)
    if merge is not None and merge.changes(one.source.name):
        values = merge.merged(one.source.name, to_float(values))
    values = architecture.change(one.source.name, values, model.config)
    rows = values if values.ndim > 1 else values[None]
    step = max(1, _BLOCK_BYTES // (4 * max(rows.shape[-1], 1)))
    for start in range(0, len(rows), step):
        part = to_float(np.ascontiguousarray(rows[start : start + step]))
        if architecture.norm_offset and one.source.name.endswith("norm.weight"):
            part += np.float32(architecture.norm_offset)
        if not np.isfinite(part).all():
            raise UserError(
                "model.corrupt", path=one.source.path, what=f"{one.source.name} is not all numbers"
            )
        yield _as_kind(part, one)


def _as_kind(part: NDArray[np.float32], one: Placed) -> NDArray[Any]:
    if one.kind == "F32":
        return part
    if one.kind == "F16":
        with np.errstate(over="ignore"):
            half = part.astype(np.float16)
        if not np.isfinite(half).all():
            raise UserError("convert.overflow", name=one.name)
        return half
    import gguf  # noqa: PLC0415

    library: Any = gguf
    encoded: NDArray[Any] = library.quants.quantize(part, library.GGMLQuantizationType[one.kind])
    return np.ascontiguousarray(encoded)
