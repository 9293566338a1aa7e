"""One message laid out: header, thinking, blocks, attachments, error, footer; where everything is.

Coordinates are relative to the message's top and to the left edge of the column.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QRectF

from app.markdown.blocks import Block, Span
from app.markdown.parse import parse
from app.widgets.transcript import metrics as m
from app.widgets.transcript.actions import ACTIONS, action_tip
from app.widgets.transcript.body import Body
from app.widgets.transcript.flow import Flow
from app.widgets.transcript.formulas import FormulaCache
from app.widgets.transcript.item import BlockItem, TextItem, Zone
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.style import Look, Style


class MessageLayout:
    """Geometry of a message in one style and width."""

    def __init__(
        self,
        message: TranscriptMessage,
        style: Style,
        formulas: FormulaCache,
        width: int,
        *,
        thinking_open: bool,
        divider: bool = False,
    ) -> None:
        self.message = message
        self.style = style
        self.width = width
        self.height = 0
        self.thinking_open = thinking_open and bool(message.thinking)
        self.divider = divider  # older messages end here and are not sent
        self.top = style.px(m.TOP) + (style.px(m.DIVIDER) if divider else 0)
        self.is_user = message.role == "user"
        self.is_document = message.role == "document"
        look = style.muted if message.dropped else style.prose
        self.thinking = Body(style, formulas, style.muted if message.dropped else style.thinking)
        self.body = Body(style, formulas, look)
        self._formulas = formulas
        self.error = self._make_error()
        self.bubble = QRectF()
        self.thinking_header = QRectF()
        self.error_box = QRectF()
        self.chips: list[tuple[QRectF, str]] = []
        self.footer_y = 0
        self.actions_x = 0.0
        self._actions: list[Zone] = []
        self._thinking_at = (0.0, 0.0)
        self._body_at = (0.0, 0.0)
        self.version_box = QRectF()
        self.metrics_x = 0.0
        self.switcher_box = QRectF()

    def _make_error(self) -> Flow | None:
        if not self.message.error:
            return None
        style = self.style
        look = Look(style.px(style.tokens.text_m), style.prose.weight, "fg")
        return Flow([Span(self.message.error)], look, style, self._formulas)

    # --- content

    def read(self) -> None:
        """Parse the whole text and lay out."""
        literal = self.message.role in ("user", "system", "tool")
        self.show_blocks(parse(self.message.text, literal=literal), ())
        self.show_thinking(parse(self.message.thinking) if self.thinking_open else (), ())
        self.arrange()

    def retarget(self, message: TranscriptMessage, thinking_open: bool) -> bool:
        """Show another state of the same text without reading it again; False where the text is another."""
        old = self.message
        same = (message.text, message.thinking, message.role) == (old.text, old.thinking, old.role)
        opens = (thinking_open and bool(message.thinking)) != self.thinking_open
        if not same or opens or message.dropped != old.dropped:
            return False
        self.message = message
        self.error = self._make_error()
        self.arrange()
        return True

    def show_blocks(self, closed: Sequence[Block], growing: Sequence[Block]) -> None:
        """Set the answer's blocks; `arrange` afterwards."""
        if not self.body.placed:
            self.body.set_width(self._text_width())
        self.body.set_blocks(closed, growing)

    def show_thinking(self, closed: Sequence[Block], growing: Sequence[Block]) -> None:
        """Set the reasoning's blocks; `arrange` afterwards."""
        if not self.thinking.placed:
            self.thinking.set_width(self._text_width() - self.style.px(m.THINKING_INDENT))
        self.thinking.set_blocks(closed, growing)

    def formulas_arrived(self) -> bool:
        """Take formulas that have been typeset; True when the layout changed."""
        waiting = [body for body in (self.thinking, self.body) if body.waits]
        for body in waiting:
            body.replace_waiting()
        if waiting:
            self.arrange()
        return bool(waiting)

    def has_thinking(self) -> bool:
        return bool(self.message.thinking)

    # --- geometry

    def _text_width(self) -> float:
        px = self.style.px
        if self.is_user:
            return round(self.width * m.BUBBLE_SHARE) - 2 * px(m.BUBBLE_X)
        return self.width - self._gutter()

    def _gutter(self) -> int:
        """What stands left of the text: the avatar, or nothing."""
        return 0 if self.is_user or self.is_document else self.style.px(m.GUTTER)

    def arrange(self) -> None:
        """Stack the parts; afterwards `height` holds."""
        px = self.style.px
        left = float(self._gutter())
        y = float(self.top)
        if not self.is_user:
            y += 0 if self.is_document else px(m.HEADER)
            y = self._arrange_thinking(left, y)
        y = self._arrange_chips(left, y)
        y = self._arrange_body(left, y)
        y = self._arrange_error(left, y)
        if self._actions_beside_bubble():
            self.footer_y = round(y) - px(m.FOOTER)
            self.height = round(y) + px(m.BELOW_BUBBLE)
        else:
            self.footer_y = round(y) + px(2)
            self.height = self.footer_y + px(m.FOOTER) + px(m.BOTTOM)
        self._arrange_actions()

    def _arrange_thinking(self, left: float, y: float) -> float:
        px = self.style.px
        self.thinking_header = QRectF()
        if not self.has_thinking():
            return y
        self.thinking_header = QRectF(left - 6, y, px(220), px(m.THINKING_HEADER))
        y += px(m.THINKING_HEADER) + 4
        if self.thinking_open:
            self._thinking_at = (left + px(m.THINKING_INDENT), y)
            y += self.thinking.height + px(10)
        return y

    def _arrange_chips(self, left: float, y: float) -> float:
        px = self.style.px
        self.chips = []
        if not self.message.attachments:
            return y
        metrics = self.style.metrics(self.style.small)
        x, rows_width = left, self.width
        for name in self.message.attachments:
            width = min(metrics.horizontalAdvance(name) + px(40), float(self.width - px(m.GUTTER)))
            if x > left and x + width > rows_width:
                x, y = left, y + px(m.CHIP) + 6
            self.chips.append((QRectF(x, y, width, px(m.CHIP)), name))
            x += width + 6
        if self.is_user:
            self._align_chips_right()
        return y + px(m.CHIP) + 8

    def _align_chips_right(self) -> None:
        rows: dict[float, float] = {}
        for box, _ in self.chips:
            rows[box.top()] = max(rows.get(box.top(), 0.0), box.right())
        self.chips = [(box.translated(self.width - rows[box.top()], 0), name) for box, name in self.chips]

    def _arrange_body(self, left: float, y: float) -> float:
        px = self.style.px
        if not self.is_user:
            self._body_at = (left, y)
            return y + self.body.height
        if not self.body.placed:
            self.bubble = QRectF()
            return y
        inner = min(self._text_width(), self.body.natural_width + 1)
        self.body.narrow(inner)
        width = round(inner + 2 * px(m.BUBBLE_X))
        self.bubble = QRectF(self.width - width, y, width, self.body.height + 2 * px(m.BUBBLE_Y))
        self._body_at = (self.bubble.left() + px(m.BUBBLE_X), y + px(m.BUBBLE_Y))
        return self.bubble.bottom()

    def _arrange_error(self, left: float, y: float) -> float:
        self.error_box = QRectF()
        if self.error is None:
            return y
        px = self.style.px
        self.error.set_width(self.width - left - px(36) - 2 * px(m.ERROR_PAD))
        if self.body.placed:
            y += px(m.GAP)
        height = round(self.error.height) + 2 * px(m.ERROR_PAD)
        self.error_box = QRectF(left, y, self.width - left, height)
        return y + height

    def _actions_beside_bubble(self) -> bool:
        """Where a bubble leaves room at its left, its buttons stand there."""
        return self.is_user and self.bubble.left() > self.style.px(m.BESIDE) and self.error is None

    def _arrange_actions(self) -> None:
        px = self.style.px
        names = ACTIONS[self.message.role]
        size = px(m.BUTTON)
        y = self.footer_y + (px(m.FOOTER) - size) / 2
        right = float(self.width + px(6))
        beside = self._actions_beside_bubble()
        if beside:
            right = self.bubble.left() - px(6)
        self._actions = []
        self.metrics_x = float(px(m.GUTTER))
        if self.message.versions > 1:
            width = self._switcher_width(size)
            left = right - width if self.is_user else px(m.GUTTER) - px(6)
            self._add_switcher(left, y, size, width)
            if self.is_user:
                right = left - px(4)
            else:
                self.metrics_x = left + width + px(8)
        x = self.actions_x = right - size * len(names)
        for number, name in enumerate(names):
            box = QRectF(x + number * size, y, size, size)
            self._actions.append(Zone("action", box, name, action_tip(name)))

    def _switcher_width(self, size: int) -> float:
        text = self.style.metrics(self.style.small_tabular).horizontalAdvance(self.version_text())
        return text + 4 + 2 * round(size * 0.75)

    def _add_switcher(self, left: float, y: float, size: int, width: float) -> None:
        narrow = round(size * 0.75)
        message = self.message
        if message.version > 1:
            box = QRectF(left, y, narrow, size)
            self._actions.append(Zone("action", box, "previous_version", action_tip("previous_version")))
        if message.version < message.versions:
            box = QRectF(left + width - narrow, y, narrow, size)
            self._actions.append(Zone("action", box, "next_version", action_tip("next_version")))
        self.version_box = QRectF(left + narrow, y, width - 2 * narrow, size)
        self.switcher_box = QRectF(left, y, width, size)

    def version_text(self) -> str:
        """The place among the versions, “2/3”."""
        return f"{self.message.version}/{self.message.versions}"

    def thinking_title(self) -> str:
        """The header of the reasoning."""
        message = self.message
        if message.streaming and not message.text:
            return QCoreApplication.translate("Transcript", "Thinking…")
        if message.thinking_seconds is None:
            return QCoreApplication.translate("Transcript", "Thoughts")
        text = QCoreApplication.translate("Transcript", "Thought for {seconds} s")
        return text.format(seconds=f"{message.thinking_seconds:.1f}")

    # --- what is where

    def blocks(self) -> Iterator[tuple[int, BlockItem, float, float]]:
        """Every block in reading order: index, item, left, top."""
        index = 0
        if self.thinking_open:
            for placed in self.thinking.placed:
                yield index, placed.item, self._thinking_at[0] + placed.x, self._thinking_at[1] + placed.y
                index += 1
        for placed in self.body.placed:
            yield index, placed.item, self._body_at[0] + placed.x, self._body_at[1] + placed.y
            index += 1

    def bodies(self) -> Iterator[tuple[Body, int, float, float]]:
        """The columns of blocks with the index of their first block, left and top."""
        count = 0
        if self.thinking_open:
            yield self.thinking, 0, *self._thinking_at
            count = len(self.thinking.placed)
        yield self.body, count, *self._body_at

    def block_count(self) -> int:
        return len(self.body.placed) + (len(self.thinking.placed) if self.thinking_open else 0)

    def item(self, index: int) -> BlockItem | None:
        """The block of an index."""
        head = self.thinking.placed if self.thinking_open else []
        if index < len(head):
            return head[index].item
        index -= len(head)
        return self.body.placed[index].item if index < len(self.body.placed) else None

    def caret(self) -> QRectF:
        """Where the next character will appear."""
        body, _, x, y = list(self.bodies())[-1]
        if not body.placed and self.thinking_open and self.thinking.placed:
            body, (x, y) = self.thinking, self._thinking_at
        if not body.placed:
            return QRectF(x, y + 3, 0, self.style.px(16))
        last = body.placed[-1]
        box = last.item.caret(last.item.length) if isinstance(last.item, TextItem) else QRectF()
        if box.isNull():
            box = last.item.caret(last.item.length)
        return box.translated(x + last.x, y + last.y)

    def zones(self, *, actions: bool) -> Iterator[tuple[Zone, BlockItem | None]]:
        """Places that react to the mouse, with the block they belong to."""
        if self.has_thinking():
            yield Zone("thinking", self.thinking_header), None
        for zone in self._actions:
            if actions or zone.payload.endswith("_version"):
                yield zone, None
        for _, item, x, y in self.blocks():
            for zone in item.zones():
                yield Zone(zone.kind, zone.rect.translated(x, y), zone.payload, zone.tip), item
