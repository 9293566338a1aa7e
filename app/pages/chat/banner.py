"""A strip under the top bar: what went wrong, and what can be done about it."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.painting import MEDIUM, color
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

Tone = Literal["error", "warn", "info"]
_ICONS: dict[Tone, str] = {"error": "circle-alert", "warn": "triangle-alert", "info": "info"}


class Banner(QWidget):
    """One message at a time; a new one replaces the old. `key` lets its cause take it away again."""

    left = Signal()
    """The strip was closed by one of its buttons, which had the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = "info"
        self._key = ""
        self._message = TextLabel("", theme, role="fg", size="s", weight=MEDIUM, wrap=True)
        self._hint = TextLabel("", theme, role="fg2", size="s", wrap=True)
        for label in (self._message, self._hint):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(6)
        dismiss = IconButton("x", self.tr("Dismiss"), theme, size=24, icon_size=14)
        dismiss.clicked.connect(self._leave)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._message)
        texts.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(46, 8, 10, 8)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addLayout(self._actions)
        row.addWidget(dismiss, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self.update)
        self.hide()

    def show_message(
        self,
        tone: Tone,
        message: str,
        hint: str = "",
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        key: str = "",
    ) -> None:
        """Say it. `actions` become buttons; each one closes the strip."""
        self._tone, self._key = tone, key
        self._message.set_text(message)
        self._hint.set_text(hint)
        self._hint.setVisible(bool(hint))
        while (item := self._actions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, run in actions:
            button = TextButton(text, self._theme, height=26)
            button.clicked.connect(self._leave)
            button.clicked.connect(lambda _checked=False, run=run: run())
            self._actions.addWidget(button)
        self.setAccessibleName(f"{message} {hint}".strip())
        self.show()
        self.update()

    def clear(self, key: str) -> None:
        """Take the strip away if it is still this one."""
        if key == self._key:
            self.hide()

    def _leave(self) -> None:
        """Close, and say first where the keyboard should not stay: Qt would send it to just any widget."""
        self.left.emit()
        self.hide()

    def text(self) -> str:
        """What the strip says now, "" while hidden."""
        return self._message.full_text() if not self.isHidden() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color(tokens, "bg1"))
        role = {"error": "error", "warn": "warn", "info": "accent_text"}[self._tone]
        painter.fillRect(QRectF(0, 0, 3, self.height()), color(tokens, role))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color(tokens, "line"))
        draw_icon(painter, _ICONS[self._tone], QRectF(20, 11, 16, 16), color(tokens, role))
        painter.end()
