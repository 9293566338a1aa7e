"""The card of the loaded model, or of a file of the library."""

from functools import partial

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.inspection_readings import Reading
from app.i18n.errors import describe
from app.models.inspection_subject import Subject
from app.panels.inspection_parts import PanelParts
from app.panels.model_card.document import CardDocument, read_document
from app.panels.model_card.drawing import to_png, to_svg
from app.panels.model_card.routing_view import Routing
from app.panels.model_card.view import ModelCardView
from app.widgets.save_file import ask_where_to_save
from engine.protocol.events import Inspected
from engine.protocol.inspection import TapSpec

WAYS = {"png": "PNG (*.png)", "svg": "SVG (*.svg)"}


class ModelCardPanel(QWidget):
    """Connects `ModelCardView` with files and, for mixtures of experts, with the engine."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._path = ""
        self._chosen = False
        self._shown = False
        self._reading: Reading | None = None
        self.view = ModelCardView(parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.choice)
        self._connect()

    def show_model(self, path: str) -> None:
        """Show the card of a file."""
        self._chosen = True
        self._read(path)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shown = True
        self._show_choices()
        self._follow_model()

    def _connect(self) -> None:
        view, base = self.view, self._parts.controllers
        view.model_chosen.connect(self.show_model)
        view.export_requested.connect(self._export)
        view.copy_requested.connect(self._copy)
        view.routing.read_requested.connect(self._read_routing)
        view.routing.cancel_requested.connect(self._cancel)
        base.models.choices_changed.connect(lambda *_: self._show_choices())
        base.models.loaded.connect(lambda _model: self._follow_model())
        self._parts.source.changed.connect(self._on_subject)
        self._parts.inspection.inspected.connect(self._on_inspected)

    # which model

    def _show_choices(self) -> None:
        choices = self._parts.controllers.models.choices()
        names = {each.path: each.name for each in choices if each.kind == "file" and each.usable}
        model = self._parts.controllers.models.current
        if model is not None and model.path:
            names.setdefault(model.path, model.name)
        self._names = names
        self.view.set_choices(list(names.items()), self._path)

    def _follow_model(self) -> None:
        """The loaded model, until another one was chosen."""
        model = self._parts.controllers.models.current
        if self._shown and not self._chosen and model is not None and model.path:
            self._read(model.path)

    def _read(self, path: str) -> None:
        if path == self._path:
            return
        self._path = path
        self._show_choices()
        name = self._names.get(path, "")
        self._parts.controllers.background.run(
            lambda: read_document(path, name), partial(self._take, path), partial(self._fail, path)
        )

    def _take(self, path: str, document: CardDocument) -> None:
        if path == self._path:
            self.view.set_document(document)

    def _fail(self, path: str, error: Exception) -> None:
        if path == self._path:
            self.view.set_document(None, describe(error).message)

    # routing

    def _on_subject(self, _subject: Subject | None) -> None:
        self._cancel()
        self.view.routing.set_routing(None)

    def _read_routing(self) -> None:
        subject = self._parts.source.subject
        model = self._parts.controllers.models.current
        if subject is None or self._reading is not None or model is None or model.path != self._path:
            self._parts.host.show_toast(self.tr("Load this model and send a message first."))
            return
        self.view.routing.set_reading(0.0)
        self._reading = self._parts.inspection.reread(
            subject,
            taps=TapSpec(kinds=("routing",)),
            done=lambda _event: self._end(),
            failed=self._broke,
            progress=self.view.routing.set_reading,
        )

    def _on_inspected(self, subject: Subject, event: Inspected) -> None:
        if subject is self._parts.source.subject and "routing" in event.arrays:
            self.view.routing.set_routing(routing_of(event))

    def _broke(self, error: Exception) -> None:
        self._end()
        self._parts.host.show_error(error)

    def _cancel(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._end()

    def _end(self) -> None:
        self._reading = None
        self.view.routing.set_reading(None)

    # out

    def _export(self, kind: str) -> None:
        document = self.view.document
        if document is None:
            return
        name = f"{document.name}.{kind}"
        path = ask_where_to_save(self, self.tr("Export the model card"), name, WAYS[kind], f".{kind}")
        if path is not None:
            tokens, host = self._parts.theme.tokens, self._parts.host
            data = to_png(document, tokens) if kind == "png" else to_svg(document, tokens)
            done = self.tr("Saved as {name}.").format(name=path.name)
            self._parts.controllers.background.run(
                lambda: path.write_bytes(data), lambda _size: host.show_toast(done), host.show_error
            )

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._parts.host.show_toast(self.tr("The rows are in the clipboard."))


def routing_of(event: Inspected) -> Routing:
    """The routing in an answer of `Inspect`."""
    array = event.arrays["routing"]
    return Routing(event.layers, event.pieces, array.shape[2], memoryview(array.data).cast("B").cast("f"))
