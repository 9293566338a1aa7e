"""Find in this chat."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from app.widgets.transcript.view import TranscriptView

_DELAY_MS = 120


class FindBar(QWidget):
    """Enter goes to the next match, Shift+Enter to the one before, Escape closes."""

    closed = Signal()

    def __init__(self, target: TranscriptView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = target
        self._count = 0
        self._position = 0
        target.matches_changed.connect(self._on_matches)
        self.field = TextField(
            self.tr("Find in this chat"), theme, placeholder=self.tr("Find in this chat"), icon_name="search"
        )
        self._result = TextLabel("", theme, role="fg2", size="s", tabular=True)
        self._previous = IconButton("chevron-up", self.tr("Previous match (Shift+Enter)"), theme)
        self._next = IconButton("chevron-down", self.tr("Next match (Enter)"), theme)
        close = IconButton("x", self.tr("Close (Esc)"), theme)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self._search)
        self.field.textChanged.connect(lambda _text: self._delay.start())
        self.field.installEventFilter(self)
        self._previous.clicked.connect(lambda: self._step(-1))
        self._next.clicked.connect(lambda: self._step(1))
        close.clicked.connect(self.close_bar)
        self.setProperty("surface", "topbar")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 10, 6)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self._result)
        for button in (self._previous, self._next, close):
            row.addWidget(button)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show the bar, with a selection of the transcript as the first search."""
        self.show()
        if text and "\n" not in text:
            self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Hide it and take the marks away."""
        self._delay.stop()
        self._target.find("")
        self.hide()
        self.closed.emit()

    def refresh(self) -> None:
        """The transcript shows other messages now."""
        if self.isVisible():
            self._search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return False

    def _search(self) -> None:
        self._count = self._target.find(self.field.text())
        if not self._count:
            self._position = 0
        self._show_result()

    def _step(self, direction: int) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self._search()
        elif self._count:
            go: Callable[[], None] = self._target.next_match if direction > 0 else self._target.previous_match
            go()

    def _on_matches(self, position: int, total: int) -> None:
        self._position, self._count = position, total
        if self.isVisible():
            self._show_result()

    def _show_result(self) -> None:
        missing = bool(self.field.text()) and not self._count
        self.field.set_invalid(missing)
        if not self.field.text():
            self._result.set_text("")
        elif missing:
            self._result.set_text(self.tr("No match"))
        else:
            self._result.set_text(f"{self._position} / {self._count}")
        for button in (self._previous, self._next):
            button.setEnabled(self._count > 0)
