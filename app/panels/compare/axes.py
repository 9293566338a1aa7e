"""A small frame for plots that are painted by hand: round numbers on both axes, hairlines behind."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.theme.tokens import Tokens
from app.widgets.painting import SEMIBOLD, color, text_font

LEFT, RIGHT, TOP, BOTTOM = 56, 16, 34, 40


def round_steps(low: float, high: float, about: int = 5) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten between two numbers."""
    span = max(high - low, 1e-12)
    raw = span / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


def powers(low: float, high: float) -> list[float]:
    """Powers of ten between two positive numbers."""
    return [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]


class Axes:
    """`x` and `y` map values to 0..1; the frame keeps its margins."""

    def __init__(
        self, box: QRectF, x: Callable[[float], float], y: Callable[[float], float], tokens: Tokens
    ) -> None:
        self.area = box.adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        self._box, self._x, self._y, self._tokens = box, x, y, tokens

    def point(self, x: float, y: float) -> QPointF:
        area = self.area
        return QPointF(area.left() + area.width() * self._x(x), area.bottom() - area.height() * self._y(y))

    def paint(
        self,
        painter: QPainter,
        title: str,
        x_title: str,
        x_marks: Sequence[tuple[float, str]],
        y_marks: Sequence[tuple[float, str]],
    ) -> None:
        """Title, hairlines and numbers."""
        tokens, area, box = self._tokens, self.area, self._box
        painter.setFont(text_font(tokens, "s", SEMIBOLD))
        painter.setPen(color(tokens, "fg"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(box.left() + 16, box.top() + 6, box.width() - 32, 20), middle, title)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        for value, text in y_marks:
            y = round(self.point(0, value).y()) + 0.5
            painter.setPen(QPen(color(tokens, "line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(color(tokens, "fg3"))
            place = QRectF(box.left(), y - 8, LEFT - 8, 16)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, text)
        for value, text in x_marks:
            x = self.point(value, 0).x()
            painter.setPen(color(tokens, "fg3"))
            place = QRectF(x - 40, area.bottom() + 4, 80, 14)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(color(tokens, "fg3"))
        place = QRectF(area.left(), area.bottom() + 20, area.width(), 14)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, x_title)
