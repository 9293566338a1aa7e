"""“Deleted … Undo”: the answer of a panel to something destructive."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.painting import color, rounded_box
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

_SHOWN_MS = 12_000


class UndoBar(QWidget):
    """Hidden until `offer`; goes away by itself, by its cross, or after the undo."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._text = TextLabel("", theme, role="fg", elide=True)
        self.button = TextButton(self.tr("Undo"), theme, kind="ghost", icon_name="undo-2", height=24)
        self.button.clicked.connect(self._take_back)
        dismiss = IconButton("x", self.tr("Dismiss"), theme, size=22, icon_size=13)
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        row.addWidget(dismiss)
        self.setFixedHeight(34)
        self.hide()
        theme.changed.connect(self.update)

    def offer(self, text: str, undo: Callable[[], None]) -> None:
        """Show what was done; `undo` is called at most once."""
        self._text.set_text(text)
        self._undo = undo
        self.show()
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded_box(
            painter, QRectF(self.rect()), tokens.radius_card, color(tokens, "bg4"), color(tokens, "line2")
        )
        painter.end()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
