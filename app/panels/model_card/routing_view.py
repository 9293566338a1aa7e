"""Which experts worked on which token: a map of tokens by experts, one layer at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QHelpEvent, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from app.models.inspection_subject import visible
from app.theme.colormaps import color_table
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.empty_state import EmptyState
from app.widgets.numbers import decimal
from app.widgets.painting import color, text_font
from app.widgets.reading_bar import ReadingBar
from app.widgets.select import Select
from app.widgets.text_label import TextLabel

ROW = 18
NAMES = 130
HEADER = 20
LEAST_CELL = 8


@dataclass(frozen=True)
class Routing:
    """Gate values of a text: `weights` f4 `[layer, position, expert]` in C order.

    The brightest colour is the largest value of a layer: with many experts all of them are small.
    """

    layers: tuple[int, ...]
    pieces: tuple[bytes, ...]
    experts: int
    weights: "memoryview[float]"

    def weight(self, layer: int, position: int, expert: int) -> float:
        place = (layer * len(self.pieces) + position) * self.experts + expert
        return float(self.weights[place])


class RoutingMap(QAbstractScrollArea):
    """Rows are tokens, columns are experts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._routing: Routing | None = None
        self._layer = 0
        self._image = QImage()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.setAccessibleName(self.tr("Routing: tokens by experts"))
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._redraw)

    def set_routing(self, routing: Routing | None, layer: int = 0) -> None:
        """`layer` is a place in `Routing.layers`."""
        self._routing, self._layer = routing, layer
        self._redraw()
        self._fit()

    def describe(self, position: int, expert: int) -> str:
        """A cell in words."""
        routing = self._routing
        if routing is None:
            return ""
        text = self.tr("“{token}”: expert {expert}, gate {weight}")
        weight = decimal(routing.weight(self._layer, position, expert), 3)
        return text.format(token=visible(routing.pieces[position]), expert=expert, weight=weight)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.describe(*cell) if cell else "", self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        routing = self._routing
        if routing is None or self._image.isNull():
            return
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        left = self.horizontalScrollBar().value()
        cell = self._cell_width()
        rows = range(top // ROW, min(len(routing.pieces), (top + self.viewport().height()) // ROW + 1))
        painter.setClipRect(NAMES, HEADER, self.viewport().width(), self.viewport().height())
        place = QRectF(NAMES - left, HEADER + rows.start * ROW - top, routing.experts * cell, len(rows) * ROW)
        painter.drawImage(place, self._image, QRectF(0, rows.start, routing.experts, len(rows)))
        painter.setClipping(False)
        self._paint_names(painter, routing, rows, top)
        painter.end()

    def _paint_names(self, painter: QPainter, routing: Routing, rows: range, top: int) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "xs", mono=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg2"))
        painter.setClipRect(0, HEADER, NAMES, self.viewport().height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for row in rows:
            text = metrics.elidedText(visible(routing.pieces[row]), Qt.TextElideMode.ElideRight, NAMES - 16)
            painter.drawText(QRectF(0, HEADER + row * ROW - top, NAMES - 8, ROW), flags, text)
        painter.setClipRect(NAMES, 0, self.viewport().width(), HEADER)
        cell, left = self._cell_width(), self.horizontalScrollBar().value()
        every = max(1, -(-22 // max(1, int(cell))))
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3"))
        for expert in range(0, routing.experts, every):
            place = QRectF(NAMES - left + expert * cell - 12, 0, cell + 24, HEADER)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(expert))

    def _cell_width(self) -> float:
        experts = self._routing.experts if self._routing is not None else 1
        return max(LEAST_CELL, min(40.0, (self.viewport().width() - NAMES - 8) / max(1, experts)))

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        routing = self._routing
        if routing is None or point.x() < NAMES or point.y() < HEADER:
            return None
        expert = int((point.x() - NAMES + self.horizontalScrollBar().value()) / self._cell_width())
        position = int(point.y() - HEADER + self.verticalScrollBar().value()) // ROW
        inside = 0 <= expert < routing.experts and 0 <= position < len(routing.pieces)
        return (position, expert) if inside else None

    def _fit(self) -> None:
        routing = self._routing
        height = len(routing.pieces) * ROW if routing is not None else 0
        width = round(routing.experts * self._cell_width()) if routing is not None else 0
        room = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, height + HEADER - room.height()))
        self.verticalScrollBar().setPageStep(max(1, room.height()))
        self.verticalScrollBar().setSingleStep(ROW)
        self.horizontalScrollBar().setRange(0, max(0, width + NAMES - room.width()))

    def _redraw(self) -> None:
        routing = self._routing
        if routing is None or not routing.pieces or not routing.experts:
            self._image = QImage()
        else:
            size = len(routing.pieces) * routing.experts
            values = routing.weights[self._layer * size : (self._layer + 1) * size]
            scale = 255 / (max(values) or 1.0)
            data = bytes(min(255, max(0, int(value * scale))) for value in values)
            image = QImage(
                data, routing.experts, len(routing.pieces), routing.experts, QImage.Format.Format_Indexed8
            )
            image.setColorTable(list(color_table(self._theme.tokens.dark)))
            self._image = image.copy()
        self.viewport().update()


class RoutingView(QWidget):
    """Asks to read the reply, then shows one layer of its routing."""

    read_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._routing: Routing | None = None
        self.empty = EmptyState(
            "route",
            self.tr("Which experts work on which token"),
            self.tr(
                "The router of a mixture of experts sends every token to a few of them. The last reply is"
                " read once more to see where each of its tokens went."
            ),
            theme,
            action_text=self.tr("Read the last reply"),
            action_icon="scan-eye",
        )
        self.empty.action_requested.connect(self.read_requested)
        self.reading = ReadingBar(self.tr("Reading the text once more…"), theme)
        self.reading.cancelled.connect(self.cancel_requested)
        self.reading.set_starters(self.empty.action)
        self.layer = Select(self.tr("Layer"), (), theme)
        self.layer.setFixedWidth(120)
        self.map = RoutingMap(theme)
        self.layer.selected.connect(lambda key: self.map.set_routing(self._routing, int(key)))
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 0, 16, 4)
        row.addWidget(TextLabel(self.tr("Gate value of each expert in"), theme))
        row.addWidget(self.layer)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.reading)
        column.addWidget(self._head)
        column.addWidget(self.map, 1)
        column.addWidget(self.empty, 1)
        self.set_routing(None)

    def set_routing(self, routing: Routing | None) -> None:
        """What was read, or None."""
        self._routing = routing
        for widget in (self._head, self.map):
            widget.setVisible(routing is not None)
        self.empty.setVisible(routing is None)
        layers: Sequence[int] = routing.layers if routing is not None else ()
        name = self.tr("Layer {number}")
        self.layer.set_choices(
            [(str(place), name.format(number=layer)) for place, layer in enumerate(layers)]
        )
        self.layer.set_current("0")
        self.map.set_routing(routing)

    def set_reading(self, fraction: float | None) -> None:
        """Progress from 0 to 1; None when nothing is being read."""
        self.reading.set_fraction(fraction)
