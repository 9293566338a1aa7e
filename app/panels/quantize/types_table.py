"""The table of types: a row is ticked with a click on its box, or with the space bar."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from app.panels.quantize.types_model import BITS, NAME, REMARK, SHARE, SIZE, TypesModel
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.data_table import DataDelegate, DataTable
from app.widgets.painting import color, rounded_box

_BOX = 14
_BOX_ROOM = 30


class _TypeDelegate(DataDelegate):
    """A box before the name."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, ())
        self.setParent(parent)
        self._shades = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.column() != NAME:
            super().paint(painter, option, index)
            return
        self._paint_ground(painter, option)
        shifted = QStyleOptionViewItem(option)
        shifted.rect = option.rect.adjusted(_BOX_ROOM - 8, 0, 0, 0)
        super().paint(painter, shifted, index)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self._paint_box(painter, QRectF(option.rect), ticked)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What the shifted cell leaves out."""
        tokens = self._shades.tokens
        box = QRectF(option.rect)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(box, color(tokens, "bg5" if selected else "bg4"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), color(tokens, "line"))

    def _paint_box(self, painter: QPainter, row: QRectF, ticked: bool) -> None:
        tokens = self._shades.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(row.left() + 8, row.center().y() - _BOX / 2, _BOX, _BOX)
        fill, edge = ("accent_fill", "accent_fill") if ticked else ("bg2", "fg3")
        rounded_box(painter, box, tokens.radius_tag, color(tokens, fill), color(tokens, edge))
        if ticked:
            draw_icon(painter, "check", box.adjusted(2, 2, -2, -2), color(tokens, "on_accent"))
        painter.restore()


class TypesTable(DataTable):
    """`marked` is told whenever another row is current."""

    marked = Signal(str)

    def __init__(self, model: TypesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            model,
            self.tr("Types to quantize to"),
            theme,
            {NAME: 124, BITS: 92, SIZE: 108, SHARE: 100, REMARK: 200},
            stretch=REMARK,
            parent=parent,
        )
        self._types = model
        self.setItemDelegate(_TypeDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentRowChanged.connect(self._mark)

    def mark(self, name: str) -> None:
        """Put the mark on a type."""
        self.setCurrentIndex(self._types.index(self._types.number_of(name), NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._types.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if (
            index.isValid()
            and index.column() == NAME
            and event.button() == Qt.MouseButton.LeftButton
            and event.position().x() < self.columnViewportPosition(NAME) + _BOX_ROOM
        ):
            self._types.toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._types.toggle(index.row())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.viewport().update()

    def _mark(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.marked.emit(self._types.row(current.row()).type.name)
