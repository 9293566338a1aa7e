"""The tab Convert: safetensors to GGUF and back, adapters too."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n.errors import describe
from app.panels.convert.view import ConvertView
from app.panels.convert.what import Source, default_target, look_at
from app.panels.file_panel_parts import FilePanelParts
from app.panels.quantize.names import base_name
from app.widgets.folders import show_folder
from engine.errors import UserError
from engine.library.adapters import base_of
from engine.output import write_error
from engine.protocol.jobs import ConvertJob, FileWritten, JobEnd


class ConvertPanel(ConvertView):
    """Joins the view with the library and the queue."""

    def __init__(self, parts: FilePanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parts.controllers.models, parts.theme, parent)
        self._parts = parts
        self._home = parts.controllers.models.home
        self._found: Source | None = None
        self._own_target, self._own_extra = "", ""
        """What was suggested: replaced as long as the user has not changed it."""
        self.source.chosen.connect(lambda _path: self._look())
        self.kind.selected.connect(lambda _kind: self._suggest())
        self.target.changed.connect(lambda _path: self._refresh())
        self.start.clicked.connect(lambda _checked: self._start())
        self.results.chat_requested.connect(self._open_path)
        parts.jobs.changed.connect(self._follow_jobs)
        parts.jobs.ended.connect(self._on_ended)
        self._follow_jobs()

    def set_models(self, paths: Sequence[str]) -> None:
        """Work on a model file or folder."""
        if paths:
            self.source.set_path(paths[0])
            self._look()

    def _look(self) -> None:
        path, files = self.source.path(), self._parts.controllers.models.files
        self._found = None
        self.show_source(None)
        self.show_problem("")

        def look() -> tuple[Source, str]:
            found = look_at(path, self._home)
            base = base_of(found.entry, files) if found.is_adapter else None
            return found, base.path if base is not None else ""

        self._parts.controllers.background.run(
            look,
            lambda result: self._show(path, *result),
            lambda error: self._refused_source(path, error),
        )

    def _show(self, path: str, found: Source, base: str) -> None:
        if path == self.source.path():
            self._found = found
            self.show_source(found)
            self._own_target = self.target.path()
            if self.extra.path() == self._own_extra:
                self._own_extra = base
                self.extra.set_path(base)
            self._suggest()

    def _refused_source(self, path: str, error: Exception) -> None:
        if path == self.source.path():
            self._refused(error)

    def _suggest(self) -> None:
        if self._found is not None and self.target.path() == self._own_target:
            base = base_name(self._found.entry.path, self._found.entry.name)
            folder = str(self._home / "models")
            self._own_target = default_target(self._found, folder, base, self.kind.current() or "f16")
            self.target.set_path(self._own_target)
        self._refresh()

    def _refresh(self) -> None:
        self.show_start("" if self.target.path() else self.tr("Say where to write to."))

    def _start(self) -> None:
        found = self._found
        if found is None:
            return
        extra = self.extra.path()
        job = ConvertJob(
            source=found.entry.path,
            target=self.target.path(),
            type_name=self.kind.current() or "f16",
            adapter="" if found.is_adapter else extra,
            base=extra if found.is_adapter else "",
        )
        self.show_problem("")
        self._parts.controllers.background.run(
            lambda: self._make_folder(job), lambda _none: self._submit(job, found), self._refused
        )

    def _make_folder(self, job: ConvertJob) -> None:
        own = self._home / "models"
        if Path(job.target).parent == own:
            try:
                own.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise write_error(own, error) from error

    def _submit(self, job: ConvertJob, found: Source) -> None:
        try:
            self._parts.jobs.start(job, f"{found.entry.name} → {Path(job.target).name}")
        except UserError as error:
            self._refused(error)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            told = describe(error)
            self.show_problem(f"{told.message} {told.hint}")
        else:
            self._parts.host.show_error(error)

    def _follow_jobs(self, _job_id: str = "") -> None:
        records = [record for record in reversed(self._parts.jobs.records) if record.kind == "convert"]
        self.results.show_records(records)
        self.results_title.setVisible(bool(records))

    def _on_ended(self, job_id: str, end: JobEnd) -> None:
        record = self._parts.jobs.record(job_id)
        if isinstance(end, FileWritten) and record is not None and record.kind == "convert":
            self._parts.controllers.models.refresh()

    def _open_path(self, path: str) -> None:
        """A model goes to the chat; a folder is shown where it is."""
        if path.lower().endswith(".gguf"):
            self._parts.open_in_chat(path)
        else:
            show_folder(path, self._parts.host.show_toast)
