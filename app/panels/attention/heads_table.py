"""All heads as a table that sorts by what they do."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.panels.attention.heads_header import HeadsHeader
from app.panels.attention.heads_model import BAR_ROLE, COLUMNS, SORT_ROLE, HeadsModel
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, rounded_box, text_font

_ROW = 22


class BarDelegate(QStyledItemDelegate):
    """A number over a bar that says how large it is among the others."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = self._theme.tokens
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        painter.save()
        if chosen:
            painter.fillRect(box, color(tokens, "bg5"))
        share = index.data(BAR_ROLE)
        if isinstance(share, float) and share > 0:
            width = max(2.0, (box.width() - 8) * share)
            bar = QRectF(box.right() - 4 - width, box.top() + 3, width, box.height() - 6)
            rounded_box(painter, bar, 3, color(tokens, "accent", 0.28))
        painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
        painter.setPen(color(tokens, "fg" if chosen or index.column() == 0 else "fg2"))
        side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
        painter.drawText(
            box.adjusted(8, 0, -8, 0), side | Qt.AlignmentFlag.AlignVCenter, str(index.data() or "")
        )
        painter.restore()


class HeadsTable(QTableView):
    """Click a heading to sort; a row chooses its head."""

    chosen = Signal(int, int)
    """Layer and head, by the user."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self.heads = HeadsModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.heads)
        self._sorted.setSortRole(SORT_ROLE)
        self.setItemDelegate(BarDelegate(theme, self))
        self.setAccessibleName(self.tr("Heads by what they do"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self._header = HeadsHeader(theme, self)
        self._header.sectionClicked.connect(self.sort_by)
        self.setHorizontalHeader(self._header)
        self._restyle()
        self.setModel(self._sorted)  # last: every change of the header would measure all titles again
        self.sort_by(COLUMNS.index("induction"))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme.changed.connect(self._restyle)

    def sort_by(self, column: int) -> None:
        """The largest first, layers in their order; the other way round the second time."""
        ascending = Qt.SortOrder.AscendingOrder
        before = self._sorted.sortOrder() if self._sorted.sortColumn() == column else None
        down = (before is None and column > 0) or before == ascending
        self._sorted.sort(column, Qt.SortOrder.DescendingOrder if down else ascending)
        self._header.show_sorted(column, descending=down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Left and Ctrl+Right sort by the column beside, for those without a mouse."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            column = self._sorted.sortColumn() + steps[Qt.Key(event.key())]
            self.sort_by(column % len(COLUMNS))
            return
        super().keyPressEvent(event)

    def choose(self, layer: int, head: int) -> None:
        """Mark a head without telling anyone."""
        row = self.heads.row_of(layer, head)
        if row < 0:
            return
        self._quiet = True
        index = self._sorted.mapFromSource(self.heads.index(row, 0))
        self.selectRow(index.row())
        self._quiet = False

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(*self.heads.head_at(self._sorted.mapToSource(current).row()))

    def _restyle(self) -> None:
        self.setStyleSheet("QTableView{background:transparent;border:0;}QHeaderView{background:transparent;}")
