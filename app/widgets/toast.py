"""Short notes at the foot of the window: what was done, and how to undo it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.described import describe_as

SECONDS = 6
LIMIT = 3
SPACING = 8
MAXIMUM_WIDTH = 520
WIDEST_LINE = 360
"""Logical pixels; a longer text is broken, so that an action and the cross have room beside it."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Toast(QFrame):
    """One note. Its time stands still while the mouse or the keyboard is on it."""

    closed = Signal()

    def __init__(
        self, text: str, action_text: str, on_action: Callable[[], object] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._on_action = on_action
        self.setProperty("surface", "card")
        self.setProperty("elevated", True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe_as(self, QAccessible.Role.AlertMessage)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(8)
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if label.sizeHint().width() > WIDEST_LINE:
            label.setWordWrap(True)
            label.setFixedWidth(WIDEST_LINE)
        row.addWidget(label)
        self.action: QPushButton | None = None
        if action_text:
            self.action = QPushButton(action_text)
            self.action.setProperty("kind", "link")
            self.action.clicked.connect(self._act)
            row.addWidget(self.action)
        dismiss = QToolButton()
        dismiss.setIcon(icon("x"))
        dismiss.setIconSize(QSize(14, 14))
        dismiss.setAccessibleName(self.tr("Dismiss"))
        dismiss.setToolTip(self.tr("Dismiss (Esc)"))
        dismiss.clicked.connect(self.dismiss)
        row.addWidget(dismiss)
        self.setMaximumWidth(MAXIMUM_WIDTH)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self._expire)
        self._timer.start()
        self.adjustSize()

    def dismiss(self) -> None:
        """Take the note away without its action."""
        self._timer.stop()
        self.closed.emit()

    def focus_action(self) -> None:
        """Send the keyboard to the action, or to the note where it has none."""
        (self.action or self).setFocus(Qt.FocusReason.TabFocusReason)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in _ENTER and isinstance(focused, QAbstractButton) and not event.isAutoRepeat():
            focused.click()  # outside dialogs Qt's buttons listen to the space bar only
        else:
            super().keyPressEvent(event)

    def _expire(self) -> None:
        focused = QApplication.focusWidget()
        if _holds(self, focused):
            self._timer.start()
        else:
            self.dismiss()

    def _act(self) -> None:
        self._timer.stop()
        if self._on_action is not None:
            self._on_action()
        self.closed.emit()


class ToastArea(QWidget):
    """Stacks at most three notes at the bottom centre of its window; the newest is the lowest."""

    emptied = Signal()

    def __init__(self, window: QWidget, theme: Theme, bottom_margin: int) -> None:
        super().__init__(window)
        self._window = window
        self._bottom_margin = bottom_margin
        self._toasts: list[Toast] = []
        self._before: QWidget | None = None
        self.setAccessibleName(self.tr("Notifications"))
        self.hide()
        theme.changed.connect(self.place)

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> Toast:
        """Add a note; the oldest goes when there are too many."""
        while len(self._toasts) >= LIMIT:
            self._remove(self._toasts[0])
        toast = Toast(text, action_text, on_action, self)
        toast.closed.connect(lambda: self._remove(toast))
        self._toasts.append(toast)
        toast.show()
        self.show()
        self.raise_()
        self.place()
        QAccessible.updateAccessibility(QAccessibleEvent(toast, QAccessible.Event.Alert))
        return toast

    def has_toast(self) -> bool:
        return bool(self._toasts)

    def focus_newest(self) -> bool:
        """Send the keyboard to the newest note; false when there is none."""
        if not self._toasts:
            return False
        self._before = self._window.focusWidget()
        self._toasts[-1].focus_action()
        return True

    def place(self) -> None:
        """Measure again and move to the foot of the window."""
        if not self._toasts:
            return
        for toast in self._toasts:
            toast.adjustSize()
        width = max(toast.width() for toast in self._toasts)
        height = sum(toast.height() for toast in self._toasts) + SPACING * (len(self._toasts) - 1)
        x = (self._window.width() - width) // 2
        self.setGeometry(x, self._window.height() - self._bottom_margin - height - 14, width, height)
        y = 0
        for toast in self._toasts:
            toast.move((width - toast.width()) // 2, y)
            y += toast.height() + SPACING

    def _remove(self, toast: Toast) -> None:
        if toast not in self._toasts:
            return
        self._toasts.remove(toast)
        focused = QApplication.focusWidget()
        had_focus = _holds(toast, focused)
        toast.hide()
        toast.deleteLater()
        if had_focus and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._toasts:
            self.place()
        else:
            self.hide()
            self.emptied.emit()


def _holds(widget: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (widget is focused or widget.isAncestorOf(focused))
