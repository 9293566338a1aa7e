"""A compact table for many rows of figures and code."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.theme.fonts import lines_up
from app.theme.theme import Theme
from app.widgets.painting import color, rounded_box, text_font
from app.widgets.stretched import StretchedColumn

ROW = 24
LEAST_STRETCHED = 96
"""Logical pixels of the column that stretches; with less the table scrolls sideways."""
BAR_ROLE = Qt.ItemDataRole.UserRole + 90
"""A share from 0 to 1, drawn as a bar behind the text."""
FAINT_ROLE = Qt.ItemDataRole.UserRole + 91
"""Whether the row counts for less than the others."""


class DataTable(QTableView):
    """Rows of one height, so that 250,000 of them cost no more than 25.

    `mono` names columns of code, `stretch` the one that takes the room that is left; None: the last.
    """

    copy_pressed = Signal()

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        theme: Theme,
        widths: Mapping[int, int],
        *,
        mono: Collection[int] = (),
        stretch: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(DataDelegate(theme, mono, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(stretch is None)
        header.setMinimumSectionSize(30)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        if stretch is not None:
            StretchedColumn(header, stretch, LEAST_STRETCHED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
            return
        super().keyPressEvent(event)

    def selected_rows(self) -> list[int]:
        """Numbers of the selected rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())


class DataDelegate(QStyledItemDelegate):
    """Small text, code in the code font, bars where the model has shares."""

    def __init__(self, theme: Theme, mono: Collection[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mono = frozenset(mono)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = self._theme.tokens
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or focused:
            painter.fillRect(box, color(tokens, "bg5" if selected else "bg4"))
        share = index.data(BAR_ROLE)
        if isinstance(share, float):
            bar = box.adjusted(4, 4, -4, -4)
            rounded_box(painter, bar, tokens.radius_tag, color(tokens, "bg4"))
            if share > 0:
                bar.setWidth(max(3.0, bar.width() * min(1.0, share)))
                rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent", 0.4))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), color(tokens, "line"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = text_font(tokens, "s", mono=index.column() in self._mono, tabular=lines_up(text))
        painter.setFont(font)
        faint = bool(index.data(FAINT_ROLE)) and not selected
        painter.setPen(color(tokens, "fg3" if faint else "fg" if selected else "fg2"))
        room = box.adjusted(8, 0, -8, 0)
        # Names of models and tensors differ at their ends.
        end = Qt.TextElideMode.ElideRight if index.column() else Qt.TextElideMode.ElideMiddle
        shown = QFontMetricsF(font).elidedText(text, end, room.width() + 1)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, side, shown)
        painter.restore()
