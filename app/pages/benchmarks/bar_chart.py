"""Horizontal bars that compare results."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import MEDIUM, color, rounded_box, text_font

ROW = 30
LABEL_SHARE = 0.34
VALUE_WIDTH = 84


@dataclass(frozen=True)
class Bar:
    """`text` is the value as shown; `best` is drawn in the accent colour."""

    label: str
    value: float
    text: str
    best: bool = False


class BarChart(QWidget):
    """All bars start at 0; the longest fills the width."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        describe_as(self, QAccessible.Role.Chart)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self.setFixedHeight(max(1, len(self._bars)) * ROW)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.text}" for bar in self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = max((bar.value for bar in self._bars), default=0.0) or 1.0
        for index, bar in enumerate(self._bars):
            self._paint_bar(painter, QRectF(0, index * ROW, self.width(), ROW), bar, bar.value / top)
        painter.end()

    def _paint_bar(self, painter: QPainter, box: QRectF, bar: Bar, share: float) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s")
        painter.setFont(font)
        painter.setPen(color(tokens, "fg"))
        label_width = box.width() * LABEL_SHARE
        label = QRectF(box.left(), box.top(), label_width - 12, box.height())
        shown = QFontMetricsF(font).elidedText(bar.label, Qt.TextElideMode.ElideMiddle, label.width())
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, shown)
        room = box.width() - label_width - VALUE_WIDTH
        place = QRectF(label_width, box.top() + 7, max(room, 10.0), box.height() - 14)
        rounded_box(painter, place, tokens.radius_tag, color(tokens, "bg4"))
        if share > 0:
            filled = QRectF(place.left(), place.top(), max(4.0, place.width() * share), place.height())
            role = color(tokens, "accent") if bar.best else color(tokens, "accent", 0.45)
            rounded_box(painter, filled, tokens.radius_tag, role)
        painter.setFont(text_font(tokens, "s", MEDIUM, tabular=True))
        painter.setPen(color(tokens, "fg" if bar.best else "fg2"))
        value = QRectF(box.right() - VALUE_WIDTH, box.top(), VALUE_WIDTH, box.height())
        painter.drawText(value, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, bar.text)
