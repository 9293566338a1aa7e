"""What is known of a training run, as the window shows it."""

from dataclasses import dataclass, field

from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_shelf import RunSummary
from engine.protocol.finetune import (
    CheckpointSaved,
    Evaluated,
    ProbeAnswered,
    RowLosses,
    RunFinished,
    TrainStarted,
    TrainStep,
)
from engine.protocol.jobs import JobNotice

Told = TrainStarted | TrainStep | Evaluated | CheckpointSaved | ProbeAnswered | RowLosses | RunFinished
RESUMABLE = ("interrupted", "stopped", "failed", "early_stopped")
"""Statuses from which a run can go on at its last checkpoint."""


@dataclass(frozen=True)
class RunView:
    """One run of the list. `status`: that of its folder, or “queued” while its job waits.

    `job`: id of the job that works on it, "" for none. `seconds_left` is -1 while nobody can tell.
    `notices`: what its last job told that did not stop it.
    """

    summary: RunSummary
    status: str
    job: str = ""
    fraction: float = 0.0
    seconds_left: float = -1.0
    label: str = ""
    notices: tuple[JobNotice, ...] = ()

    @property
    def id(self) -> str:
        return self.summary.id

    @property
    def recipe(self) -> Recipe:
        return self.summary.recipe

    @property
    def name(self) -> str:
        """What the user calls it, else its id without the seconds."""
        return self.summary.recipe.name or self.id

    @property
    def is_live(self) -> bool:
        return self.status in ("queued", "running", "paused")

    @property
    def can_resume(self) -> bool:
        return not self.is_live and self.status in RESUMABLE and self.summary.problem is None

    @property
    def has_result(self) -> bool:
        """Whether there is something to chat with or to export."""
        return self.status in ("done", "stopped", "early_stopped") and self.summary.state.result is not None


@dataclass
class RunHistory:
    """Everything a run has told, by step: after a resume steps come again and take the place of those that
    were lost.
    """

    steps: dict[int, TrainStep] = field(default_factory=dict)
    evaluations: dict[int, Evaluated] = field(default_factory=dict)
    probes: dict[tuple[int, int], ProbeAnswered] = field(default_factory=dict)
    rows: dict[tuple[int, int], RowLosses] = field(default_factory=dict)
    started: TrainStarted | None = None
    finished: RunFinished | None = None
    saved_step: int = 0

    def add(self, event: Told) -> None:
        """Take what was told; the same event twice changes nothing."""
        match event:
            case TrainStep():
                self.steps[event.step] = event
            case Evaluated():
                self.evaluations[event.step] = event
            case ProbeAnswered():
                self.probes[event.step, event.index] = event
            case RowLosses():
                self.rows[event.step, event.row] = event
            case TrainStarted():
                self.started, self.finished = event, None
                self._forget_after(event.resumed_from)
            case CheckpointSaved():
                self.saved_step = event.step
            case RunFinished():
                self.finished = event

    def _forget_after(self, step: int) -> None:
        """What a killed process did after its last checkpoint is done again."""
        for number in [number for number in self.steps if number > step]:
            del self.steps[number]
        for number in [number for number in self.evaluations if number > step]:
            del self.evaluations[number]
        for place in [place for place in self.probes if place[0] > step]:
            del self.probes[place]
        for place in [place for place in self.rows if place[0] > step]:
            del self.rows[place]

    @property
    def last(self) -> TrainStep | None:
        return self.steps[max(self.steps)] if self.steps else None

    @property
    def last_evaluation(self) -> Evaluated | None:
        return self.evaluations[max(self.evaluations)] if self.evaluations else None

    def ordered(self) -> list[TrainStep]:
        return [self.steps[step] for step in sorted(self.steps)]

    def ordered_evaluations(self) -> list[Evaluated]:
        return [self.evaluations[step] for step in sorted(self.evaluations)]
