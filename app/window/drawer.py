"""A drawer: a card over the lower right corner of the window, opened from the status line."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

_MARGIN = 8


class Drawer(QFrame):
    """A child of the window that stays above its page. Escape closes it; the keyboard goes back to where it
    was. Subclasses say how high they are and which widget has the focus first.
    """

    opened_changed = Signal(bool)

    def __init__(self, window: QWidget, name: str, width: int, bottom_margin: int) -> None:
        super().__init__(window)
        self._window = window
        self._width, self._bottom_margin = width, bottom_margin
        self._before: QWidget | None = None
        self.setProperty("surface", "card")
        self.setProperty("elevated", True)
        self.setAccessibleName(name)
        self.hide()
        window.installEventFilter(self)

    def prepare(self) -> None:
        """Before it is shown."""

    def first_focus(self) -> QWidget:
        raise NotImplementedError

    def wanted_height(self, width: int) -> int:
        raise NotImplementedError

    def set_open(self, wanted: bool) -> None:
        """Show it and give it the keyboard, or hide it and give the keyboard back."""
        if wanted == self.isVisible():
            return
        if wanted:
            self._before = self._window.focusWidget()
            self.prepare()
            self.show()
            self.raise_()
            self.place()
            self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            holds = self.isAncestorOf(self._window.focusWidget())
            self.hide()
            if holds and self._before is not None:
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened_changed.emit(wanted)

    def toggle(self) -> None:
        self.set_open(not self.isVisible())

    def place(self) -> None:
        """Measure again and move to the corner."""
        width = min(self._width, self._window.width() - 2 * _MARGIN)
        room = self._window.height() - self._bottom_margin - 2 * _MARGIN
        height = min(self.wanted_height(width), room)
        left = self._window.width() - width - _MARGIN
        top = self._window.height() - self._bottom_margin - height - _MARGIN
        self.setGeometry(left, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.set_open(False)
        else:
            super().keyPressEvent(event)
