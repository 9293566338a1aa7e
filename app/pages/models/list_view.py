"""The list of models."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from app.models.model_choices import ModelChoice, ModelChoicesModel
from app.pages.chat.model_picker import ModelDelegate
from app.theme.theme import Theme

_STYLE = (
    "#modelsPageList { padding: 4px 12px; }"
    "#modelsPageList::item:hover, #modelsPageList::item:selected { background: transparent; }"
)


class ModelList(QListView):
    """Arrows mark, Enter and double click load."""

    current_changed = Signal()
    activated_choice = Signal(object)

    def __init__(self, model: ModelChoicesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("modelsPageList")
        self.setModel(model)
        self.setItemDelegate(ModelDelegate(model, theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Models"))
        self.setStyleSheet(_STYLE)
        self.doubleClicked.connect(self._activate)
        self.selectionModel().currentChanged.connect(lambda *_indexes: self.current_changed.emit())
        theme.changed.connect(self.viewport().update)

    def current_choice(self) -> ModelChoice | None:
        return self._model.choice_at(self.currentIndex())

    def mark(self, key: str) -> None:
        """Put the mark on a model, or on the first one."""
        rows = range(self._model.rowCount())
        wanted = (row for row in rows if (found := self._choice(row)) is not None and found.key == key)
        row = next(wanted, 0)
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(row))

    def mark_first(self) -> None:
        self.mark("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choice(self, row: int) -> ModelChoice | None:
        return self._model.choice_at(self._model.index(row))

    def _activate(self, index: QModelIndex) -> None:
        choice = self._model.choice_at(index)
        if choice is not None:
            self.activated_choice.emit(choice)
