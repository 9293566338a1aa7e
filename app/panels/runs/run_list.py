"""The runs at the left: name, how each stands, what it came to. Several can be chosen, to compare them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.runs import RunView
from app.panels.runs.words import about, facts_line, status_role
from app.theme.focus import has_keyboard_focus
from app.theme.fonts import lines_up
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font

Index = QModelIndex | QPersistentModelIndex
VIEW_ROLE = Qt.ItemDataRole.UserRole
_ROW = 48


class RunsModel(QAbstractListModel):
    """Runs in the order given; the same ones are changed in place, so that the choice stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views: Sequence[RunView] = ()

    def set_views(self, views: Sequence[RunView]) -> None:
        if [one.id for one in views] == [one.id for one in self._views]:
            self._views = views
            if views:
                self.dataChanged.emit(self.index(0), self.index(len(views) - 1))
            return
        self.beginResetModel()
        self._views = views
        self.endResetModel()

    def at(self, row: int) -> RunView | None:
        return self._views[row] if 0 <= row < len(self._views) else None

    def row_of(self, run_id: str) -> int:
        return next((row for row, one in enumerate(self._views) if one.id == run_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        view = self.at(index.row())
        if view is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return view.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{view.name}\n{about(view)}\n{view.id}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{view.name}, {facts_line(view)}"
        return view if role == VIEW_ROLE else None


class RunList(QListView):
    """Ctrl and Shift choose several; Delete removes."""

    chosen = Signal(tuple)
    """Ids of the chosen runs, the current one first; by the user only."""
    removal_requested = Signal(str)
    repeat_requested = Signal(str)
    """Begin another run with the settings of this one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunsModel(self)
        self.setModel(self.runs)
        self.setObjectName("runList")
        self.setItemDelegate(RunDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Runs"))
        self.setStyleSheet(
            "#runList, #runList:focus { background: transparent; border: 0; }"
            "#runList::item:hover, #runList::item:selected { background: transparent; }"
        )
        self.viewport().setAutoFillBackground(False)
        self._quiet = False
        self.selectionModel().selectionChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def chosen_ids(self) -> tuple[str, ...]:
        """The current one first, then as in the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        current = self.currentIndex().row()
        rows.sort(key=lambda row: (row != current, row))
        views = [self.runs.at(row) for row in rows]
        return tuple(view.id for view in views if view is not None)

    def show_runs(self, views: Sequence[RunView], chosen: Sequence[str]) -> None:
        """The list with what is chosen, without emitting."""
        self._quiet = True
        self.runs.set_views(views)
        rows = [row for row in map(self.runs.row_of, chosen) if row >= 0]
        selection = QItemSelection()
        for row in rows:
            selection.select(self.runs.index(row), self.runs.index(row))
        model = self.selectionModel()
        if tuple(chosen) != self.chosen_ids():
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            current = self.runs.index(rows[0]) if rows else QModelIndex()
            model.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._quiet = False
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self.runs.at(self.currentIndex().row())
        if view is not None and event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit(view.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        view = self.runs.at(index.row())
        if view is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        run_id = view.id
        menu.addAction(icon("repeat"), self.tr("New run with these settings")).triggered.connect(
            lambda: self.repeat_requested.emit(run_id)
        )
        menu.addSeparator()
        remove = menu.addAction(icon("trash-2"), self.tr("Remove"))
        remove.setEnabled(not view.is_live)
        remove.triggered.connect(lambda: self.removal_requested.emit(run_id))
        point = self.visualRect(index).center() if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(QPoint(point)))

    def _tell(self) -> None:
        if not self._quiet:
            self.chosen.emit(self.chosen_ids())


class RunDelegate(QStyledItemDelegate):
    """Two lines on a plate, with a dot for how it stands and a bar for how far it is."""

    def __init__(self, theme: Theme, view: RunList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = index.data(VIEW_ROLE)
        if not isinstance(view, RunView):
            return
        tokens = self._theme.tokens
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            rounded_box(painter, box, tokens.radius_card, color(tokens, "bg5"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded_box(painter, box, tokens.radius_card, color(tokens, "bg4"))
        if index.row() == self._view.currentIndex().row() and has_keyboard_focus(self._view):
            focus_ring(painter, box, tokens.radius_card, tokens)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens, status_role(view.status)))
        painter.drawEllipse(QPointF(box.left() + 14, box.top() + 15), 3, 3)
        room = box.adjusted(26, 6, -10, -6)
        self._line(painter, room, view.name, "fg", top=True)
        self._line(painter, room, facts_line(view), "fg2" if chosen else "fg3", top=False)
        if view.status in ("running", "paused"):
            track = QRectF(room.left(), box.bottom() - 3, room.width(), 2)
            painter.fillRect(track, color(tokens, "track"))
            track.setWidth(track.width() * view.fraction)
            painter.fillRect(track, color(tokens, "accent"))
        painter.restore()

    def _line(self, painter: QPainter, room: QRectF, text: str, role: str, *, top: bool) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "m", MEDIUM) if top else text_font(tokens, "xs", tabular=lines_up(text))
        painter.setFont(font)
        painter.setPen(color(tokens, role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, shown)
