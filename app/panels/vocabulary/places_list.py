"""Where the marked token stands in the chat: one line a place, with the text around it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.panels.vocabulary.occurrences import Occurrence
from app.theme.theme import Theme
from app.widgets.painting import color, rounded_box, text_font

ROW = 26
PLACE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class PlacesModel(QAbstractListModel):
    """`PLACE_ROLE` gives the `Occurrence`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: Sequence[Occurrence] = ()

    def set_places(self, places: Sequence[Occurrence]) -> None:
        self.beginResetModel()
        self._places = places
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = self._places[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one_line(place.before) + one_line(place.piece) + one_line(place.after)
        return place if role == PLACE_ROLE else None


class PlacesList(QListView):
    """Enter or a click asks to see the message."""

    opened = Signal(object)
    """`Occurrence`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = PlacesModel(self)
        self.setModel(self.places)
        self.setItemDelegate(_PlaceDelegate(theme, self))
        self.setAccessibleName(self.tr("Places in this chat"))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE)
        if place is not None:
            self.opened.emit(place)


class _PlaceDelegate(QStyledItemDelegate):
    """The token in the middle of its line, in a box."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = index.data(PLACE_ROLE)
        if not isinstance(place, Occurrence):
            return
        tokens = self._theme.tokens
        box = QRectF(option.rect)
        painter.save()
        painter.setClipRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, color(tokens, "bg4"))
        font = text_font(tokens, "s", mono=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        piece = one_line(place.piece)
        wide = min(metrics.horizontalAdvance(piece) + 8, box.width() * 0.6)
        left = box.left() + (box.width() - wide) * 0.4
        chip = QRectF(left, box.top() + 3, wide, box.height() - 6)
        rounded_box(painter, chip, tokens.radius_tag, color(tokens, "accent_soft"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(color(tokens, "accent_text"))
        painter.drawText(chip.adjusted(4, 0, 0, 0), middle, piece)
        painter.setPen(color(tokens, "fg2"))
        before = QRectF(box.left(), box.top(), left - box.left() - 3, box.height())
        painter.drawText(before, middle | Qt.AlignmentFlag.AlignRight, one_line(place.before))
        after = QRectF(chip.right() + 3, box.top(), box.right() - chip.right(), box.height())
        painter.drawText(after, middle, one_line(place.after))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)


def one_line(data: bytes) -> str:
    """Bytes around a token as text; blanks stay blanks, so that it reads like the chat."""
    return data.decode("utf-8", "replace").replace("\n", "⏎").replace("\t", " ")
