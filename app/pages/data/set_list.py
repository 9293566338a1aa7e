"""The data sets at the left: name, rows and format."""

from collections.abc import Sequence
from typing import Any

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
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.pages.data.words import format_word
from app.theme.focus import has_keyboard_focus
from app.theme.fonts import lines_up
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font
from engine.datasets.shelf import DataSet

Index = QModelIndex | QPersistentModelIndex
SET_ROLE = Qt.ItemDataRole.UserRole
FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW = 48


class SetsModel(QAbstractListModel):
    """Data sets in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sets: Sequence[DataSet] = ()

    def set_sets(self, sets: Sequence[DataSet]) -> None:
        """In place where they are the same ones."""
        same = [one.id for one in sets] == [one.id for one in self._sets]
        if same:
            self._sets = sets
            if sets:
                self.dataChanged.emit(self.index(0), self.index(len(sets) - 1))
            return
        self.beginResetModel()
        self._sets = sets
        self.endResetModel()

    def at(self, row: int) -> DataSet | None:
        return self._sets[row] if 0 <= row < len(self._sets) else None

    def row_of(self, set_id: str) -> int:
        return next((row for row, one in enumerate(self._sets) if one.id == set_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._sets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.at(index.row())
        if one is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.name
            case Qt.ItemDataRole.ToolTipRole:
                return one.path
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{one.name}, {self._facts(one)}"
        if role == FACTS_ROLE:
            return self._facts(one)
        return one if role == SET_ROLE else None

    def _facts(self, one: DataSet) -> str:
        parts = []
        if one.versions:
            parts.append(self.tr("%Ln row(s)", "", one.versions[-1].rows))
        if one.mapping is not None:
            parts.append(format_word(one.mapping.format))
        if len(one.versions) > 1:
            parts.append(self.tr("version {number}").format(number=whole(len(one.versions))))
        return " · ".join(parts) or self.tr("not read yet")


class SetList(QListView):
    """Arrows choose; Delete takes a data set off the list."""

    chosen = Signal(str)
    removal_requested = Signal(str)
    reading_requested = Signal(str)
    """Read the file again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sets = SetsModel(self)
        self.setModel(self.sets)
        self.setObjectName("dataSetList")
        self.setItemDelegate(SetDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Data sets"))
        self.setStyleSheet(
            "#dataSetList { background: transparent; }"
            "#dataSetList::item:hover, #dataSetList::item:selected { background: transparent; }"
        )
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def show_sets(self, sets: Sequence[DataSet], chosen: str) -> None:
        """The list with its mark, without emitting."""
        self.selectionModel().blockSignals(True)
        self.sets.set_sets(sets)
        self.setCurrentIndex(self.sets.index(self.sets.row_of(chosen)))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one = self.sets.at(self.currentIndex().row())
        if one is not None and event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit(one.id)
        elif one is not None and event.key() == Qt.Key.Key_F5:
            self.reading_requested.emit(one.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        one = self.sets.at(index.row())
        if one is None:
            return
        point = self.visualRect(index).center() if by_key else event.pos()
        self._menu(one).popup(self.viewport().mapToGlobal(QPoint(point)))

    def _menu(self, one: DataSet) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        again = menu.addAction(icon("refresh-cw"), self.tr("Read again"))
        again.triggered.connect(lambda: self.reading_requested.emit(one.id))
        menu.addSeparator()
        remove = menu.addAction(icon("list-x"), self.tr("Take off the list"))
        remove.triggered.connect(lambda: self.removal_requested.emit(one.id))
        return menu

    def _tell(self, current: QModelIndex) -> None:
        one = self.sets.at(current.row())
        if one is not None:
            self.chosen.emit(one.id)


class SetDelegate(QStyledItemDelegate):
    """Two lines on a plate."""

    def __init__(self, theme: Theme, view: SetList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            rounded_box(painter, box, tokens.radius_card, color(tokens, "bg5"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded_box(painter, box, tokens.radius_card, color(tokens, "bg4"))
        if current and has_keyboard_focus(self._view):
            focus_ring(painter, box, tokens.radius_card, tokens)
        room = box.adjusted(12, 6, -12, -6)
        self._line(painter, room, str(index.data()), "fg", top=True)
        self._line(painter, room, str(index.data(FACTS_ROLE)), "fg2" if current else "fg3", top=False)
        painter.restore()

    def _line(self, painter: QPainter, room: QRectF, text: str, role: str, *, top: bool) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "m", MEDIUM) if top else text_font(tokens, "xs", tabular=lines_up(text))
        painter.setFont(font)
        painter.setPen(color(tokens, role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, shown)
