"""The vocabulary of the loaded model, or of a file of the library, and where its tokens stand in the chat."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.vocabularies import Vocabularies
from app.i18n.errors import describe
from app.panels.inspection_parts import PanelParts
from app.panels.vocabulary.occurrences import Occurrence, PromptTokens
from app.panels.vocabulary.search import Query, find_tokens
from app.panels.vocabulary.view import VocabularyView
from engine.library.vocabulary import Vocabulary
from engine.protocol.values import PromptReport


class VocabularyPanel(QWidget):
    """Connects `VocabularyView` with files and chat. Nothing is read before the panel is shown."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._path = ""
        self._chosen = False
        self._shown = False
        self._round = 0
        self._vocabulary: Vocabulary | None = None
        self._vocabularies = Vocabularies(parts.controllers.background, self)
        self.view = VocabularyView(parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.field)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shown = True
        self._show_choices()
        self._follow_model()
        self._count()

    def _connect(self) -> None:
        view, base = self.view, self._parts.controllers
        view.searched.connect(self._search)
        view.model_chosen.connect(self._choose)
        view.copy_requested.connect(self._copy)
        view.place_opened.connect(self._open_place)
        base.models.choices_changed.connect(lambda *_: self._show_choices())
        base.models.loaded.connect(lambda _model: self._follow_model())
        base.chat.path_changed.connect(self._count)
        base.meter.rendered.connect(self._on_rendered)

    # which vocabulary

    def _show_choices(self) -> None:
        choices = self._parts.controllers.models.choices()
        names = {each.path: each.name for each in choices if each.kind == "file" and each.usable}
        model = self._parts.controllers.models.current
        if model is not None and model.path:
            names.setdefault(model.path, model.name)
        self.view.set_choices(list(names.items()), self._path)

    def _follow_model(self) -> None:
        """The loaded model, until another one was chosen."""
        model = self._parts.controllers.models.current
        if self._shown and not self._chosen and model is not None and model.path:
            self._read(model.path)

    def _choose(self, path: str) -> None:
        self._chosen = True
        self._read(path)

    def _read(self, path: str) -> None:
        if path == self._path:
            return
        self._path = path
        self._show_choices()
        self.view.set_busy(self.tr("Reading the vocabulary…"))
        self._vocabularies.read(path, partial(self._take, path), partial(self._fail, path))

    def _take(self, path: str, vocabulary: Vocabulary) -> None:
        if path == self._path:
            self._vocabulary = vocabulary
            self.view.set_vocabulary(vocabulary)

    def _fail(self, path: str, error: Exception) -> None:
        if path == self._path:
            self._vocabulary = None
            self.view.set_vocabulary(None)
            self.view.set_problem(describe(error).message)

    # searching

    def _search(self, query: Query) -> None:
        vocabulary = self._vocabulary
        if vocabulary is None:
            return
        self._round += 1
        self._parts.controllers.background.run(
            lambda: find_tokens(vocabulary, query),
            partial(self._found, self._round),
            partial(self._not_found, self._round),
        )

    def _found(self, number: int, ids: Sequence[int]) -> None:
        if number == self._round:
            self.view.set_found(ids)

    def _not_found(self, number: int, error: Exception) -> None:
        if number != self._round:
            return
        if isinstance(error, ValueError):
            self.view.set_problem(self.tr("This cannot be searched for: {reason}").format(reason=error))
        else:
            self._parts.host.show_error(error)

    # the chat

    def _count(self) -> None:
        if self.isVisible():
            self._parts.controllers.meter.render()

    def _on_rendered(self, report: PromptReport) -> None:
        if self._shown:
            self.view.set_prompt(PromptTokens(report))

    def _open_place(self, place: Occurrence) -> None:
        base = self._parts.controllers
        record = base.meter.rendered_record(place.message, base.chat.path)
        if record is not None:
            base.chat.reveal_requested.emit(record.id)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._parts.host.show_toast(self.tr("The tokens are in the clipboard."))
