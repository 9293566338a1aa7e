"""One column of the map in full: every layer with its best candidates."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.inspection_subject import visible
from app.panels.lens.grid import LayerGuess, LensGrid
from app.widgets.numbers import decimal

Index = QModelIndex | QPersistentModelIndex
SHARE_ROLE = Qt.ItemDataRole.UserRole
"""Probability of the cell's candidate, 0 to 1; None for other cells."""
SETTLED_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether the final answer stands first here for the first time."""

PIECE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The candidate's token alone, made visible."""


class Column(IntEnum):
    """Candidates follow after the fixed columns."""

    LAYER = 0
    KL = 1
    ENTROPY = 2
    FIRST = 3


class LensTableModel(QAbstractTableModel):
    """Rows as in the map: the last layer first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: LensGrid | None = None
        self._place = 0
        self._settled = -1
        self._guesses: dict[int, list[LayerGuess]] = {}

    def show_column(self, grid: LensGrid | None, column: int) -> None:
        """Another text, or another token of it."""
        same = grid is self._grid and grid is not None
        if same and column == self._place:
            return
        if not same:
            self.beginResetModel()
        self._grid, self._place = grid, column
        self._guesses = {}
        self._settled = grid.settled_row(column) if grid is not None and grid.columns else -1
        if not same:
            self.endResetModel()
        else:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        if self._grid is None or (parent is not None and parent.isValid()):
            return 0
        return self._grid.rows

    def columnCount(self, parent: Index | None = None) -> int:
        if self._grid is None or (parent is not None and parent.isValid()):
            return 0
        return Column.FIRST + self._grid.top

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section >= Column.FIRST else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return {
                Column.KL: self.tr("How far the layer is from the last one: KL divergence in nats"),
                Column.ENTROPY: self.tr("How undecided the layer is, in bits"),
            }.get(Column(min(section, Column.FIRST)))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = {Column.LAYER: self.tr("Layer"), Column.KL: "KL", Column.ENTROPY: "H"}
        return names.get(Column(min(section, Column.FIRST))) or f"{section - Column.FIRST + 1}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        grid = self._grid
        if grid is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(grid, row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if column >= Column.FIRST else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        if role == SETTLED_ROLE:
            return self._settled == row
        return self._of_candidate(grid, row, column, role) if column >= Column.FIRST else None

    def _of_candidate(self, grid: LensGrid, row: int, column: int, role: int) -> Any:
        guess = self._guess(grid, row, column)
        if role == SHARE_ROLE:
            return guess.p
        if role == PIECE_ROLE:
            return visible(guess.piece)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Token {id}: {bytes}").format(id=guess.id, bytes=guess.piece.hex(" "))
        return None

    def _guess(self, grid: LensGrid, row: int, column: int) -> LayerGuess:
        """A row is asked for many times while it is painted."""
        if row not in self._guesses:
            self._guesses[row] = grid.guesses(row, self._place)
        return self._guesses[row][column - Column.FIRST]

    def _text(self, grid: LensGrid, row: int, column: int) -> str:
        match column:
            case Column.LAYER:
                return str(grid.layers[row])
            case Column.KL:
                return decimal(grid.kl(row, self._place), 2)
            case Column.ENTROPY:
                return decimal(grid.entropy(row, self._place), 2)
            case _:
                guess = self._guess(grid, row, column)
                return f"{visible(guess.piece)}  {decimal(guess.p * 100, 1)} %"
