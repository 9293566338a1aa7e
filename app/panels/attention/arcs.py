"""What one token reads: lines from the tokens before it, the thicker the more."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import share
from app.widgets.painting import color, rounded_box, text_font

MOST = 300
"""Lines at most, whatever the room."""
_ROW = 17
_LEAST_ROW = 13


class Link(NamedTuple):
    """A token that is read, and the share of attention that it receives."""

    position: int
    label: str
    weight: float


class Arcs(QWidget):
    """Links in the order of the text; painted once and kept as a picture."""

    chosen = Signal(int)
    """Position of a token that was clicked."""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._links: tuple[Link, ...] = ()
        self._target = ""
        self._position = -1
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 60)
        self.setAccessibleName(self.tr("What the chosen token reads"))
        theme.changed.connect(self._forget)

    def capacity(self) -> int:
        """Links for which there is room."""
        return max(1, min(MOST, self.height() // _LEAST_ROW))

    def show_links(self, links: Sequence[Link], target: str, position: int) -> None:
        """`target` is the chosen token, at `position`."""
        shown = tuple(links[: self.capacity()])
        if (shown, target, position) == (self._links, self._target, self._position):
            return
        self._links, self._target, self._position = shown, target, position
        told = ", ".join(f"{link.label} {link.weight:.2f}" for link in shown[:12])
        self.setAccessibleDescription(told)
        self._forget()

    def links(self) -> tuple[Link, ...]:
        return self._links

    def sizeHint(self) -> QSize:
        return QSize(200, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget()
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        link = self._at(event.position())
        if link is not None:
            self.chosen.emit(link.position)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            link = self._at(QPointF(event.pos()))
            if link is not None:
                text = self.tr("“{text}” (token {number}): {share} of the attention")
                told = text.format(text=link.label, number=link.position, share=share(link.weight))
                QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def draw_on(self, painter: QPainter) -> None:
        """The same lines on another device, for instance a file."""
        self._draw(painter)

    # inside

    def _row(self) -> float:
        count = max(1, len(self._links))
        return min(_ROW + 3.0, self.height() / count)

    def _names(self) -> float:
        """Width of the column of names."""
        metrics = QFontMetricsF(text_font(self._theme.tokens, "xs", mono=True))
        widest = max((metrics.horizontalAdvance(link.label) for link in self._links), default=0.0)
        return min(widest + 2, max(54.0, self.width() * 0.42))

    def _draw(self, painter: QPainter) -> None:
        if not self._links:
            return
        tokens, row, names = self._theme.tokens, self._row(), self._names()
        font = text_font(tokens, "xs", mono=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        chip_width = min(max(metrics.horizontalAdvance(self._target) + 16, 36), self.width() * 0.36)
        chip = QRectF(self.width() - chip_width - 1, self._chip_y(row), chip_width, 18)
        start, end = names + 8, chip.left() - 2
        for link, y in zip(self._links, self._middles(row), strict=True):
            strength = min(1.0, link.weight) ** 0.7
            pen = QPen(color(tokens, "accent", 0.14 + 0.86 * strength), 0.8 + 3.2 * strength)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_curve(QPointF(start, y), QPointF(end, chip.center().y())))
            painter.setPen(color(tokens, "fg" if link.weight >= 0.25 else "fg2"))
            shown = metrics.elidedText(link.label, Qt.TextElideMode.ElideMiddle, names)
            place = QRectF(0, y - 8, names, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        rounded_box(painter, chip, tokens.radius_tag, color(tokens, "accent_soft"))
        painter.setPen(color(tokens, "accent_text"))
        shown = metrics.elidedText(self._target, Qt.TextElideMode.ElideMiddle, chip_width - 10)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, shown)

    def _chip_y(self, row: float) -> float:
        """Level with the last token, as it stands in the text."""
        return min(self.height() - 19.0, max(0.0, self._middles(row)[-1] - 9))

    def _middles(self, row: float) -> list[float]:
        return [row * (index + 0.5) for index in range(len(self._links))]

    def _at(self, place: QPointF) -> Link | None:
        index = int(place.y() / self._row()) if self._links else -1
        if 0 <= index < len(self._links) and place.x() <= self._names() + 24:
            return self._links[index]
        return None

    def _forget(self) -> None:
        self._picture = None
        self.update()


def _curve(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    bend = (end.x() - start.x()) * 0.5
    path.cubicTo(QPointF(start.x() + bend, start.y()), QPointF(end.x() - bend, end.y()), end)
    return path
