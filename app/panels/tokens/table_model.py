"""The tokens of a text as a table."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.inspection_subject import visible
from app.widgets.numbers import whole
from engine.inspection.tokens import TokenRow

Index = QModelIndex | QPersistentModelIndex
MONO_ROLE = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    """In the order shown."""

    PLACE = 0
    ID = 1
    TEXT = 2
    BYTES = 3
    KIND = 4


NUMBERS = (Column.PLACE, Column.ID)


class TokensTableModel(QAbstractTableModel):
    """One row a token."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[TokenRow] = ()

    def set_rows(self, rows: Sequence[TokenRow]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.PLACE: "#",
            Column.ID: self.tr("Id"),
            Column.TEXT: self.tr("Token"),
            Column.BYTES: self.tr("Bytes"),
            Column.KIND: self.tr("Kind"),
        }[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def _text(self, row: TokenRow, column: Column) -> str:
        match column:
            case Column.PLACE:
                return whole(row.position)
            case Column.ID:
                return str(row.id)
            case Column.TEXT:
                return visible(row.piece)
            case Column.BYTES:
                return row.piece.hex(" ")
            case Column.KIND:
                return self.tr("special") if row.special else ""


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
