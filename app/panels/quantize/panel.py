"""The tab Quantize: one model, several types, one queue."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n.errors import describe
from app.panels.file_panel_parts import FilePanelParts
from app.panels.quantize import starting
from app.panels.quantize.imatrix_choice import TEXT
from app.panels.quantize.names import base_name
from app.panels.quantize.planning import Planner
from app.panels.quantize.view import QuantizeView
from engine.errors import UserError
from engine.protocol.jobs import (
    FileWritten,
    ImatrixJob,
    JobEnd,
    JobFailed,
    QuantizeJob,
    TypePlanned,
    TypesPlanned,
)
from engine.quantize.types import is_lossy

_FIRST = ("Q4_K_M",)


class QuantizePanel(QuantizeView):
    """Joins the view with the library, the planner and the queue."""

    def __init__(self, parts: FilePanelParts, parent: QWidget | None = None) -> None:
        self._own_folder = parts.controllers.models.home / "models"
        super().__init__(parts.controllers.models, parts.theme, str(self._own_folder), parent)
        self._parts = parts
        self._planner = Planner(parts.jobs, self)
        self._tensors: TypesPlanned | None = None
        self._plan_refused = False
        self._mine: set[str] = set()
        self._connect()
        self.types.set_ticked(_FIRST)
        self.table.mark(_FIRST[0])
        self._follow_jobs()
        self._take_loaded()
        parts.controllers.models.loaded.connect(lambda _model: self._take_loaded())

    def set_models(self, paths: Sequence[str]) -> None:
        """Work on a model file."""
        if paths:
            self.source.set_path(paths[0])
            self._take_source()

    def _take_loaded(self) -> None:
        """Begin with the model of the chat, as long as none is chosen."""
        model = self._parts.controllers.models.current
        if model is not None and model.backend == "llama_cpp" and model.path and not self.source.path():
            self.set_models([model.path])

    def _connect(self) -> None:
        jobs = self._parts.jobs
        self.source.chosen.connect(lambda _path: self._take_source())
        self.start.clicked.connect(lambda _checked: self._start())
        self.types.ticks_changed.connect(self._refresh)
        self.table.marked.connect(lambda _name: self._show_marked())
        self.imatrix.changed.connect(self._settings_changed)
        self.overrides.changed.connect(self._rules_changed)
        self.output.changed.connect(self._refresh)
        self.results.chat_requested.connect(self._parts.open_in_chat)
        self.results.compare_requested.connect(self._compare)
        self._planner.planned.connect(self._take_plan)
        self._planner.finished.connect(self._take_tensors)
        self._planner.failed.connect(self._plan_failed)
        self._planner.busy_changed.connect(self.show_planning)
        jobs.changed.connect(self._follow_jobs)
        jobs.ended.connect(self._on_ended)

    # the source

    def _take_source(self) -> None:
        path = self.source.path()
        entry = self.source.entry()
        self._tensors = None
        self.types.clear_plans()
        self._show_marked()
        self.show_problem("")
        self.show_source(entry, path)
        self.output.set_base(base_name(path, entry.name if entry is not None else ""))
        self._parts.controllers.background.run(lambda: starting.size_of(path), self.types.set_source_bytes)
        self._plan()
        self._follow_jobs()
        self._refresh()

    def _plan(self) -> None:
        self._plan_refused = False
        if self.source.path():
            self._planner.ask(self.source.path(), self.imatrix.file_path(), self.overrides.rules())

    def _settings_changed(self) -> None:
        self.types.set_has_imatrix(self.imatrix.kind() == TEXT or bool(self.imatrix.file_path()))
        self._plan()
        self._refresh()

    def _rules_changed(self) -> None:
        self.show_tensors(only_rules=bool(self.overrides.rules()))
        self._settings_changed()

    def _take_plan(self, plan: TypePlanned) -> None:
        self.types.set_plan(plan)
        if plan.type_name == self.marked_type():
            self._show_marked()

    def _take_tensors(self, tensors: TypesPlanned) -> None:
        self._tensors = tensors
        self.overrides.set_names(tensors.names)
        lossy = sorted({kind for kind in tensors.before if is_lossy(kind)})
        self.show_lossy(lossy)
        self.show_problem("")
        self._show_marked()
        self._refresh()

    def _plan_failed(self, failure: JobFailed) -> None:
        self.show_problem(_sentence(failure))
        self._plan_refused = True
        self._refresh()

    def _show_marked(self) -> None:
        name = self.marked_type()
        plan = self.types.row(self.types.number_of(name)).plan
        self.card.show_type(name, plan)
        self.tensors.show_plan(self._tensors, plan, self.overrides.rules())

    # starting

    def _refresh(self) -> None:
        """What the button says, and whether it can be pressed."""
        rows = self.types.ticked()
        names = [row.type.name for row in rows]
        hindrance = self._find_hindrance(names)
        text = self.tr("Quantize to %n type(s)", "", len(rows)) if rows else self.tr("Quantize")
        size = sum(row.plan.size_bytes for row in rows if row.plan is not None)
        self.show_start(text, size, hindrance)
        if not self.source.path() or not names:
            self.output.show_names([], set())
            return
        targets = [self.output.target(name) for name in names]
        self.output.show_names(names, set())
        self._parts.controllers.background.run(
            lambda: starting.existing(targets), lambda found: self._show_existing(names, found)
        )

    def _show_existing(self, names: list[str], found: set[str]) -> None:
        if names == [row.type.name for row in self.types.ticked()]:
            self.output.show_names(names, found - {self.source.path()})

    def _find_hindrance(self, names: list[str]) -> str:
        """Why it cannot start; "" when it can."""
        if not self.source.path():
            return self.tr("Choose a model first.")
        if self._plan_refused:
            return self.tr("This does not work: see above.")
        if not names:
            return self.tr("Tick at least one type.")
        return self._find_setting_problem() or self._find_type_problem() or self._find_target_problem(names)

    def _find_setting_problem(self) -> str:
        if not self.imatrix.is_complete():
            return self.tr("Choose an importance matrix file.")
        if not self.overrides.valid():
            return self.tr("One of the rules is no regular expression.")
        return ""

    def _find_type_problem(self) -> str:
        for row in self.types.ticked():
            problem = self.types.problem(row)
            if problem:
                return f"{row.type.name}: {problem}"
        return ""

    def _find_target_problem(self, names: list[str]) -> str:
        source = Path(self.source.path())
        if any(Path(self.output.target(name)) == source for name in names):
            text = self.tr("{name} is the file that is read: give the new one another name.")
            return text.format(name=source.name)
        return self.output.problem(names)

    def _start(self) -> None:
        names = [row.type.name for row in self.types.ticked()]
        order = starting.Order(
            source=self.source.path(),
            base=self.output.base,
            folder=self.output.folder.path(),
            targets=tuple((name, self.output.target(name)) for name in names),
            rules=self.overrides.rules(),
            imatrix=self.imatrix.file_path(),
            measure=self.imatrix.kind() == TEXT,
            text=self.imatrix.text_path(),
            n_tokens=self.imatrix.n_tokens(),
        )
        self.show_problem("")
        self._parts.controllers.background.run(
            lambda: starting.prepare(order, self._own_folder), self._submit, self._refused
        )

    def _submit(self, order: starting.Order) -> None:
        try:
            self._mine.update(starting.submit(order, self._parts.jobs))
        except UserError as error:
            self._refused(error)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            told = describe(error)
            self.show_problem(f"{told.message} {told.hint}")
        else:
            self._parts.host.show_error(error)

    # what came of it

    def _follow_jobs(self, _job_id: str = "") -> None:
        source = self.source.path()
        found = [
            record
            for record in reversed(self._parts.jobs.records)
            if isinstance(record.job, QuantizeJob | ImatrixJob) and record.job.source == source
        ]
        self.show_results([record for record in found if isinstance(record.job, QuantizeJob)])

    def _on_ended(self, job_id: str, end: JobEnd) -> None:
        record = self._parts.jobs.record(job_id)
        if isinstance(end, FileWritten) and record is not None and record.kind != "imatrix":
            self._parts.controllers.models.refresh()
        self._refresh()

    def _compare(self, paths: list[str]) -> None:
        self._parts.show_view("compare", [self.source.path(), *paths])


def _sentence(failure: JobFailed) -> str:
    if not failure.code:
        return failure.report.strip().splitlines()[-1] if failure.report else ""
    told = describe(UserError(failure.code, **failure.params))
    return f"{told.message} {told.hint}"
