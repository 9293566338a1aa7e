"""The text, each token on the colour of its divergence. Only what can be seen is painted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.panels.compare import heat
from app.panels.compare.text_flow import TextFlow, shown
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import color, focus_ring, text_font

LINE = 24
MARGIN = 12
UNSCORED = -1
_SLICE = 1500
"""Tokens that are placed at a time: some milliseconds."""


class TokenTextView(QAbstractScrollArea):
    """Arrow keys move from token to token; the pointer tells what it is over."""

    token_chosen = Signal(int)
    """Number of a token of the text, by the user only."""
    token_hovered = Signal(int)
    """-1 when the pointer has left."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: list[str] = []
        self._levels: Sequence[int] = ()
        self._flips: frozenset[int] = frozenset()
        self._chosen = self._hovered = -1
        self._widths: dict[str, float] = {}
        self._flow = TextFlow((), 1, len)
        self._placing = QTimer(self, interval=0)
        self._placing.timeout.connect(self._place_more)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Document)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._on_theme)

    def set_text(self, texts: Sequence[str]) -> None:
        """Another text, without colours yet."""
        self._texts = list(texts)
        self._levels, self._flips = (), frozenset()
        self._chosen = self._hovered = -1
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def set_colors(self, levels: Sequence[int], flips: frozenset[int]) -> None:
        """For each token its level 0 to 255, `UNSCORED` for none; `flips` are underlined."""
        self._levels, self._flips = levels, flips
        self.viewport().update()

    @property
    def chosen(self) -> int:
        """The chosen token, -1 for none."""
        return self._chosen

    def choose(self, token: int) -> None:
        """Mark a token and bring it into view; does not emit."""
        if not 0 <= token < len(self._texts):
            return
        self._chosen = token
        self._flow.reach(token)
        self._fit_bar()
        self._reveal(token)
        self.viewport().update()

    # events

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        self._hover(-1 if found is None else found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._texts) - 1
        if last < 0:
            super().keyPressEvent(event)
            return
        page = max(1, self.viewport().height() // LINE - 1)
        lines = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if key == Qt.Key.Key_Left else 1
            self._pick(max(0, min(last, self._chosen + step)))
        elif key in lines:
            self._pick(self._above(lines[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._pick(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()
        self._fit_bar()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self._font())
        top = self.verticalScrollBar().value() - MARGIN
        first = max(0, top // LINE)
        last = min(len(self._flow.lines), (top + self.viewport().height()) // LINE + 1)
        for number in range(first, last):
            self._paint_line(painter, number, number * LINE - top)
        if has_keyboard_focus(self):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tokens = self._theme.tokens
            focus_ring(painter, QRectF(self.viewport().rect()), tokens.radius_tag, tokens)
        painter.end()

    # painting

    def _paint_line(self, painter: QPainter, number: int, top: int) -> None:
        tokens = self._theme.tokens
        fills, inks = heat.fills(tokens), heat.inks(tokens)
        line = self._flow.lines[number]
        baseline = top + (LINE + painter.fontMetrics().ascent() - painter.fontMetrics().descent()) / 2
        for place, token in enumerate(range(line.first, line.end)):
            left, right = line.lefts[place] + MARGIN, line.lefts[place + 1] + MARGIN
            level = self._levels[token] if token < len(self._levels) else UNSCORED
            box = QRectF(left, top + 2, right - left, LINE - 4)
            if level > 0:
                painter.fillRect(box, fills[level])
            ink = color(tokens, "fg3") if level < 0 else color(tokens, "fg") if level == 0 else inks[level]
            painter.setPen(ink)
            painter.drawText(QPointF(left, baseline), shown(self._texts[token]))
            if token in self._flips:
                painter.fillRect(QRectF(left + 1, top + LINE - 4, max(right - left - 2, 2), 2), ink)
            if token in (self._chosen, self._hovered):
                self._paint_frame(painter, box, token == self._chosen)

    def _paint_frame(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        tokens = self._theme.tokens
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = box.adjusted(-1.5, -0.5, 1.5, 0.5)
        painter.setPen(QPen(color(tokens, "bg2"), 4 if chosen else 3))
        painter.drawRect(frame)
        painter.setPen(QPen(color(tokens, "accent" if chosen else "fg3"), 2 if chosen else 1))
        painter.drawRect(frame)

    # layout

    def _font(self) -> QFont:
        return text_font(self._theme.tokens, "l")

    def _lay_out(self) -> None:
        """Begin anew; the token on top stays there."""
        bar = self.verticalScrollBar()
        kept = self._chosen if self._chosen >= 0 else self._first_shown()
        metrics = QFontMetricsF(self._font())
        widths = self._widths

        def measure(text: str) -> float:
            wide = widths.get(text)
            if wide is None:
                wide = widths[text] = metrics.horizontalAdvance(shown(text))
            return wide

        self._flow = TextFlow(self._texts, self.viewport().width() - 2 * MARGIN, measure)
        self._flow.advance(_SLICE)
        if kept > 0 and bar.value() > 0:
            self._flow.reach(kept)
            self._fit_bar()
            self._reveal(kept)
        self._fit_bar()
        if not self._flow.complete:
            self._placing.start()
        self.viewport().update()

    def _first_shown(self) -> int:
        line = (self.verticalScrollBar().value() - MARGIN) // LINE
        return self._flow.lines[line].first if 0 <= line < len(self._flow.lines) else 0

    def _place_more(self) -> None:
        if self._flow.advance(_SLICE):
            self._placing.stop()
        self._fit_bar()
        self.viewport().update()

    def _fit_bar(self) -> None:
        """What is not placed yet is estimated, so that the bar does not jump."""
        lines = len(self._flow.lines)
        if not self._flow.complete and self._flow.done:
            lines = round(lines * len(self._texts) / self._flow.done)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, lines * LINE + 2 * MARGIN - room))
        bar.setPageStep(max(1, room))
        bar.setSingleStep(LINE)

    def _reveal(self, token: int) -> None:
        """Scroll only where it cannot be seen; then to the middle."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = self._flow.line_of(token) * LINE
        if top < bar.value() or top + LINE + 2 * MARGIN > bar.value() + room:
            bar.setValue(max(0, top - room // 2))

    def _at(self, point: QPointF) -> int | None:
        line = int(point.y() + self.verticalScrollBar().value() - MARGIN) // LINE
        return self._flow.at(line, point.x() - MARGIN)

    def _above(self, lines: int) -> int:
        if self._chosen < 0:
            return 0
        number = self._flow.line_of(self._chosen)
        line = self._flow.lines[number]
        x = line.lefts[self._chosen - line.first] + 1
        target = max(0, number + lines)
        while target >= len(self._flow.lines) and not self._flow.complete:
            self._flow.advance(_SLICE)
        return self._flow.near(target, x)

    def _pick(self, token: int) -> None:
        if token != self._chosen:
            self.choose(token)
            self.token_chosen.emit(token)

    def _hover(self, token: int) -> None:
        if token != self._hovered:
            self._hovered = token
            self.viewport().update()
            self.token_hovered.emit(token)

    def _on_theme(self) -> None:
        self._widths.clear()
        self._lay_out()
