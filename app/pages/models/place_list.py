"""The list at the left of the models page: places, kinds and tags, each with how many models it has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon, icon
from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font

ROW_HEIGHT = 30
HEADING_HEIGHT = 28
PLACE_ROLE = Qt.ItemDataRole.UserRole
_REMOVE = 22
Index = QModelIndex | QPersistentModelIndex


class PlaceRow(NamedTuple):
    """`key`: what is filtered by (“place:ollama”, “group:lora”, “tag:good”, "" for all). A heading has none.

    `folder`: one of the user's own folders, which can be taken off the list.
    """

    key: str | None
    text: str
    icon: str = ""
    models: int = 0
    folder: str = ""
    warn: bool = False


class PlacesModel(QAbstractListModel):
    """Rows as they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PlaceRow] = ()

    def set_rows(self, rows: Sequence[PlaceRow]) -> None:
        """Counts change in place; a reset only where the rows are others."""
        same = [row.key for row in rows] == [row.key for row in self._rows]
        if same:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def place(self, number: int) -> PlaceRow | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, key: str) -> int:
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.place(index.row())
        if row is None or row.key is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == PLACE_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.folder or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.text if row.key is None else f"{row.text}, {whole(row.models)}"
        return None


class PlaceList(QListView):
    """One place is always chosen."""

    chosen = Signal(str)
    """The key."""
    removal_requested = Signal(str)
    """A folder: do not look there any more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = PlacesModel(self)
        self._key = ""
        self.setModel(self.places)
        self.setObjectName("placeList")
        self.setItemDelegate(PlaceDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Places and filters"))
        self.setStyleSheet(
            "#placeList { background: transparent; }"
            "#placeList::item:hover, #placeList::item:selected { background: transparent; }"
        )
        self.places.modelReset.connect(self._mark_again)
        self.selectionModel().currentChanged.connect(lambda current, _before: self._choose(current))
        theme.changed.connect(self.viewport().update)

    def key(self) -> str:
        return self._key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.places.place(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and place is not None and place.folder:
            self.removal_requested.emit(place.folder)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        place = self.places.place(index.row())
        if place is not None and place.folder and self.over_cross(index.row(), event.position().toPoint()):
            self.removal_requested.emit(place.folder)
            return
        super().mouseReleaseEvent(event)

    def over_cross(self, number: int, point: QPoint) -> bool:
        """Whether a point is on the cross of a row that has one."""
        rect = self.visualRect(self.places.index(number))
        return rect.contains(point) and point.x() > rect.right() - _REMOVE

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.places.place(self.currentIndex().row())
        if place is None or not place.folder:
            return
        menu = QMenu(self)
        text = self.tr("Stop looking in this folder")
        menu.addAction(icon("x"), text, lambda: self.removal_requested.emit(place.folder))
        menu.popup(event.globalPos())

    def _choose(self, index: QModelIndex) -> None:
        place = self.places.place(index.row())
        if place is not None and place.key is not None and place.key != self._key:
            self._key = place.key
            self.chosen.emit(place.key)

    def _mark_again(self) -> None:
        number = self.places.number_of(self._key)
        if number < 0:
            number = self.places.number_of("")
        if number >= 0:
            self.setCurrentIndex(self.places.index(number))


class PlaceDelegate(QStyledItemDelegate):
    """Icon, name, and the count at the right; under the pointer a cross on the user's own folders."""

    def __init__(self, theme: Theme, view: PlaceList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        place: PlaceRow = index.data(PLACE_ROLE)
        return QSize(160, HEADING_HEIGHT if place.key is None else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        place: PlaceRow = index.data(PLACE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if place.key is None:
            painter.setFont(text_font(tokens, "xs", MEDIUM))
            painter.setPen(color(tokens, "fg3"))
            room = box.adjusted(8, 6, -8, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, place.text)
        else:
            self._paint_place(painter, option, box, place, index)
        painter.restore()

    def _paint_place(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, place: PlaceRow, index: Index
    ) -> None:
        tokens = self._theme.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        inner = box.adjusted(0, 1, 0, -1)
        if selected or hot:
            rounded_box(painter, inner, tokens.radius_control, color(tokens, "bg5" if selected else "bg4"))
        if selected and has_keyboard_focus(self._view):
            focus_ring(painter, inner, tokens.radius_control, tokens)
        ink = "warn" if place.warn and place.models else "fg2" if selected else "fg3"
        icon = QRectF(box.left() + 8, box.center().y() - 7, 14, 14)
        draw_icon(painter, place.icon, icon, color(tokens, ink))
        small = text_font(tokens, "xs", tabular=True)
        count = whole(place.models)
        width = QFontMetricsF(small).horizontalAdvance(count)
        right = box.right() - 8
        at = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        if place.folder and hot:
            cross = QRectF(right - 12, box.center().y() - 6, 12, 12)
            over = self._view.over_cross(index.row(), at)
            draw_icon(painter, "x", cross, color(tokens, "fg" if over else "fg3"))
            width = 12
        else:
            painter.setFont(small)
            painter.setPen(color(tokens, "fg2" if selected else "fg3"))
            room = QRectF(right - width - 2, box.top(), width + 2, box.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        font = text_font(tokens, "s", MEDIUM if selected else text_font(tokens, "s").weight())
        painter.setFont(font)
        painter.setPen(color(tokens, "fg" if selected or place.models else "fg3"))
        room = QRectF(box.left() + 30, box.top(), right - width - 8 - box.left() - 30, box.height())
        shown = QFontMetricsF(font).elidedText(place.text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
