"""A PEFT adapter as a GGUF that llama.cpp puts beside any quantization of its base; and the way back.

llama.cpp computes W·x + scale · alpha / r · B·(A·x), with one alpha for all matrices: where PEFT's scales
differ, or go with √r, the difference goes into B.
"""

import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.convert.adapter_base import AdapterBase, read_base
from engine.convert.back import folder_kind
from engine.convert.folder_weights import WIDTHS, OutTensor, Tell, as_stored, write_json, write_weights
from engine.convert.gguf_weights import GgufModel, check_types, values_of
from engine.convert.origin import add_base, is_repository
from engine.convert.peft_folder import LoraPart, PeftAdapter, read_peft
from engine.convert.weights import read_values, to_float
from engine.errors import UserError
from engine.output import check_target, writing, writing_folder
from engine.protocol.jobs import ConvertJob, FileWritten, JobStep

Floats = NDArray[np.float32]


class GgufPart(NamedTuple):
    """The two matrices of a module in llama.cpp's order: a [r, in], b [out, r]."""

    name: str
    a: Floats
    b: Floats


def run_adapter_to_gguf(job: ConvertJob, tell: Tell) -> FileWritten:
    """Raises `UserError` adapter.*, model.*, convert.*, output.*."""
    started = time.perf_counter()
    kind = folder_kind(job.type_name)
    adapter = read_peft(Path(job.source))
    if adapter.has_magnitudes:
        raise UserError("adapter.part", path=adapter.path, what="the length of each row (DoRA)")
    base = read_base(base_path(adapter, job.base))
    alpha = _alpha(adapter)
    target = Path(job.target)
    check_target(target, tuple(path for path in adapter.path.iterdir() if path.is_file()))
    count = 0
    with writing(target) as part_file:
        writer = _writer(part_file, adapter, base, alpha, kind)
        try:
            for number, part in enumerate(adapter.parts.values()):
                tell(JobStep(number / len(adapter.parts), part.module))
                turned = gguf_part(part, base, alpha, adapter)
                for ending, values in (("lora_a", turned.a), ("lora_b", turned.b)):
                    _add(writer, f"{turned.name}.weight.{ending}", values, kind)
                    count += values.size
            writer.write_header_to_file()
            writer.write_kv_data_to_file()
            writer.write_tensors_to_file()
        finally:
            writer.close()
    size = target.stat().st_size
    return FileWritten(str(target), size, WIDTHS[kind] * 8.0 if count else 0.0, time.perf_counter() - started)


def gguf_part(part: LoraPart, base: AdapterBase, alpha: float, adapter: PeftAdapter) -> GgufPart:
    """Raises `UserError` adapter.mismatch, adapter.part."""
    name = base.gguf_name(part.module)
    wanted = (part.b.shape[0], part.a.shape[1])
    there = base.shapes.get(part.module)
    if name is None or there != wanted:
        found = " × ".join(map(str, there)) if there else "missing"
        what = f"{part.module} is {found} there and {wanted[0]} × {wanted[1]} in the adapter"
        raise UserError("adapter.mismatch", path=adapter.path, model=base.path, what=what)
    if name == "token_embd":
        raise UserError("adapter.part", path=adapter.path, what="the token embedding")
    a, b = to_float(read_values(part.a)), to_float(read_values(part.b))
    order = base.order(part.module, len(b))
    if order is not None:
        b = b[order]
    factor = part.scale / (alpha / part.rank)
    if abs(factor - 1) > 1e-7:
        b *= np.float32(factor)
    return GgufPart(name, a, b)


def base_path(adapter: PeftAdapter, given: str) -> Path:
    """The folder or the GGUF of the model. Raises `UserError` adapter.no_base."""
    for name in (given, adapter.base):
        path = Path(name).expanduser() if name else None
        if path is not None and path.exists():
            return path
    raise UserError("adapter.no_base", path=adapter.path, base=(given or adapter.base)[:200] or "nothing")


def run_adapter_back(job: ConvertJob, tell: Tell) -> FileWritten:
    """A GGUF adapter as PEFT loads it. Raises `UserError` adapter.*, model.*, convert.*, output.*."""
    started = time.perf_counter()
    kind = folder_kind(job.type_name)
    model = GgufModel(Path(job.source))
    check_types(model)
    if not job.base:
        raise UserError("adapter.no_base", path=model.path, base="nothing")
    base = read_base(Path(job.base))
    alpha = model.header.metadata.get("adapter.lora.alpha")
    modules = {base.gguf_name(module): module for module in base.shapes}
    found = {
        name.removesuffix(".weight.lora_a"): (tensor, model.tensors.get(name[:-1] + "b"))
        for name, tensor in model.tensors.items()
        if name.endswith(".weight.lora_a")
    }
    if len(found) * 2 != len(model.tensors) or not isinstance(alpha, (int, float)):
        raise UserError("model.corrupt", path=model.path, what="it is no LoRA adapter")
    tensors: list[OutTensor] = []
    ranks: dict[str, int] = {}
    for name, (a, b) in found.items():
        module = modules.get(name)
        if module is None or b is None or (b.shape[0], a.shape[1]) != base.shapes[module]:
            raise UserError("adapter.mismatch", path=model.path, model=base.path, what=f"{name} has no place")
        ranks[module] = a.shape[0]
        order = base.order(module, b.shape[0])
        inverse = np.argsort(order) if order is not None else None
        for letter, tensor, turn in (("A", a, None), ("B", b, inverse)):
            values = values_of(tensor, turn)
            key = f"base_model.model.{module}.lora_{letter}.weight"
            tensors.append(OutTensor(key, values.shape, lambda values=values: iter((values,))))  # type: ignore[misc]
    target = Path(job.target)
    with writing_folder(target) as part:
        write_weights(part, tensors, kind, tell)
        (part / "model.safetensors").rename(part / "adapter_model.safetensors")
        write_json(part / "adapter_config.json", _peft_config(base, ranks, float(alpha)))
    size = sum(path.stat().st_size for path in target.iterdir())
    return FileWritten(str(target), size, WIDTHS[kind] * 8.0, time.perf_counter() - started)


def _peft_config(base: AdapterBase, ranks: dict[str, int], alpha: float) -> dict[str, Any]:
    usual = max(set(ranks.values()), key=list(ranks.values()).count)
    others = {module: rank for module, rank in ranks.items() if rank != usual}
    return {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": str(base.path) if base.path.is_dir() else base.name,
        "r": usual,
        "rank_pattern": others,
        "alpha_pattern": {},
        "lora_alpha": int(alpha) if alpha == int(alpha) else alpha,
        "target_modules": sorted({module.rpartition(".")[2] for module in ranks}),
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": base.gguf == "GPT2",
        "inference_mode": True,
    }


def _alpha(adapter: PeftAdapter) -> float:
    """The one that fits most matrices."""
    alphas = [part.scale * part.rank for part in adapter.parts.values()]
    return max(set(alphas), key=alphas.count) or 1.0


def _writer(path: Path, adapter: PeftAdapter, base: AdapterBase, alpha: float, kind: str) -> Any:
    import gguf  # noqa: PLC0415 - takes a moment

    library: Any = gguf
    writer = library.GGUFWriter(path, library.MODEL_ARCH_NAMES[library.MODEL_ARCH[base.gguf]])
    writer.add_type("adapter")
    writer.add_name(adapter.path.resolve().name.encode("utf-8", "replace").decode())
    writer.add_base_model_count(1)
    if is_repository(adapter.base):
        add_base(writer, 0, adapter.base)
    else:
        writer.add_base_model_name(0, base.name)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    writer.add_file_type({"F32": 0, "F16": 1, "BF16": 32}[kind])
    return writer


def _add(writer: Any, name: str, values: Floats, kind: str) -> None:
    import gguf  # noqa: PLC0415

    library: Any = gguf
    stored = as_stored(np.ascontiguousarray(values), kind, name)
    if kind == "BF16":
        # The writer knows this type as bytes only.
        raw = stored.view(np.uint8)
        writer.add_tensor(name, raw, raw_dtype=library.GGMLQuantizationType.BF16)
    else:
        writer.add_tensor(name, stored)
