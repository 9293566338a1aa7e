"""A code block as a card: header with language and Copy, lines that scroll sideways.

Every line is a layout of its own, made when it is first painted, and all lines are equally high:
a block of ten thousand lines opens at once, and a growing one costs the new lines only.
"""

import time
from bisect import bisect_right
from collections.abc import Iterator
from unicodedata import east_asian_width

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QTextCharFormat, QTextLayout, QTextOption

from app.markdown.blocks import CodeBlock
from app.markdown.highlight import LineHighlighter, Run, highlight_lines
from app.theme.icons import draw_icon
from app.theme.syntax import syntax_color
from app.widgets.transcript.flow import cursor_x
from app.widgets.transcript.item import BlockItem, Marks, Paint, Zone
from app.widgets.transcript.style import Style
from app.widgets.transcript.units import unit_length, unit_slice

BUDGET = 0.004  # seconds of highlighting in one painting
MAX_LAYOUTS = 600
LONG_LINE = 5000  # characters; what is longer is not highlighted
TAB = 4
THUMB_ZONE = 12
MIN_CARD = 240  # room for language and Copy


class CodeItem(BlockItem):
    """A card of code. `update` appends what a growing block has gained."""

    def __init__(self, block: CodeBlock, style: Style, *, growing: bool = False) -> None:
        super().__init__(block, style)
        self.code_block = block
        self.scroll_x = 0.0
        self._width = 0.0
        self._lines = block.code.split("\n")
        self._offsets: list[int] = []
        self._runs: list[list[Run] | None] = []
        self._layouts: dict[int, QTextLayout] = {}
        self._columns = 0
        self._advance = style.metrics(style.code).horizontalAdvance("0")
        self._growing = LineHighlighter(block.language) if growing else None
        self._exact: Iterator[list[Run]] | None = None
        self._exact_at = 0
        self._measure(0)
        if self._growing is not None:
            self._lex_new(self._growing, 0)
        else:
            self.finish()

    # --- content

    def update(self, block: CodeBlock, *, growing: bool) -> bool:
        """Take the next state of the same block; False where it is another block."""
        complete = len(self._lines) - 1
        kept = "\n".join(self._lines[:complete])
        same = block.language == self.code_block.language and block.code.startswith(kept)
        if not same or self._growing is None:
            return False
        if block.code != self.code_block.code:
            self._lines = block.code.split("\n")
            if len(self._lines) <= complete or (complete and block.code[len(kept)] != "\n"):
                return False
            self._measure(complete)
            self._layouts.pop(complete, None)
            self._lex_new(self._growing, complete)
        self.block = self.code_block = block
        if not growing:
            self.finish()
        return True

    def finish(self) -> None:
        """The block is complete: read it again as a whole, a little with every painting."""
        self._growing = None
        self._exact = highlight_lines(self.code_block.code, self.code_block.language)
        self._exact_at = 0

    def _measure(self, first: int) -> None:
        del self._offsets[first:], self._runs[first:]
        at = self._offsets[-1] + unit_length(self._lines[first - 1]) + 1 if first else 0
        for line in self._lines[first:]:
            self._offsets.append(at)
            self._runs.append(None)
            at += unit_length(line) + 1
            self._columns = max(self._columns, _columns(line))
        self.length = at - 1
        self.plain = self.code_block.code

    def _lex_new(self, lexer: LineHighlighter, first: int) -> None:
        """Highlight complete lines from `first` on for good, the unfinished last one for now."""
        last = len(self._lines) - 1
        for number in range(first, last):
            if len(self._lines[number]) < LONG_LINE:
                self._runs[number] = lexer.next_line(self._lines[number])
        if len(self._lines[last]) < LONG_LINE:
            self._runs[last] = lexer.preview(self._lines[last])

    def _lex_some(self, until: float) -> bool:
        """Read exactly until a moment; True when there is more to read."""
        if self._exact is None:
            return False
        while True:
            runs = next(self._exact, None)
            if runs is None or self._exact_at >= len(self._lines):
                self._exact = None
                return False
            if runs != self._runs[self._exact_at]:
                self._runs[self._exact_at] = runs
                self._layouts.pop(self._exact_at, None)
            self._exact_at += 1
            if time.perf_counter() > until:
                return True

    # --- geometry

    @property
    def _header(self) -> int:
        return self.style.px(32)

    @property
    def _pad(self) -> int:
        return self.style.px(14)

    @property
    def _max_scroll(self) -> float:
        return max(0.0, self._columns * self._advance + 2 * self._pad - self._width)

    def set_width(self, width: float) -> None:
        self._width = width
        self.scroll_x = min(self.scroll_x, self._max_scroll)
        self.height = self._header + len(self._lines) * self.style.code_row + self.style.px(12)
        content = max(self.style.px(MIN_CARD), self._columns * self._advance + 2 * self._pad)
        self.natural_width = min(width, content)

    def scroll_by(self, dx: float) -> bool:
        target = max(0.0, min(self._max_scroll, self.scroll_x + dx))
        moved = target != self.scroll_x
        self.scroll_x = target
        return moved

    def position_at(self, x: float, y: float) -> int:
        number = int((y - self._header) // self.style.code_row)
        if y < self._header and y < 0:
            return 0
        number = max(0, min(number, len(self._lines) - 1))
        line = self._layout(number).lineAt(0)
        return self._offsets[number] + int(line.xToCursor(x - self._pad + self.scroll_x))

    def text(self, start: int, end: int) -> str:
        return unit_slice(self.plain, start, end)

    def rects(self, start: int, end: int) -> list[QRectF]:
        return self._rects(start, end, 0, len(self._lines))

    def _rects(self, start: int, end: int, top: int, bottom: int) -> list[QRectF]:
        boxes: list[QRectF] = []
        first = max(top, bisect_right(self._offsets, start) - 1)
        for number in range(first, bottom):
            offset = self._offsets[number]
            if offset >= end and not offset == start == end:
                break
            line = self._layout(number).lineAt(0)
            left = cursor_x(line, max(0, start - offset))
            right = cursor_x(line, min(line.textLength(), end - offset))
            if end > offset + line.textLength():
                right += self._advance / 2
            y = self._header + number * self.style.code_row
            boxes.append(QRectF(self._pad + left - self.scroll_x, y, right - left, self.style.code_row))
        return boxes

    def caret(self, position: int) -> QRectF:
        number = max(0, bisect_right(self._offsets, position) - 1)
        x = cursor_x(self._layout(number).lineAt(0), position - self._offsets[number])
        y = self._header + number * self.style.code_row
        return QRectF(self._pad + x - self.scroll_x, y + 1, 0, self.style.code_row - 2)

    def _copy_rect(self) -> QRectF:
        text = QCoreApplication.translate("Transcript", "Copied")
        width = self.style.metrics(self.style.small).horizontalAdvance(text) + self.style.px(34)
        return QRectF(self._width - width - 4, 4, width, self._header - 7)

    def zones(self) -> list[Zone]:
        tip = QCoreApplication.translate("Transcript", "Copy this code")
        zones = [Zone("copy_code", self._copy_rect(), tip=tip)]
        if self._max_scroll > 0:
            track = QRectF(self._pad, self.height - THUMB_ZONE, self._width - 2 * self._pad, THUMB_ZONE)
            zones.append(Zone("scroll_code", track))
        return zones

    def drag_thumb(self, dx: float) -> None:
        """Move the thumb of the sideways scroll bar by `dx` pixels."""
        track = self._width - 2 * self._pad
        share = self._width / (self._width + self._max_scroll)
        self.scroll_by(dx * self._max_scroll / max(1.0, track * (1 - share)))

    # --- painting

    def paint(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        painter, style = paint.painter, paint.style
        if self._lex_some(time.perf_counter() + BUDGET):
            paint.unfinished = True
        painter.setPen(QPen(style.color("line"), 1))
        painter.setBrush(style.color("code"))
        card = QRectF(x + 0.5, y + 0.5, self._width - 1, self.height - 1)
        painter.drawRoundedRect(card, style.tokens.radius_card, style.tokens.radius_card)
        self._paint_header(paint, x, y)
        painter.save()
        painter.setClipRect(card.adjusted(1, self._header - 1, -1, -1), Qt.ClipOperation.IntersectClip)
        top = max(0, int((paint.clip.top() - y - self._header) // style.code_row))
        bottom = min(len(self._lines), int((paint.clip.bottom() - y - self._header) // style.code_row) + 1)
        self._paint_line_marks(paint, x, y, marks, top, bottom)
        natural = style.metrics(style.code).height()
        for number in range(top, bottom):
            row_y = y + self._header + number * style.code_row + round((style.code_row - natural) / 2)
            self._layout(number).draw(painter, QPointF(x + self._pad - self.scroll_x, row_y))
        painter.restore()
        self._paint_scroll_thumb(paint, x, y)

    def _paint_header(self, paint: Paint, x: float, y: float) -> None:
        painter, style = paint.painter, paint.style
        painter.setFont(style.font(style.px(style.tokens.text_xs), mono=True))
        painter.setPen(style.color("fg2"))
        label = self.code_block.language or QCoreApplication.translate("Transcript", "text")
        box = QRectF(x + self._pad, y, self._width / 2, self._header)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label)
        copied = paint.copied is not None and paint.copied == self.code_block
        zone = self._copy_rect().translated(x, y)
        target = paint.hovered_zone
        hovered = paint.hovered_item is self and target is not None and target.kind == "copy_code"
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("bg4"))
            painter.drawRoundedRect(zone, style.tokens.radius_control, style.tokens.radius_control)
        color = style.color("ok" if copied else "fg" if hovered else "fg2")
        size = style.px(14)
        icon_box = QRectF(zone.left() + 8, zone.center().y() - size / 2, size, size)
        draw_icon(painter, "check" if copied else "copy", icon_box, color)
        painter.setFont(style.small)
        painter.setPen(color)
        text = QCoreApplication.translate("Transcript", "Copy")
        if copied:
            text = QCoreApplication.translate("Transcript", "Copied")
        painter.drawText(zone.adjusted(size + 13, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_line_marks(
        self, paint: Paint, x: float, y: float, marks: Marks, top: int, bottom: int
    ) -> None:
        if marks.selection is None and not marks.matches and not marks.shades:
            return
        low = self._offsets[top] if top < len(self._offsets) else 0
        high = self._offsets[bottom] if bottom < len(self._offsets) else self.length
        cut = Marks(
            _clip_range(marks.selection, low, high),
            [r for m in marks.matches if (r := _clip_range(m, low, high))],
            marks.current,
            [(r, shade) for span, shade in marks.shades if (r := _clip_range(span, low, high))],
        )
        self.paint_marks(paint, x, y, cut)

    def _paint_scroll_thumb(self, paint: Paint, x: float, y: float) -> None:
        if self._max_scroll <= 0:
            return
        track = self._width - 2 * self._pad
        share = self._width / (self._width + self._max_scroll)
        left = x + self._pad + (track * (1 - share)) * self.scroll_x / self._max_scroll
        zone = paint.hovered_zone
        hot = paint.hovered_item is self and zone is not None and zone.kind == "scroll_code"
        paint.painter.setPen(Qt.PenStyle.NoPen)
        paint.painter.setBrush(self.style.color("fg3" if hot else "track"))
        paint.painter.drawRoundedRect(QRectF(left, y + self.height - 7, track * share, 3), 1.5, 1.5)

    def _layout(self, number: int) -> QTextLayout:
        layout = self._layouts.get(number)
        if layout is not None:
            return layout
        if len(self._layouts) > MAX_LAYOUTS:
            self._layouts.clear()
        text = self._lines[number]
        layout = QTextLayout(text, self.style.code)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTabStopDistance(TAB * self._advance)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.setFormats(self._formats(text, self._runs[number] or []))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        self._layouts[number] = layout
        return layout

    def _formats(self, text: str, runs: list[Run]) -> list[QTextLayout.FormatRange]:
        tokens = self.style.tokens
        base = QTextLayout.FormatRange()
        base.start, base.length = 0, unit_length(text)
        base.format = _format(tokens.fg)
        formats = [base]
        for start, length, kind in runs:
            color = syntax_color(kind, tokens)
            if color == tokens.fg:
                continue
            part = QTextLayout.FormatRange()
            part.start = start if text.isascii() else unit_length(text[:start])
            part.length = length if text.isascii() else unit_length(text[start : start + length])
            part.format = _format(color)
            formats.append(part)
        return formats


_formats: dict[str, QTextCharFormat] = {}


def _format(color: str) -> QTextCharFormat:
    found = _formats.get(color)
    if found is None:
        found = _formats[color] = QTextCharFormat()
        found.setForeground(QColor(color))
    return found


def _columns(line: str) -> int:
    if line.isascii() and "\t" not in line:
        return len(line)
    line = line.expandtabs(TAB)
    return len(line) + sum(east_asian_width(char) in "WF" for char in line)


def _clip_range(mark: tuple[int, int] | None, low: int, high: int) -> tuple[int, int] | None:
    if mark is None or mark[1] <= low or mark[0] > high:
        return None
    return max(mark[0], low), min(mark[1], high)
