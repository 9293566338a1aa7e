"""A slider for a number in steps, with a tick at the neutral value."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_with
from app.widgets.described_number import DescribedNumber
from app.widgets.painting import color, focus_ring

_HANDLE = 6.0
_GROOVE = 4.0


class ValueSlider(QSlider):
    """`number` in [minimum, maximum] by `step`. A click jumps there; Home and End go to the ends.

    Values outside the range are shown at the nearer end and not changed by it.
    """

    number_changed = Signal(float)
    """By the user only."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        minimum: float,
        maximum: float,
        step: float,
        neutral: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._neutral = neutral
        self._muted = False
        self.setAccessibleName(name)
        describe_with(self, lambda _widget: DescribedNumber(self))
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_limits(minimum, maximum, step)
        self.valueChanged.connect(self._on_moved)
        theme.changed.connect(self.update)

    def set_limits(self, minimum: float, maximum: float, step: float) -> None:
        """Change the range; the number is kept where it still fits."""
        blocked = self.blockSignals(True)
        self._minimum, self._maximum, self._step = minimum, maximum, step
        steps = max(1, round((maximum - minimum) / step))
        self.setRange(0, steps)
        self.setSingleStep(1)
        self.setPageStep(max(1, steps // 10))
        self.blockSignals(blocked)
        self.update()

    def limits(self) -> tuple[float, float, float]:
        """The least number, the greatest, and the step from one to the next."""
        return self._minimum, self._minimum + self.maximum() * self._step, self._step

    def number(self) -> float:
        return round(self._minimum + self.value() * self._step, 9)

    def choose(self, number: float) -> None:
        """As the user's doing."""
        self.setValue(round((number - self._minimum) / self._step))

    def set_number(self, number: float) -> None:
        """Show a value without emitting."""
        blocked = self.blockSignals(True)
        self.setValue(round((number - self._minimum) / self._step))
        self.blockSignals(blocked)
        self.update()

    def set_muted(self, muted: bool) -> None:
        """Grey while the value has no effect or is off."""
        if muted != self._muted:
            self._muted = muted
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 18)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only a focused slider takes the wheel, so that scrolling a panel never changes a value."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._jump_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._jump_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._neutral is not None and event.key() == Qt.Key.Key_Delete:
            self.choose(self._neutral)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        middle = self.height() / 2
        groove = QRectF(0, middle - _GROOVE / 2, self.width(), _GROOVE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens, "track"))
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        self._paint_neutral_tick(painter, middle)
        painter.setPen(Qt.PenStyle.NoPen)
        x = self._x_of(self.number())
        painter.setBrush(color(tokens, "fg3", 0.55) if self._muted else color(tokens, "accent"))
        painter.drawRoundedRect(self._filled(x, groove), _GROOVE / 2, _GROOVE / 2)
        lively = self.isSliderDown() or self.underMouse()
        painter.setPen(QPen(color(tokens, "accent" if lively else "bg0" if tokens.dark else "fg3"), 1.0))
        painter.setBrush(color(tokens, "fg2" if self._muted and tokens.dark else "on_accent"))
        painter.drawEllipse(QPointF(x, middle), _HANDLE, _HANDLE)
        if has_keyboard_focus(self):
            halo = QRectF(x - _HANDLE - 3, middle - _HANDLE - 3, 2 * _HANDLE + 6, 2 * _HANDLE + 6)
            focus_ring(painter, halo, _HANDLE + 3, tokens)
        painter.end()

    def _filled(self, x: float, groove: QRectF) -> QRectF:
        """From the left end, or from 0 where the range lies on both sides of it."""
        origin = self._x_of(0.0) if self._neutral == 0 and self._minimum < 0 < self._maximum else 0.0
        return QRectF(min(origin, x), groove.top(), abs(x - origin), groove.height())

    def _paint_neutral_tick(self, painter: QPainter, middle: float) -> None:
        if self._neutral is None or not self._minimum < self._neutral < self._maximum:
            return
        painter.setPen(QPen(color(self._theme.tokens, "fg3"), 1.0))
        x = round(self._x_of(self._neutral)) + 0.5
        painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5))

    def _x_of(self, number: float) -> float:
        share = (number - self._minimum) / (self._maximum - self._minimum)
        return _HANDLE + min(max(share, 0.0), 1.0) * (self.width() - 2 * _HANDLE)

    def _jump_to(self, x: float) -> None:
        share = (x - _HANDLE) / max(self.width() - 2 * _HANDLE, 1.0)
        self.setValue(round(min(max(share, 0.0), 1.0) * self.maximum()))
        self.update()

    def _on_moved(self, _value: int) -> None:
        self.number_changed.emit(self.number())
