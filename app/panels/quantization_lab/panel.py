"""The quantization lab: chooses a layer, starts the job, follows it, shows what came out."""

import time
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.panels.file_panel_parts import FilePanelParts
from app.panels.model_field import is_gguf_model
from app.panels.quantization_lab.export import to_csv
from app.panels.quantization_lab.values import LabView, read_view
from app.panels.quantization_lab.view import KIND, LabViewWidget
from app.widgets.numbers import decimal, whole
from engine.errors import UserError
from engine.evaluate.texts import default_text
from engine.jobs.records import JobRecord
from engine.lab.tensors import LayerTensor, layer_tensors
from engine.protocol.jobs import JobEvent, JobFailed
from engine.protocol.lab import LabDone, LabJob, LabMeasure


class LabPanel(QWidget):
    """A tab of the page Quantize."""

    def __init__(self, parts: FilePanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._starting = False
        self._listing = False
        self._measures: list[LabMeasure] = []
        self.view = LabViewWidget(parts.controllers.models, parts.jobs, parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        parts.jobs.set_opener(KIND, self._open_from_list)
        self._connect()
        self._take_model()
        self._pick_up()

    def corner(self) -> QWidget:
        """Beside the tabs."""
        return self.view.exports

    def set_models(self, paths: Sequence[str]) -> None:
        """Look at the first of these files."""
        if paths:
            self._list_tensors(paths[0])

    def open_record(self, record: JobRecord) -> None:
        """Show what a job found."""
        if isinstance(record.result, LabDone):
            self._read(record.result)

    def _open_from_list(self, record: JobRecord) -> None:
        self._parts.host.show_page("quantize")
        self._parts.show_view(KIND, ())
        self.open_record(record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.run.isEnabled():
            self._run()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        view, jobs, models = self.view, self._parts.jobs, self._parts.controllers.models
        view.model.model_chosen.connect(self._list_tensors)
        view.model.changed.connect(self._refresh)
        view.methods.changed.connect(self._refresh)
        view.run_requested.connect(self._run)
        view.export_requested.connect(self._export)
        view.running.ended.connect(self._on_ended)
        models.choices_changed.connect(lambda *_: self._take_model())
        models.loaded.connect(lambda _model: self._take_model())
        jobs.event_told.connect(self._on_event)

    # choosing

    def _take_model(self) -> None:
        """Begin with the model of the chat, or the first of the library, as long as none is chosen."""
        if self.view.model.model.path():
            return
        models = self._parts.controllers.models
        known = [entry.path for entry in models.files if is_gguf_model(entry)]
        current = models.current
        if current is not None and current.backend == "llama_cpp" and current.path:
            known.insert(0, current.path)
        if known:
            self._list_tensors(known[0])
        else:
            self._refresh()

    def _list_tensors(self, path: str) -> None:
        """Headers only, but a file all the same: in the background."""
        self._listing = True
        self.view.model.model.set_path(path)
        self.view.model.set_tensors(())

        def done(tensors: list[LayerTensor]) -> None:
            if self.view.model.model.path() == path:
                self._listing = False
                self.view.model.set_tensors(tensors)

        def failed(error: Exception) -> None:
            self._listing = False
            self._refresh()
            self._parts.host.show_error(error)

        self._parts.controllers.background.run(lambda: layer_tensors(Path(path)), done, failed)

    def _refresh(self) -> None:
        tensor = self.view.model.tensor
        self.view.scheme.set_tensor(tensor)
        if not self.view.model.model.path():
            reason = self.tr("Choose a model first.")
        elif self._listing:
            reason = ""
        elif tensor is None:
            reason = self.tr("This model has no matrix that the lab can take.")
        elif not self.view.methods.methods():
            reason = self.tr("Choose at least one method.")
        else:
            reason = self.view.model.text.find_problem()
        busy = self._starting or bool(self.view.running.job_id)
        self.view.set_possible(not busy and tensor is not None and not reason, reason)

    # running

    def _run(self) -> None:
        tensor = self.view.model.tensor
        if tensor is None:
            return
        view, folder = self.view, self._parts.controllers.models.home / KIND
        stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1000:03}"
        job = LabJob(
            source=view.model.model.path(),
            tensor=tensor.name,
            text=view.model.text_path(),
            target=str(folder / f"{stamp}.npz"),
            methods=view.methods.methods(),
            scheme=view.scheme.scheme(),
            input_bits=view.scheme.input_bits(),
            strength=view.methods.strength.number(),
            threshold=view.methods.threshold.number(),
            n_tokens=view.model.text.n_tokens(),
        )

        def prepare() -> str:
            folder.mkdir(parents=True, exist_ok=True)
            return job.text or str(default_text())

        self._starting = True
        self._refresh()
        self._parts.controllers.background.run(prepare, lambda text: self._start(job, text), self._fail)

    def _start(self, job: LabJob, text: str) -> None:
        title = self.tr("Lab: {tensor}, {bits} bits").format(tensor=job.tensor, bits=job.scheme.bits)
        try:
            job_id = self._parts.jobs.start(replace(job, text=text), title)
        except UserError as error:
            self._fail(error)
            return
        self._starting = False
        self.view.running.follow(job_id)
        self._show_running(job)

    def _show_running(self, job: LabJob) -> None:
        self._measures = []
        self.view.results.show_running(job, ())
        self.view.set_has_result(True)
        self._refresh()

    def _pick_up(self) -> None:
        """A job that still runs, or else what the last one found."""
        records = [record for record in self._parts.jobs.records if isinstance(record.job, LabJob)]
        busy = next((record for record in records if record.id == self.view.running.job_id), None)
        if busy is not None and isinstance(busy.job, LabJob):
            self._show_running(busy.job)
            self._parts.jobs.read_events(busy.id, self._take_old)
            return
        done = [record for record in records if isinstance(record.result, LabDone)]
        if done:
            self.open_record(done[-1])

    def _take_old(self, events: list[JobEvent]) -> None:
        known = {one.method for one in self._measures}
        for event in events:
            if isinstance(event, LabMeasure) and event.method not in known:
                self._on_event(self.view.running.job_id, event)

    def _on_event(self, job_id: str, event: object) -> None:
        record = self._parts.jobs.record(job_id)
        if job_id != self.view.running.job_id or not isinstance(event, LabMeasure) or record is None:
            return
        self._measures.append(event)
        if isinstance(record.job, LabJob):
            self.view.results.show_running(record.job, self._measures)

    def _on_ended(self, record: JobRecord) -> None:
        self._refresh()
        if isinstance(record.result, LabDone):
            self._read(record.result)
            return
        self.view.set_has_result(False)
        end = record.result
        if isinstance(end, JobFailed) and end.code and end.code != "cancelled":
            self._parts.host.show_error(UserError(end.code, **end.params))

    def _read(self, end: LabDone) -> None:
        def show(view: LabView) -> None:
            text = self.tr("{file} · fitted on {fitted} tokens, measured on {measured} others, {seconds} s")
            self.view.results.show_result(
                view,
                text.format(
                    file=Path(view.job.source).name,
                    fitted=whole(end.fitted_tokens),
                    measured=whole(end.tokens - end.fitted_tokens),
                    seconds=decimal(end.seconds, 1),
                ),
            )
            self.view.set_has_result(True)

        self._parts.controllers.background.run(lambda: read_view(end.path), show, self._fail)

    def _fail(self, error: Exception) -> None:
        self._starting = False
        self.view.set_has_result(self.view.results.result is not None)
        self._refresh()
        self._parts.host.show_error(error)

    # out

    def _export(self, kind: str) -> None:
        result = self.view.results.result
        if result is None:
            return
        ways = {"csv": "CSV (*.csv)", "png": "PNG (*.png)"}
        name = f"{result.tensor.name}-{result.job.scheme.bits}bit.{kind}"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export the results"), name, ways[kind])
        if chosen:
            self.write(kind, Path(chosen))

    def write(self, kind: str, path: Path) -> None:
        """Without asking."""
        result = self.view.results.result
        if result is None:
            return
        data = self._picture() if kind == "png" else to_csv(result).encode()
        done = self.tr("Saved as {name}.").format(name=path.name)
        self._parts.controllers.background.run(
            lambda: path.write_bytes(data),
            lambda _size: self._parts.host.show_toast(done),
            self._parts.host.show_error,
        )

    def _picture(self) -> bytes:
        """Everything on the right, also what is scrolled away."""
        content = self.view.results.content
        image = content.grab()
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(buffer.data().data())
