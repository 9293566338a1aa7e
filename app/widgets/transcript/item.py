"""What every block on the screen can do; paragraphs, formulas and rules."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.markdown.blocks import Block, Mark, MathBlock, RuleBlock, Span, TextBlock
from app.widgets.transcript.flow import Flow
from app.widgets.transcript.formulas import Formula, FormulaCache
from app.widgets.transcript.style import Look, Style

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Zone:
    """A place that reacts to the mouse. `rect` is relative to whoever returns the zone."""

    kind: str
    rect: QRectF
    payload: str = ""
    tip: str = ""


@dataclass(slots=True)
class Marks:
    """What is highlighted in a block: the selection, matches of a search, the current match, tokens."""

    selection: Range | None = None
    matches: Sequence[Range] = ()
    current: Range | None = None
    shades: Sequence[tuple[Range, QColor]] = ()
    dimmed: Range | None = None
    outlined: Range | None = None


NO_MARKS = Marks()


@dataclass(slots=True)
class Paint:
    """One pass of painting. `clip` is the exposed part of the viewport."""

    painter: QPainter
    style: Style
    clip: QRectF
    hovered_span: Span | None = None
    hovered_zone: Zone | None = None
    hovered_item: "BlockItem | None" = None
    copied: object | None = None  # the block whose code was copied a moment ago
    unfinished: bool = field(default=False)  # set by blocks that want to be painted again soon


class BlockItem(ABC):
    """A block laid out in a width. Positions are UTF-16 units of `plain`."""

    def __init__(self, block: Block, style: Style) -> None:
        self.block = block
        self.style = style
        self.height = 0
        self.natural_width = 0.0
        self.plain = ""
        self.length = 0
        self.waits = False  # for a formula

    @abstractmethod
    def set_width(self, width: float) -> None:
        """Lay out; afterwards `height` and `natural_width` hold."""

    @abstractmethod
    def paint(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        """Paint at (x, y) of the viewport."""

    def position_at(self, x: float, y: float) -> int:
        """Nearest position to a point of the block."""
        return 0 if y < self.height / 2 else self.length

    def text(self, start: int, end: int) -> str:
        """What copying the range gives."""
        return ""

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Boxes that cover a range, relative to the block."""
        return []

    def caret(self, position: int) -> QRectF:
        """Where a caret stands, relative to the block."""
        tall = min(self.height, self.style.px(18))
        return QRectF(self.natural_width, (self.height - tall) / 2, 0, tall)

    def span_at(self, x: float, y: float) -> Span | None:
        """The run of text under a point."""
        return None

    def zones(self) -> list[Zone]:
        """Places that react to the mouse, relative to the block."""
        return []

    def scroll_by(self, dx: float) -> bool:
        """Scroll sideways; False where nothing moved."""
        return False

    def paint_marks(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        """Backgrounds of selection and matches; call before the text is painted."""
        style, painter = paint.style, paint.painter
        painter.setPen(Qt.PenStyle.NoPen)
        for span, shade in marks.shades:
            fill_boxes(painter, self.rects(*span), x, y, shade)
        weak, strong = (75, 120) if style.tokens.dark else (45, 75)
        for match in marks.matches:
            is_current = match == marks.current
            if is_current:
                painter.setPen(QPen(style.color("warn"), 1.5))
            fill = style.tint("warn", strong if is_current else weak)
            fill_boxes(painter, self.rects(*match), x, y, fill, 3)
            painter.setPen(Qt.PenStyle.NoPen)
        if marks.selection is not None:
            fill_boxes(painter, self.rects(*marks.selection), x, y, selection_color(style))

    def paint_over(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        """What lies over the text: faintness of what comes later, the frame around the chosen token."""
        if marks.dimmed is not None:
            # A whole block with its list marker, which stands left of it.
            whole = [QRectF(-60, 0, paint.clip.width() + 60, self.height)]
            boxes = self.rects(*marks.dimmed) if marks.dimmed[0] else whole
            paint.painter.setPen(Qt.PenStyle.NoPen)
            fill_boxes(paint.painter, boxes, x, y, paint.style.tint("bg2", 175))
        if marks.outlined is not None:
            paint.painter.setPen(QPen(paint.style.color("accent"), 1.5))
            fill_boxes(paint.painter, self.rects(*marks.outlined), x, y, paint.style.tint("accent", 40), 3)


def selection_color(style: Style) -> QColor:
    """Behind selected text; the text keeps its colours."""
    return style.tint("accent", 105 if style.tokens.dark else 70)


def fill_boxes(
    painter: QPainter, boxes: list[QRectF], x: float, y: float, color: QColor, radius: float = 0
) -> None:
    """Fill boxes moved by (x, y)."""
    painter.setBrush(color)
    for box in boxes:
        moved = box.translated(x, y)
        if radius:
            painter.drawRoundedRect(moved.adjusted(-1, 2, 1, -2), radius, radius)
        else:
            painter.drawRect(moved)


class TextItem(BlockItem):
    """A paragraph or a heading."""

    def __init__(self, block: TextBlock, look: Look, style: Style, formulas: FormulaCache) -> None:
        super().__init__(block, style)
        self.flow = Flow(
            block.spans, style.heading(block.level, look) if block.level else look, style, formulas
        )
        self.plain, self.length, self.waits = self.flow.plain, self.flow.length, self.flow.waits

    def set_width(self, width: float) -> None:
        self.flow.set_width(width)
        self.height = round(self.flow.height)
        self.natural_width = self.flow.natural_width

    def paint(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        self.flow.paint_boxes(paint.painter, x, y)
        self.paint_marks(paint, x, y, marks)
        self.flow.paint(paint.painter, x, y, paint.clip, paint.hovered_span)

    def position_at(self, x: float, y: float) -> int:
        return self.flow.position_at(x, y)

    def text(self, start: int, end: int) -> str:
        return self.flow.text(start, end)

    def rects(self, start: int, end: int) -> list[QRectF]:
        return self.flow.rects(start, end)

    def caret(self, position: int) -> QRectF:
        return self.flow.caret(position)

    def span_at(self, x: float, y: float) -> Span | None:
        return self.flow.span_at(x, y)


class MathItem(BlockItem):
    """A displayed formula, centred; its source while it is being typeset and where it cannot be."""

    PAD = 6

    def __init__(self, block: MathBlock, look: Look, style: Style, formulas: FormulaCache) -> None:
        super().__init__(block, style)
        self._formulas = formulas
        self._look = look
        self._formula: Formula | None = formulas.get(block.tex, display=True)
        self.waits = formulas.is_pending(block.tex, display=True)
        self._source = Flow([Span(block.source, Mark.CODE)], look, style, formulas)
        self.plain, self.length = block.source, self._source.length
        self._box = QRectF()
        self._width = 0.0

    def set_width(self, width: float) -> None:
        self._width = width
        if self._formula is None:
            self._source.set_width(width)
            self.height, self.natural_width = round(self._source.height), self._source.natural_width
            return
        scale = self._look.px / 14.0
        if self._formula.width * scale > width:
            scale = width / self._formula.width
        size = self._formula.width * scale
        height = (self._formula.ascent + self._formula.descent) * scale
        self._box = QRectF((width - size) / 2, self.PAD, size, height)
        self.height, self.natural_width = round(height) + 2 * self.PAD, size

    def paint(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        if self._formula is None:
            self._source.paint_boxes(paint.painter, x, y)
        self.paint_marks(paint, x, y, marks)
        if self._formula is None:
            self._source.paint(paint.painter, x, y, paint.clip)
        else:
            color = self.style.color(self._look.role)
            self._formulas.paint(paint.painter, self._formula, self._box.translated(x, y), color)

    def position_at(self, x: float, y: float) -> int:
        if self._formula is None:
            return self._source.position_at(x, y)
        return 0 if y < 0 or (y < self.height and x < self._width / 2) else self.length

    def text(self, start: int, end: int) -> str:
        return self.plain if self._formula else self._source.text(start, end)

    def caret(self, position: int) -> QRectF:
        if self._formula is None:
            return self._source.caret(position)
        tall = self.style.px(18)
        return QRectF(self._box.right() + 4, self._box.center().y() - tall / 2, 0, tall)

    def rects(self, start: int, end: int) -> list[QRectF]:
        if self._formula is None:
            return self._source.rects(start, end)
        return [self._box.adjusted(-6, -2, 6, 2)] if end > start else []


class RuleItem(BlockItem):
    """A thematic break."""

    def __init__(self, block: RuleBlock, style: Style) -> None:
        super().__init__(block, style)
        self._width = 0.0

    def set_width(self, width: float) -> None:
        self._width = width
        self.height = 9
        self.natural_width = width

    def paint(self, paint: Paint, x: float, y: float, marks: Marks) -> None:
        paint.painter.setPen(QPen(paint.style.color("line2"), 1))
        middle = round(y) + 4.5
        paint.painter.drawLine(QPointF(x, middle), QPointF(x + self._width, middle))
