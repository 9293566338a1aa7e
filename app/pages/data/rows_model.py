"""Rows as a table of which only what is looked at is ever read."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.bridge.background import Background
from app.pages.data.opened import CHECK_KINDS, OpenData
from app.pages.data.words import check_word
from app.widgets.data_table import FAINT_ROLE
from app.widgets.numbers import whole
from engine.datasets.checks import BITS, LEFT_OUT
from engine.datasets.mapping import ColumnMapping
from engine.datasets.preview import preview

Index = QModelIndex | QPersistentModelIndex
PAGE = 64
KEPT_PAGES = 60
NUMBER_COLUMN = 0
MOST_RAW_COLUMNS = 6


class RowTexts(NamedTuple):
    """A row in its columns, without number and findings."""

    texts: tuple[str, ...]
    broken: bool = False


class RowsModel(QAbstractTableModel):
    """The rows whose numbers `set_rows` gives. Pages are read in the background and come in later."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._data: OpenData | None = None
        self._numbers: NDArray[np.int64] = np.empty(0, np.int64)
        self._titles: list[str] = []
        self._pages: OrderedDict[int, list[RowTexts]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0

    def set_data(self, data: OpenData | None) -> None:
        """Another data set, or more that is known of it; the rows follow."""
        before = self._data
        self._data = data
        if before is not None and data is not None and _same_rows(before, data):
            if self._numbers.size:
                corner = self.index(len(self._numbers) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), corner)
            return
        self.beginResetModel()
        self._titles = self._titles_of(data)
        self._numbers = np.empty(0, np.int64)
        self._forget()
        self.endResetModel()

    def set_rows(self, numbers: NDArray[np.int64]) -> None:
        self.beginResetModel()
        self._numbers = numbers
        self._forget()
        self.endResetModel()

    def number(self, place: int) -> int:
        """The row of the file that stands at a place of the table, -1 for none."""
        return int(self._numbers[place]) if 0 <= place < len(self._numbers) else -1

    def place(self, number: int) -> int:
        """Where a row of the file stands in the table, -1 where it does not."""
        place = int(np.searchsorted(self._numbers, number))
        return place if self.number(place) == number else -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index | None = None) -> int:
        if (parent is not None and parent.isValid()) or self._data is None:
            return 0
        return len(self._titles) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return [self.tr("Row"), *self._titles, self.tr("Found")][section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._data is None or not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(self._data, index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(self._data, index.row(), index.column()) or None
        if role == FAINT_ROLE:
            return bool(self._flags(self._data, index.row()) & LEFT_OUT)
        return None

    def _text(self, data: OpenData, place: int, column: int) -> str:
        if column == NUMBER_COLUMN:
            return whole(self.number(place) + 1)
        if column == self.columnCount() - 1:
            flags = self._flags(data, place)
            return ", ".join(check_word(kind) for kind in CHECK_KINDS if flags & BITS[kind])
        texts = self._row(data, place)
        return texts.texts[column - 1] if texts is not None else "…"

    def _flags(self, data: OpenData, place: int) -> int:
        return int(data.checked.flags[self.number(place)]) if data.checked is not None else 0

    def _row(self, data: OpenData, place: int) -> RowTexts | None:
        page = place // PAGE
        found = self._pages.get(page)
        if found is not None:
            self._pages.move_to_end(page)
            return found[place - page * PAGE]
        if page not in self._asked:
            self._asked.add(page)
            turn, numbers = self._turn, self._numbers[page * PAGE : (page + 1) * PAGE].tolist()
            self._background.run(
                lambda: _read(data, numbers),
                lambda rows: self._take(turn, page, rows),
                lambda _error: self._take(turn, page, [RowTexts(("",) * len(self._titles))] * len(numbers)),
            )
        return None

    def _take(self, turn: int, page: int, rows: list[RowTexts]) -> None:
        if turn != self._turn:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(len(self._numbers), (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 1), self.index(last, self.columnCount() - 1))

    def _forget(self) -> None:
        self._turn += 1
        self._pages.clear()
        self._asked.clear()

    def _titles_of(self, data: OpenData | None) -> list[str]:
        if data is None:
            return []
        if data.mapping is None:
            return list(data.index.summary.columns[:MOST_RAW_COLUMNS])
        match data.mapping.format:
            case "text":
                return [self.tr("Text")]
            case "preference":
                return [self.tr("Prompt"), self.tr("Chosen"), self.tr("Rejected")]
            case "kto":
                return [self.tr("Prompt"), self.tr("Answer"), self.tr("Label")]
            case _:
                return [self.tr("Prompt"), self.tr("Answer"), self.tr("Messages")]


def _read(data: OpenData, numbers: Sequence[int]) -> list[RowTexts]:
    """On a background thread."""
    if data.mapping is None:
        columns = data.index.summary.columns[:MOST_RAW_COLUMNS]
        rows = (data.index.row(number) for number in numbers)
        return [RowTexts(tuple(_short(row.get(column)) for column in columns)) for row in rows]
    return [_texts(data.index.row(number), data.mapping) for number in numbers]


def _texts(row: dict[str, Any], mapping: ColumnMapping) -> RowTexts:
    shown = preview(row, mapping)
    if mapping.format == "text":
        return RowTexts((shown.problem or shown.answer,), bool(shown.problem))
    if shown.problem:
        return RowTexts((shown.problem, "", ""), True)
    if mapping.format in ("preference", "kto"):
        return RowTexts((shown.prompt, shown.answer, shown.other))
    return RowTexts((shown.prompt, shown.answer, str(shown.messages)))


def _short(value: object) -> str:
    return " ".join(("" if value is None else str(value))[:600].split())[:300]


def _same_rows(before: OpenData, after: OpenData) -> bool:
    return before.index is after.index and before.mapping == after.mapping


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == NUMBER_COLUMN else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
