"""Paints stages side by side. The candidate under the mouse is followed through all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.panels.probabilities.words import share
from app.panels.xray.stages import Cell, Column
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import whole
from app.widgets.painting import MEDIUM, SEMIBOLD, color, focus_ring, rounded_box, text_font

WIDTH = 120
GAP = 12
HEAD = 36
ROW = 20
DETAIL = 16


class StageColumns(QAbstractScrollArea):
    """Left and Right step through the tokens; the wheel scrolls, with Shift sideways."""

    stepped = Signal(int)
    taken = Signal(int)
    """The user double-clicked a candidate: its id."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: tuple[Column, ...] = ()
        self._hover: int | None = None
        self.setAccessibleName(self.tr("Candidates after every stage"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(ROW)
        theme.changed.connect(self.viewport().update)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other stages."""
        self._columns = tuple(columns)
        self.setAccessibleDescription("\n".join(_spoken(column) for column in self._columns))
        self._update_bars()

    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def sizeHint(self) -> QSize:
        return QSize(480, HEAD + 6 * ROW)

    def _content_height(self) -> int:
        rows = max((len(column.kept) + len(column.removed) + 2 for column in self._columns), default=0)
        return HEAD + DETAIL + rows * ROW

    def _update_bars(self) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        width = len(self._columns) * (WIDTH + GAP) - GAP
        across.setPageStep(self.viewport().width())
        across.setRange(0, max(0, width - self.viewport().width()))
        down.setPageStep(self.viewport().height())
        down.setRange(0, max(0, self._content_height() - self.viewport().height()))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_bars()

    # what is where

    def _left(self, number: int) -> int:
        return number * (WIDTH + GAP) - self.horizontalScrollBar().value()

    def _cells(self, column: Column) -> list[tuple[Cell, float]]:
        """Cells with their top in the viewport."""
        y = HEAD + (DETAIL if any(each.detail for each in self._columns) else 0)
        y -= self.verticalScrollBar().value()
        placed = [(cell, float(y + number * ROW)) for number, cell in enumerate(column.kept)]
        y += len(column.kept) * ROW + (ROW if column.more_kept > 0 else 0)
        y += 4 if column.removed else 0
        placed += [(cell, float(y + number * ROW)) for number, cell in enumerate(column.removed)]
        return placed

    def _at(self, point: QPointF) -> tuple[Column, Cell | None] | None:
        for number, column in enumerate(self._columns):
            if not self._left(number) <= point.x() < self._left(number) + WIDTH:
                continue
            if point.y() >= HEAD:
                for cell, top in self._cells(column):
                    if top <= point.y() < top + ROW:
                        return column, cell
            return column, None
        return None

    # events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        hover = found[1].id if found is not None and found[1] is not None else None
        if hover != self._hover:
            self._hover = hover
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and found[1] is not None and not found[1].taken:
            self.taken.emit(found[1].id)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hover is not None:
            self._hover = None
            self.viewport().update()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, point: QPointF) -> str:
        found = self._at(point)
        if found is None:
            return ""
        column, cell = found
        if cell is None:
            return "\n".join(part for part in (column.title, column.note, column.detail) if part)
        text = self.tr("“{text}”, id {id}: {p}").format(text=cell.text, id=cell.id, p=share(cell.p))
        if not cell.removed:
            return text
        gone = self.tr("Removed by {stage}.").format(stage=column.title)
        return "\n".join(part for part in (text, gone, column.why, column.detail) if part)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (event.angleDelta().y() or event.angleDelta().x()) // 2)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stepped.emit(steps[key])
        elif key in steps:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + steps[key] * (WIDTH + GAP))
        else:
            super().keyPressEvent(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, column in enumerate(self._columns):
            left = self._left(number)
            if left + WIDTH < 0 or left > self.viewport().width():
                continue
            self._paint_cells(painter, column, left)
            self._paint_head(painter, column, left, last=number == len(self._columns) - 1)
        if has_keyboard_focus(self):
            tokens = self._theme.tokens
            focus_ring(painter, QRectF(self.viewport().rect()), tokens.radius_control, tokens)
        painter.end()

    def _paint_head(self, painter: QPainter, column: Column, left: int, *, last: bool) -> None:
        tokens = self._theme.tokens
        has_detail = any(each.detail for each in self._columns)
        head = QRectF(left - GAP / 2, 0, WIDTH + GAP, HEAD + (DETAIL if has_detail else 0) - 2)
        painter.fillRect(head, color(tokens, "bg1"))
        painter.setFont(text_font(tokens, "s", SEMIBOLD))
        painter.setPen(color(tokens, "fg"))
        painter.drawText(QRectF(left, 0, WIDTH, 17), Qt.AlignmentFlag.AlignVCenter, column.title)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3" if column.exact else "warn"))
        note = painter.fontMetrics().elidedText(column.note, Qt.TextElideMode.ElideRight, WIDTH)
        painter.drawText(QRectF(left, 16, WIDTH, 16), Qt.AlignmentFlag.AlignVCenter, note)
        if column.detail:
            painter.setPen(color(tokens, "fg2" if column.exact else "warn"))
            text = painter.fontMetrics().elidedText(column.detail, Qt.TextElideMode.ElideRight, WIDTH)
            painter.drawText(QRectF(left, 32, WIDTH, 16), Qt.AlignmentFlag.AlignVCenter, text)
        if not last:
            painter.setPen(QPen(color(tokens, "line2"), 1.25))
            x, y = left + WIDTH + GAP / 2 - 1, 8.5
            painter.drawLine(QPointF(x - 3, y - 4), QPointF(x + 1, y))
            painter.drawLine(QPointF(x + 1, y), QPointF(x - 3, y + 4))

    def _paint_cells(self, painter: QPainter, column: Column, left: int) -> None:
        tokens = self._theme.tokens
        cells = self._cells(column)
        for cell, top in cells:
            if HEAD - ROW < top < self.viewport().height():
                self._paint_cell(painter, cell, QRectF(left, top + 1, WIDTH, ROW - 2))
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3"))
        kept = [top for cell, top in cells if not cell.removed]
        gone = [top for cell, top in cells if cell.removed]
        for more, tops in ((column.more_kept, kept), (column.more_removed, gone)):
            if more > 0 and tops:
                text = self.tr("+ {count} more").format(count=whole(more))
                place = QRectF(left + 7, tops[-1] + ROW, WIDTH, ROW)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_cell(self, painter: QPainter, cell: Cell, box: QRectF) -> None:
        tokens = self._theme.tokens
        followed = cell.id == self._hover
        if not cell.removed:
            rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg4"))
            bar = QRectF(box.left(), box.top(), max(4.0, box.width() * min(1.0, cell.p)), box.height())
            rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent_soft"))
        elif followed:
            rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg4"))
        if cell.taken:
            painter.fillRect(QRectF(box.left(), box.top() + 3, 2, box.height() - 6), color(tokens, "accent"))
        if followed:
            rounded_box(painter, box, tokens.radius_tag, border=color(tokens, "accent"))
        painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
        painter.setPen(color(tokens, "accent_text" if cell.taken else "fg3" if cell.removed else "fg2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -5, 0), flags, share(cell.p))
        font = QFont(text_font(tokens, "xs", mono=True))
        font.setStrikeOut(cell.removed)
        painter.setFont(font)
        painter.setPen(color(tokens, "error" if cell.removed else "fg" if cell.taken or followed else "fg2"))
        room = box.adjusted(7, 0, -52, 0)
        text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


def _spoken(column: Column) -> str:
    kept = ", ".join(f"{cell.text} {share(cell.p)}" for cell in column.kept[:5])
    return f"{column.title}: {column.note}. {kept}"
