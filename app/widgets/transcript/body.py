"""A column of blocks: one below the other, indented by their containers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from app.markdown.blocks import Block, CodeBlock, MathBlock, RuleBlock, TableBlock, TextBlock
from app.theme.icons import draw_icon
from app.widgets.transcript import metrics as m
from app.widgets.transcript.code_item import CodeItem
from app.widgets.transcript.formulas import FormulaCache
from app.widgets.transcript.item import BlockItem, MathItem, Paint, RuleItem, TextItem
from app.widgets.transcript.style import Look, Style
from app.widgets.transcript.table_item import TableItem


@dataclass(slots=True)
class Placed:
    """A block and its top left corner, relative to the body."""

    item: BlockItem
    x: float
    y: float


class Body:
    """Blocks of one text. `set_blocks` keeps what has not changed, so it is cheap while text streams."""

    def __init__(self, style: Style, formulas: FormulaCache, look: Look) -> None:
        self.placed: list[Placed] = []
        self.height = 0
        self.natural_width = 0.0
        self._style = style
        self._formulas = formulas
        self._look = look
        self._width = 0.0
        self._kept = 0  # leading blocks known to be final and laid out

    @property
    def waits(self) -> bool:
        """Whether a formula is still to come."""
        return any(placed.item.waits for placed in self.placed)

    def set_width(self, width: float) -> None:
        """Lay everything out again in a width."""
        self._width = width
        for placed in self.placed:
            self._size(placed.item)
        self._stack(0)

    def narrow(self, width: float) -> None:
        """Let cards and rules end where the text ends: for a bubble that fits its content."""
        for placed in self.placed:
            if not isinstance(placed.item, (TextItem, MathItem)):
                placed.item.set_width(max(40.0, width - placed.x))

    def set_blocks(self, closed: Sequence[Block], growing: Sequence[Block] = ()) -> None:
        """Show `closed` (final) and `growing` (may change with the next call) below them."""
        first = self._kept
        for number in range(first, len(closed) + len(growing)):
            final = number < len(closed)
            block = closed[number] if final else growing[number - len(closed)]
            self._put(number, block, growing=not final)
        del self.placed[len(closed) + len(growing) :]
        self._kept = len(closed)
        self._stack(first)

    def replace_waiting(self) -> None:
        """Make the blocks anew whose formulas have arrived."""
        for number, placed in enumerate(self.placed):
            if placed.item.waits:
                placed.item = self._make(placed.item.block, growing=False)
                self._size(placed.item)
                self.placed[number] = placed
        self._stack(0)

    def _put(self, number: int, block: Block, *, growing: bool) -> None:
        old = self.placed[number].item if number < len(self.placed) else None
        if isinstance(old, CodeItem) and isinstance(block, CodeBlock) and old.update(block, growing=growing):
            self._size(old)
            return
        if old is not None and old.block == block and not isinstance(old, CodeItem):
            return
        item = self._make(block, growing=growing)
        self._size(item)
        if number < len(self.placed):
            self.placed[number] = Placed(item, 0, 0)
        else:
            self.placed.append(Placed(item, 0, 0))

    def _make(self, block: Block, *, growing: bool) -> BlockItem:
        style, look = self._style, self._look
        if "quote" in block.place.containers and look.role == "fg":
            look = Look(look.px, look.weight, "fg2", look.line)
        if isinstance(block, TextBlock):
            return TextItem(block, look, style, self._formulas)
        if isinstance(block, CodeBlock):
            return CodeItem(block, style, growing=growing)
        if isinstance(block, TableBlock):
            return TableItem(block, look, style, self._formulas)
        if isinstance(block, MathBlock):
            return MathItem(block, look, style, self._formulas)
        return RuleItem(block, style)

    def _indent(self, block: Block, depth: int | None = None) -> float:
        containers = block.place.containers[:depth]
        return sum(self._style.px(m.QUOTE if kind == "quote" else m.LIST) for kind in containers)

    def _size(self, item: BlockItem) -> None:
        item.set_width(max(40.0, self._width - self._indent(item.block)))

    def _stack(self, first: int) -> None:
        """Place the blocks from `first` on below each other."""
        first = min(first, len(self.placed))
        before = self.placed[first - 1] if first else None
        y = before.y + before.item.height if before else 0.0
        for placed in self.placed[first:]:
            if before is not None:
                y += self._style.px(gap(before.item.block, placed.item.block))
            placed.x, placed.y = self._indent(placed.item.block), y
            y += placed.item.height
            before = placed
        self.height = round(y)
        self.natural_width = max((p.x + p.item.natural_width for p in self.placed), default=0.0)

    # --- painting of what surrounds the blocks

    def paint_containers(self, paint: Paint, placed: Placed, x: float, y: float, above: float) -> None:
        """Quote bars and list markers of a block that stands at (x, y); `above`: gap to the one before."""
        block = placed.item.block
        left = x - placed.x
        for depth, kind in enumerate(block.place.containers):
            if kind == "quote":
                paint.painter.setPen(Qt.PenStyle.NoPen)
                paint.painter.setBrush(paint.style.color("line2"))
                bar = QRectF(left + self._indent(block, depth), y - above, 3, placed.item.height + above)
                paint.painter.drawRect(bar)
        for depth, marker in block.place.markers:
            self._paint_marker(paint, marker, left + self._indent(block, depth + 1), y, placed.item)

    def _paint_marker(self, paint: Paint, marker: str, right: float, y: float, item: BlockItem) -> None:
        painter, style = paint.painter, paint.style
        row = item.caret(0) if isinstance(item, TextItem) else QRectF(0, 0, 0, style.px(22))
        middle = y + row.center().y()
        muted = self._look.role == "fg3"
        if marker == "•":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("fg3" if muted else "fg2"))
            size = style.px(2.5)
            painter.drawEllipse(QPointF(right - style.px(13), middle + 0.5), size, size)
        elif marker.startswith("["):
            size = style.px(15)
            box = QRectF(right - size - style.px(5), round(middle - size / 2), size, size)
            done = marker == "[x]"
            name, role = ("square-check", "accent") if done else ("square", "fg3")
            draw_icon(painter, name, box, style.color(role))
        else:
            painter.setFont(style.font(self._look.px, tabular=True))
            painter.setPen(QPen(style.color("fg3" if muted else "fg2")))
            box = QRectF(right - 80, y + row.top(), 80 - style.px(7), row.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, marker)

    def gap_above(self, number: int) -> float:
        """Distance between a block and the one before where both stand in the same quote, else 0."""
        if number == 0:
            return 0.0
        before, here = self.placed[number - 1], self.placed[number]
        if "quote" not in before.item.block.place.containers:
            return 0.0
        return here.y - before.y - before.item.height


def gap(above: Block, below: Block) -> int:
    """Distance between two blocks, before zoom."""
    if isinstance(below, TextBlock) and below.level:
        return m.GAP_HEADING_ABOVE if below.level <= 3 else m.GAP_CARD
    if isinstance(above, TextBlock) and above.level:
        return m.GAP_HEADING_BELOW
    cards = (CodeBlock, TableBlock, RuleBlock)
    if isinstance(above, cards) or isinstance(below, cards):
        return m.GAP_CARD
    in_list = "list" in above.place.containers and "list" in below.place.containers
    return m.GAP_ITEM if in_list else m.GAP
