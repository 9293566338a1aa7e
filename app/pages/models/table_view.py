"""The table of models, as it looks and as it is used."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QHoverEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.models.library_rows import LibraryRow
from app.models.model_sources import ICONS
from app.pages.models.table_model import LibraryTableModel, reason
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, rounded_box, text_font
from app.widgets.stretched import StretchedColumn

ROW_HEIGHT = 32
_NAME = 0
_PAD = 8
_LEAST_NAME = 220
_INDENT = 18
_FIT_ROLES = {"fits": "ok", "tight": "warn", "too_large": "error"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class LibraryTable(QTableView):
    """Arrows mark, Enter and double click open, a click on a heading sorts."""

    current_changed = Signal()
    """Another row, or the same one with new contents."""
    opened = Signal(object)
    """`LibraryRow`."""
    menu_requested = Signal(object, object)
    """`LibraryRow` and a global point."""
    delete_pressed = Signal()

    def __init__(self, model: LibraryTableModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = model
        self._key = ""
        self.hot_row = -1
        self._told = QTimer(self, interval=0, singleShot=True)
        self._told.timeout.connect(self.current_changed)
        self.setModel(model)
        self.setObjectName("libraryTable")
        self.setItemDelegate(LibraryDelegate(model, theme, self))
        self.setAccessibleName(self.tr("Models"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("#libraryTable::item { border: none; }")
        self._set_up_headers()
        self.selectionModel().currentChanged.connect(lambda *_indexes: self._note_current())
        self.selectionModel().selectionChanged.connect(lambda *_ranges: self._told.start())
        model.modelReset.connect(self._mark_again)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    def current_row(self) -> LibraryRow | None:
        return self._library.row(self.currentIndex().row())

    def selected(self) -> list[LibraryRow]:
        """In the order of the table."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for number in numbers if (row := self._library.row(number)) is not None]

    def mark(self, key: str) -> None:
        """Put the mark on a row; on the first one where it is not shown."""
        self._key = key
        number = self._library.number_of(key)
        count = self._library.rowCount()
        if number < 0 and count:
            number = 0
        if number >= 0:
            self.setCurrentIndex(self._library.index(number, _NAME))
            self.selectRow(number)
        else:
            self._told.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.current_row()
        if row is not None:
            self.menu_requested.emit(row, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hot(-1)
        elif isinstance(event, QHoverEvent):
            self._set_hot(self.rowAt(round(event.position().y())))
        return super().viewportEvent(event)

    def _set_hot(self, number: int) -> None:
        """The row under the pointer, all of it."""
        if number == self.hot_row:
            return
        for row in (self.hot_row, number):
            if row >= 0:
                top = self.rowViewportPosition(row)
                self.viewport().update(0, top, self.viewport().width(), ROW_HEIGHT)
        self.hot_row = number

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setSectionsMovable(True)
        header.setFixedHeight(30)
        for number, column in enumerate(self._library.columns):
            self.setColumnWidth(number, column.width)
            self.setColumnHidden(number, column.hidden)
        StretchedColumn(header, _NAME, _LEAST_NAME)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.setToolTip(self.tr("Click to sort; the right button chooses the columns"))
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _choose_columns(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._library.columns):
            if number != _NAME:
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(number))
                action.toggled.connect(lambda shown, number=number: self.setColumnHidden(number, not shown))
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def _note_current(self) -> None:
        row = self.current_row()
        if row is not None:
            self._key = row.key

    def _mark_again(self) -> None:
        """After new rows: the same model stays marked, and where it was on the screen."""
        number = self._library.number_of(self._key)
        if number >= 0:
            top = self.verticalScrollBar().value()
            self.setCurrentIndex(self._library.index(number, _NAME))
            self.selectRow(number)
            self.verticalScrollBar().setValue(top)
        self._told.start()

    def _open(self, index: Index) -> None:
        row = self._library.row(index.row())
        if row is not None:
            self.opened.emit(row)


class LibraryDelegate(QStyledItemDelegate):
    """One line a model: icon, name and tags, then figures; what does not fit into memory is red."""

    def __init__(self, model: LibraryTableModel, theme: Theme, view: LibraryTable) -> None:
        super().__init__(view)
        self._model = model
        self._theme = theme
        self._view = view
        self._fonts: dict[str, tuple[QFont, QFontMetricsF]] = {}
        theme.changed.connect(self._fonts.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        number = index.row()
        row = self._model.row(number)
        if row is None:
            return
        tokens = self._theme.tokens
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or number == self._view.hot_row:
            painter.fillRect(box, color(tokens, "bg5" if selected else "bg4"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), color(tokens, "line"))
        if index.column() == _NAME:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_name(painter, box, row, selected=selected)
            painter.restore()
        else:
            self._paint_cell(painter, box, row, index.column(), selected=selected)

    def _paint_name(self, painter: QPainter, box: QRectF, row: LibraryRow, *, selected: bool) -> None:
        tokens = self._theme.tokens
        current = self._model.is_current(row)
        left = box.left() + _PAD + (_INDENT if self._model.is_child(row) else 0)
        icon, role = _icon_of(row)
        place = QRectF(left, box.center().y() - 7.5, 15, 15)
        draw_icon(painter, icon, place, color(tokens, "accent_text" if current else role))
        left += 24
        right = box.right() - 8
        if current:
            mark = QRectF(right - 14, box.center().y() - 7, 14, 14)
            draw_icon(painter, "check", mark, color(tokens, "accent_text"))
            right -= 20
        font, metrics = self._font("name" if not current else "current")
        width = metrics.horizontalAdvance(row.name)
        right = self._paint_tags(painter, box, self._model.tags(row), left + min(width, 160) + 8, right)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg"))
        room = QRectF(left, box.top(), right - left, box.height())
        shown = row.name
        if width > room.width():
            shown = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, max(room.width(), 20))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if row.entry is not None and row.entry.problem is not None and room.width() - width > 60:
            room.setLeft(left + width + 8)
            font, metrics = self._font("cell")
            painter.setFont(font)
            painter.setPen(color(tokens, "fg2" if selected else "fg3"))
            shown = metrics.elidedText(reason(row), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_tags(
        self, painter: QPainter, box: QRectF, tags: tuple[str, ...], least: float, right: float
    ) -> float:
        """From the right, as many as there is room for; where the room for the name ends."""
        tokens = self._theme.tokens
        font, metrics = self._font("tag")
        for tag in reversed(tags):
            width = metrics.horizontalAdvance(tag) + 12
            if right - width < least:
                break
            badge = QRectF(right - width, box.center().y() - 8, width, 16)
            rounded_box(painter, badge, tokens.radius_tag, color(tokens, "accent_soft"))
            painter.setFont(font)
            painter.setPen(color(tokens, "accent_text"))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, tag)
            right -= width + 4
        return right

    def _paint_cell(
        self, painter: QPainter, box: QRectF, row: LibraryRow, number: int, *, selected: bool
    ) -> None:
        text = self._model.texts(row)[number]
        if not text:
            return
        tokens = self._theme.tokens
        column = self._model.columns[number]
        room = box.adjusted(_PAD, 0, -_PAD, 0)
        ink = "fg" if selected else "fg2"
        if column.key == "fit":
            role = _FIT_ROLES[self._model.fit_state(row.entry)]
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(tokens, role))
            painter.drawEllipse(QRectF(room.left(), room.center().y() - 3, 6, 6))
            painter.restore()
            room.setLeft(room.left() + 12)
            ink = ink if role == "ok" else role
        font, metrics = self._font("number" if column.number else "cell")
        painter.setFont(font)
        painter.setPen(color(tokens, ink))
        if metrics.horizontalAdvance(text) > room.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, _RIGHT if column.number else _LEFT, text)

    def _font(self, use: str) -> tuple[QFont, QFontMetricsF]:
        if use not in self._fonts:
            tokens = self._theme.tokens
            fonts = {
                "name": text_font(tokens, "m"),
                "current": text_font(tokens, "m", MEDIUM),
                "tag": text_font(tokens, "xs", MEDIUM),
                "cell": text_font(tokens, "s"),
                "number": text_font(tokens, "s", tabular=True),
            }
            self._fonts.update({name: (font, QFontMetricsF(font)) for name, font in fonts.items()})
        return self._fonts[use]


def _icon_of(row: LibraryRow) -> tuple[str, str]:
    """Icon and colour role."""
    entry = row.entry
    if entry is None:
        return ICONS["endpoint"], "fg3"
    if entry.problem is not None:
        return "triangle-alert", "warn"
    if entry.format == "lora":
        return "layers", "fg3"
    return ("box" if entry.format == "gguf" else "folder"), "fg3"
