"""Which smaller model contrastive decoding holds the loaded one against."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.select import Select
from app.widgets.slider_row import RowHead
from app.widgets.text_label import TextLabel


class AmateurChoice(QWidget):
    """Models of the library; the engine refuses one that reads other tokens."""

    chosen = Signal(str)
    """The key of a model, by the user only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[str, str]] = []
        name = self.tr("Amateur model")
        self.select = Select(name, (), theme, middle=True)
        self.select.setPlaceholderText(self.tr("Choose a smaller model"))
        self.select.view().setAccessibleName(name)
        self.select.selected.connect(self._on_selected)
        self.select.setToolTip(
            self.tr(
                "Tokens that this model likes as well as the loaded one count less. It must be of one family."
            )
        )
        head = RowHead(name, theme)
        head.label.setBuddy(self.select)
        self._hint = TextLabel("", theme, role="warn", size="xs", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.select)
        column.addWidget(self._hint)
        self._show_hint()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Keys and names of the models there are."""
        self._choices = list(choices)
        before = self.current()
        self.select.set_choices(self._choices)
        self.set_current(before)

    def current(self) -> str:
        return self.select.current()

    def set_current(self, key: str) -> None:
        """Show a choice without emitting; one that is not in the library is added by its name."""
        if key and not self.select.has(key):
            self.select.set_choices([*self._choices, (key, key)])
        self.select.set_current(key)
        self._show_hint()

    def _on_selected(self, key: str) -> None:
        self._show_hint()
        self.chosen.emit(key)

    def _show_hint(self) -> None:
        self._hint.setVisible(not self.current())
        if self._choices:
            self._hint.set_text(self.tr("Contrastive decoding needs a second, smaller model."))
        else:
            self._hint.set_text(self.tr("Add a smaller model of the same family on the page Models."))
