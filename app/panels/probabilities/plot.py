"""Surprise over the reply, one bar a token (or the loudest of those that share a pixel column)."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.models.reply_tokens import LOUDEST, ReplyTokens, loudness
from app.panels.probabilities.colors import surprise_ink
from app.panels.probabilities.words import token_sentence
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import color, focus_ring, text_font

HEIGHT = 44
WIDEST_BAR = 9.0


class SurprisePlot(QWidget):
    """Click or drag to choose a token; Left and Right step."""

    chosen = Signal(int)
    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reply: ReplyTokens | None = None
        self._index = -1
        self.setAccessibleName(self.tr("Surprise over the reply"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        theme.changed.connect(self.update)

    def set_reply(self, reply: ReplyTokens | None) -> None:
        self._reply = reply
        self.update()

    def set_index(self, index: int) -> None:
        self._index = index
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def _step(self) -> float:
        """Pixels a token."""
        count = len(self._reply) if self._reply is not None else 0
        return min(WIDEST_BAR, self.width() / max(1, count))

    def _at(self, x: float) -> int:
        count = len(self._reply) if self._reply is not None else 0
        number = int(x / self._step()) if count else -1
        return number if 0 <= number < count else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and (number := self._at(event.position().x())) >= 0:
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._reply is not None:
            x = self.mapFromGlobal(self.cursor().pos()).x()
            number = self._at(x)
            text = token_sentence(self._reply[number], number, len(self._reply)) if number >= 0 else ""
            QToolTip.showText(self.cursor().pos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor = self.height() - 1.0
        painter.setPen(QPen(color(tokens, "line"), 1))
        for nats in (LOUDEST / 2, LOUDEST):
            y = round(floor - (floor - 8) * nats / LOUDEST) + 0.5
            painter.drawLine(0, int(y), self.width(), int(y))
        painter.setPen(color(tokens, "fg3"))
        painter.setFont(text_font(tokens, "xs", tabular=True))
        if self._reply is not None and len(self._reply):
            self._paint_bars(painter, floor)
        painter.setPen(QPen(color(tokens, "line2"), 1))
        painter.drawLine(0, int(floor), self.width(), int(floor))
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), tokens.radius_control, tokens)
        painter.end()

    def _paint_bars(self, painter: QPainter, floor: float) -> None:
        reply, tokens, step = self._reply, self._theme.tokens, self._step()
        if reply is None:
            return
        columns: dict[int, float] = {}
        for number, token in enumerate(reply.tokens):
            column = int(number * step) if step < 1 else number
            columns[column] = max(columns.get(column, 0.0), token.surprise)
        width = max(1.0, step - (1.0 if step > 3 else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        for column, surprise in columns.items():
            x = column if step < 1 else column * step
            tall = max(1.5, (floor - 8) * loudness(surprise))
            painter.setBrush(surprise_ink(tokens, surprise))
            painter.drawRect(QRectF(x, floor - tall, width, tall))
        if 0 <= self._index < len(reply):
            x = self._index * step
            painter.setBrush(color(tokens, "accent", 0.28))
            painter.drawRect(QRectF(x - 0.5, 0, max(2.0, width + 1), floor))
            painter.setBrush(color(tokens, "accent"))
            painter.drawRect(QRectF(x - 0.5, 0, max(2.0, width + 1), 2))
