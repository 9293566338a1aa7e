"""What a run has learned, in the formats of other programs; nothing is kept that does not agree with the
run.
"""

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from engine.convert.job import run_convert
from engine.errors import UserError
from engine.finetune.base import Base, open_base
from engine.finetune.model_card import write_card
from engine.finetune.recipe.recipe import Method, Recipe
from engine.finetune.run_folder import RunFolder, find_run
from engine.finetune.tokenizing import open_tokenizer
from engine.output import beside, check_target
from engine.protocol.finetune import Exported, ExportJob
from engine.protocol.jobs import ConvertJob, JobEvent, JobStep, QuantizeJob
from engine.quantize.job import run_quantize

Tell = Callable[[JobEvent], None]
_ADAPTER_AS_GGUF: tuple[Method, ...] = ("lora", "rslora", "qlora")
_LORA_LIKE: tuple[Method, ...] = (*_ADAPTER_AS_GGUF, "dora")
_PLAIN_TYPES = ("f16", "bf16", "f32")
_CONVERTED_TYPES = (*_PLAIN_TYPES, "q8_0")
QUANTIZED_TYPES = ("q6_k", "q5_k_m", "q4_k_m", "q4_0")
"""Types of a whole model as GGUF that lose something: how much is measured and shown."""
_NOT_COPIED = shutil.ignore_patterns("*.gguf*")
"""What was made of the result to chat with it."""
_MERGED_BY_PEFT: tuple[Method, ...] = ("adalora", "ia3")


class Wanted(NamedTuple):
    """What to write. `adapter`: whether it is an adapter rather than a whole model."""

    run: RunFolder
    recipe: Recipe
    base: Base
    out: Path
    kind: str
    adapter: bool


def possible_targets(recipe: Recipe) -> tuple[str, ...]:
    """Values of `ExportJob.target` that a run of this recipe can be written as."""
    if recipe.method == "full":
        return ("safetensors",) if recipe.objective == "reward" else ("safetensors", "gguf")
    if recipe.objective == "reward" or recipe.method not in (*_LORA_LIKE, *_MERGED_BY_PEFT):
        return ("adapter",)
    return ("adapter", "safetensors", "gguf")


def run_export(job: ExportJob, tell: Tell) -> Exported:
    """Raises `UserError` export.*, run.*, convert.*, output.*."""
    from engine.finetune.export_check import check_export, measure_quantized  # noqa: PLC0415 - brings torch

    began = time.perf_counter()
    run = find_run(Path(job.home), job.run)
    recipe, out = run.recipe(), Path(job.out)
    if job.target not in possible_targets(recipe):
        names = ", ".join(possible_targets(recipe))
        raise UserError("export.method", method=recipe.method, target=job.target, possible=names)
    if run.state().status == "running":
        raise UserError("run.running", run=run.id)
    if not run.result.is_dir():
        raise UserError("finetune.no_checkpoint", run=run.id)
    base = open_base(Path(job.base or recipe.base), recipe.base)
    adapter = job.target == "adapter" or (
        job.target == "gguf" and not job.merge and recipe.method in _ADAPTER_AS_GGUF
    )
    quantized = _quantized_type(job, adapter=adapter)
    sources = (base.path,) if base.path.is_file() else ()
    check_target(out, sources) if job.target == "gguf" else _check_folder(out)
    with beside(out) as scratch:
        # What is at `out` stays until the new one has been checked.
        written = scratch / out.name
        kind = "f16" if quantized else job.type_name
        wanted = Wanted(run, recipe, base, written, kind, adapter)
        tell(JobStep(0.0, "writing"))
        _write(job, wanted, tell)
        tell(JobStep(0.6, "checking"))
        tokenizer = open_tokenizer(base)
        try:
            found, trained = check_export(wanted, tokenizer, Path(job.home))
        finally:
            tokenizer.close()
        if quantized:
            _quantize(written, quantized, tell)
            found = measure_quantized(written, trained)
        size = sum(path.stat().st_size for path in _files(written))
        spent = time.perf_counter() - began
        exported = Exported(
            str(out), job.target, size, found.kl, found.kl_max, found.top1, found.tokens, spent
        )
        if written.is_dir():
            write_card(run, written, exported)
        written.replace(out)
    return exported


def _quantized_type(job: ExportJob, *, adapter: bool) -> str:
    """The type that llama.cpp's quantization writes, "" for those that converting writes itself.

    Raises `UserError` export.type for one that there is not.
    """
    name = job.type_name.lower()
    if name in _CONVERTED_TYPES:
        return ""
    if job.target != "gguf" or adapter or name not in QUANTIZED_TYPES:
        known = (
            (*_CONVERTED_TYPES, *QUANTIZED_TYPES) if job.target == "gguf" and not adapter else _PLAIN_TYPES
        )
        raise UserError("export.type", type=job.type_name, known=", ".join(known))
    return name.upper()


def _quantize(path: Path, type_name: str, tell: Tell) -> None:
    """In place of the exact one, which has been checked."""
    tell(JobStep(0.8, "quantizing"))
    small = path.with_name(f"small-{path.name}")
    run_quantize(QuantizeJob(str(path), str(small), type_name), lambda _event: None)
    small.replace(path)


def merge_into_folder(wanted: Wanted, folder: Path, kind: str, tell: Tell) -> None:
    """The whole model as a safetensors folder."""
    if wanted.recipe.method == "full":
        shutil.copytree(wanted.run.result, folder, ignore=_NOT_COPIED)
    elif wanted.recipe.method in _LORA_LIKE:
        adapter = str(wanted.run.result)
        run_convert(ConvertJob(str(wanted.base.path), str(folder), kind, adapter), _quietly(tell))
    else:
        _merge_by_peft(wanted, folder, kind)


def _write(job: ExportJob, wanted: Wanted, tell: Tell) -> None:
    if job.target == "adapter":
        shutil.copytree(wanted.run.result, wanted.out, ignore=_NOT_COPIED)
    elif job.target == "safetensors":
        merge_into_folder(wanted, wanted.out, wanted.kind, tell)
    elif wanted.adapter:
        source, base = str(wanted.run.result), str(wanted.base.path)
        run_convert(ConvertJob(source, str(wanted.out), wanted.kind, base=base), _quietly(tell))
    else:
        with tempfile.TemporaryDirectory(dir=wanted.out.parent, prefix=".merging-") as scratch:
            folder = Path(scratch) / "model"
            merge_into_folder(wanted, folder, "f32", tell)
            run_convert(ConvertJob(str(folder), str(wanted.out), wanted.kind), _quietly(tell))


def _merge_by_peft(wanted: Wanted, folder: Path, kind: str) -> None:
    import torch  # noqa: PLC0415

    from engine.finetune.export_check import reload_adapter  # noqa: PLC0415
    from engine.finetune.whole_model import add_tokenizer_files  # noqa: PLC0415

    model: Any = reload_adapter(wanted, wanted.run.result).merge_and_unload()
    names = {"f16": torch.float16, "bf16": torch.bfloat16}
    model.to(names.get(kind, torch.float32)).save_pretrained(str(folder), safe_serialization=True)
    add_tokenizer_files(wanted.base, folder)


def _check_folder(out: Path) -> None:
    """Raises `UserError` output.no_folder, output.not_empty."""
    if not out.parent.is_dir():
        raise UserError("output.no_folder", path=out.parent)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError("output.not_empty", path=out)
    if out.is_dir():
        out.rmdir()


def _files(out: Path) -> list[Path]:
    return [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]


def _quietly(tell: Tell) -> Tell:
    """The progress of a part in that of the whole."""

    def part(event: JobEvent) -> None:
        if isinstance(event, JobStep):
            tell(JobStep(0.6 * event.fraction, event.label))
        else:
            tell(event)

    return part
