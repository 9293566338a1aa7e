"""A table: hairlines, a header in heavier type, columns that share the width by what they hold."""

import math
from bisect import bisect_right

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from app.markdown.blocks import Align, Span, TableBlock
from app.widgets.transcript.flow import Flow
from app.widgets.transcript.formulas import FormulaCache
from app.widgets.transcript.item import BlockItem, Marks, Paint
from app.widgets.transcript.style import Look, Style

PAD_X, PAD_Y = 12, 7
MIN_COLUMN = 48.0
_ALIGN: dict[Align, Qt.AlignmentFlag] = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class TableItem(BlockItem):
    """Cells are flows; positions run through them in reading order, one unit between two cells."""

    def __init__(self, block: TableBlock, look: Look, style: Style, formulas: FormulaCache) -> None:
        super().__init__(block, style)
        self.columns = len(block.header)
        head = Look(look.px, QFont.Weight.DemiBold, look.role, look.line)
        rows = [block.header, *block.rows]
        self._cells: list[Flow] = []
        self._offsets: list[int] = []
        at = 0
        for number, row in enumerate(rows):
            for column, spans in enumerate(row):
                align = _ALIGN[block.aligns[column]]
                flow = Flow(spans, head if number == 0 else look, style, formulas, align)
                self._cells.append(flow)
                self._offsets.append(at)
                at += flow.length + 1
        self.length = max(0, at - 1)
        self.plain = self._join([flow.plain for flow in self._cells])
        self.waits = any(flow.waits for flow in self._cells)
        self._wishes = [self._measure(column) for column in range(self.columns)]
        self._lefts: list[float] = []
        self._widths: list[float] = []
        self._tops: list[float] = []

    def _join(self, texts: list[str]) -> str:
        rows = [texts[i : i + self.columns] for i in range(0, len(texts), self.columns)]
        return "\n".join("\t".join(row) for row in rows)

    def _measure(self, column: int) -> tuple[float, float]:
        """Least and most useful width of a column, without padding."""
        least = most = 0.0
        for flow in self._cells[column :: self.columns]:
            flow.set_width(1e5)
            most = max(most, flow.natural_width)
            least = max(least, min(flow.words_width(), flow.natural_width))
        return math.ceil(min(least, 220.0)) + 1, math.ceil(most) + 1

    def set_width(self, width: float) -> None:
        room = width - 2 * PAD_X * self.columns
        self._widths = share_width(self._wishes, room)
        self._lefts = []
        x = 0.0
        for inner in self._widths:
            self._lefts.append(x + PAD_X)
            x += inner + 2 * PAD_X
        self.natural_width = x
        self._tops = []
        y = 0.0
        for start in range(0, len(self._cells), self.columns):
            self._tops.append(y)
            row = self._cells[start : start + self.columns]
            for flow, inner in zip(row, self._widths, strict=True):
                flow.set_width(inner)
            y += max(flow.height for flow in row) + 2 * PAD_Y
        self.height = round(y)

    def paint(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        painter = paint.painter
        shown: list[tuple[Flow, float, float]] = []
        for cell, flow in enumerate(self._cells):
            left, top = self._corner(cell)
            if y + top <= paint.clip.bottom() and y + top + flow.height >= paint.clip.top():
                shown.append((flow, x + left, y + top))
                flow.paint_boxes(painter, x + left, y + top)
        self.paint_marks(paint, x, y, marks)
        for number in range(1, len(self._tops)):
            painter.setPen(QPen(paint.style.color("line2" if number == 1 else "line"), 1))
            line_y = round(y + self._tops[number]) - 0.5
            painter.drawLine(QPointF(x, line_y), QPointF(x + self.natural_width, line_y))
        for flow, left, top in shown:
            flow.paint(painter, left, top, paint.clip, paint.hovered_span)

    def _corner(self, cell: int) -> tuple[float, float]:
        return self._lefts[cell % self.columns], self._tops[cell // self.columns] + PAD_Y

    def _cell_at(self, x: float, y: float) -> int:
        row = max(0, bisect_right(self._tops, y) - 1)
        column = max(0, bisect_right(self._lefts, x + PAD_X) - 1)
        return row * self.columns + column

    def position_at(self, x: float, y: float) -> int:
        cell = self._cell_at(x, y)
        left, top = self._corner(cell)
        return self._offsets[cell] + self._cells[cell].position_at(x - left, y - top)

    def text(self, start: int, end: int) -> str:
        parts: list[str] = []
        for cell, (offset, flow) in enumerate(zip(self._offsets, self._cells, strict=True)):
            if offset > end or offset + flow.length < start:
                continue
            if parts:
                parts.append("\n" if cell % self.columns == 0 else "\t")
            parts.append(flow.text(max(0, start - offset), min(flow.length, end - offset)))
        return "".join(parts)

    def rects(self, start: int, end: int) -> list[QRectF]:
        boxes: list[QRectF] = []
        for cell, (offset, flow) in enumerate(zip(self._offsets, self._cells, strict=True)):
            if offset < end and offset + flow.length > start:
                left, top = self._corner(cell)
                boxes += [box.translated(left, top) for box in flow.rects(start - offset, end - offset)]
        return boxes

    def caret(self, position: int) -> QRectF:
        cell = max(0, bisect_right(self._offsets, position) - 1)
        left, top = self._corner(cell)
        return self._cells[cell].caret(position - self._offsets[cell]).translated(left, top)

    def span_at(self, x: float, y: float) -> Span | None:
        cell = self._cell_at(x, y)
        left, top = self._corner(cell)
        return self._cells[cell].span_at(x - left, y - top)


def share_width(wishes: list[tuple[float, float]], room: float) -> list[float]:
    """Widths for columns with (least, most useful) widths.

    Columns that wish no more than a fair share get their wish; the others share what is left, in
    proportion to their wishes and never below their longest word while that is possible.
    """
    widths = [wish for _, wish in wishes]
    if sum(widths) <= room:
        return [max(width, 1.0) for width in widths]
    open_columns = set(range(len(wishes)))
    while open_columns:
        fair = room / len(open_columns)
        small = [column for column in open_columns if wishes[column][1] <= fair]
        if not small:
            break
        for column in small:
            room -= wishes[column][1]
            open_columns.discard(column)
    total = sum(wishes[column][1] for column in open_columns) or 1.0
    least = sum(wishes[column][0] for column in open_columns)
    for column in open_columns:
        low, wish = wishes[column]
        if least < room:
            spread = sum(wishes[c][1] - wishes[c][0] for c in open_columns) or 1.0
            widths[column] = low + (wish - low) / spread * (room - least)
        else:
            widths[column] = max(MIN_COLUMN, room * wish / total)
    return widths
