"""A thin stacked bar: shares of a whole, each in a colour role."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.theme import Theme
from app.widgets.painting import color

_GAP = 1.5


class Meter(QWidget):
    """`set_parts([(share, role), …])`, shares from 0 to 1; what is left stays track."""

    def __init__(self, name: str, theme: Theme, *, height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[tuple[float, str], ...] = ()
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_parts(self, parts: Sequence[tuple[float, str]]) -> None:
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setClipPath(outline)
        painter.fillRect(box, color(tokens, "track"))
        left = 0.0
        for share, role in self._parts:
            width = max(0.0, min(share, 1.0)) * box.width()
            if width <= 0:
                continue
            painter.fillRect(QRectF(left, 0, max(width - _GAP, 1.0), box.height()), color(tokens, role))
            left += width
        painter.end()
