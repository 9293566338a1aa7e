"""The sensitivity of a model's tensors: measures it, shows it, and quantizes to a target by it."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n.errors import problem_of
from app.panels.file_panel_parts import FilePanelParts
from app.panels.quantize.names import base_name
from app.panels.running_job import RunningJob
from app.panels.sensitivity.map_view import MapView
from app.panels.sensitivity.setup import SensitivitySetup
from app.panels.stored_removal import StoredRemoval
from app.widgets.empty_state import EmptyState
from engine.errors import UserError
from engine.evaluate.texts import default_text
from engine.jobs.records import JobRecord
from engine.protocol.jobs import (
    AnyJob,
    FileWritten,
    JobEvent,
    SensitivityJob,
    TargetJob,
    TargetMeasured,
)
from engine.quantize.sensitivity_map import SensitivityMap, list_maps, new_map_place, read_map

MEASURE, WRITE = "sensitivity", "target"


class SensitivityPanel(QWidget):
    """A tab of the page Quantize."""

    def __init__(self, parts: FilePanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        theme = parts.theme
        self._home = parts.controllers.models.home
        self._opening = ""
        self._path = ""
        self._writing = ""
        """The job of the last target."""
        self._removal = StoredRemoval(parts, self._list, self)
        self.setAccessibleName(self.tr("Sensitivity of tensors"))
        self.setup = SensitivitySetup(parts.controllers.models, theme)
        self.view = MapView(theme)
        self.empty = EmptyState(
            "target",
            self.tr("Which weights matter most?"),
            self.tr(
                "Every tensor is quantized alone, and then one layer and one kind of tensor at a time while "
                "the model reads a text. With the map, Lathe gives each tensor its own type, to meet a size "
                "or a quality that you choose."
            ),
            theme,
        )
        self.running = RunningJob(parts.jobs, f"{MEASURE} {WRITE}", theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.running)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.setup)
        row.addLayout(right, 1)
        self.setFocusProxy(self.setup)
        self.setup.start_requested.connect(self.measure)
        self.setup.stored_chosen.connect(self.open_file)
        self.view.target.quantize_requested.connect(self._ask_target)
        self.setup.stored.remove_requested.connect(self.remove)
        self.running.ended.connect(self._on_ended)
        parts.jobs.event_told.connect(self._on_event)
        parts.jobs.set_opener(MEASURE, self._open_record)
        self._list(open_newest=True)
        self._take_loaded()
        parts.controllers.models.loaded.connect(lambda _model: self._take_loaded())

    def set_models(self, paths: Sequence[str]) -> None:
        """The first of them is measured next."""
        if paths:
            self.setup.model.set_path(paths[0])
            self.setup.refresh()

    def _take_loaded(self) -> None:
        """Begin with the model of the chat, as long as none is chosen."""
        model = self._parts.controllers.models.current
        if model is not None and model.backend == "llama_cpp" and model.path and not self.setup.model.path():
            self.set_models([model.path])

    # measuring

    def measure(self) -> None:
        """Queue what is set up."""
        source, home = self.setup.model.path(), self._home
        imatrix, tokens = self.setup.imatrix.path(), self.setup.text.n_tokens()
        find_text = self.setup.text.source(home)

        def prepare() -> tuple[str, Path]:
            return find_text(), new_map_place(home, source)

        def begin(places: tuple[str, Path]) -> None:
            text, target = places
            job = SensitivityJob(source, str(target), text, imatrix, n_tokens=tokens)
            self._start(job, self.tr("Sensitivity of {name}").format(name=Path(source).stem))

        self._parts.controllers.background.run(prepare, begin, self._parts.host.show_error)

    def _start(self, job: AnyJob, title: str) -> None:
        try:
            job_id = self._parts.jobs.start(job, title)
        except UserError as error:
            self._parts.host.show_error(error)
            return
        if isinstance(job, TargetJob):
            self._writing = job_id
        self.running.follow(job_id)

    # opening

    def open_file(self, path: str) -> None:
        """Show a map that was measured before."""
        self._opening = path
        self._parts.controllers.background.run(
            lambda: (path, read_map(Path(path))), self._show, self._parts.host.show_error
        )

    def _show(self, read: tuple[str, SensitivityMap]) -> None:
        path, found = read
        if path != self._opening:
            return
        self._path = path
        self.view.set_map(found)
        self._stack.setCurrentWidget(self.view)
        if not self.setup.model.path():
            self.set_models([found.source])
        self.setup.stored.mark(path)

    def remove(self, path: str) -> None:
        """Take an earlier map off the list; its note has a way back."""
        if path == self._opening:
            self._opening = self._path = ""
            self._stack.setCurrentWidget(self.empty)
        self._removal.remove(path, self.tr("The map was removed."))

    def _list(self, *, open_newest: bool = False) -> None:
        home = self._home

        def listed(found: list[tuple[Path, SensitivityMap]]) -> None:
            self.setup.set_stored(found)
            if open_newest and found and not self._opening:
                self.open_file(str(found[0][0]))
            elif self._path:
                self.setup.stored.mark(self._path)

        self._parts.controllers.background.run(lambda: list_maps(home), listed)

    def _on_ended(self, record: JobRecord) -> None:
        self._list()
        if record.kind == MEASURE and isinstance(record.result, FileWritten):
            self.open_file(record.result.path)
        elif isinstance(record.result, FileWritten):
            path = record.result.path
            self._parts.host.show_toast(
                self.tr("{name} is written.").format(name=Path(path).name),
                self.tr("Compare"),
                lambda: self._compare(path),
            )
        elif problem := problem_of(record.result):
            self._parts.host.show_error(problem)

    def _on_event(self, job_id: str, event: JobEvent) -> None:
        if isinstance(event, TargetMeasured) and job_id == self._writing:
            self.view.target.show_measured(event)

    def _open_record(self, record: JobRecord) -> None:
        """From the jobs drawer."""
        if isinstance(record.result, FileWritten):
            self._parts.show_view("sensitivity", ())
            self._parts.host.show_page("quantize")
            self.open_file(record.result.path)

    # quantizing

    def _ask_target(self) -> None:
        found = self.view.map
        if found is None:
            return
        own, stem = self._home / "models", base_name(found.source)

        def make() -> str:
            own.mkdir(parents=True, exist_ok=True)
            return str(own / f"{stem}-mixed.gguf")

        self._parts.controllers.background.run(make, self._ask_name, self._parts.host.show_error)

    def _ask_name(self, suggested: str) -> None:
        title = self.tr("Write the quantized model")
        chosen, _filter = QFileDialog.getSaveFileName(self, title, suggested, self.tr("GGUF models (*.gguf)"))
        if chosen:
            self.quantize_to(chosen)

    def quantize_to(self, target: str) -> None:
        """Queue a file that meets the target which is set."""
        found = self.view.map
        if found is None:
            return
        size_bytes, kl = self.view.target.target()
        job = TargetJob(
            source=found.source,
            target=target,
            map=self._path,
            size_bytes=size_bytes,
            kl=kl,
            imatrix=self.setup.imatrix.path(),
            n_ctx=found.n_ctx,
            n_tokens=found.tokens,
        )
        title = self.tr("Quantize {name} to a target").format(name=Path(found.source).stem)
        find_text = self.setup.text.source(self._home)

        def text() -> str:
            """To measure on; a map of weights alone predicts none."""
            return (find_text() or str(default_text())) if found.has_divergence else ""

        self._parts.controllers.background.run(
            text,
            lambda path: self._start(msgspec.structs.replace(job, text=path), title),
            self._parts.host.show_error,
        )

    def _compare(self, path: str) -> None:
        found = self.view.map
        if found is not None:
            self._parts.show_view("compare", [found.source, path])
