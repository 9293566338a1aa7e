"""What a recipe would train and take, found out before anything is loaded: as the run itself will, but
without torch, and on some of the rows where there are many.
"""

import math
import time
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import psutil

from engine.errors import UserError
from engine.finetune.base import Base, open_base
from engine.finetune.choice import choose_path, trainable_count
from engine.finetune.corpus import Corpus, read_corpora
from engine.finetune.extras import check_extras
from engine.finetune.memory import Load, largest_load, predict, smaller, total, worst_load
from engine.finetune.plan import Plan
from engine.finetune.policy import PathName
from engine.finetune.presets import PRESETS, applied_preset
from engine.finetune.processor import trains_in_bf16
from engine.finetune.recipe.reading import parse_recipe, write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import list_runs
from engine.finetune.tokenizing import open_tokenizer
from engine.protocol.finetune import PlanTrainingJob, TrainingPlanned
from engine.protocol.jobs import JobEvent, JobNotice

Tell = Callable[[JobEvent], None]
_NEEDED = ("torch", "safetensors", "tokenizers")
_NEEDED_GENERAL = ("transformers", "peft")
_NEEDED_IN_4_BITS = ("bitsandbytes",)
_LONG = 0.95
_SPEED_SIZE, _SPEED_ROUNDS = 768, 4
_LEAN_SHARE, _GENERAL_SHARE = 0.55, 0.3
"""Of what this machine multiplies matrices with: what training gets out of it, about."""


class _Hardware(NamedTuple):
    device: str
    half: bool
    threads: int


class _Counted(NamedTuple):
    """Of the rows; see `TrainingPlanned`."""

    load: Load
    rows: int
    held_out: int
    looked_at: int
    tokens: int
    trained: int
    lengths: tuple[int, int, int]
    steps: int
    per_epoch: int
    step_tokens: float
    row_format: str


def run_plan(job: PlanTrainingJob, tell: Tell) -> TrainingPlanned:
    """Raises `UserError` recipe.*, model.*, data.*, finetune.*."""
    recipe = parse_recipe(job.recipe)
    base = open_base(Path(job.base or recipe.base), Path(recipe.base).name)
    if base.quantization:
        tell(JobNotice("finetune.from_gguf", {"base": base.name, "kind": base.quantization}))
    if job.preset:
        recipe = _with_preset(recipe, base, job)
    context, length = base.context_length, recipe.train.max_length
    if context and length > context:
        raise UserError("finetune.too_long", max_length=length, base=base.name, context=context)
    check_extras(recipe)
    choice = choose_path(recipe, base)
    hardware = _hardware(recipe, choice.path)
    counted = _counted(recipe, base, job, tell) if any(recipe.files) else None
    load = counted.load if counted else worst_load(recipe)
    memory = predict(recipe, base, load, threads=hardware.threads, half=hardware.half)
    needed, free = total(memory), psutil.virtual_memory()
    fitting = None
    if needed > free.available and hardware.device == "CPU" and not recipe.cluster.address:
        fitting = smaller(recipe, base, free.available, threads=hardware.threads, half=hardware.half)
    told = TrainingPlanned(
        path=choice.path,
        reason=choice.reason,
        device=hardware.device,
        precision="bf16" if hardware.half else "fp32",
        threads=hardware.threads,
        quantization=base.quantization,
        parameters=base.parameters,
        trainable=trainable_count(recipe, base),
        context_length=context,
        chat_template=base.chat_template,
        memory=memory,
        needed=needed,
        available=free.available,
        total_memory=free.total,
        recipe=write_recipe(recipe),
        smaller=write_recipe(fitting) if fitting is not None else "",
        missing=missing_packages(choice.path == "general", recipe.method == "qlora"),
    )
    return _with_rows(told, recipe, base, counted, Path(job.home)) if counted else told


def _with_preset(recipe: Recipe, base: Base, job: PlanTrainingJob) -> Recipe:
    """Its settings depend on how many rows there are, and how long nearly all of them are."""
    rows, long = 200, 512
    if any(recipe.files):
        open_ended = msgspec.structs.replace(recipe.train, max_length=base.context_length or 4096)
        counted = _counted(msgspec.structs.replace(recipe, train=open_ended), base, job, lambda _: None)
        rows, long = counted.rows, counted.lengths[1]
    length = 32 * math.ceil(long / 32)
    available = psutil.virtual_memory().available
    name = next(one for one in PRESETS if one == job.preset)
    return applied_preset(name, recipe, base, rows=rows, longest=length, available=available)


def missing_packages(general: bool, four_bits: bool) -> tuple[str, ...]:
    """What training needs and is not installed."""
    names = (*_NEEDED, *(_NEEDED_GENERAL if general else ()), *(_NEEDED_IN_4_BITS if four_bits else ()))
    return tuple(name for name in names if util.find_spec(name) is None)


def _with_rows(
    told: TrainingPlanned, recipe: Recipe, base: Base, counted: _Counted, home: Path
) -> TrainingPlanned:
    rate, told_by = _speed(recipe, base, told.path, home)
    tokens = counted.steps * counted.step_tokens
    # Replies are as long as they will be, and other machines as fast.
    foreseeable = rate > 0 and not recipe.is_online and not recipe.cluster.address
    return msgspec.structs.replace(
        told,
        rows=counted.rows,
        held_out_rows=counted.held_out,
        looked_at=counted.looked_at,
        tokens=counted.tokens,
        trained_tokens=counted.trained,
        typical=counted.lengths[0],
        long=counted.lengths[1],
        longest=counted.lengths[2],
        steps=counted.steps,
        steps_per_epoch=counted.per_epoch,
        seconds=tokens / rate if foreseeable else -1.0,
        told_by=told_by if foreseeable else "",
        row_format=counted.row_format,
    )


def _counted(recipe: Recipe, base: Base, job: PlanTrainingJob, tell: Tell) -> _Counted:
    tokenizer = open_tokenizer(base)
    try:
        whole = read_corpora(_looking(recipe, job.rows), tokenizer, Path(job.home), lambda _: None)
    finally:
        tokenizer.close()
    for notice in whole.notices:
        tell(notice)
    seen = whole.train
    if not len(seen):
        raise UserError("finetune.few_rows", rows=0, held_out=len(whole.held_out))
    rows, held_out = len(seen), len(whole.held_out)
    share = 1.0
    if job.rows and rows >= job.rows:
        rows, held_out, share = _extrapolated(recipe, Path(job.home), seen)
    plan = Plan(seen, recipe.train)
    per_epoch = max(1, math.ceil(plan.steps_per_epoch / share))
    steps = recipe.train.max_steps or max(1, math.ceil(per_epoch * recipe.train.num_train_epochs))
    trained = sum(one.targets for number in range(len(seen)) for one in seen[number].rows)
    return _Counted(
        largest_load(recipe, seen),
        rows,
        held_out,
        len(seen),
        round(seen.tokens / share),
        round(trained / share),
        _lengths(recipe, seen),
        steps,
        per_epoch,
        seen.tokens / plan.steps_per_epoch,
        whole.row_format,
    )


def _looking(recipe: Recipe, rows: int) -> Recipe:
    """At most so many rows. Of those that are kept aside nothing has to be known but how many they are."""
    limit = min(recipe.dataset.limit or rows, rows) if rows else recipe.dataset.limit
    return msgspec.structs.replace(recipe, dataset=msgspec.structs.replace(recipe.dataset, limit=limit))


def _extrapolated(recipe: Recipe, home: Path, seen: Corpus) -> tuple[int, int, float]:
    """Rows to learn from, rows kept aside, and the share of the former that was looked at."""
    from engine.datasets.dataset import open_or_build  # noqa: PLC0415 - most data is small

    rows = sum(len(open_or_build(Path(file), home)) for file in recipe.files)
    rows = min(rows, recipe.dataset.limit or rows)
    held_out = 0 if recipe.dataset.held_out_data else round(rows * recipe.dataset.held_out)
    learned = max(rows - held_out, len(seen))
    return learned, held_out, len(seen) / learned


def _lengths(recipe: Recipe, seen: Corpus) -> tuple[int, int, int]:
    """Half of the rows, 95 %, all. Rows that were cut count as what they are cut to."""
    if recipe.objective == "pretrain":
        length = recipe.train.max_length
        return length, length, length
    found = np.sort([seen.longest(number) for number in range(len(seen))])
    return int(found[len(found) // 2]), int(found[math.ceil(_LONG * len(found)) - 1]), int(found[-1])


def _hardware(recipe: Recipe, path: PathName) -> _Hardware:
    """As `choose_hardware`, which takes the seconds of an import of torch; those are spent only where the
    installed torch can use a graphics card.
    """
    wanted = recipe.train.precision
    half = wanted == "bf16" or (wanted == "auto" and trains_in_bf16(path))
    plain = _Hardware("CPU", half, _threads(recipe))
    if util.find_spec("torch") is None or metadata.version("torch").endswith("+cpu"):
        return plain
    from engine.finetune.hardware import choose_hardware  # noqa: PLC0415

    found = choose_hardware(recipe.train, path)
    return _Hardware(found.name, found.precision == "bf16", found.threads)


def _threads(recipe: Recipe) -> int:
    try:
        usable = len(psutil.Process().cpu_affinity() or ()) or psutil.cpu_count() or 1
    except (AttributeError, psutil.Error):  # not on every system
        usable = psutil.cpu_count() or 1
    return max(1, min(recipe.train.threads or psutil.cpu_count(logical=False) or 1, usable))


def _speed(recipe: Recipe, base: Base, path: str, home: Path) -> tuple[float, str]:
    """Tokens a second: of the newest run of this kind, else from how fast this machine multiplies."""
    for run in list_runs(home)[:50]:
        try:
            state, environment = run.state(), run.environment()
        except UserError:
            continue
        of_run = (str(environment.get("base", {}).get("path", "")), state.method, environment.get("path"))
        if state.result is None or of_run != (str(base.path), recipe.method, path):
            continue
        if state.result.tokens_per_s > 0:
            return state.result.tokens_per_s, "runs"
    work = (6 if recipe.method == "full" else 4) * base.parameters
    share = _LEAN_SHARE if path == "lean" else _GENERAL_SHARE
    if recipe.train.gradient_checkpointing:
        share *= 0.75
    return _multiplications() * share / max(work, 1), "machine"


def _multiplications() -> float:
    """Floating-point operations a second of a product of matrices, by the best of some."""
    generator = np.random.default_rng(0)
    left, right = (generator.random((_SPEED_SIZE, _SPEED_SIZE), np.float32) for _ in range(2))
    times = []
    for _ in range(_SPEED_ROUNDS):
        began = time.perf_counter()
        left @ right
        times.append(time.perf_counter() - began)
    return 2.0 * _SPEED_SIZE**3 / max(min(times), 1e-9)
