"""Tokens as chips, in the order of the text: as many as there are, painted where they can be seen."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.models.inspection_subject import visible
from app.panels.tokens.flow import PADDING, Flow
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import color, focus_ring, rounded_box, text_font
from engine.inspection.tokens import TokenRow

LINE = 24
CHIP = 20
MARGIN = 4
HUES = ("accent", "info", "ok", "warn", "error")
"""In turn, so that neighbours differ."""


class ChipsView(QAbstractScrollArea):
    """Arrow keys move from token to token; hovering tells id and bytes."""

    token_chosen = Signal(int)
    """The place of a token in the text."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[TokenRow] = ()
        self._texts: list[str] = []
        self._flow = Flow((), (), 1, len)
        self._chosen = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Document)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._lay_out)

    def set_rows(self, rows: Sequence[TokenRow]) -> None:
        """Another text."""
        self._rows = rows
        self._texts = [visible(row.piece) or "∅" for row in rows]
        self._chosen = -1
        self.setAccessibleDescription("")
        self._lay_out()

    @property
    def chosen(self) -> int:
        """The place of the chosen token, -1 for none."""
        return self._chosen

    def choose(self, index: int) -> None:
        """Mark a token and scroll to it; outside of the text: none."""
        index = index if 0 <= index < len(self._rows) else -1
        if index == self._chosen:
            return
        self._chosen = index
        if index >= 0:
            self._reveal(index)
            self.setAccessibleDescription(self.describe(index))
        self.viewport().update()

    def describe(self, index: int) -> str:
        """One token in words."""
        row = self._rows[index]
        text = self.tr("“{text}” · id {id} · bytes {bytes}").format(
            text=visible(row.piece), id=row.id, bytes=row.piece.hex(" ")
        )
        special = self.tr("special token")
        return f"{text} · {special}" if row.special else text

    # events

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if index is None else self.describe(index), self)
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._rows) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        lines = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if last < 0:
            super().keyPressEvent(event)
        elif key in steps:
            self._pick(max(0, min(last, self._chosen + steps[key])))
        elif key in lines:
            self._pick(self._above(lines[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._pick(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(self._theme.tokens, "s", mono=True))
        top = self.verticalScrollBar().value() - MARGIN
        first = max(0, top // LINE)
        for number in range(first, min(len(self._flow.lines), (top + self.viewport().height()) // LINE + 1)):
            self._paint_line(painter, number, number * LINE - top)
        if has_keyboard_focus(self):
            tokens = self._theme.tokens
            focus_ring(painter, QRectF(self.viewport().rect()), tokens.radius_tag, tokens)
        painter.end()

    def _paint_line(self, painter: QPainter, number: int, top: int) -> None:
        tokens = self._theme.tokens
        line = self._flow.lines[number]
        for place, index in enumerate(range(line.first, line.end)):
            box = QRectF(MARGIN + line.lefts[place], top + (LINE - CHIP) / 2, line.widths[place], CHIP)
            fill, border, ink = self.chip_colors(index)
            rounded_box(painter, box, tokens.radius_tag, fill, border)
            if index == self._chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(color(tokens, "fg"), 1.5))
                painter.drawRoundedRect(
                    box.adjusted(0.75, 0.75, -0.75, -0.75), tokens.radius_tag, tokens.radius_tag
                )
            painter.setPen(ink)
            painter.drawText(
                box.adjusted(PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._texts[index]
            )

    def chip_colors(self, index: int) -> tuple[QColor, QColor | None, QColor]:
        """Fill, border and text of a chip."""
        tokens = self._theme.tokens
        if self._rows[index].special:
            return color(tokens, "bg4"), color(tokens, "accent"), color(tokens, "accent_text")
        fill = color(tokens, HUES[index % len(HUES)], 0.24 if tokens.dark else 0.16)
        return fill, None, color(tokens, "fg")

    # geometry

    def _lay_out(self) -> None:
        metrics = QFontMetricsF(text_font(self._theme.tokens, "s", mono=True))
        advance = metrics.horizontalAdvance("x")

        @lru_cache(maxsize=4096)
        def wide(text: str) -> int:
            return round(metrics.horizontalAdvance(text)) + 1

        def measure(text: str) -> int:
            return round(advance * len(text)) + 1 if text.isascii() else wide(text)

        breaks = [b"\n" in row.piece for row in self._rows]
        width = self.viewport().width() - 2 * MARGIN
        self._flow = Flow(self._texts, breaks, width, measure)
        bar, shown = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, len(self._flow.lines) * LINE + 2 * MARGIN - shown))
        bar.setPageStep(max(1, shown))
        bar.setSingleStep(LINE)
        self.viewport().update()

    def _at(self, point: QPointF) -> int | None:
        line = int(point.y() + self.verticalScrollBar().value() - MARGIN) // LINE
        return self._flow.at(line, point.x() - MARGIN)

    def _above(self, lines: int) -> int:
        """The token over or under the chosen one."""
        if self._chosen < 0:
            return 0
        number = self._flow.line_of(self._chosen)
        line = self._flow.lines[number]
        x = line.lefts[self._chosen - line.first] + 1
        target = number + lines
        return self._flow.near(target, x) if 0 <= target < len(self._flow.lines) else self._chosen

    def _pick(self, index: int) -> None:
        if index != self._chosen:
            self.choose(index)
            self.token_chosen.emit(index)

    def _reveal(self, index: int) -> None:
        bar = self.verticalScrollBar()
        top = self._flow.line_of(index) * LINE
        if top < bar.value():
            bar.setValue(top)
        elif top + LINE + 2 * MARGIN > bar.value() + self.viewport().height():
            bar.setValue(top + LINE + 2 * MARGIN - self.viewport().height())

    def place_of(self, index: int) -> QPoint:
        """The middle of a token in the viewport."""
        number = self._flow.line_of(index)
        line = self._flow.lines[number]
        place = index - line.first
        x = MARGIN + line.lefts[place] + line.widths[place] // 2
        return QPoint(x, MARGIN + number * LINE + LINE // 2 - self.verticalScrollBar().value())
