"""The map: a row for each kind of tensor, a column for each layer."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.panels.sensitivity.grid import CHOICE, DIVERGENCE, OUTSIDE, Cell, Grid
from app.theme.colormaps import STEPS, color_table, ink_on
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import decimal, number_locale
from app.widgets.painting import color, focus_ring, text_font
from engine.quantize.sensitivity_map import TensorSensitivity

GUTTER, HEADER, TALL, NARROW, WIDE = 108, 22, 26, 14, 56


class SensitivityHeatMap(QWidget):
    """Arrow keys move from cell to cell."""

    tensor_chosen = Signal(str)
    """Name of a tensor, by the user only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid: Grid | None = None
        self._measure = DIVERGENCE
        self._place: tuple[int, int] | None = None
        self.setAccessibleName(self.tr("Sensitivity of layers and kinds of tensors"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_grid(self, grid: Grid | None, measure: str) -> None:
        self._grid, self._measure = grid, measure
        if grid is None or self._place not in grid.cells:
            self._place = None
        self.setFixedHeight(self.sizeHint().height())
        self._tell()
        self.update()

    def choose(self, name: str) -> None:
        """Mark a tensor; does not emit."""
        if self._grid is not None:
            found = [place for place, cell in self._grid.cells.items() if cell.tensor.name == name]
            self._place = found[0] if found else None
            self._tell()
            self.update()

    def describe(self, cell: Cell) -> str:
        """One tensor in words."""
        one = cell.tensor
        return f"{one.name} · {self._size(one)} · {one.before}\n{self._value(cell)}"

    def sizeHint(self) -> QSize:
        rows = len(self._grid.kinds) if self._grid is not None else 1
        return QSize(600, HEADER + TALL * rows + 4)

    # events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            cell = self._grid.cells.get(place) if self._grid is not None and place is not None else None
            QToolTip.showText(event.globalPos(), self.describe(cell) if cell is not None else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None:
            self._pick(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grid = self._grid
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        key = Qt.Key(event.key())
        if grid is None or key not in moves:
            super().keyPressEvent(event)
            return
        if self._place is None:
            self._pick(min(grid.cells))
            return
        row, column = self._place
        down, right = moves[key]
        for _ in range(max(len(grid.kinds), len(grid.layers))):
            row, column = row + down, column + right
            if (row, column) in grid.cells:
                self._pick((row, column))
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        grid = self._grid
        if grid is None:
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        table = color_table(tokens.dark)
        small = text_font(tokens, "xs", tabular=True)
        painter.setFont(small)
        painter.setPen(color(tokens, "fg2"))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        metrics = QFontMetricsF(small)
        for row, kind in enumerate(grid.kinds):
            text = metrics.elidedText(kind, Qt.TextElideMode.ElideMiddle, GUTTER - 12)
            painter.drawText(QRectF(0, HEADER + row * TALL, GUTTER - 10, TALL), side, text)
        self._paint_layers(painter, metrics)
        for place, cell in grid.cells.items():
            box = self._box(*place)
            painter.fillRect(box.adjusted(0, 0, -1, -1), table[cell.level] | 0xFF000000)
            self._paint_label(painter, box, cell, metrics)
        if self._place is not None:
            self._paint_mark(painter, self._box(*self._place))
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), tokens.radius_tag, tokens)
        painter.end()

    def _paint_label(self, painter: QPainter, box: QRectF, cell: Cell, metrics: QFontMetricsF) -> None:
        """The type where there is room for it, else its bits."""
        if not cell.label:
            return
        for text in (cell.label, decimal(cell.value, 1)):
            if metrics.horizontalAdvance(text) + 4 < box.width():
                painter.setPen(ink_on(self._theme.tokens, cell.level / (STEPS - 1)))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                return

    def _paint_layers(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        grid = self._grid
        if grid is None:
            return
        painter.setPen(color(self._theme.tokens, "fg3"))
        end = 0.0
        for column, layer in enumerate(grid.layers):
            box = self._box(0, column)
            text = "" if layer == OUTSIDE else str(layer)
            wide = metrics.horizontalAdvance(text)
            left = box.center().x() - wide / 2
            if text and left > end + 4:
                painter.drawText(QRectF(left, 2, wide + 2, HEADER - 4), Qt.AlignmentFlag.AlignVCenter, text)
                end = left + wide

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        tokens = self._theme.tokens
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, width in (("bg1", 4.0), ("fg", 2.0)):
            painter.setPen(QPen(color(tokens, role), width))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    # geometry

    def _box(self, row: int, column: int) -> QRectF:
        """Tensors outside of the layers get a wide column of their own."""
        grid = self._grid
        layers = grid.layers if grid is not None else ()
        outside = 1 if layers and layers[0] == OUTSIDE else 0
        room = self.width() - GUTTER - outside * WIDE - 16
        wide = room / max(1, len(layers) - outside)
        top = HEADER + row * TALL
        if outside and column == 0:
            return QRectF(GUTTER, top, WIDE - 6, TALL)
        return QRectF(GUTTER + outside * WIDE + (column - outside) * wide, top, wide, TALL)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        if self._grid is None:
            return None
        for place in self._grid.cells:
            if self._box(*place).contains(point):
                return place
        return None

    def _pick(self, place: tuple[int, int]) -> None:
        if self._grid is None or place not in self._grid.cells:
            return
        self._place = place
        self._tell()
        self.update()
        self.tensor_chosen.emit(self._grid.cells[place].tensor.name)

    def _tell(self) -> None:
        """For screen readers."""
        cell = self._grid.cells.get(self._place) if self._grid is not None and self._place else None
        self.setAccessibleDescription(self.describe(cell) if cell is not None else "")

    def _size(self, one: TensorSensitivity) -> str:
        return " × ".join(str(number) for number in one.shape)

    def _value(self, cell: Cell) -> str:
        if self._measure == CHOICE:
            return self.tr("becomes {type}").format(type=cell.label or "–")
        if self._measure == DIVERGENCE:
            value = number_locale().toString(cell.value, "g", 2)
            return self.tr("adds {value} to the divergence").format(value=value)
        return self.tr("relative error {value} %").format(value=decimal(100 * cell.value, 2))
