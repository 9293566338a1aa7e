"""The quantization lab: chooses a layer, starts the job, follows it, shows what came out."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.models.model_choices import ModelChoice
from app.panels.file_panel_parts import FilePanelParts
from app.panels.quantization_lab.export import to_csv
from app.panels.quantization_lab.values import LabView, read_view
from app.panels.quantization_lab.view import LabViewWidget
from app.widgets.numbers import decimal, whole
from engine.errors import UserError
from engine.evaluate.texts import default_text
from engine.jobs.records import JobRecord
from engine.lab.tensors import LayerTensor, layer_tensors
from engine.protocol.jobs import JobEvent, JobFailed
from engine.protocol.lab import LabDone, LabJob, LabMeasure

KIND = "lab"
_TEXT_FILES = "*.txt *.md"


class LabPanel(QWidget):
    """A tab of the page Quantize."""

    def __init__(self, parts: FilePanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._job_id = ""
        self._measures: list[LabMeasure] = []
        self._wanted = ""
        """The model whose matrices are being listed."""
        self.view = LabViewWidget(parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        parts.jobs.set_opener(KIND, self._open_from_list)
        self._connect()
        self._fill_models()
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
        view, jobs = self.view, self._parts.jobs
        view.model.model_chosen.connect(self._list_tensors)
        view.model.changed.connect(self._refresh)
        view.model.text_requested.connect(self._choose_text)
        view.methods.changed.connect(self._refresh)
        view.run_requested.connect(self._run)
        view.export_requested.connect(self._export)
        view.reading.cancelled.connect(lambda: jobs.cancel(self._job_id))
        self._parts.controllers.models.choices_changed.connect(lambda *_: self._fill_models())
        jobs.event_told.connect(self._on_event)
        jobs.changed.connect(self._on_changed)
        jobs.ended.connect(self._on_end)

    # choosing

    def _fill_models(self) -> None:
        choices = [one for one in self._parts.controllers.models.choices() if _is_gguf(one)]
        before = self.view.model.model.current()
        self.view.model.set_models(choices)
        if not self.view.model.model.current() and choices:
            current = self._parts.controllers.models.current
            paths = [one.path for one in choices]
            loaded = current.path if current is not None else ""
            self._list_tensors(loaded if loaded in paths else paths[0])
        elif not choices or self.view.model.model.current() != before:
            self._refresh()

    def _list_tensors(self, path: str) -> None:
        """Headers only, but a file all the same: in the background."""
        self._wanted = path
        self.view.model.model.set_current(path)
        self.view.model.set_tensors(())

        def done(tensors: list[LayerTensor]) -> None:
            if self._wanted == path:
                self.view.model.set_tensors(tensors)

        self._parts.controllers.background.run(
            lambda: layer_tensors(Path(path)), done, self._parts.host.show_error
        )

    def _choose_text(self) -> None:
        kinds = self.tr("Text files ({patterns})").format(patterns=_TEXT_FILES)
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a calibration text"), "", kinds)
        if path:
            self.view.model.set_text(path, Path(path).name)

    def _refresh(self) -> None:
        tensor = self.view.model.tensor
        self.view.scheme.set_tensor(tensor)
        if not self.view.model.model.count():
            reason = self.tr("No GGUF model is known yet: add a folder on the page Models.")
        elif tensor is None:
            reason = self.tr("Choose a matrix.")
        elif not self.view.methods.methods():
            reason = self.tr("Choose at least one method.")
        else:
            reason = ""
        self.view.set_possible(reason)

    # running

    def _run(self) -> None:
        tensor = self.view.model.tensor
        if tensor is None or self._job_id:
            return
        view, folder = self.view, self._parts.controllers.models.home / KIND
        stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1000:03}"
        job = LabJob(
            source=view.model.model.current(),
            tensor=tensor.name,
            text=view.model.text_path,
            target=str(folder / f"{stamp}.npz"),
            methods=view.methods.methods(),
            scheme=view.scheme.scheme(),
            input_bits=view.scheme.input_bits(),
            strength=view.methods.strength.number(),
            threshold=view.methods.threshold.number(),
            n_tokens=int(view.model.tokens.number()),
        )

        def prepare() -> str:
            folder.mkdir(parents=True, exist_ok=True)
            return job.text or str(default_text())

        self.view.reading.set_fraction(0.0)
        self._parts.controllers.background.run(prepare, lambda text: self._start(job, text), self._fail)

    def _start(self, job: LabJob, text: str) -> None:
        from msgspec.structs import replace  # noqa: PLC0415

        title = self.tr("Lab: {tensor}, {bits} bits").format(tensor=job.tensor, bits=job.scheme.bits)
        try:
            job_id = self._parts.jobs.start(replace(job, text=text), title)
        except UserError as error:
            self._fail(error)
            return
        self._follow(job_id, job)

    def _follow(self, job_id: str, job: LabJob) -> None:
        self._job_id, self._measures = job_id, []
        self.view.results.show_running(job, ())
        self.view.set_has_result(True)
        self.view.reading.set_fraction(0.0)
        self._on_changed(job_id)

    def _pick_up(self) -> None:
        """A job that still runs, or else what the last one found."""
        records = [record for record in self._parts.jobs.records if isinstance(record.job, LabJob)]
        busy = [record for record in records if not record.ended]
        if busy:
            last = busy[-1]
            if isinstance(last.job, LabJob):
                self._follow(last.id, last.job)
                self._parts.jobs.read_events(last.id, self._take_old)
        else:
            done = [record for record in records if isinstance(record.result, LabDone)]
            if done:
                self.open_record(done[-1])

    def _take_old(self, events: list[JobEvent]) -> None:
        known = {one.method for one in self._measures}
        for event in events:
            if isinstance(event, LabMeasure) and event.method not in known:
                self._on_event(self._job_id, event)

    def _on_event(self, job_id: str, event: object) -> None:
        record = self._parts.jobs.record(job_id)
        if job_id != self._job_id or not isinstance(event, LabMeasure) or record is None:
            return
        self._measures.append(event)
        if isinstance(record.job, LabJob):
            self.view.results.show_running(record.job, self._measures)

    def _on_changed(self, job_id: str) -> None:
        record = self._parts.jobs.record(job_id)
        if job_id != self._job_id or record is None or record.ended:
            return
        waits = record.status == "queued"
        words = self.tr("Waiting for another job") if waits else self.tr("Working on the layer")
        self.view.reading.label.set_text(words)
        self.view.reading.set_fraction(record.fraction)

    def _on_end(self, job_id: str, end: object) -> None:
        if job_id != self._job_id:
            return
        self._job_id = ""
        self.view.reading.set_fraction(None)
        self._refresh()
        if isinstance(end, LabDone):
            self._read(end)
        elif isinstance(end, JobFailed):
            self.view.set_has_result(False)
            if end.code and end.code != "cancelled":
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
        self._job_id = ""
        self.view.reading.set_fraction(None)
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


def _is_gguf(choice: ModelChoice) -> bool:
    return choice.kind == "file" and choice.path.lower().endswith(".gguf")
