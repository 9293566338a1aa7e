"""The headings of the table of heads: right above their numbers, with a small mark at the sorted one."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, text_font

_HEIGHT = 26
_SIDE = 8
_MARK = 3.5


class HeadsHeader(QHeaderView):
    """Only shows; the table sorts when a section is clicked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._sorted = -1
        self._descending = True
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(40)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self.viewport().update)

    def show_sorted(self, section: int, *, descending: bool) -> None:
        self._sorted, self._descending = section, descending
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        tokens = self._theme.tokens
        box = QRectF(rect)
        chosen = logicalIndex == self._sorted
        painter.save()
        painter.setFont(text_font(tokens, "xs", MEDIUM))
        painter.setPen(color(tokens, "fg" if chosen else "fg3"))
        side = Qt.AlignmentFlag.AlignRight if logicalIndex else Qt.AlignmentFlag.AlignLeft
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.drawText(
            box.adjusted(0 if logicalIndex else _SIDE, 0, -_SIDE, 0),
            side | Qt.AlignmentFlag.AlignVCenter,
            title,
        )
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), color(tokens, "line"))
        if chosen:
            self._paint_mark(painter, box)
        painter.restore()

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        """A triangle on the line below the heading, where it covers no letter."""
        middle = box.right() - _SIDE - _MARK if self._sorted else box.left() + _SIDE + _MARK
        base = box.bottom() - (_MARK + 2 if self._descending else 2)
        tip = base + (_MARK if self._descending else -_MARK)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._theme.tokens, "accent"))
        painter.drawPolygon(
            QPolygonF([QPointF(middle - _MARK, base), QPointF(middle + _MARK, base), QPointF(middle, tip)])
        )
