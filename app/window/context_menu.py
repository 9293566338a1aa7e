"""Shift+F10, as on every desktop: Qt itself knows the menu key only, and many keyboards have none."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication


def open_context_menu() -> None:
    """Ask the widget with the keyboard for its menu, as the menu key does."""
    widget = QApplication.focusWidget()
    if widget is None:
        return
    cursor = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    at = cursor.center() if cursor.isValid() else widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
