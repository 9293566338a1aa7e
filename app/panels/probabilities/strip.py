"""The tokens of a reply as a text of chips, shaded by surprise."""

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.models.reply_tokens import ReplyToken, ReplyTokens
from app.panels.probabilities.colors import surprise_color
from app.panels.probabilities.words import token_sentence
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import color, focus_ring, text_font

ROW = 24
CHIP = 20
PAD = 5
GAP = 1
WIDEST = 220


class TokenStrip(QAbstractScrollArea):
    """Left and Right step, Home and End go to the ends, a click chooses."""

    chosen = Signal(int)
    stepped = Signal(int)
    hovered = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reply: ReplyTokens | None = None
        self._boxes: list[QRectF] = []
        self._tops: list[float] = []
        self._rows: list[int] = []
        self._x = 0.0
        self._y = 0.0
        self._index = -1
        self._hover = -1
        self._dimmed = False
        self.setAccessibleName(self.tr("Tokens of the reply"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Document)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(ROW)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._relayout)

    def set_reply(self, reply: ReplyTokens | None) -> None:
        """Show another reply, or another state of it."""
        self._reply = reply
        self._relayout()

    def grow(self) -> None:
        """Tokens were added to the reply."""
        self._lay_out()

    def set_index(self, index: int, *, dimmed: bool) -> None:
        """The token looked at, and whether those after it are faint."""
        self._dimmed = dimmed
        self._index = index
        if self._reply is not None and 0 <= index < len(self._boxes):
            self.setAccessibleDescription(token_sentence(self._reply[index], index, len(self._reply)))
            self._reveal(self._boxes[index])
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(360, 4 * ROW)

    # layout

    def _relayout(self) -> None:
        self._boxes, self._rows, self._tops = [], [], []
        self._x = self._y = 0.0
        self._lay_out()

    def _lay_out(self) -> None:
        """Place the tokens that have no box yet."""
        if self._reply is None:
            self._update_bar()
            return
        metrics = QFontMetrics(text_font(self._theme.tokens, "s", mono=True))
        room = self.viewport().width() - 4
        for number in range(len(self._boxes), len(self._reply)):
            token = self._reply[number]
            width = min(WIDEST, metrics.horizontalAdvance(token.label) + 2 * PAD)
            if self._x and self._x + width > room:
                self._x, self._y = 0.0, self._y + ROW
            if not self._x:
                self._rows.append(number)
                self._tops.append(self._y)
            self._boxes.append(QRectF(self._x, self._y + (ROW - CHIP) / 2, width, CHIP))
            self._x += width + GAP
            if token.text.endswith("\n"):
                self._x, self._y = 0.0, self._y + ROW
        self._update_bar()

    def _update_bar(self) -> None:
        height = self._boxes[-1].bottom() + 4 if self._boxes else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, round(height - self.viewport().height())))
        self.viewport().update()

    def _reveal(self, box: QRectF) -> None:
        """With a row before it and, where there is room, rows after it."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if box.top() < bar.value() + 2 or box.bottom() > bar.value() + height - 2:
            bar.setValue(round(box.top() - min(ROW + 4, max(0.0, height - ROW))))

    def _at(self, point: QPointF) -> int:
        y = point.y() + self.verticalScrollBar().value()
        row = bisect_right(self._tops, y) - 1
        if row < 0:
            return -1
        last = self._rows[row + 1] if row + 1 < len(self._rows) else len(self._boxes)
        place = QPointF(point.x(), y)
        return next((n for n in range(self._rows[row], last) if self._boxes[n].contains(place)), -1)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()
        if 0 <= self._index < len(self._boxes):
            self._reveal(self._boxes[self._index])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number >= 0:
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self._at(event.position()))

    def _set_hover(self, number: int) -> None:
        if number != self._hover:
            self._hover = number
            self.hovered.emit(number)
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(-1)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(QPointF(event.pos()))
            text = ""
            if self._reply is not None and number >= 0:
                text = token_sentence(self._reply[number], number, len(self._reply))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key == Qt.Key.Key_Home:
            self.chosen.emit(0)
        elif key == Qt.Key.Key_End and self._boxes:
            self.chosen.emit(len(self._boxes) - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.setFont(text_font(tokens, "s", mono=True))
        offset = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, offset) - 1)
        begin = self._rows[first] if self._rows else 0
        for number in range(begin, len(self._boxes)):
            box = self._boxes[number].translated(0, -offset)
            if box.top() > self.viewport().height():
                break
            if self._reply is not None and number < len(self._reply):
                self._paint_token(painter, box, self._reply[number], number)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.viewport().rect()), tokens.radius_control, tokens)
        painter.end()

    def _paint_token(self, painter: QPainter, box: QRectF, token: ReplyToken, number: int) -> None:
        tokens = self._theme.tokens
        late = self._dimmed and number > self._index >= 0
        painter.setOpacity(0.32 if late else 1.0)
        shade = surprise_color(tokens, token.surprise)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade if shade is not None else color(tokens, "bg3"))
        painter.drawRoundedRect(box, tokens.radius_tag, tokens.radius_tag)
        if number in (self._index, self._hover):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(tokens, "accent" if number == self._index else "fg3"), 1.5))
            painter.drawRoundedRect(
                box.adjusted(0.75, 0.75, -0.75, -0.75), tokens.radius_tag, tokens.radius_tag
            )
        painter.setPen(color(tokens, "fg" if token.text else "fg2"))
        room = box.adjusted(PAD, 0, -PAD + 2, 0)
        text = painter.fontMetrics().elidedText(
            token.label, Qt.TextElideMode.ElideRight, int(room.width()) + 2
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setOpacity(1.0)
