"""What all drawings of the card share: a painter, the theme's colours, and the places that tell something."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.theme.fonts import lines_up
from app.theme.tokens import Tokens
from app.widgets.painting import MEDIUM, NORMAL, SEMIBOLD, TextSize, color, rounded_box, text_font

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter
__all__ = ["CENTRE", "LEFT", "MEDIUM", "MIDDLE", "NORMAL", "RIGHT", "SEMIBOLD", "Pen"]


@dataclass
class Pen:
    """Draws with the theme's colours; `hints` collects rectangles with what to say about them."""

    painter: QPainter
    tokens: Tokens
    hints: list[tuple[QRectF, str]] = field(default_factory=list)

    def text(
        self,
        place: QRectF,
        text: str,
        role: str = "fg2",
        size: TextSize = "s",
        weight: QFont.Weight = NORMAL,
        align: Qt.AlignmentFlag = LEFT,
        *,
        mono: bool = False,
    ) -> None:
        """One line, shortened to its place."""
        font = text_font(self.tokens, size, weight, tabular=lines_up(text), mono=mono)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
        self.painter.setFont(font)
        self.painter.setPen(color(self.tokens, role))
        self.painter.drawText(place, MIDDLE | align, shown)

    def width_of(self, text: str, size: TextSize = "s", weight: QFont.Weight = NORMAL) -> float:
        font = text_font(self.tokens, size, weight, tabular=lines_up(text))
        return QFontMetricsF(font).horizontalAdvance(text)

    def box(self, place: QRectF, role: str, border: str = "", radius: float | None = None) -> None:
        """A filled box, with a hairline where a border's role is given."""
        edge = color(self.tokens, border) if border else None
        chosen = self.tokens.radius_control if radius is None else radius
        rounded_box(self.painter, place, chosen, color(self.tokens, role), edge)

    def line(self, points: list[QPointF], role: str = "fg3", width: float = 1.25) -> None:
        self.painter.setPen(QPen(color(self.tokens, role), width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(QPolygonF(points))

    def arrow(self, start: QPointF, end: QPointF, role: str = "fg3") -> None:
        """A vertical line with a head at its end."""
        self.line([start, end], role)
        way = 4.0 if end.y() < start.y() else -4.0
        head = QPolygonF([end, QPointF(end.x() - 3.5, end.y() + way), QPointF(end.x() + 3.5, end.y() + way)])
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(color(self.tokens, role))
        self.painter.drawPolygon(head)

    def hint(self, place: QRectF, text: str) -> None:
        """What a pointer over this place is told."""
        self.hints.append((place, text))
