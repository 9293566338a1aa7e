"""The loop: batches, gradient, step; evaluations, probes, checkpoints; pause and stop. The same for
every method.
"""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import psutil
import torch

from engine.errors import UserError
from engine.finetune.checkpoints import (
    Progress,
    Snapshot,
    optimizer_state,
    random_state,
    save_checkpoint,
    save_tensors,
    set_optimizer_state,
    set_random_state,
)
from engine.finetune.control import Control, Wish
from engine.finetune.corpus import Corpora, Example
from engine.finetune.objectives.objective import Objective
from engine.finetune.plan import Plan
from engine.finetune.policy import Policy
from engine.finetune.probes import First, Probes
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder
from engine.finetune.schedule import learning_rate
from engine.finetune.workers import Alone, Workers
from engine.protocol.finetune import CheckpointSaved, Evaluated, RunStatus, TrainStep
from engine.protocol.jobs import JobEvent, JobStep

Tell = Callable[[JobEvent], None]
_CHECKPOINT_S = 120.0
_TOLD_S = 0.5
_EVALUATIONS = 10
_RECENT = 20
_LOSS, _TOKENS = "*loss", "*tokens"
"""Summed up with an objective's figures, which are never called so."""


class Trainer:
    """One run, from where `progress` says to its end."""

    def __init__(
        self,
        recipe: Recipe,
        policy: Policy,
        objective: Objective,
        corpora: Corpora,
        probes: Probes,
        run: RunFolder,
        tell: Tell,
        workers: Workers | None = None,
    ) -> None:
        self._workers: Workers = workers or Alone()
        self._recipe, self._policy, self._objective = recipe, policy, objective
        self._corpora, self._probes, self._run, self._tell = corpora, probes, run, tell
        self._control = Control(run)
        self.plan = Plan(corpora.train, recipe.train)
        self.progress = Progress()
        self.saved_step = -1
        self._optimizer, self._names = _optimizer(recipe, policy.parameters)
        self._process = psutil.Process()
        self._saved_at = time.monotonic()
        self._told_at = 0.0
        self._recent: list[float] = []

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a checkpoint."""
        self.progress = snapshot.progress
        self.saved_step = snapshot.progress.step
        self._policy.load_state(snapshot.model)
        set_optimizer_state(self._optimizer, self._names, snapshot.optimizer)
        set_random_state(snapshot.random)
        self._probes.first = tuple(First(tuple(tokens), mean) for tokens, mean in snapshot.progress.probes)

    def train(self) -> RunStatus:
        """To the end, or until the user stops it. Raises `UserError` finetune.*, `OSError`, `MemoryError`."""
        self._spread()
        if self.progress.step == 0 and not self._can_look_back:
            self._look_before_training()
        while self.progress.step < self.plan.steps:
            wish = self._wish()
            if wish == "pause":
                wish = self._pause()
            if wish == "stop":
                self.checkpoint()
                return "stopped"
            self._step()
            if self.progress.step == 1 and self._can_look_back:
                with self._policy.reference():
                    self._look_before_training()
            if self._is_time("eval") and self._evaluate():
                self.checkpoint()
                return "early_stopped"
            if self._is_time("save"):
                self.checkpoint()
        if self.saved_step < self.progress.step:
            self.checkpoint()
        return "done"

    def checkpoint(self) -> None:
        """Now. Raises `OSError`."""
        if self.saved_step == self.progress.step:
            return
        if not self._leads:
            self.saved_step = self.progress.step
            return
        probes = tuple((one.tokens, one.log_prob) for one in self._probes.first)
        self.progress = msgspec.structs.replace(self.progress, probes=probes)
        snapshot = Snapshot(
            self.progress,
            self._policy.state(),
            optimizer_state(self._optimizer, self._names),
            random_state(),
        )
        _, size = save_checkpoint(self._run.checkpoints, snapshot, self._recipe.train.save_total_limit)
        self.saved_step = self.progress.step
        self._saved_at = time.monotonic()
        self._say(CheckpointSaved(self.progress.step, size))

    # one step

    def _step(self) -> None:
        began = time.perf_counter()
        number, train = self.progress.step, self._recipe.train
        examples = [[self._corpora.train[one] for one in batch] for batch in self.plan.step(number)]
        batches = [self._prepared(batch) for batch in examples]
        total = self._total(batches)
        loss, figures, tokens = 0.0, dict[str, float](), 0
        for batch in filter(None, batches):
            part, more = self._policy.backward(batch, self._computing(total), self._objective.size)
            loss += part
            tokens += sum(map(self._objective.size, batch))
            for name, value in more.items():
                figures[name] = figures.get(name, 0.0) + value
        self._workers.add_gradients(list(self._policy.parameters.values()))
        figures = self._workers.added({_LOSS: loss, _TOKENS: tokens, **figures})
        loss, tokens = figures.pop(_LOSS), int(figures.pop(_TOKENS))
        if not math.isfinite(loss):
            raise UserError(
                "finetune.diverged", loss=str(loss), step=number + 1, kept=max(self.saved_step, 0)
            )
        rate = learning_rate(train, number, self.plan.steps)
        norm = self._update(rate)
        self._policy.after_step(number)
        self._optimizer.zero_grad(set_to_none=True)
        self._told(number + 1, loss, rate, norm, tokens, time.perf_counter() - began, _shown(figures))

    def _prepared(self, batch: Sequence[Example]) -> list[Any]:
        """This process's share of a batch, ready to compute with."""
        if self._objective.takes_whole_batch:
            return self._workers.share(self._objective.prepare(self._policy, batch))
        mine = self._workers.share(batch)
        return self._objective.prepare(self._policy, mine) if mine else []

    def _total(self, batches: Sequence[Sequence[Any]]) -> float:
        """By what the loss of these batches is divided, in all processes together."""
        mine = self._objective.total([item for batch in batches for item in batch])
        return self._workers.added({_LOSS: mine})[_LOSS]

    def _computing(self, total: float) -> Any:
        def compute(part: Sequence[Any]) -> Any:
            return self._objective.loss(self._policy, part, total)

        return compute

    def _update(self, rate: float) -> float:
        """Clip, and step; the norm of the gradient before."""
        parameters = list(self._policy.parameters.values())
        self._policy.before_update()
        limit = self._recipe.train.max_grad_norm or math.inf
        norm = float(torch.nn.utils.clip_grad_norm_(parameters, limit))
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        return norm

    def _told(
        self,
        step: int,
        loss: float,
        rate: float,
        norm: float,
        tokens: int,
        spent: float,
        figures: dict[str, float],
    ) -> None:
        rss = self._process.memory_info().rss
        before = self.progress
        self._recent = [*self._recent[-_RECENT + 1 :], spent]
        left = (self.plan.steps - step) * sum(self._recent) / len(self._recent) if step > 1 else -1.0
        self.progress = msgspec.structs.replace(
            before,
            step=step,
            tokens=before.tokens + tokens,
            seconds=before.seconds + spent,
            loss=loss,
            peak_bytes=max(before.peak_bytes, rss, peak_memory()),
        )
        event = TrainStep(
            step=step,
            steps=self.plan.steps,
            epoch=round(self.plan.epoch(step), 4),
            loss=loss,
            lr=rate,
            grad_norm=norm,
            tokens=self.progress.tokens,
            tokens_per_s=tokens / spent,
            rss_bytes=rss,
            peak_bytes=self.progress.peak_bytes,
            seconds=self.progress.seconds,
            seconds_left=left,
            figures=figures,
        )
        self._say(event)
        now = time.monotonic()
        if not self._leads:
            return
        if now - self._told_at > _TOLD_S or step == self.plan.steps:
            self._told_at = now
            self._tell(JobStep(step / self.plan.steps, f"{step}/{self.plan.steps}", left))

    # between steps

    @property
    def _can_look_back(self) -> bool:
        """Whether the model before training can be asked after the first step: the first step then comes
        sooner.
        """
        return self._recipe.method != "full"

    def _look_before_training(self) -> None:
        loss = self._held_out_loss()
        if loss is not None:
            value, figures, rows = loss
            self.progress = msgspec.structs.replace(
                self.progress, first_held_out=value, best_loss=value, best_step=0, last_held_out=value
            )
            self._say(Evaluated(0, value, rows, True, figures))
        self._sample(0)

    def _evaluate(self) -> bool:
        """Whether it is time to stop early."""
        step, train = self.progress.step, self._recipe.train
        found = self._held_out_loss()
        self._sample(step)
        if found is None:
            return False
        loss, figures, rows = found
        before = self.progress
        better = before.best_step < 0 or loss < before.best_loss - train.early_stopping_threshold
        self.progress = msgspec.structs.replace(
            before,
            last_held_out=loss,
            best_loss=loss if better else before.best_loss,
            best_step=step if better else before.best_step,
            worse=0 if better else before.worse + 1,
        )
        self._say(Evaluated(step, loss, rows, better, figures))
        patience = train.early_stopping_patience
        if patience and better and self._leads:
            best = self._run.path / "best"
            self._policy.save(best)
            save_tensors(best / "trained.safetensors", self._policy.state())
        return bool(patience) and self.progress.worse >= patience

    def _held_out_loss(self) -> tuple[float, dict[str, float], int] | None:
        """Loss, figures, and of how many rows; None where there is nothing to measure it on."""
        corpus = self._corpora.held_out
        if not len(corpus) or self._recipe.is_online:
            return None
        count = min(len(corpus), self._recipe.train.eval_rows)
        size = self._recipe.train.batch_size
        items = []
        for start in range(0, count, size):
            examples: list[Example] = [corpus[one] for one in range(start, min(start + size, count))]
            items.append(self._prepared(examples))
        total = self._total(items)
        loss, figures = 0.0, dict[str, float]()
        for batch in filter(None, items):
            part, more = self._policy.evaluate(batch, self._computing(total), self._objective.size)
            loss += part
            for name, value in more.items():
                figures[name] = figures.get(name, 0.0) + value
        figures = self._workers.added({_LOSS: loss, **figures})
        loss = figures.pop(_LOSS)
        return loss, _shown(figures), count

    def _sample(self, step: int) -> None:
        if not self._leads:
            return
        for event in (*self._probes.answers(self._policy, step), *self._probes.watched(self._policy, step)):
            self._say(event)

    def _pause(self) -> Wish:
        """The checkpoint first: then the process may be ended while it waits."""
        self.checkpoint()
        if not self._leads:
            return self._agreed("")
        state = self._run.state()
        self._run.write_state(msgspec.structs.replace(state, status="paused", step=self.progress.step))
        wish = self._control.wait_while_paused(lambda: None)
        if wish == "go":
            self._run.write_state(msgspec.structs.replace(state, status="running", step=self.progress.step))
        return self._agreed(wish)

    # with others

    @property
    def _leads(self) -> bool:
        return self._workers.rank == 0

    def _spread(self) -> None:
        """All processes begin with the same weights, and draw different random numbers."""
        self._workers.align(list(self._policy.parameters.values()))
        if not self._leads:
            torch.manual_seed(self._recipe.train.seed + 1_000_003 * self._workers.rank + self.progress.step)

    def _wish(self) -> Wish:
        return self._agreed(self._control.wish() if self._leads else "")

    def _agreed(self, wish: str) -> Wish:
        found: Wish = self._workers.agreed(wish)  # type: ignore[assignment] # it is that of the leading one
        return found

    def _is_time(self, what: str) -> bool:
        step, train = self.progress.step, self._recipe.train
        if what == "save":
            if train.save_steps:
                return step % train.save_steps == 0
            return time.monotonic() - self._saved_at > _CHECKPOINT_S
        every = train.eval_steps or max(1, math.ceil(self.plan.steps / _EVALUATIONS))
        return step % every == 0 or step == self.plan.steps

    def _say(self, event: Any) -> None:
        if not self._leads:
            return
        self._run.append(event)
        self._tell(event)


def peak_memory() -> int:
    """The most that this process ever had, in bytes; 0 where the system does not say."""
    try:
        # Elsewhere it counts from before the exec, that is, with the memory of the process that started
        # this one.
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration, ValueError, IndexError):
        pass
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        info = psutil.Process().memory_info()
        return int(getattr(info, "peak_wset", 0))
    import sys  # noqa: PLC0415

    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit


def _optimizer(recipe: Recipe, parameters: dict[str, Any]) -> tuple[Any, list[str]]:
    """AdamW (Loshchilov & Hutter 2019), and the names of its parameters in its order; vectors do not
    decay.
    """
    train = recipe.train
    matrices = [name for name, one in parameters.items() if one.ndim > 1]
    vectors = [name for name, one in parameters.items() if one.ndim <= 1]
    groups = [
        {"params": [parameters[name] for name in names], "weight_decay": decay}
        for names, decay in ((matrices, train.weight_decay), (vectors, 0.0))
        if names
    ]
    optimizer = torch.optim.AdamW(
        groups,
        lr=train.learning_rate,
        betas=(train.adam_beta1, train.adam_beta2),
        eps=train.adam_epsilon,
        fused=all(one.device.type in ("cpu", "cuda") for one in parameters.values()),
    )
    return optimizer, [*matrices, *vectors]


def _shown(figures: dict[str, float]) -> dict[str, float]:
    """Sums of replies become means."""
    found = dict(figures)
    replies = found.pop("replies", 0.0)
    if replies:
        found["reward"] = found.pop("reward_sum", 0.0) / replies
        found["reply_length"] = found.pop("reply_tokens", 0.0) / replies
    return found
