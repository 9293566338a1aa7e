"""Joins the jobs with the window: the cell of the status line, the drawer, the toasts."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.commands.spec import CommandSpec
from app.controllers.jobs import JobsController
from app.controllers.models import ModelsController
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.main_window import MainWindow
from app.pages.finetune.page import FinetunePage
from app.pages.quantize.page import QuantizePage
from app.widgets import numbers
from app.widgets.folders import show_folder
from app.window.job_words import end_words
from app.window.jobs_drawer import JobsDrawer, spoken_of
from app.window.shell_commands import VIEW
from engine.jobs.records import JobRecord
from engine.protocol.finetune import ExportJob, FinetuneJob
from engine.protocol.jobs import FileWritten, JobEnd, JobFailed

_WRITE_MODELS = ("quantize", "target", "convert", "edit_gguf")
_HAVE_TABS = ("compare", "sensitivity", "lab")
"""Kinds whose results a tab of the page Quantize shows; kind and tab have the same id."""
_OF_RUNS = ("finetune", "export")
"""Kinds that the page Fine-tune shows."""


class JobsLink(QObject):
    """Made once, when the services are there."""

    def __init__(self, jobs: JobsController, models: ModelsController, window: MainWindow) -> None:
        super().__init__(window)
        self._jobs, self._models, self._window = jobs, models, window
        self.drawer = JobsDrawer(window, jobs, window.theme, window.status_line.height())
        spec = CommandSpec(
            "jobs.show", QT_TRANSLATE_NOOP("Commands", "Jobs"), "Ctrl+Shift+J", VIEW, icon="layers"
        )
        window.registry.register(spec, self.drawer.toggle)
        self._cell = window.status_line.jobs
        self._cell.clicked.connect(self.drawer.toggle)
        jobs.changed.connect(lambda _id: self._show_cell())
        jobs.ended.connect(self._tell_end)
        jobs.failed.connect(window.show_error)
        for kind in _WRITE_MODELS:
            jobs.set_opener(kind, self._open_model)
        for kind in _HAVE_TABS:
            jobs.set_opener(kind, self._open_tab)
        for kind in _OF_RUNS:
            jobs.set_opener(kind, self._open_run)
        jobs.set_opener("imatrix", self._show_file)
        self._show_cell()

    def _open_model(self, record: JobRecord) -> None:
        """A model goes to the chat; a folder is shown where it is."""
        result = record.result
        if isinstance(result, FileWritten) and result.path.lower().endswith(".gguf"):
            self._models.load(result.path)
            self._window.show_page("chat")
        else:
            self._show_file(record)

    def _open_tab(self, record: JobRecord) -> None:
        """Its tab was not made yet. Once it is, it opens its results itself."""
        page = self._window.prepare_page("quantize")
        if isinstance(page, QuantizePage) and not page.view.has_panel(record.kind):
            page.open_view(record.kind)
            self._jobs.open_result(record.id)

    def _open_run(self, record: JobRecord) -> None:
        """A training, or what was exported of one."""
        page = self._window.prepare_page("finetune")
        if isinstance(page, FinetunePage) and isinstance(record.job, FinetuneJob | ExportJob):
            page.show_run(record.job.run)

    def _show_file(self, record: JobRecord) -> None:
        """In the system's file manager."""
        if isinstance(record.result, FileWritten):
            path = Path(record.result.path)
            folder = path if record.kind == "convert" and not path.suffix else path.parent
            show_folder(folder, self._window.show_toast)

    def _show_cell(self) -> None:
        """What runs and how far it is; a plain word when there are only ended jobs, nothing without any."""
        busy = self._jobs.busy
        record = spoken_of(busy)
        if record is None:
            self._cell.show_text(self.tr("Jobs") if self._jobs.records else "")
            self._cell.setAccessibleName(self.tr("Jobs"))
            self._cell.setToolTip(self.tr("Show the jobs"))
            return
        words = {
            "running": numbers.percent(100 * record.fraction),
            "paused": self.tr("paused"),
            "queued": self.tr("waiting"),
        }[record.status if record.status in ("running", "paused") else "queued"]
        text = f"{_shortened(record.title)} · {words}"
        if len(busy) > 1:
            text = self.tr("{job} · {count} more").format(job=text, count=len(busy) - 1)
        self._cell.show_text(text, dot="info" if record.status == "running" else "fg3")
        self._cell.setToolTip(record.title)

    def _tell_end(self, job_id: str, end: JobEnd) -> None:
        record = self._jobs.record(job_id)
        if record is None or (isinstance(end, JobFailed) and end.code == "cancelled"):
            return
        text = end_words(_shortened(record.title), end)
        if not isinstance(end, JobFailed) and self._jobs.can_open(record):
            self._window.show_toast(text, self.tr("Open"), lambda: self._jobs.open_result(job_id))
        else:
            self._window.show_toast(text, self.tr("Show"), lambda: self.drawer.set_open(True))


def _shortened(title: str) -> str:
    return title if len(title) <= 44 else f"{title[:43]}…"
