"""Training runs: the list, what each has told, and what the user does with them."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import Background
from app.controllers.jobs import JobsController
from app.models.runs import RunHistory, RunView, Told
from engine.errors import UserError
from engine.finetune.recipe.reading import parse_recipe, write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder, RunState, new_run_id
from engine.finetune.run_shelf import RunShelf, RunSummary
from engine.jobs.records import JobRecord
from engine.protocol.finetune import ExportJob, FinetuneJob
from engine.protocol.jobs import JobEvent, JobNotice

_TOLD = get_args(Told)
_CALM_MS = 120
_POLL_MS = 1500
_LIST_MS = 250


class RunsController(QObject):
    """GUI thread only. Files are read and written in the background; training is a job."""

    runs_changed = Signal()
    history_changed = Signal(str)
    """Id of a run that has told more; at most every 120 ms for each."""
    failed = Signal(object)

    def __init__(
        self, home: Path, jobs: JobsController, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home, self._jobs, self._background = home, jobs, background
        self._shelf = RunShelf(home)
        self._summaries: dict[str, RunSummary] = {}
        self._histories: dict[str, RunHistory] = {}
        self._loading: dict[str, list[Told]] = {}
        self._wanted: tuple[str, ...] = ()
        self._stale: set[str] = set()
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._tell_histories)
        self._listing = QTimer(self, singleShot=True, interval=_LIST_MS)
        self._listing.timeout.connect(self.refresh)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look_elsewhere)
        jobs.event_told.connect(self._hear)
        jobs.changed.connect(self._follow_job)

    # the list

    def start(self) -> None:
        """Read the list."""
        self._background.run(self._shelf.purge, lambda _nothing: self.refresh(), self.failed.emit)
        self._poll.start()

    def refresh(self) -> None:
        self._background.run(self._shelf.list, self._take_list, self.failed.emit)

    @property
    def runs(self) -> list[RunView]:
        """Newest first; those whose job waits are among them."""
        known = dict(self._summaries)
        for record in self._jobs.busy:
            if isinstance(record.job, FinetuneJob) and record.job.run not in known and record.job.recipe:
                known[record.job.run] = _waiting(record.job)
        return [self._view(known[run_id]) for run_id in sorted(known, reverse=True)]

    def run(self, run_id: str) -> RunView | None:
        return next((view for view in self.runs if view.id == run_id), None)

    def folder(self, run_id: str) -> Path:
        return self._shelf.run(run_id).path

    # what a run has told

    def want(self, run_ids: tuple[str, ...]) -> None:
        """Read what these have told, and follow them."""
        self._wanted = run_ids
        for run_id in run_ids:
            if run_id not in self._histories:
                self._load(run_id)

    def history(self, run_id: str) -> RunHistory | None:
        """None while it is not read."""
        return self._histories.get(run_id)

    # what the user does

    def begin(self, recipe: Recipe, base_path: str, title: str) -> str:
        """Train; the id of the run. `title` names the job."""
        run_id = new_run_id(recipe)
        job = FinetuneJob(str(self._home), run_id, write_recipe(recipe), base_path)
        self._histories[run_id] = RunHistory()
        self._jobs.start(job, title)
        self.runs_changed.emit()
        return run_id

    def pause(self, run_id: str) -> None:
        view = self.run(run_id)
        if view is not None and view.job:
            self._jobs.pause(view.job)

    def resume(self, run_id: str, title: str, *, fitting: bool = False) -> None:
        """Go on, after a pause or from the last checkpoint. `fitting`: with settings that take less
        memory.
        """
        view = self.run(run_id)
        if view is None:
            return
        if view.job:
            self._jobs.resume(view.job)
            return

        def go_on(base: str) -> None:
            for record in self._jobs.records:
                if record.ended and isinstance(record.job, FinetuneJob) and record.job.run == run_id:
                    self._jobs.remove(record.id)
            self._jobs.start(FinetuneJob(str(self._home), run_id, base=base, resume=True), title)
            self.runs_changed.emit()

        def prepare() -> str:
            if fitting:
                self._shelf.make_fit(run_id)
            return base_path_of(self._shelf.run(run_id))

        self._background.run(prepare, go_on, self.failed.emit)

    def stop(self, run_id: str) -> None:
        """After the step that runs; what was learned is kept. One that waits is taken out of the queue."""
        view = self.run(run_id)
        if view is not None and view.job:
            self._jobs.cancel(view.job)
        elif view is not None:
            self._background.run(lambda: self._shelf.run(run_id).ask("stop"), None, self.failed.emit)

    def remove(self, run_id: str) -> None:
        """Take a run away; `restore` brings it back until the program is started anew."""

        def done(_nothing: None) -> None:
            self._summaries.pop(run_id, None)
            self._histories.pop(run_id, None)
            self.runs_changed.emit()

        for record in self._jobs.records:
            if record.ended and isinstance(record.job, FinetuneJob) and record.job.run == run_id:
                self._jobs.remove(record.id)
        self._background.run(lambda: self._shelf.remove(run_id), done, self.failed.emit)

    def restore(self, run_id: str) -> None:
        """Undo `remove`."""
        self._background.run(
            lambda: self._shelf.restore(run_id), lambda _nothing: self.refresh(), self.failed.emit
        )

    def describe(self, run_id: str, name: str, notes: str, tags: tuple[str, ...]) -> None:
        """Name, notes and tags, for the user."""
        self._background.run(
            lambda: self._shelf.describe(run_id, name, notes, tags),
            lambda _nothing: self.refresh(),
            self.failed.emit,
        )

    def export(self, job: ExportJob, title: str, *, at_once: bool = False) -> str:
        """Id of the job. `at_once`: beside a training that may last for hours. Raises `UserError`
        output.busy.
        """
        return self._jobs.start(job, title, heavy=not at_once)

    def read(self, run_id: str, work: Callable[[RunFolder], object], done: Callable[[object], None]) -> None:
        """Something of a run's folder, in the background."""
        self._background.run(lambda: work(self._shelf.run(run_id)), done, self.failed.emit)

    # behind it

    def _view(self, summary: RunSummary) -> RunView:
        record = self._job_of(summary.id)
        history = self._histories.get(summary.id)
        last = history.last if history is not None else None
        if history is not None and last is not None and summary.state.result is None:
            held_out = history.last_evaluation
            summary = summary._replace(
                state=replace(summary.state, step=last.step, steps=last.steps),
                loss=last.loss,
                held_out_loss=held_out.held_out_loss if held_out else -1.0,
            )
        notices = self._notices_of(summary.id)
        if record is None:
            return RunView(summary, summary.state.status, notices=notices)
        status = record.status if record.status in ("queued", "paused") else "running"
        return RunView(
            summary, status, record.id, record.fraction, record.seconds_left, record.label, notices
        )

    def _notices_of(self, run_id: str) -> tuple[JobNotice, ...]:
        """Of the job that worked on it last."""
        found = [
            record
            for record in self._jobs.records
            if isinstance(record.job, FinetuneJob) and record.job.run == run_id
        ]
        return max(found, key=lambda record: record.id).notices if found else ()

    def _job_of(self, run_id: str) -> JobRecord | None:
        return next(
            (
                record
                for record in self._jobs.busy
                if isinstance(record.job, FinetuneJob) and record.job.run == run_id
            ),
            None,
        )

    def _take_list(self, summaries: list[RunSummary]) -> None:
        self._summaries = {one.id: one for one in summaries}
        self.runs_changed.emit()

    def _load(self, run_id: str) -> None:
        if run_id in self._loading:
            return
        self._loading[run_id] = []

        def work() -> RunHistory:
            run, history = self._shelf.run(run_id), RunHistory()
            for event in (*run.metrics(), *run.samples()):
                history.add(event)
            return history

        def done(history: RunHistory) -> None:
            for event in self._loading.pop(run_id, []):
                history.add(event)
            self._histories[run_id] = history
            self.history_changed.emit(run_id)

        self._background.run(work, done, self.failed.emit)

    def _hear(self, job_id: str, event: JobEvent) -> None:
        record = self._jobs.record(job_id)
        if record is None or not isinstance(record.job, FinetuneJob) or not isinstance(event, _TOLD):
            return
        run_id = record.job.run
        if run_id in self._loading:
            self._loading[run_id].append(event)
        elif run_id in self._histories:
            self._histories[run_id].add(event)
            self._stale.add(run_id)
            if not self._calm.isActive():
                self._calm.start()

    def _follow_job(self, job_id: str) -> None:
        record = self._jobs.record(job_id)
        job = record.job if record is not None else None
        if record is not None and not isinstance(job, FinetuneJob):
            return
        self.runs_changed.emit()
        if (
            record is None
            or record.ended
            or (isinstance(job, FinetuneJob) and job.run not in self._summaries)
        ):
            self._listing.start()

    def _tell_histories(self) -> None:
        stale, self._stale = self._stale, set()
        for run_id in stale:
            self.history_changed.emit(run_id)

    def _look_elsewhere(self) -> None:
        """Runs of a terminal tell this window nothing: their folders are read again."""
        views = [self.run(run_id) for run_id in self._wanted]
        if any(view is not None and view.status in ("running", "paused") and not view.job for view in views):
            self.refresh()
            for view in views:
                if view is not None and view.is_live and not view.job:
                    self._load(view.id)


def base_path_of(run: RunFolder) -> str:
    """The file or folder that a run was trained on, "" where its recipe is all that is known.

    Raises `UserError` run.damaged, recipe.*.
    """
    noted = str(run.environment().get("base", {}).get("path", ""))
    return noted if noted and Path(noted).exists() else ""


def _waiting(job: FinetuneJob) -> RunSummary:
    """Of a run whose folder is not made yet."""
    try:
        recipe = parse_recipe(job.recipe)
    except UserError:
        recipe = Recipe(job.base, "")
    return RunSummary(
        job.run, recipe, RunState("running", recipe.base, recipe.method, recipe.objective, recipe.name)
    )
