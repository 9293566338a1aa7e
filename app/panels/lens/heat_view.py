"""The map of layers and tokens: one picture for all cells, texts only where they can be read."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.models.inspection_subject import visible
from app.panels.lens.colors import HeatColors
from app.panels.lens.grid import LensGrid, Measure
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.numbers import decimal
from app.widgets.painting import MEDIUM, color, focus_ring, text_font

GUTTER = 34
HEADER = 40
WIDTHS = (3, 6, 10, 16, 26, 44, 62, 84, 112)
TEXT_FROM = 40
ROW_HEIGHT = 18
HIGHEST_ROW = 26
LARGEST_PICTURE = 8192


class LensHeatView(QAbstractScrollArea):
    """Arrow keys move the chosen cell, + and − change the width of columns, Ctrl with the wheel too."""

    cell_chosen = Signal(int, int)
    """Row (0 is the last layer) and column."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid: LensGrid | None = None
        self._measure: Measure = "probability"
        self._image = QImage()
        self._colors = HeatColors(theme.tokens)
        self._width_step = WIDTHS.index(62)
        self._cell = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Logit lens: layers by tokens"))
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self._on_theme)

    # what is shown

    def set_grid(self, grid: LensGrid | None) -> None:
        """Another text; the last column of the last layer is chosen."""
        self._grid = grid
        self._cell = (0, max(0, grid.columns - 1)) if grid is not None else (0, 0)
        self._redraw()
        self._fit_scrollbars()
        self._reveal()
        self._tell()

    def set_measure(self, measure: Measure) -> None:
        if measure != self._measure:
            self._measure = measure
            self._redraw()
            self._tell()

    @property
    def cell(self) -> tuple[int, int]:
        """The chosen row and column."""
        return self._cell

    def choose(self, row: int, column: int) -> None:
        """Move the choice, as near to the asked cell as there are cells."""
        grid = self._grid
        if grid is None or not grid.rows or not grid.columns:
            return
        cell = (max(0, min(row, grid.rows - 1)), max(0, min(column, grid.columns - 1)))
        if cell == self._cell:
            return
        self._cell = cell
        self._reveal()
        self._tell()
        self.viewport().update()
        self.cell_chosen.emit(*cell)

    def zoom(self, steps: int) -> None:
        """Wider or narrower columns; the chosen one stays in sight."""
        step = max(0, min(self._width_step + steps, len(WIDTHS) - 1))
        if step != self._width_step:
            self._width_step = step
            self._fit_scrollbars()
            self._reveal()
            self.viewport().update()

    @property
    def cell_size(self) -> QSize:
        """Of one cell, in logical pixels. Rows use the room there is, within limits."""
        rows = max(1, self._grid.rows) if self._grid is not None else 1
        fitting = (self.viewport().height() - HEADER) // rows
        return QSize(WIDTHS[self._width_step], max(ROW_HEIGHT, min(HIGHEST_ROW, fitting)))

    def picture(self) -> QPixmap:
        """The whole map with its texts, also what is scrolled away (up to 8192 pixels a side)."""
        grid = self._grid
        if grid is None:
            return QPixmap()
        width = min(GUTTER + grid.columns * self.cell_size.width() + 8, LARGEST_PICTURE)
        height = min(HEADER + grid.rows * self.cell_size.height() + 8, LARGEST_PICTURE)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(width * ratio), round(height * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(color(self._theme.tokens, "bg1"))
        painter = QPainter(pixmap)
        self._paint(painter, QRect(0, 0, width, height), QPoint(0, 0))
        painter.end()
        return pixmap

    def describe(self, row: int, column: int) -> str:
        """A cell in words."""
        grid = self._grid
        if grid is None:
            return ""
        best = grid.best(row, column)
        text = self.tr(
            "Layer {layer}, after “{token}”: “{guess}” {p} %, {kl} nats from the last layer, entropy {h} bits"
        )
        return text.format(
            layer=grid.layers[row],
            token=visible(grid.token_at(column)),
            guess=visible(best.piece),
            p=decimal(best.p * 100, 1),
            kl=decimal(grid.kl(row, column), 2),
            h=decimal(grid.entropy(row, column), 2),
        )

    # events

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            text = self.describe(*cell) if cell else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
            cell = self._cell_at(event.position())
            if cell is not None:
                self.choose(*cell)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = self._cell
        last = (self._grid.rows - 1, self._grid.columns - 1) if self._grid else (0, 0)
        moves = {
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, last[1]),
            Qt.Key.Key_PageUp: (0, column),
            Qt.Key.Key_PageDown: (last[0], column),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.choose(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom(-1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_scrollbars()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self._paint(painter, self.viewport().rect(), scrolled)
        if has_keyboard_focus(self):
            box = QRectF(self.viewport().rect())
            focus_ring(painter, box, self._theme.tokens.radius_tag, self._theme.tokens)
        painter.end()

    # painting

    def _paint(self, painter: QPainter, area: QRect, scrolled: QPoint) -> None:
        grid = self._grid
        if grid is None or self._image.isNull():
            return
        cell = self.cell_size
        columns = range(
            scrolled.x() // cell.width(),
            min(grid.columns, (scrolled.x() + area.width() - GUTTER) // cell.width() + 1),
        )
        rows = range(
            scrolled.y() // cell.height(),
            min(grid.rows, (scrolled.y() + area.height() - HEADER) // cell.height() + 1),
        )
        if not columns or not rows:
            return
        origin = QPoint(GUTTER - scrolled.x(), HEADER - scrolled.y())
        painter.save()
        painter.setClipRect(QRect(GUTTER, HEADER, area.width() - GUTTER, area.height() - HEADER))
        self._paint_cells(painter, origin, rows, columns)
        painter.restore()
        self._paint_layers(painter, origin, rows, area)
        self._paint_tokens(painter, origin, columns, area)

    def _paint_cells(self, painter: QPainter, origin: QPoint, rows: range, columns: range) -> None:
        cell = self.cell_size
        source = QRectF(columns.start, rows.start, len(columns), len(rows))
        place = QRectF(
            origin.x() + columns.start * cell.width(),
            origin.y() + rows.start * cell.height(),
            len(columns) * cell.width(),
            len(rows) * cell.height(),
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place, self._image, source)
        if cell.width() >= TEXT_FROM:
            self._paint_texts(painter, origin, rows, columns)
        self._paint_marks(painter, origin, rows, columns)

    def _paint_texts(self, painter: QPainter, origin: QPoint, rows: range, columns: range) -> None:
        grid = self._grid
        if grid is None:
            return
        cell = self.cell_size
        font = text_font(self._theme.tokens, "xs", mono=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        room = int((cell.width() - 8) / metrics.horizontalAdvance("x"))
        baseline = (cell.height() - metrics.height()) / 2 + metrics.ascent()
        by_ink: dict[int, list[tuple[QPointF, str]]] = {}
        for row in rows:
            y = origin.y() + row * cell.height() + baseline
            for column in columns:
                text = grid.best_text(row, column)
                shown = text if len(text) <= room else text[: max(1, room - 1)] + "…"
                ink = self._colors.ink(self._image.pixelIndex(column, row))
                place = QPointF(origin.x() + column * cell.width() + 4, y)
                by_ink.setdefault(ink, []).append((place, shown))
        # Changing the pen and laying out boxes costs more than the letters themselves.
        for ink, texts in by_ink.items():
            painter.setPen(QColor.fromRgb(ink))
            for place, shown in texts:
                painter.drawText(place, shown)

    def _paint_marks(self, painter: QPainter, origin: QPoint, rows: range, columns: range) -> None:
        """A line where the final answer first stands first; a frame around the chosen cell."""
        grid = self._grid
        if grid is None:
            return
        cell, tokens = self.cell_size, self._theme.tokens
        painter.setPen(QPen(color(tokens, "ok"), 2.0))
        for column in columns:
            row = grid.settled_row(column)
            if row in rows:
                bottom = origin.y() + (row + 1) * cell.height() - 1
                left = origin.x() + column * cell.width()
                painter.drawLine(left + 1, bottom, left + cell.width() - 2, bottom)
        row, column = self._cell
        box = QRectF(
            origin.x() + column * cell.width(), origin.y() + row * cell.height(), cell.width(), cell.height()
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(tokens, "bg1"), 3.0))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QPen(color(tokens, "fg"), 1.5))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_layers(self, painter: QPainter, origin: QPoint, rows: range, area: QRect) -> None:
        grid, tokens = self._grid, self._theme.tokens
        if grid is None:
            return
        painter.save()
        painter.setClipRect(QRect(0, HEADER, GUTTER, area.height() - HEADER))
        height = self.cell_size.height()
        for row in rows:
            chosen = row == self._cell[0]
            painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
            painter.setPen(color(tokens, "fg" if chosen else "fg3"))
            place = QRectF(0, origin.y() + row * height, GUTTER - 8, height)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, flags, str(grid.layers[row]))
        painter.restore()

    def _paint_tokens(self, painter: QPainter, origin: QPoint, columns: range, area: QRect) -> None:
        """Two lines over the map: the token that was read, and the one that really follows."""
        grid, tokens = self._grid, self._theme.tokens
        if grid is None:
            return
        painter.save()
        painter.setClipRect(QRect(GUTTER, 0, area.width() - GUTTER, HEADER))
        font = text_font(tokens, "xs", mono=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        width = self.cell_size.width()
        step = max(1, -(-TEXT_FROM // width))
        room = width * step - 4
        for column in columns:
            if column % step and column != self._cell[1]:
                continue
            left = origin.x() + column * width + (4 if step == 1 else 0)
            chosen = column == self._cell[1]
            lines = (
                (visible(grid.token_at(column)), "fg2", 2),
                (visible(grid.token_after(column)), "ok", 19),
            )
            for text, role, top in lines:
                place = QRectF(left, top, room, 17)
                if chosen:
                    painter.fillRect(place.adjusted(-4, 0, 2, 0), color(tokens, "bg5"))
                painter.setPen(color(tokens, "fg" if chosen and role == "fg2" else role))
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    # geometry

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        grid, cell = self._grid, self.cell_size
        if grid is None or point.x() < GUTTER:
            return None
        column = int(point.x() - GUTTER + self.horizontalScrollBar().value()) // cell.width()
        row = int(point.y() - HEADER + self.verticalScrollBar().value()) // cell.height()
        if point.y() < HEADER:
            row = self._cell[0]
        return (row, column) if 0 <= row < grid.rows and 0 <= column < grid.columns else None

    def _fit_scrollbars(self) -> None:
        grid, cell = self._grid, self.cell_size
        columns, rows = (grid.columns, grid.rows) if grid is not None else (0, 0)
        room = self.viewport().size() - QSize(GUTTER, HEADER)
        for bar, length, shown, step in (
            (self.horizontalScrollBar(), columns * cell.width(), room.width(), cell.width()),
            (self.verticalScrollBar(), rows * cell.height(), room.height(), cell.height()),
        ):
            bar.setRange(0, max(0, length - shown))
            bar.setPageStep(max(1, shown))
            bar.setSingleStep(step)

    def _reveal(self) -> None:
        """Scroll so that the chosen cell can be seen."""
        cell = self.cell_size
        row, column = self._cell
        room = self.viewport().size() - QSize(GUTTER, HEADER)
        for bar, start, size, shown in (
            (self.horizontalScrollBar(), column * cell.width(), cell.width(), room.width()),
            (self.verticalScrollBar(), row * cell.height(), cell.height(), room.height()),
        ):
            if start < bar.value():
                bar.setValue(start)
            elif start + size > bar.value() + shown:
                bar.setValue(start + size - shown)

    def _redraw(self) -> None:
        """All cells as one picture with a palette: one byte a cell."""
        grid = self._grid
        if grid is None or not grid.rows or not grid.columns:
            self._image = QImage()
        else:
            data = grid.levels(self._measure)
            image = QImage(data, grid.columns, grid.rows, grid.columns, QImage.Format.Format_Indexed8)
            image.setColorTable(self._colors.table)
            self._image = image.copy()
        self.viewport().update()

    def _tell(self) -> None:
        """For screen readers: the chosen cell."""
        self.setAccessibleDescription(self.describe(*self._cell) if self._grid is not None else "")

    def _on_theme(self) -> None:
        self._colors = HeatColors(self._theme.tokens)
        self._redraw()
