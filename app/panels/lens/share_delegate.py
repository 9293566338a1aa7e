"""Draws a candidate with its probability as a bar behind the text."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.panels.lens.table_model import PIECE_ROLE, SETTLED_ROLE, SHARE_ROLE
from app.theme.theme import Theme
from app.widgets.painting import color, rounded_box, text_font

PERCENT_ROOM = 36


class ShareDelegate(QStyledItemDelegate):
    """For `LensTableModel`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = self._theme.tokens
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(box, color(tokens, "bg5"))
        share = index.data(SHARE_ROLE)
        settled = bool(index.data(SETTLED_ROLE))
        if isinstance(share, float):
            bar = box.adjusted(2, 2, -2, -2)
            bar.setWidth(max(3.0, bar.width() * share))
            rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent_soft"))
        if settled:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1.5, box.width(), 2), color(tokens, "ok"))
        role = "fg" if selected or (isinstance(share, float) and share >= 0.1) else "fg2"
        self._write(painter, box.adjusted(6, 0, -6, 0), index, role)
        painter.restore()

    def _write(
        self, painter: QPainter, room: QRectF, index: QModelIndex | QPersistentModelIndex, role: str
    ) -> None:
        """Candidates left and their share right, numbers right."""
        tokens = self._theme.tokens
        middle = Qt.AlignmentFlag.AlignVCenter
        text = str(index.data(PIECE_ROLE) or index.data(Qt.ItemDataRole.DisplayRole) or "")
        share = index.data(SHARE_ROLE)
        painter.setPen(color(tokens, role))
        if not isinstance(share, float):
            painter.setFont(text_font(tokens, "xs", tabular=True))
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, text)
            return
        font = text_font(tokens, "xs", mono=True)
        painter.setFont(font)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width() - PERCENT_ROOM)
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg2"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, f"{share * 100:.1f}")
