"""What the lab's plots share: a card around them, a frame with figures at the edges, text under the
pointer.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import SEMIBOLD, color, text_font
from app.widgets.text_label import TextLabel

FOOT = 18
HEAD = 6
CHOICE = 30
"""Logical pixels: the height of a choice above a plot."""


class PlotCard(QFrame):
    """A title, what it is of, controls on the right, and a plot."""

    def __init__(self, title: str, plot: QWidget, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.note = TextLabel("", theme, role="fg3", size="xs", elide=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addStrut(CHOICE)  # plots side by side begin at one height
        self.head.addWidget(TextLabel(title, theme, role="fg", weight=SEMIBOLD))
        self.head.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(plot, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(12)
        column.addLayout(self.foot)

    def add_legend(self, *entries: QWidget) -> None:
        """Under the plot."""
        for entry in entries:
            self.foot.addWidget(entry)
        self.foot.addStretch(1)


class Plot(QWidget):
    """Paints `draw` into the room above a line of figures; `describe` says what is under the pointer."""

    def __init__(self, name: str, theme: Theme, height: int = 148, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self.setAccessibleName(name)
        describe_as(self, QAccessible.Role.Chart)
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def area(self) -> QRectF:
        """Where the curves are."""
        return QRectF(0, HEAD, self.width(), max(1, self.height() - FOOT - HEAD))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        raise NotImplementedError

    def describe(self, _place: QPointF) -> str:
        """ "" for nothing."""
        return ""

    def edge_texts(self) -> tuple[str, str, str]:
        """Figures under the plot: left, middle, right."""
        return "", "", ""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.describe(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.area()
        painter.setPen(QPen(color(tokens, "line2"), 1))
        painter.drawLine(QPointF(0, area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5))
        self.draw(painter, area)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3"))
        foot = QRectF(0, area.bottom() + 2, self.width(), FOOT - 2)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for side, text in zip(sides, self.edge_texts(), strict=True):
            painter.drawText(foot, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def corner_text(self, painter: QPainter, area: QRectF, text: str) -> None:
        """The value at the top of the axis."""
        tokens = self._theme.tokens
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3"))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        behind = QRectF(area.right() - width - 3, area.top() - 3, width + 3, 15)
        painter.fillRect(behind, color(tokens, "bg3", 0.85))
        painter.drawText(QPointF(area.right() - width, area.top() + 9), text)
