"""Rich text laid out in lines: the paragraph of the transcript.

Built on QTextLayout rather than on a document: a tenth of the cost, and full say over line heights,
the boxes behind inline code and where formulas stand. All positions are UTF-16 units (`units`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextLayout, QTextLine, QTextOption

from app.markdown.blocks import Mark, Span
from app.theme.icons import draw_icon
from app.widgets.transcript.formulas import Formula, FormulaCache
from app.widgets.transcript.style import Look, Style
from app.widgets.transcript.units import unit_length, unit_slice

OBJECT = "\u00a0"  # stands for a formula; letter spacing gives it the formula's width
_MARGIN = 3.0
_CODE_PAD = 3.0


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    span: Span
    formula: Formula | None = None
    is_icon: bool = False


@dataclass(slots=True)
class _Row:
    line: QTextLine
    start: int
    end: int
    y: float
    height: float
    baseline: float


class Flow:
    """Spans in one look, broken into rows of a width."""

    def __init__(
        self,
        spans: Sequence[Span],
        look: Look,
        style: Style,
        formulas: FormulaCache,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self.look = look
        self.style = style
        self.height = 0.0
        self.natural_width = 0.0
        self.waits = False  # a formula is still being typeset
        self._align = align
        self._formulas = formulas
        self._rows: list[_Row] = []
        self._runs: list[_Run] = []
        self.plain = self._collect(spans)
        self.length = unit_length(self.plain)
        self._font = style.font(look.px, look.weight)
        layout = QTextLayout(self.plain.replace("\n", "\u2028"), self._font)
        layout.setCacheEnabled(True)
        layout.setFormats([*(self._format(run) for run in self._runs), *self._code_padding()])
        self._layout = layout

    def _collect(self, spans: Sequence[Span]) -> str:
        parts: list[str] = []
        at = 0
        for span in spans:
            text, formula = span.text, None
            if span.kind in ("math", "display_math"):
                formula = self._formulas.get(span.text, display=False)
                self.waits = self.waits or self._formulas.is_pending(span.text, display=False)
                text = OBJECT if formula else span.source
            elif span.kind == "image":
                self._runs.append(_Run(at, at + 1, span, is_icon=True))
                parts.append(OBJECT)
                at += 1
            end = at + unit_length(text)
            self._runs.append(_Run(at, end, span, formula))
            parts.append(text)
            at = end
        return "".join(parts)

    def _format(self, run: _Run, spacing: float = 0.0) -> QTextLayout.FormatRange:
        """The look of a run; `spacing` after each of its characters in pixels."""
        span, style = run.span, self.style
        mono = bool(span.marks & Mark.CODE) or (span.kind in ("math", "display_math") and not run.formula)
        role = "accent_text" if span.href or span.kind == "image" else self.look.role
        if mono and self.look.role != "fg3":
            role = "accent_text"
        if run.formula or run.is_icon:
            advance = style.metrics(self._font).horizontalAdvance(OBJECT)
            width = run.formula.width * self._scale() + 2 if run.formula else 20.0 * style.zoom
            spacing = width - advance
        result = QTextLayout.FormatRange()
        result.start, result.length = run.start, run.end - run.start
        result.format = style.char_format(self.look, span.marks, role, mono=mono, spacing=spacing)
        return result

    def _code_padding(self) -> list[QTextLayout.FormatRange]:
        """Room at both sides of inline code for the box behind it: spacing of the characters beside."""
        ranges: list[QTextLayout.FormatRange] = []
        is_simple = self.length == len(self.plain)  # no character of two units that could be cut
        for number, run in enumerate(self._runs):
            if not run.span.marks & Mark.CODE:
                continue
            before = self._runs[number - 1] if number else None
            for owner, at in ((before, run.start - 1), (run, run.end - 1)):
                if owner is None or owner.formula or owner.is_icon or not is_simple:
                    continue
                padded = self._format(owner, _CODE_PAD)
                padded.start, padded.length = at, 1
                ranges.append(padded)
        return ranges

    def _scale(self) -> float:
        return self.look.px / 14.0

    # --- layout

    def set_width(self, width: float) -> None:
        """Break into rows; afterwards `height` and `natural_width` hold."""
        option = QTextOption(self._align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = self._layout
        layout.setTextOption(option)
        metrics = self.style.metrics(self._font)
        row_height = round(metrics.height() * self.look.line)
        above = (row_height - metrics.height()) / 2 + metrics.ascent()
        self._rows = []
        y = widest = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = line.textStart(), line.textStart() + line.textLength()
            ascent, descent = self._room(start, end, above, row_height - above)
            baseline = round(y + ascent)
            line.setPosition(QPointF(0, baseline - line.ascent()))
            height = round(ascent + descent)
            self._rows.append(_Row(line, start, end, y, height, baseline))
            y += height
            widest = max(widest, line.naturalTextWidth())
        layout.endLayout()
        self.height, self.natural_width = y, widest

    def _room(self, start: int, end: int, ascent: float, descent: float) -> tuple[float, float]:
        for run in self._runs:
            if run.formula and run.start < end and run.end > start:
                ascent = max(ascent, run.formula.ascent * self._scale() + _MARGIN)
                descent = max(descent, run.formula.descent * self._scale() + _MARGIN)
        return ascent, descent

    def words_width(self) -> float:
        """Width of the longest word: what a table column needs at least."""
        return float(self._layout.minimumWidth())

    # --- geometry

    def position_at(self, x: float, y: float) -> int:
        """The position nearest to a point."""
        if not self._rows:
            return 0
        row = self._rows[self._row_at(y)]
        position = int(row.line.xToCursor(x))
        if position >= row.end and row is not self._rows[-1]:
            position = row.end - 1 if row.end > row.start else row.start
        return position

    def _row_at(self, y: float) -> int:
        at = bisect_right(self._rows, y, key=lambda row: row.y) - 1
        return max(0, min(at, len(self._rows) - 1))

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Boxes that cover a range, one a row."""
        boxes: list[QRectF] = []
        for row in self._rows:
            if (row.start < end and row.end > start) or (row.start == row.end == start < end):
                left = cursor_x(row.line, max(start, row.start))
                right = cursor_x(row.line, min(end, row.end))
                if end > row.end and row is not self._rows[-1]:
                    right = max(right, left + 4)
                boxes.append(QRectF(min(left, right), row.y, abs(right - left), row.height))
        return boxes

    def caret(self, position: int) -> QRectF:
        """Where a caret at `position` stands (no width)."""
        if not self._rows:
            return QRectF()
        row = next((r for r in self._rows if position < r.end), self._rows[-1])
        metrics = self.style.metrics(self._font)
        x = cursor_x(row.line, min(position, row.end))
        return QRectF(x, row.baseline - metrics.ascent() + 1, 0, metrics.height() - 2)

    def span_at(self, x: float, y: float) -> Span | None:
        """The span under a point, None beside the text."""
        if not self._rows or not 0 <= y < self.height:
            return None
        row = self._rows[self._row_at(y)]
        box = row.line.naturalTextRect()
        if not box.left() <= x <= box.right():
            return None
        position = int(row.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))
        return next((run.span for run in self._runs if run.start <= position < run.end), None)

    def text(self, start: int, end: int) -> str:
        """Text of a range; formulas as their source."""
        parts: list[str] = []
        for run in self._runs:
            if run.start >= end or run.end <= start:
                continue
            if run.formula:
                parts.append(run.span.source)
            elif not run.is_icon:
                parts.append(unit_slice(self.plain, max(start, run.start), min(end, run.end)))
        return "".join(parts)

    # --- painting

    def paint(self, painter: QPainter, x: float, y: float, clip: QRectF, hovered: Span | None = None) -> None:
        """Paint at (x, y); `clip` in the painter's coordinates limits the work."""
        self._layout.draw(painter, QPointF(x, y), [], clip)
        for run in self._runs:
            if run.formula:
                self._paint_formula(painter, x, y, run, run.formula)
            elif run.is_icon:
                self._paint_image_icon(painter, x, y, run)
            elif hovered is not None and run.span is hovered:
                self._underline(painter, x, y, run)

    def paint_boxes(self, painter: QPainter, x: float, y: float) -> None:
        """The boxes behind inline code: call before selection and text are painted."""
        for run in self._runs:
            is_raw = run.span.kind in ("math", "display_math") and not run.formula
            if not (run.span.marks & Mark.CODE or is_raw):
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.style.color("code" if self.style.tokens.dark else "bg4"))
            pad = 0.0 if self.length == len(self.plain) and run.span.marks & Mark.CODE else _CODE_PAD
            for box in self.rects(run.start, run.end):
                inset = max(2.0, (box.height() - self.look.px * 1.36) / 2)
                painter.drawRoundedRect(box.adjusted(-_CODE_PAD, inset, pad, -inset).translated(x, y), 4, 4)

    def _paint_formula(self, painter: QPainter, x: float, y: float, run: _Run, formula: Formula) -> None:
        row = next((r for r in self._rows if r.start <= run.start < r.end), None)
        if row is None:
            return
        scale = self._scale()
        left = x + cursor_x(row.line, run.start) + 1
        top = y + row.baseline - formula.ascent * scale
        height = (formula.ascent + formula.descent) * scale
        box = QRectF(left, top, formula.width * scale, height)
        self._formulas.paint(painter, formula, box, self.style.color(self.look.role))

    def _paint_image_icon(self, painter: QPainter, x: float, y: float, run: _Run) -> None:
        rows = [row for row in self._rows if row.start <= run.start < row.end]
        if not rows:
            return
        size = self.look.px
        top = y + rows[0].baseline - size + 2
        box = QRectF(x + cursor_x(rows[0].line, run.start) + 2, top, size, size)
        draw_icon(painter, "image", box, self.style.color("accent_text"))

    def _underline(self, painter: QPainter, x: float, y: float, run: _Run) -> None:
        painter.setPen(QPen(self.style.color("accent_text"), 1))
        for box in self.rects(run.start, run.end):
            row = self._rows[self._row_at(box.center().y())]
            bottom = round(y + row.baseline) + 2.5
            painter.drawLine(QPointF(x + box.left(), bottom), QPointF(x + box.right(), bottom))


def cursor_x(line: QTextLine, position: int) -> float:
    """Where a caret at `position` stands in a line. (The binding returns x and position.)"""
    return float(cast(tuple[float, int], line.cursorToX(position))[0])
