"""A titled column of the attention panel."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, SEMIBOLD
from app.widgets.text_label import TextLabel

_HEAD = 22
"""The same for all columns, so that their contents begin at one height."""


class Stacked(QWidget):
    """Widgets above each other; hidden ones take no room."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in widgets:
            column.addWidget(widget, 1)
        column.addStretch(0)  # what is left where the last one has a greatest height: they stand at the top


class TitledColumn(QWidget):
    """A title, a caption at its right, optional controls between them, and the content below."""

    def __init__(
        self,
        title: str,
        content: QWidget,
        theme: Theme,
        *controls: QWidget,
        note: TextLabel | None = None,
    ) -> None:
        """`note` is a line that may be shortened; without one the title is."""
        super().__init__()
        self._title = TextLabel(title, theme, role="fg2", size="s", weight=SEMIBOLD, elide=note is None)
        self._caption = TextLabel("", theme, role="fg3", size="xs", weight=MEDIUM, tabular=True)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        self._title.setFixedHeight(_HEAD)
        head.addWidget(self._title, 1 if note is None else 0)
        if note is not None:
            head.addWidget(note, 1)
        for control in controls:
            head.addWidget(control)
        head.addWidget(self._caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(content, 1)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)

    def set_caption(self, caption: str) -> None:
        self._caption.set_text(caption)
