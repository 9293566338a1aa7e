"""The training that is being prepared: its recipe, its data, and what the engine says it would take."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import Background
from app.controllers.asking import Asking
from app.controllers.jobs import JobsController
from app.models.recipe_draft import cleaned, objective_for, short_name, with_value
from engine.datasets.shelf import DataSet, DataShelf
from engine.errors import BugError, UserError
from engine.finetune.recipe.reading import parse_recipe, read_recipe, write_recipe
from engine.finetune.recipe.recipe import SECTION_OF_METHOD, Method, Objective, Recipe
from engine.finetune.recipe.sections import ProbeSection
from engine.finetune.recipe.settings import Setting
from engine.library.catalog import named
from engine.library.entries import ModelEntry
from engine.protocol.finetune import PlanTrainingJob, TrainingPlanned
from engine.protocol.jobs import JobEvent, JobFailed, JobNotice

_CALM_MS = 350
_PROBES = ("Who are you?", "What is the capital of France?")


class TrainingController(QObject):
    """GUI thread only. Each change asks for a new plan; plans for earlier states are dropped."""

    recipe_changed = Signal()
    sets_changed = Signal()
    plan_changed = Signal()
    """`plan`, `problem`, `notices` or `is_planning` are not as they were."""
    failed = Signal(object)

    def __init__(
        self, home: Path, jobs: JobsController, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home, self._jobs, self._background = home, jobs, background
        self._shelf = DataShelf(home)
        self.recipe = Recipe("", "", probe=ProbeSection(prompts=_PROBES))
        self.preset = "balanced"
        """“quick”, “balanced”, “thorough”, or "" once a setting was changed by hand."""
        self.sets: list[DataSet] = []
        self.plan: TrainingPlanned | None = None
        self.problem: Exception | None = None
        """Why there is no plan: something that has to be changed first."""
        self.notices: tuple[JobNotice, ...] = ()
        self.is_planning = False
        self._asking: Asking | None = None
        self._unread = ""  # a file that was chosen, and of which nobody knows yet what its rows are for
        self._wait = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._wait.timeout.connect(self._ask)

    def close(self) -> None:
        """The question that runs ends."""
        self._wait.stop()
        if self._asking is not None:
            self._asking.cancel()

    # what is chosen

    def refresh_sets(self) -> None:
        """Read the list of data sets."""
        self._background.run(self._shelf.list, self._take_sets, self.failed.emit)

    def add_file(self, path: str) -> None:
        """Put a file with rows on the list, and choose it."""

        def work() -> tuple[DataSet, list[DataSet]]:
            return self._shelf.add(Path(path)), self._shelf.list()

        def done(found: tuple[DataSet, list[DataSet]]) -> None:
            self._take_sets(found[1])
            self.set_data(found[0])

        self._background.run(work, done, self.failed.emit)

    @property
    def data_set(self) -> DataSet | None:
        """The first that is chosen, where it is of the list."""
        return next((one for one in self.sets if self.recipe.files[0] == one.path), None)

    def set_base(self, path: str) -> None:
        self._change(msgspec.structs.replace(self.recipe, base=path))

    def set_data(self, data: DataSet) -> None:
        """With what the page Data knows of it: format, columns, split."""
        section = self.recipe.dataset
        section = msgspec.structs.replace(
            section,
            held_out=data.held_out,
            split_seed=data.seed,
            format=data.mapping.format if data.mapping else "auto",
            columns=dict(data.mapping.columns) if data.mapping else {},
        )
        recipe = msgspec.structs.replace(self.recipe, data=data.path, dataset=section)
        row_format = data.mapping.format if data.mapping else ""
        self._unread = data.path if not row_format else ""
        self._change(msgspec.structs.replace(recipe, objective=objective_for(recipe.objective, row_format)))

    def add_data(self, data: DataSet) -> None:
        """Learn from its rows, too. The columns of each file then say what they are."""
        section = msgspec.structs.replace(self.recipe.dataset, format="auto", columns={})
        files = (*self.recipe.files, data.path)
        self._change(msgspec.structs.replace(self.recipe, data=files, dataset=section))

    def remove_data(self, path: str) -> None:
        """One of several. What the page Data knows of the last one counts again."""
        files = tuple(one for one in self.recipe.files if one != path)
        last = next((one for one in self.sets if files == (one.path,)), None)
        if last is not None:
            self.set_data(last)
        elif files:
            self._change(msgspec.structs.replace(self.recipe, data=files))

    def set_method(self, method: Method) -> None:
        self._change(msgspec.structs.replace(self.recipe, method=method))

    def set_objective(self, objective: Objective) -> None:
        """By hand, or because the rows say what they are for."""
        self._unread = ""
        self._change(msgspec.structs.replace(self.recipe, objective=objective))

    def set_value(self, setting: Setting, value: Any) -> None:
        """One setting by hand. Raises `msgspec.ValidationError` for what it may not be."""
        recipe = with_value(self.recipe, setting, value)
        if recipe == self.recipe:
            return
        if setting.section not in ("", "probe", "dataset", "cluster"):
            self.preset = ""
        self._change(recipe)

    def set_preset(self, preset: str) -> None:
        """Its settings come with the next plan."""
        self.preset = preset
        self._change(self.recipe)

    def use_smaller(self) -> None:
        """Take the settings that fit into memory."""
        if self.plan is not None and self.plan.smaller:
            self.preset = ""
            self._change(_parsed(self.plan.smaller, self.recipe))

    def open_recipe(self, path: str, models: Sequence[ModelEntry] = ()) -> None:
        """Everything as a file says it. `models`: among which a base is looked for that is a name."""

        def read() -> Recipe:
            recipe = read_recipe(Path(path))
            base = Path(recipe.base)
            if len(base.parts) > 1 or base.exists():
                return recipe
            return msgspec.structs.replace(recipe, base=named(recipe.base, models).path)

        self._background.run(read, self.set_recipe, self.failed.emit)

    def set_recipe(self, recipe: Recipe) -> None:
        self.preset = ""
        self._change(recipe)

    def repeat(self, recipe: Recipe) -> None:
        """Begin with the settings of an earlier run; its name and notes stay its own."""
        self.set_recipe(msgspec.structs.replace(recipe, name="", notes="", tags=()))

    # what comes of it

    @property
    def text(self) -> str:
        """The recipe as a file."""
        return write_recipe(cleaned(self.recipe))

    def save_recipe(self, path: str) -> None:
        text = self.text
        self._background.run(lambda: Path(path).write_text(text, "utf-8"), None, self.failed.emit)

    @property
    def is_ready(self) -> bool:
        """Whether it can start."""
        plan = self.plan
        return (
            plan is not None
            and self.problem is None
            and not self.is_planning
            and plan.rows > 0
            and not plan.missing
            and self.fits
        )

    @property
    def fits(self) -> bool:
        """Whether there is memory for it; on a graphics card or a cluster nobody can tell from here."""
        if self.recipe.cluster.address:
            return True
        return self.plan is None or self.plan.device != "CPU" or self.plan.needed <= self.plan.available

    @property
    def title(self) -> str:
        return self.recipe.name or short_name(self.recipe, {one.path: one.name for one in self.sets})

    def ready_recipe(self) -> Recipe:
        """What to train; its name says what it is about where the user gave none."""
        recipe = cleaned(self.recipe)
        return recipe if recipe.name else msgspec.structs.replace(recipe, name=self.title)

    def plan_again(self) -> None:
        """After something outside of the recipe has changed: packages, memory."""
        self._wait.start()

    # behind it

    def _take_sets(self, sets: list[DataSet]) -> None:
        self.sets = sets
        self.sets_changed.emit()

    def _change(self, recipe: Recipe) -> None:
        if (recipe.base, recipe.files) != (self.recipe.base, self.recipe.files):
            self.problem = None  # it spoke of other files
        self.recipe = recipe
        self.recipe_changed.emit()
        if recipe.base:
            self.is_planning = True
            self.plan_changed.emit()
            self._wait.start()

    def _ask(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        if not self.recipe.base:
            return
        self.is_planning = True
        notices: list[JobNotice] = []
        job = PlanTrainingJob(str(self._home), self._planned_text(), self.recipe.base, preset=self.preset)

        def hear(event: JobEvent) -> None:
            if isinstance(event, JobNotice):
                notices.append(event)
            elif isinstance(event, TrainingPlanned):
                self._take_plan(event, tuple(notices))
            elif isinstance(event, JobFailed):
                self._take_problem(event, tuple(notices))

        self._asking = self._jobs.ask(job, hear)

    def _planned_text(self) -> str:
        """Without probes: they take no part in it, and may be half typed."""
        recipe = msgspec.structs.replace(cleaned(self.recipe), probe=ProbeSection())
        return write_recipe(recipe)

    def _take_plan(self, plan: TrainingPlanned, notices: tuple[JobNotice, ...]) -> None:
        if self._unread and plan.row_format and self.recipe.files == (self._unread,):
            self._unread = ""
            meant = objective_for(self.recipe.objective, plan.row_format)
            if meant != self.recipe.objective:
                self.plan = plan
                self.set_objective(meant)
                return
        self.plan, self.problem, self.notices, self.is_planning = plan, None, notices, False
        if self.preset:
            chosen = _parsed(plan.recipe, self.recipe)
            if chosen != self.recipe:
                self.recipe = chosen
                self.recipe_changed.emit()
        self.plan_changed.emit()

    def _take_problem(self, event: JobFailed, notices: tuple[JobNotice, ...]) -> None:
        error = UserError(event.code, **event.params) if event.code else BugError(event.report)
        self.plan, self.problem, self.notices, self.is_planning = None, error, notices, False
        self.plan_changed.emit()


def _parsed(text: str, before: Recipe) -> Recipe:
    """Settings of a training from a recipe; what has nothing to do with it stays."""
    found = parse_recipe(text)
    used = SECTION_OF_METHOD[found.method]
    ranks = {name: getattr(found, name) for name in ("lora", "adalora", "adapter") if name in used}
    return msgspec.structs.replace(before, train=found.train, **ranks)
