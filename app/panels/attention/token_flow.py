"""The text in tokens, shaded by what the chosen one reads."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
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

from app.theme.colormaps import ink_on, shade
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import share
from app.widgets.painting import color, focus_ring, rounded_box, text_font

_LINE = 21
_PAD = 3.0
_GAP = 1.0
_WIDEST = 180.0


class _Place(NamedTuple):
    left: float
    line: int
    width: float


class TokenFlow(QAbstractScrollArea):
    """Tokens one after the other in lines. A click chooses one; left and right go from one to the next."""

    chosen = Signal(int)
    """Position, by the user."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key: object = None
        self._labels: list[str] = []
        self._places: list[_Place] = []
        self._weights: Sequence[float] = ()
        self._chosen = -1
        self._gamma = 0.5
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Document)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("The text in tokens"))
        self.verticalScrollBar().setSingleStep(_LINE)
        theme.changed.connect(self._lay_out_again)

    def show_text(self, key: object, length: int, label: Callable[[int], str]) -> None:
        """A text of `length` tokens. While the key stays the same, only what is new is asked for."""
        known = len(self._labels)
        if key == self._key and length == known:
            return
        if key != self._key or length < known:
            self._key, self._labels, self._places, known = key, [], [], 0
        self._labels += [label(position) for position in range(known, length)]
        self._lay_out(known)
        self._bound()
        self.viewport().update()

    def set_weights(self, weights: Sequence[float], chosen: int, gamma: float) -> None:
        """What the chosen token reads, by position."""
        moved = chosen != self._chosen
        self._weights, self._chosen, self._gamma = weights, chosen, gamma
        if moved:
            self._reveal(chosen)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(240, 4 * _LINE)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_again()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._at(event.position())
        if position >= 0:
            self.chosen.emit(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._labels:
            super().keyPressEvent(event)
            return
        self.chosen.emit(max(0, min(len(self._labels) - 1, self._chosen + step)))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self._at(QPointF(event.pos()))
            if position >= 0:
                QToolTip.showText(event.globalPos(), self._told(position), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens, "xs", mono=True))
        top = self.verticalScrollBar().value()
        first, last = top // _LINE, (top + self.viewport().height()) // _LINE + 1
        for position, place in enumerate(self._places):
            if first <= place.line <= last:
                self._paint_token(painter, position, place, top)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.viewport().rect()), tokens.radius_control, tokens)
        painter.end()

    # inside

    def _paint_token(self, painter: QPainter, position: int, place: _Place, top: int) -> None:
        tokens = self._theme.tokens
        box = QRectF(place.left, place.line * _LINE - top + 1, place.width, _LINE - 3)
        weight = self._weights[position] if position < len(self._weights) else 0.0
        strength = min(1.0, max(0.0, float(weight))) ** self._gamma
        after = position > self._chosen >= 0
        if position == self._chosen:
            rounded_box(painter, box, 3, color(tokens, "accent_soft"))
            painter.setPen(QPen(color(tokens, "accent"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            ink = color(tokens, "accent_text")
        elif strength > 0.06:
            rounded_box(painter, box, 3, shade(tokens, strength))
            ink = ink_on(tokens, strength)
        else:
            ink = color(tokens, "fg3" if after else "fg2")
        painter.setPen(ink)
        metrics = painter.fontMetrics()
        label = self._labels[position]
        if place.width >= _WIDEST:
            label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, int(place.width - 2 * _PAD))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _lay_out_again(self) -> None:
        self._places = []
        self._lay_out(0)
        self._bound()
        self.viewport().update()

    def _lay_out(self, start: int) -> None:
        """Places from `start` on."""
        metrics = QFontMetricsF(text_font(self._theme.tokens, "xs", mono=True))
        room = max(60.0, self.viewport().width() - 4.0)
        previous = self._places[-1] if self._places else None
        left = previous.left + previous.width + _GAP if previous else 0.0
        line = previous.line if previous else 0
        if start and self._labels[start - 1].endswith("⏎"):
            left, line = 0.0, line + 1
        for label in self._labels[start:]:
            width = min(_WIDEST, metrics.horizontalAdvance(label) + 2 * _PAD)
            if left + width > room and left > 0:
                left, line = 0.0, line + 1
            self._places.append(_Place(left, line, width))
            left += width + _GAP
            if label.endswith("⏎"):
                left, line = 0.0, line + 1

    def _bound(self) -> None:
        lines = self._places[-1].line + 1 if self._places else 0
        self.verticalScrollBar().setRange(0, max(0, lines * _LINE - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())

    def _reveal(self, position: int) -> None:
        if not 0 <= position < len(self._places):
            return
        top = self._places[position].line * _LINE
        bar = self.verticalScrollBar()
        if top < bar.value() or top + _LINE > bar.value() + self.viewport().height():
            bar.setValue(top - self.viewport().height() // 2)

    def _at(self, place: QPointF) -> int:
        line = int((place.y() + self.verticalScrollBar().value()) // _LINE)
        for position, each in enumerate(self._places):
            if each.line == line and each.left <= place.x() <= each.left + each.width:
                return position
        return -1

    def _told(self, position: int) -> str:
        text = self.tr("Token {number}: “{text}”").format(number=position, text=self._labels[position])
        if position < len(self._weights) and position != self._chosen:
            told = share(float(self._weights[position]))
            return "{}\n{}".format(text, self.tr("gets {share} of the attention").format(share=told))
        return text
