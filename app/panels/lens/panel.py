"""The logit lens of what a page looks at: reads it again when asked, and shows the answer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.inspection_readings import Reading
from app.controllers.vocabularies import Vocabularies
from app.models.inspection_subject import NEWEST, Subject
from app.panels.inspection_parts import PanelParts
from app.panels.lens.export import to_csv, write_npz
from app.panels.lens.grid import LensGrid, has_lens
from app.panels.lens.view import LensView
from app.widgets.numbers import decimal, whole
from app.widgets.save_file import ask_where_to_save
from engine.library.vocabulary import Vocabulary
from engine.protocol.events import Inspected
from engine.protocol.inspection import LensSpec
from engine.protocol.values import LoadedModel

TOP = 8
LAST = 32
WAYS = {"png": "PNG (*.png)", "csv": "CSV (*.csv)", "npz": "NPZ (*.npz)"}


class LensPanel(QWidget):
    """Connects `LensView` with the controller. What was read stays with its subject."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._reading: Reading | None = None
        self._event: Inspected | None = None
        self._path = ""
        self._vocabularies = Vocabularies(parts.controllers.background, self)
        self.view = LensView(parts.theme)
        self.setAccessibleName(self.tr("Logit lens"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.heat)
        self._connect()
        self._show_subject(parts.source.subject)

    def _connect(self) -> None:
        view, inspection = self.view, self._parts.inspection
        view.read_requested.connect(self._read)
        view.cancel_requested.connect(self._cancel)
        view.position_chosen.connect(self._choose)
        view.export_requested.connect(self._export)
        self._parts.source.changed.connect(self._show_subject)
        inspection.inspected.connect(self._on_inspected)
        inspection.chosen_changed.connect(self._on_chosen)
        inspection.finished.connect(lambda _subject: self._show_possible())
        models = self._parts.controllers.models
        models.loaded.connect(self._on_model)
        models.unloaded.connect(self._show_possible)

    # what is looked at

    @property
    def _subject(self) -> Subject | None:
        return self._parts.source.subject

    def _show_subject(self, subject: Subject | None) -> None:
        self._cancel()
        self._event = None
        known = subject.inspected if subject is not None else None
        if known is not None and has_lens(known) and self._is_from_loaded(subject):
            self._take(known)
        else:
            self.view.set_grid(None)
        self._show_possible()

    def _is_from_loaded(self, subject: Subject | None) -> bool:
        """Token ids mean something with the vocabulary of their own model only."""
        loaded = self._parts.controllers.models.current
        written_by = subject.model if subject is not None else None
        return loaded is not None and (written_by is None or written_by.model_hash == loaded.model_hash)

    def _on_model(self, model: LoadedModel) -> None:
        if model.path != self._path:
            self._event = None
            self.view.set_grid(None)
        self._show_possible()

    def _show_possible(self) -> None:
        subject, model = self._subject, self._parts.controllers.models.current
        if model is None:
            reason = self.tr("Load a model first.")
        elif model.backend == "torch":
            reason = self.tr("The logit lens needs a model that writes on from a text: load a GGUF file.")
        elif model.backend != "llama_cpp":
            reason = self.tr("This model does not run here, so its layers cannot be read.")
        elif subject is None:
            reason = self.tr("Send a message: the lens then reads the reply.")
        elif subject.streaming:
            reason = self.tr("The reply is being written. It can be read when it is finished.")
        else:
            reason = ""
        self.view.set_possible(not reason and self._reading is None, reason)

    def _choose(self, position: int) -> None:
        if self._subject is not None:
            self._parts.inspection.choose(self._subject, position)

    def _on_chosen(self, subject: Subject) -> None:
        if subject is self._subject:
            self.view.choose_position(subject.chosen_position)

    # reading

    def _read(self, scope: str, step: int) -> None:
        subject = self._subject
        if subject is None or self._reading is not None:
            return
        lens = LensSpec(top=TOP, positions=positions_of(subject, scope), layers=self._layers(step))
        self.view.set_reading(0.0)
        self._reading = self._parts.inspection.reread(
            subject, lens=lens, done=self._done, failed=self._failed, progress=self.view.set_reading
        )

    def _layers(self, step: int) -> tuple[int, ...]:
        model = self._parts.controllers.models.current
        if step <= 1 or model is None:
            return ()
        return tuple(range((model.n_layer - 1) % step, model.n_layer, step))

    def _done(self, _event: Inspected) -> None:
        self._end()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._parts.host.show_error(error)

    def _cancel(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._end()

    def _end(self) -> None:
        self._reading = None
        self.view.set_reading(None)
        self._show_possible()

    def _on_inspected(self, subject: Subject, event: Inspected) -> None:
        if subject is self._subject and has_lens(event):
            self._take(event)

    def _take(self, event: Inspected) -> None:
        """The answer names tokens by their ids: their texts are in the model's file."""
        model = self._parts.controllers.models.current
        self._event = event
        if model is None:
            return
        self._path = model.path
        self._vocabularies.read(model.path, partial(self._show, event), self._parts.host.show_error)

    def _show(self, event: Inspected, vocabulary: Vocabulary) -> None:
        if event is not self._event:
            return
        self.view.set_grid(LensGrid(event, vocabulary.piece))
        text = self.tr("{tokens} tokens × {layers} layers in {seconds} s. Replies are not slowed.")
        self.view.set_cost(
            text.format(
                tokens=whole(len(event.lens_positions)),
                layers=len(event.layers),
                seconds=decimal(event.seconds, 1),
            )
        )
        subject = self._subject
        if subject is not None and subject.chosen != NEWEST:
            self.view.choose_position(subject.chosen)

    # export

    def _export(self, kind: str) -> None:
        grid = self.view.grid
        if grid is None:
            return
        name = f"logit-lens.{kind}"
        path = ask_where_to_save(self, self.tr("Export the lens"), name, WAYS[kind], f".{kind}")
        if path is not None:
            self.write(kind, grid, path)

    def write(self, kind: str, grid: LensGrid, path: Path) -> None:
        """Without asking."""
        done = self.tr("Saved as {name}.").format(name=path.name)
        host = self._parts.host

        def run(work: Callable[[], None]) -> None:
            self._parts.controllers.background.run(work, lambda _none: host.show_toast(done), host.show_error)

        if kind == "npz":
            run(lambda: write_npz(grid, path))
        elif kind == "csv":
            run(lambda: _write(path, to_csv(grid).encode()))
        else:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            self.view.heat.picture().save(buffer, "PNG")
            data = bytes(buffer.data().data())
            run(lambda: _write(path, data))


def positions_of(subject: Subject, scope: str) -> tuple[int, ...]:
    """Places to read, counted from the end where that is enough: the prompt's length may not be known yet."""
    if scope == "token":
        return (subject.chosen,) if subject.chosen != NEWEST else ()
    count = subject.reply_length or (subject.metrics.output_tokens if subject.metrics is not None else 0)
    length = max(subject.length, subject.prompt_length + count)
    wanted = LAST if scope == "last" else count + 1 if count else length
    return tuple(range(-min(wanted, length), 0)) if length else ()


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
