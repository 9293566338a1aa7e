"""The context X-ray of the open chat."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.context_meter import measured_messages
from app.controllers.inspection_readings import Reading
from app.models.inspection_subject import Subject
from app.panels.context_xray.sheet import attention_of, make_sheet
from app.panels.context_xray.view import ContextXrayView
from app.panels.inspection_parts import PanelParts
from engine.protocol.inspection import TapSpec
from engine.protocol.values import LoadedModel, PromptReport

READ_BYTES = 192 << 20
"""Attention that is read for the sums: as many layers, evenly spread, as fit."""


class ContextXrayPanel(QWidget):
    """Connects `ContextXrayView` with the chat, its rendered prompt and the attention that is known."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._report: PromptReport | None = None
        self._keys: list[float] = []
        self._keys_of = ""
        self._reading: Reading | None = None
        self._without_first = False
        self._busy = False
        self.view = ContextXrayView(parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.table)
        self._connect()

    def _connect(self) -> None:
        view, base, inspection = self.view, self._parts.controllers, self._parts.inspection
        view.read_requested.connect(self._read)
        view.cancel_requested.connect(self._cancel)
        view.first_token_changed.connect(self._on_first_token)
        view.message_opened.connect(base.chat.reveal_requested)
        base.chat.path_changed.connect(self._render)
        base.meter.rendered.connect(self._on_rendered)
        base.models.loaded.connect(lambda _model: self._render())
        base.models.unloaded.connect(self._on_unloaded)
        self._parts.source.changed.connect(self._on_subject)
        inspection.rows_changed.connect(self._on_rows)
        inspection.inspected.connect(lambda subject, _event: self._on_rows(subject))
        inspection.finished.connect(self._on_rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._render()
        self._sum_attention()

    # the prompt

    def _render(self) -> None:
        if self.isVisible():
            self._parts.controllers.meter.render()
            self._show()

    def _on_rendered(self, report: PromptReport) -> None:
        self._report = report
        if self.isVisible():
            self._show()

    def _on_unloaded(self) -> None:
        self._report = None
        self._show()

    def _show(self) -> None:
        base = self._parts.controllers
        report, model = self._report, base.models.current
        if report is None or model is None:
            self.view.set_sheet(None)
            return
        path, places = measured_messages(base.chat.path), base.meter.rendered_places
        sheet = make_sheet(report, path, places, model.kv_bytes_per_token, self._attention(report))
        self.view.set_sheet(sheet)
        self._show_possible(model, sheet.has_attention)

    def _show_possible(self, model: LoadedModel, known: bool) -> None:
        subject = self._parts.source.subject
        if subject is None:
            reason = self.tr("Send a message: then the attention of the reply can be read.")
        elif not subject.session_id:
            reason = self.tr("A typed text is in no chat: choose Chat above to read its attention.")
        elif model.backend != "llama_cpp":
            reason = self.tr("The attention of this model cannot be read.")
        elif subject.streaming:
            reason = self.tr("The reply is being written.")
        else:
            reason = ""
        note = self.tr("Attention is not an explanation.") if known else ""
        self.view.set_can_read(not reason and self._reading is None, reason or note)

    # attention

    def _attention(self, report: PromptReport) -> dict[int, float] | None:
        """Sums by message of the request, where the reply still stands where it was read."""
        subject = self._parts.source.subject
        base = self._parts.controllers
        if subject is None or subject.key != self._keys_of or not self._keys:
            return None
        ids = [record.id for record in measured_messages(base.chat.path)]
        place = ids.index(subject.key) if subject.key in ids else -1
        places = base.meter.rendered_places
        number = places.index(place) if place in places else -1
        return attention_of(
            report, self._keys, subject.prompt_length, number, without_first=self._without_first
        )

    def _on_subject(self, _subject: Subject | None) -> None:
        self._cancel()
        self._keys, self._keys_of = [], ""
        self._sum_attention()
        self._render()

    def _on_rows(self, subject: Subject) -> None:
        if subject is self._parts.source.subject and self.isVisible():
            self._sum_attention()

    def _sum_attention(self) -> None:
        """On another thread, one sum at a time."""
        subject = self._parts.source.subject
        if subject is None or self._busy or not self.isVisible():
            return
        self._busy = True
        self._parts.controllers.background.run(
            partial(_mass, subject), partial(self._take, subject), self._fail_sum
        )

    def _take(self, subject: Subject, keys: list[float]) -> None:
        self._busy = False
        if subject is self._parts.source.subject:
            self._keys, self._keys_of = keys, subject.key
            self._show()

    def _fail_sum(self, error: Exception) -> None:
        self._busy = False
        self._parts.host.show_error(error)

    def _on_first_token(self, left_out: bool) -> None:
        self._without_first = left_out
        self._show()

    # reading

    def _read(self) -> None:
        subject, model = self._parts.source.subject, self._parts.controllers.models.current
        if subject is None or model is None or self._reading is not None:
            return
        taps = TapSpec(layers=layers_that_fit(model, max(subject.length, 1)))
        self.view.set_reading(0.0)
        self._reading = self._parts.inspection.reread(
            subject,
            taps=taps,
            done=lambda _event: self._end(),
            failed=self._broke,
            progress=self.view.set_reading,
        )

    def _broke(self, error: Exception) -> None:
        self._end()
        self._parts.host.show_error(error)

    def _cancel(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._end()

    def _end(self) -> None:
        self._reading = None
        self.view.set_reading(None)
        self._sum_attention()
        self._show()


def layers_that_fit(model: LoadedModel, length: int) -> tuple[int, ...]:
    """Layers, evenly spread, whose attention over `length` tokens stays small; empty: all of them."""
    one = max(1, model.n_head) * length * length * 4
    fitting = max(1, READ_BYTES // one)
    if fitting >= model.n_layer:
        return ()
    return tuple(round((place + 0.5) * model.n_layer / fitting - 0.5) for place in range(fitting))


def _mass(subject: Subject) -> list[float]:
    from app.panels.context_xray.mass import attention_by_key  # noqa: PLC0415 - brings numpy

    return attention_by_key(subject.rows, subject.prompt_length)
