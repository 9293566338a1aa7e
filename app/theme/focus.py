"""Shows where the keyboard is, and only then: no ring after a mouse click.

`FocusRing` sets the property `focusRing` on the widget that took the focus without the mouse. The style sheet
draws the ring of stock widgets; widgets that paint by hand call `draw_focus_ring`.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from app.theme.tokens import Tokens

PROPERTY = "focusRing"
RING_WIDTH = 1.5


class FocusRing(QObject):
    """Follows the focus through the whole application.

    A click is answered when the button is up again, and what answers it may hand the keyboard on, as to a
    page that is shown. Windows are listened to, not the application: they have few events.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._left = 0
        self._released = False
        """A mouse button, while that is being answered."""
        application.focusChanged.connect(self._moved)
        application.focusWindowChanged.connect(self._listen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._released = True
            QTimer.singleShot(0, self._forget)
        return False

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # the second time it does nothing

    def _forget(self) -> None:
        self._released = False

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        marked = old is not None and bool(old.property(PROPERTY))
        if old is not None and marked:
            _mark(old, False)
        if new is None:
            # The whole window lost the keyboard: remember the ring for when it comes back.
            self._left = id(old) if marked else 0
            return
        by_mouse = self._released or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        came_back = old is None
        if not by_mouse and (not came_back or id(new) == self._left):
            _mark(new, True)


def has_keyboard_focus(widget: QWidget) -> bool:
    """Whether a ring belongs around the widget now."""
    return widget.hasFocus() and bool(widget.property(PROPERTY))


def draw_focus_ring(painter: QPainter, rect: QRectF, tokens: Tokens, radius: float) -> None:
    """Outline `rect` (logical pixels), the line inside it."""
    half = RING_WIDTH / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.accent), RING_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def _mark(widget: QWidget, on: bool) -> None:
    widget.setProperty(PROPERTY, on)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
