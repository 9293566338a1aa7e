"""Heads and what they do, as rows to sort."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.widgets.numbers import share

AnyIndex = QModelIndex | QPersistentModelIndex
SHARES = ("first", "previous", "current", "induction")
COLUMNS = ("head", "entropy", "distance", *SHARES)
SORT_ROLE = Qt.ItemDataRole.UserRole
BAR_ROLE = Qt.ItemDataRole.UserRole + 1


class HeadRow(NamedTuple):
    """One head. `values` in the order of `COLUMNS` after the first; None where no row could say anything."""

    layer: int
    head: int
    values: tuple[float | None, ...]


class HeadsModel(QAbstractTableModel):
    """`BAR_ROLE` is the value's share of the largest in its column, for a bar behind the number."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[HeadRow] = []
        self._largest: list[float] = []

    def set_rows(self, rows: Sequence[HeadRow]) -> None:
        """Update in place while the heads are the same ones, so that the view keeps its place."""
        largest = [
            max((row.values[index] or 0.0 for row in rows), default=0.0) for index in range(len(COLUMNS) - 1)
        ]
        for index, column in enumerate(COLUMNS[1:]):
            if column in SHARES:
                largest[index] = max(largest[index], 0.05)
        same = [row[:2] for row in rows] == [row[:2] for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._largest = list(rows), largest
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def head_at(self, row: int) -> tuple[int, int]:
        """Layer and head."""
        return self._rows[row].layer, self._rows[row].head

    def row_of(self, layer: int, head: int) -> int:
        """-1 where it is not listed."""
        return next((i for i, row in enumerate(self._rows) if (row.layer, row.head) == (layer, head)), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _told(COLUMNS[column], row.values[column - 1]) if column else f"{row.layer} · {row.head}"
        if role == SORT_ROLE:
            return _sortable(row.values[column - 1]) if column else row.layer * 4096 + row.head
        if role == BAR_ROLE and column:
            value, largest = row.values[column - 1], self._largest[column - 1]
            return 0.0 if not value or largest <= 0 else min(1.0, value / largest)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return column_help(COLUMNS[section])
        return None


def column_title(column: str) -> str:
    translate = QCoreApplication.translate
    return {
        "head": translate("Heads", "Head"),
        "entropy": translate("Heads", "Entropy"),
        "distance": translate("Heads", "Distance"),
        "first": translate("Heads", "First"),
        "previous": translate("Heads", "Previous"),
        "current": translate("Heads", "Itself"),
        "induction": translate("Heads", "Induction"),
    }[column]


def column_help(column: str) -> str:
    translate = QCoreApplication.translate
    return {
        "head": translate("Heads", "Layer and head, both counted from 0."),
        "entropy": translate(
            "Heads", "How widely the head spreads its attention, in bits. 0: one token gets all."
        ),
        "distance": translate("Heads", "How far back it reads on average, in tokens."),
        "first": translate(
            "Heads", "Attention that goes to the first token: where heads rest that have nothing to do."
        ),
        "previous": translate("Heads", "Attention that goes to the token just before."),
        "current": translate("Heads", "Attention that stays with the token itself."),
        "induction": translate(
            "Heads",
            "Attention to what came after an earlier occurrence of the same token: it continues patterns.",
        ),
    }[column]


def _sortable(value: float | None) -> float:
    """Heads of which nothing is known come last."""
    return -1.0 if value is None else value


def _told(column: str, value: float | None) -> str:
    if value is None:
        return "–"
    return share(value) if column in SHARES else f"{value:.2f}"
