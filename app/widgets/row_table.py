"""A table model for rows of one kind: each column says how it writes a row."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.widgets.data_table import BAR_ROLE, FAINT_ROLE

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")


class TableColumn(NamedTuple, Generic[R]):
    """How a row is written in one column. `share`: a bar behind the text, 0 to 1, None for no bar."""

    title: str
    write: Callable[[R], str]
    number: bool = False
    share: Callable[[R], float | None] | None = None
    tip: str = ""


class RowTable(QAbstractTableModel, Generic[R]):
    """Rows of one kind under the given columns. `is_faint`: which rows count for less."""

    def __init__(
        self,
        columns: Sequence[TableColumn[R]],
        parent: QObject | None = None,
        *,
        is_faint: Callable[[R], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._is_faint = is_faint
        self._rows: Sequence[R] = ()

    def set_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_columns(self, columns: Sequence[TableColumn[R]]) -> None:
        """Write the rows in another way."""
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()

    def row(self, number: int) -> R:
        return self._rows[number]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._columns[section].tip or None
        return self._columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.write(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return None if column.number else column.write(row)
        if role == FAINT_ROLE:
            return self._is_faint is not None and self._is_faint(row)
        return column.share(row) if role == BAR_ROLE and column.share is not None else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._columns[column].number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
