"""A list of things that were made before: a name, and a line about it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.theme.icons import draw_icon, icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font
from app.widgets.text_label import TextLabel

_KEY = Qt.ItemDataRole.UserRole
_NOTE = Qt.ItemDataRole.UserRole + 1
ROW = 42
USUAL_HEIGHT, LEAST_HEIGHT = 230, 110
"""Of the part of a column that holds such a list with its heading."""
_CROSS = 26
"""Width of the place at a row's end that removes it."""


class StoredRow(NamedTuple):
    """`key` is what is told when it is chosen."""

    key: str
    title: str
    note: str
    tip: str = ""


def short_date(milliseconds: int) -> str:
    """Of a time since 1970, as people here write it."""
    when = QDateTime.fromMSecsSinceEpoch(milliseconds)
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


class StoredList(QStackedWidget):
    """Says so when it is empty. A click or Enter chooses; the cross at the end, Delete or the menu ask for
    removal.
    """

    chosen = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list: _Rows = _Rows()
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_TwoLines(theme, self.list))
        none = TextLabel(self.tr("None yet."), theme, role="fg3")
        none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.addWidget(none)
        self.addWidget(self.list)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.remove_asked.connect(lambda item: self.remove_requested.emit(item.data(_KEY)))

    def set_rows(self, rows: Sequence[StoredRow]) -> None:
        """What is marked stays marked."""
        kept = self._marked()
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(_KEY, row.key)
            item.setData(_NOTE, row.note)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.note}")
            item.setToolTip(row.tip)
            self.list.addItem(item)
        self.mark(kept)
        self.setCurrentIndex(1 if rows else 0)

    def mark(self, key: str) -> None:
        """Show which one is open; does not emit."""
        for number in range(self.list.count()):
            if self.list.item(number).data(_KEY) == key:
                self.list.setCurrentRow(number)

    def count(self) -> int:
        return self.list.count()

    def choose(self, number: int) -> None:
        """As if it had been clicked."""
        self._choose(self.list.item(number))

    def _marked(self) -> str:
        row = self.list.currentRow()
        return str(self.list.item(row).data(_KEY)) if row >= 0 else ""

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_KEY))


class _Rows(QListWidget):
    """Asks for removal."""

    remove_asked = Signal(QListWidgetItem)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)

    def cross_of(self, row: QRect) -> QRect:
        """Where the cross of a row is."""
        return QRect(row.right() - _CROSS - 4, row.top(), _CROSS, row.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.remove_asked.emit(self.currentItem())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on_cross(event.position().toPoint()) is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        item = self._on_cross(event.position().toPoint())
        if item is None:
            super().mouseReleaseEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.remove_asked.emit(item)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # By the keyboard: of the marked row.
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove = menu.addAction(icon("trash-2"), self.tr("Remove"))
        remove.triggered.connect(lambda _checked: self.remove_asked.emit(item))
        menu.popup(event.globalPos())

    def _on_cross(self, point: QPoint) -> QListWidgetItem | None:
        item = self.itemAt(point)
        if item is None or not self.cross_of(self.visualItemRect(item)).contains(point):
            return None
        return item


class _TwoLines(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(parent.update)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = self._theme.tokens
        box = QRectF(option.rect).adjusted(0, 1, -4, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        view = self.parent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg5" if selected else "bg4"))
        lines = (
            (str(index.data(Qt.ItemDataRole.DisplayRole)), text_font(tokens, "s", MEDIUM), "fg", 3),
            (str(index.data(_NOTE)), text_font(tokens, "xs"), "fg2" if selected else "fg3", 20),
        )
        room = 0.0
        if (hovered or selected) and isinstance(view, _Rows):
            room = _CROSS - 8.0
            middle = QRectF(view.cross_of(option.rect)).center()
            icon = QRectF(middle.x() - 6, middle.y() - 6, 12, 12)
            draw_icon(painter, "x", icon, color(tokens, "fg2"))
        for text, font, role, top in lines:
            painter.setFont(font)
            painter.setPen(color(tokens, role))
            place = QRectF(box.left() + 8, box.top() + top, box.width() - 16 - room, 17)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        if (
            isinstance(view, QListWidget)
            and view.hasFocus()
            and bool(option.state & QStyle.StateFlag.State_HasFocus)
        ):
            focus_ring(painter, box, tokens.radius_control, tokens)
        painter.restore()
