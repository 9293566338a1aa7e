"""A run from beginning to end, whatever happens on the way: its folder always says how it stands."""

import errno
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psutil

from engine.addons.training import COMMAND, is_installed
from engine.errors import Cancelled, UserError
from engine.finetune.base import Base, open_base
from engine.finetune.choice import Choice, choose_path, trainable_count
from engine.finetune.corpus import Corpora, read_corpora
from engine.finetune.memory import largest_load, predict, smaller, total
from engine.finetune.plan import Plan
from engine.finetune.recipe.reading import parse_recipe, write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.recipe.sections import ProbeSection
from engine.finetune.run_folder import FittingSettings, RunFolder, runs_folder, this_process
from engine.finetune.tokenizing import Tokenizer, open_tokenizer
from engine.finetune.workers import Alone, Workers
from engine.library.fingerprint import model_hash
from engine.output import hold
from engine.protocol.finetune import FinetuneJob, MemoryPart, RunFinished, RunStatus, TrainStarted
from engine.protocol.jobs import JobEvent, JobNotice, JobStep

Tell = Callable[[JobEvent], None]
_PACKAGES = (
    "torch",
    "transformers",
    "peft",
    "safetensors",
    "tokenizers",
    "bitsandbytes",
    "llama-cpp-python",
    "numpy",
)
_OUT_OF_MEMORY = ("not enough memory", "out of memory", "can't allocate memory", "alloc_cpu")


class _Ready(NamedTuple):
    """What is known before the weights are loaded."""

    recipe: Recipe
    base: Base
    choice: Choice
    tokenizer: Tokenizer
    corpora: Corpora
    hardware: Any
    memory: tuple[MemoryPart, ...]


def run_finetune(job: FinetuneJob, tell: Tell) -> RunFinished:
    """Train, from the start or from the last checkpoint. Raises `UserError` recipe.*, data.*,
    finetune.*, run.*.
    """
    if not is_installed():  # before there is a folder for a run that cannot begin
        raise UserError("addon.missing", package="PyTorch", command=COMMAND)
    run = RunFolder(runs_folder(Path(job.home)) / job.run)
    if job.resume:
        recipe = run.recipe()
        _check_unfinished(run)
    else:
        recipe = parse_recipe(job.recipe)
        run.create(write_recipe(recipe, complete=True), recipe)
    with _holding(run), _keeping_state(run) as say:
        run.forget_asked()
        if recipe.cluster.address:
            from engine.finetune.cluster import train_on_cluster  # noqa: PLC0415 - an extra

            return train_on_cluster(job, run, recipe, tell)
        return RunTraining(job, run, recipe, tell).train(say)


def _check_unfinished(run: RunFolder) -> None:
    """Raises `UserError` run.finished; not where the last checkpoint is damaged, so that steps are left
    to do.
    """
    from engine.finetune.checkpoints import load_checkpoint  # noqa: PLC0415 - brings torch

    state = run.state()
    if state.status not in ("done", "early_stopped"):
        return
    snapshot = load_checkpoint(run.checkpoints)
    if snapshot is not None and snapshot.progress.step >= state.step:
        raise UserError("run.finished", run=run.id)


@contextmanager
def _holding(run: RunFolder) -> Iterator[None]:
    """One process a run. Raises `UserError` run.running."""
    lock = hold(run.path / "lock")
    if lock is None:
        raise UserError("run.running", run=run.id)
    try:
        yield
    finally:
        os.close(lock)


@contextmanager
def _keeping_state(run: RunFolder) -> Iterator[Callable[..., None]]:
    """`status.json` before, while and after."""

    def say(**changes: Any) -> None:
        run.write_state(msgspec.structs.replace(run.state(), **changes))

    pid, started = this_process()
    say(
        status="running",
        pid=pid,
        process_started=started,
        error_code="",
        error_params={},
        error_report="",
        fitting=None,
    )
    try:
        yield say
    except UserError as error:
        say(status="failed", error_code=error.code, error_params=dict(error.params))
        raise
    except Cancelled:
        say(status="stopped")
        raise
    except BaseException as error:
        say(status="failed", error_report=f"{type(error).__name__}: {error}"[:2000])
        raise


class RunTraining:
    """One process's part of a run. `workers`: the others; all but the first leave the folder alone."""

    def __init__(
        self, job: FinetuneJob, run: RunFolder, recipe: Recipe, tell: Tell, workers: Workers | None = None
    ) -> None:
        self._job, self._run, self._recipe, self._tell = job, run, recipe, tell
        self._workers: Workers = workers or Alone()
        self._trainer: Any = None
        self._base: Base | None = None
        self._half = False

    def train(self, say: Callable[..., None]) -> RunFinished:
        """`say`: changes of the run's state. Raises `UserError` data.*, finetune.*, run.data_changed."""
        began = time.perf_counter()
        try:
            return self._train(say, began)
        except MemoryError as error:
            raise self._out_of_memory(say) from error
        except RuntimeError as error:
            if any(words in str(error).lower() for words in _OUT_OF_MEMORY):
                raise self._out_of_memory(say) from error
            raise
        except OSError as error:
            if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
                raise UserError("finetune.disk_full", step=self._done, kept=self._kept) from error
            raise

    def _train(self, say: Callable[..., None], began: float) -> RunFinished:
        from engine.finetune.checkpoints import load_checkpoint  # noqa: PLC0415 - brings torch, after the recipe is read
        from engine.finetune.model_card import write_card  # noqa: PLC0415
        from engine.finetune.objectives.registry import make_objective  # noqa: PLC0415
        from engine.finetune.probes import Probes  # noqa: PLC0415
        from engine.finetune.setup import make_policy  # noqa: PLC0415
        from engine.finetune.trainer import Trainer  # noqa: PLC0415

        ready = self._prepare()
        objective = make_objective(ready.recipe, ready.tokenizer)
        snapshot = None
        if self._job.resume:
            snapshot = load_checkpoint(self._run.checkpoints, self._checkpoint_damaged)
        steps = Plan(ready.corpora.train, ready.recipe.train).steps
        leads = self._workers.rank == 0
        if leads:
            self._start(ready, steps, snapshot.progress.step if snapshot else 0)
        policy = make_policy(ready.recipe, ready.base, ready.choice, ready.tokenizer, ready.hardware, steps)
        try:
            # A reward model writes nothing.
            section = ready.recipe.probe if ready.recipe.objective != "reward" else ProbeSection(rows=())
            probes = Probes(section, ready.tokenizer, ready.corpora.held_out)
            told = (self._run, self._tell, self._workers)
            trainer = Trainer(ready.recipe, policy, objective, ready.corpora, probes, *told)
            self._trainer = trainer
            if snapshot is not None:
                trainer.restore(snapshot)
                del snapshot
            status = trainer.train()
            if leads:
                self._keep_result(policy, status, ready)
        finally:
            policy.close()
            ready.tokenizer.close()
        finished = self._finished(status, ready, time.perf_counter() - began)
        if not leads:
            return finished
        say(status=status, step=finished.step, steps=steps, result=finished)
        write_card(self._run, self._run.result)
        self._run.append(finished)
        return finished

    def _prepare(self) -> _Ready:
        self._tell(JobStep(0.0, "base"))
        base = open_base(Path(self._job.base or self._recipe.base), self._recipe.base)
        self._base = base
        if base.quantization:
            self._notice("finetune.from_gguf", base=base.name, kind=base.quantization)
        context, length = base.context_length, self._recipe.train.max_length
        if context and length > context:
            raise UserError("finetune.too_long", max_length=length, base=base.name, context=context)
        tokenizer = open_tokenizer(base)
        self._tell(JobStep(0.0, "data"))
        corpora = read_corpora(
            self._recipe,
            tokenizer,
            Path(self._job.home),
            lambda share: self._tell(JobStep(0.0, f"data {share:.0%}")),
        )
        for notice in corpora.notices:
            self._tell(notice)
        from engine.finetune.hardware import choose_hardware  # noqa: PLC0415 - imports torch

        known = self._run.environment() if self._job.resume else {}
        self._check_rows(corpora, str(known.get("rows_hash", "")))
        choice = choose_path(self._recipe, base)
        hardware = choose_hardware(
            self._recipe.train, choice.path, int(known.get("threads", 0)), known.get("precision")
        )
        self._half = hardware.precision == "bf16"
        memory = self._predicted(base, corpora, hardware)
        return _Ready(self._recipe, base, choice, tokenizer, corpora, hardware, memory)

    def _check_rows(self, corpora: Corpora, before: str) -> None:
        """Raises `UserError` run.data_changed: other rows are other steps, and the learning rate is late."""
        if before and corpora.train.fingerprint() != before:
            files = ", ".join(Path(file).name for file in self._recipe.files)
            raise UserError("run.data_changed", run=self._run.id, files=files)

    def _predicted(self, base: Base, corpora: Corpora, hardware: Any) -> tuple[MemoryPart, ...]:
        """Raises `UserError` finetune.too_large."""
        load = largest_load(self._recipe, corpora.train)
        parts = predict(self._recipe, base, load, threads=hardware.threads, half=self._half)
        needed, available = total(parts), psutil.virtual_memory().available
        if hardware.device.type == "cpu" and needed > available:
            raise UserError(
                "finetune.too_large",
                needed=_size(needed),
                available=_size(available),
                settings=self._in_words(smaller(self._recipe, base, available, half=self._half)),
            )
        return parts

    def _start(self, ready: _Ready, steps: int, resumed: int) -> None:
        corpora, hardware = ready.corpora, ready.hardware
        self._run.write_environment(_environment(ready))
        event = TrainStarted(
            run=self._run.id,
            path=ready.choice.path,
            reason=ready.choice.reason,
            steps=steps,
            rows=len(corpora.train),
            held_out_rows=len(corpora.held_out),
            tokens=corpora.train.tokens,
            trainable=trainable_count(ready.recipe, ready.base),
            parameters=ready.base.parameters,
            memory=ready.memory,
            available=psutil.virtual_memory().available,
            precision=hardware.precision,
            device=hardware.name,
            threads=hardware.threads,
            resumed_from=resumed,
            needed=total(ready.memory),
        )
        self._run.append(event)
        self._tell(event)
        self._tell(JobStep(resumed / steps, "weights"))

    def _keep_result(self, policy: Any, status: RunStatus, ready: _Ready) -> None:
        """The best that early stopping saw, else the last."""
        result, best = self._run.result, self._run.path / "best"
        part = self._run.path / ".result.part"
        shutil.rmtree(part, ignore_errors=True)
        if self._recipe.train.early_stopping_patience and best.is_dir() and status != "stopped":
            shutil.copytree(best, part, ignore=shutil.ignore_patterns("trained.safetensors"))
        else:
            policy.save(part)
        if self._recipe.method == "full":
            from engine.finetune.whole_model import add_tokenizer_files  # noqa: PLC0415

            add_tokenizer_files(ready.base, part)
        shutil.rmtree(result, ignore_errors=True)
        part.replace(result)

    def _finished(self, status: RunStatus, ready: _Ready, seconds: float) -> RunFinished:
        progress = self._trainer.progress
        best = self._recipe.train.early_stopping_patience > 0 and progress.best_step >= 0
        return RunFinished(
            run=self._run.id,
            status=status,
            path=str(self._run.result),
            step=progress.step,
            loss=progress.loss,
            held_out_loss=progress.best_loss if best else progress.last_held_out,
            first_held_out_loss=progress.first_held_out,
            tokens=progress.tokens,
            seconds=seconds,
            tokens_per_s=progress.tokens / progress.seconds if progress.seconds else 0.0,
            predicted_bytes=total(ready.memory),
            peak_bytes=progress.peak_bytes,
        )

    @property
    def _done(self) -> int:
        return self._trainer.progress.step if self._trainer else 0

    @property
    def _step(self) -> int:
        return self._trainer.progress.step + 1 if self._trainer else 0

    @property
    def _kept(self) -> int:
        return max(self._trainer.saved_step, 0) if self._trainer else 0

    def _out_of_memory(self, say: Callable[..., None]) -> UserError:
        available = int(psutil.virtual_memory().total * 0.8)
        peak = self._trainer.progress.peak_bytes if self._trainer else 0
        if self._base is None:
            return UserError("finetune.out_of_memory", step=self._step, settings=self._in_words(None))
        found = smaller(self._recipe, self._base, min(available, peak) or available, half=self._half)
        if found is not None and found.train.max_length == self._recipe.train.max_length:
            train = found.train
            say(
                fitting=FittingSettings(
                    train.batch_size, train.gradient_accumulation_steps, train.gradient_checkpointing
                )
            )
        return UserError("finetune.out_of_memory", step=self._step, settings=self._in_words(found))

    def _in_words(self, found: Recipe | None) -> str:
        """Settings of a recipe that fits, as they are written in it."""
        if found is None:
            return 'a smaller base model, or method = "lora" with a small r'
        before, after = (msgspec.structs.asdict(one.train) for one in (self._recipe, found))
        return ", ".join(
            f"{name} = {str(value).lower()}" for name, value in after.items() if value != before[name]
        )

    def _checkpoint_damaged(self, error: UserError) -> None:
        self._tell(JobNotice(error.code, dict(error.params)))

    def _notice(self, code: str, **params: str) -> None:
        self._tell(JobNotice(code, params))


def _environment(ready: _Ready) -> dict[str, Any]:
    """What somebody needs to know to repeat the run."""
    base = ready.base
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cpus": psutil.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "packages": {name: version for name in _PACKAGES if (version := _version(name))},
        "device": ready.hardware.name,
        "precision": ready.hardware.precision,
        "threads": ready.hardware.threads,
        "path": ready.choice.path,
        "base": {
            "path": str(base.path),
            "hash": model_hash(base.path) if base.kind == "gguf" else "",
            "parameters": base.parameters,
            "quantization": base.quantization,
            "license": base.license,
        },
        "data": [{"path": file, "size_bytes": Path(file).stat().st_size} for file in ready.recipe.files],
        "rows": len(ready.corpora.train),
        "rows_hash": ready.corpora.train.fingerprint(),
        "held_out_rows": len(ready.corpora.held_out),
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB"
