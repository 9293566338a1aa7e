"""What is done with a run that has learned something: chatting, exporting, comparing."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.controllers.adapter_chat import open_adapted_chat
from app.controllers.chat_controllers import ChatControllers
from app.controllers.runs import RunsController, base_path_of
from app.models.runs import RunView
from app.pages.chat.host import PageHost
from engine.errors import UserError
from engine.finetune.recipe.recipe import Method
from engine.protocol.finetune import Exported, ExportJob
from engine.protocol.jobs import JobEnd

_BESIDE_THE_BASE: tuple[Method, ...] = ("lora", "rslora", "qlora")
"""Methods whose result llama.cpp can put on a base that is loaded."""


class RunUses(QObject):
    """GUI thread only. What has to be written first is written by a job; the rest follows when it is done."""

    compare_requested = Signal(list)
    """Paths of the base and the tuned model, as GGUF files."""
    chat_opened = Signal()
    """The page Chat is in front, with a chat that has an adapter on."""
    progress_changed = Signal()
    """`progress` of some run is not as it was."""
    exported = Signal(str, object)
    """Id of a run, and `Exported`: its files agree with it."""

    def __init__(
        self,
        controllers: ChatControllers,
        runs: RunsController,
        host: PageHost,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._c, self._runs, self._host = controllers, runs, host
        self._home = controllers.models.home
        self._waiting: dict[str, Callable[[Exported], None]] = {}
        controllers.jobs.changed.connect(self._on_job)
        controllers.jobs.ended.connect(self._on_ended)

    def progress(self, run_id: str) -> float | None:
        """Of an export of this run, from 0 to 1; -1 while it waits for another job, None while there is
        none.
        """
        for record in self._c.jobs.busy:
            if isinstance(record.job, ExportJob) and record.job.run == run_id:
                return -1.0 if record.status == "queued" else record.fraction
        return None

    # chatting

    def chat(self, view: RunView) -> None:
        """A new chat with the tuned model: its base with the adapter on, or one file of both."""

        def found(base: str) -> None:
            base = base or view.recipe.base
            if base.lower().endswith(".gguf") and view.recipe.method in _BESIDE_THE_BASE:
                # It stays with the run, whose name the library shows, and goes with it.
                adapter = self._runs.folder(view.id) / "result" / "adapter.gguf"
                job = self._job(view, adapter, base)
                self._with_file(view, job, lambda: self._open_chat(base, str(adapter)))
                return
            whole = self._models_folder / f"{_file_name(view)}.gguf"
            job = self._job(view, whole, base, merge=True)
            self._with_file(view, job, lambda: self._open_chat(str(whole), ""))

        self._find_base(view, found)

    def compare(self, view: RunView) -> None:
        """Base and tuned model as files, for the tab Compare."""

        def found(base: str) -> None:
            base = base or view.recipe.base
            if not base.lower().endswith(".gguf"):
                text = self.tr("Comparing takes GGUF files: convert the base first, on the page Quantize.")
                self._host.show_toast(text)
                return
            whole = self._models_folder / f"{_file_name(view)}.gguf"
            job = self._job(view, whole, base, merge=True)
            self._with_file(view, job, lambda: self.compare_requested.emit([base, str(whole)]))

        self._find_base(view, found)

    # exporting

    def export(self, view: RunView, job: ExportJob) -> None:
        """`job` without its home and base."""

        def found(base: str) -> None:
            self._start(view, msgspec.structs.replace(job, home=str(self._home), base=base), None)

        self._find_base(view, found)

    # behind it

    @property
    def _models_folder(self) -> Path:
        """Where the library looks first."""
        return self._home / "models"

    def _job(self, view: RunView, out: Path, base: str, *, merge: bool = False) -> ExportJob:
        return ExportJob(str(self._home), view.id, "gguf", str(out), merge=merge, base=base)

    def _find_base(self, view: RunView, found: Callable[[str], None]) -> None:
        self._runs.read(view.id, base_path_of, lambda path: found(str(path)))

    def _with_file(self, view: RunView, job: ExportJob, then: Callable[[], None]) -> None:
        """Go on at once where the file is newer than what the run has learned."""
        out, result = Path(job.out), self._runs.folder(view.id) / "result"

        def look(_run: object) -> bool:
            if out.parent == result:  # what was learned anew has replaced the whole folder
                return out.is_file()
            out.parent.mkdir(parents=True, exist_ok=True)
            try:
                return out.stat().st_mtime >= result.stat().st_mtime
            except OSError:
                return False

        def looked(is_there: object) -> None:
            if is_there:
                then()
                return
            self._host.show_toast(self.tr("The file for this is written and checked first."))
            self._start(view, job, lambda _exported: then())

        self._runs.read(view.id, look, looked)

    def _start(self, view: RunView, job: ExportJob, then: Callable[[Exported], None] | None) -> None:
        title = QCoreApplication.translate("RunUses", "Export “{name}”").format(name=view.name)
        try:
            job_id = self._runs.export(job, title, at_once=then is not None)
        except UserError as error:
            self._host.show_error(error)
            return
        if then is not None:
            self._waiting[job_id] = then

    def _on_job(self, job_id: str) -> None:
        record = self._c.jobs.record(job_id)
        if record is not None and isinstance(record.job, ExportJob):
            self.progress_changed.emit()

    def _on_ended(self, job_id: str, end: JobEnd) -> None:
        then = self._waiting.pop(job_id, None)
        record = self._c.jobs.record(job_id)
        if not isinstance(end, Exported):
            return
        if record is not None and isinstance(record.job, ExportJob):
            self.exported.emit(record.job.run, end)
        self._c.models.refresh()
        if then is not None:
            then(end)

    def _open_chat(self, model: str, adapter: str) -> None:
        open_adapted_chat(self._c, model, adapter)
        self._host.show_page("chat")
        if adapter:
            self.chat_opened.emit()


def _file_name(view: RunView) -> str:
    """As the run is called, and the end of its id: the library shows it."""
    words = "".join(one if one.isalnum() or one in "-_." else " " for one in view.name).split()
    return f"{'-'.join(words)[:60]}-{view.id[-4:]}"
