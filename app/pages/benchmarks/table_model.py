"""Stored benchmark results as a table."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.pages.benchmarks.scenarios import scenario_name
from app.widgets.numbers import UNKNOWN, milliseconds, number_locale, rate, size, whole
from engine.store.records import BenchmarkRecord

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
RECORD_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """In the order shown."""

    MODEL = 0
    SCENARIO = 1
    OUTPUT = 2
    INPUT = 3
    FIRST = 4
    MEMORY = 5
    TOKENS = 6
    DEVICE = 7
    ENGINE = 8
    WHEN = 9


NUMBERS = frozenset((Column.OUTPUT, Column.INPUT, Column.FIRST, Column.MEMORY, Column.TOKENS))


class BenchmarkTableModel(QAbstractTableModel):
    """Sort by `SORT_ROLE`; `RECORD_ROLE` gives the `BenchmarkRecord`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: list[BenchmarkRecord] = []

    def set_records(self, records: Sequence[BenchmarkRecord]) -> None:
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    def records(self) -> list[BenchmarkRecord]:
        return list(self._records)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._records)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._header_tip(column)
        return self.header(column) if role == Qt.ItemDataRole.DisplayRole else None

    def header(self, column: Column) -> str:
        """The column's title."""
        return {
            Column.MODEL: self.tr("Model"),
            Column.SCENARIO: self.tr("Scenario"),
            Column.OUTPUT: self.tr("Output tok/s"),
            Column.INPUT: self.tr("Input tok/s"),
            Column.FIRST: self.tr("First token"),
            Column.MEMORY: self.tr("Memory"),
            Column.TOKENS: self.tr("Tokens in / out"),
            Column.DEVICE: self.tr("Device"),
            Column.ENGINE: self.tr("Engine"),
            Column.WHEN: self.tr("When"),
        }[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell_text(record, column)
            case Qt.ItemDataRole.ToolTipRole:
                return cell_text(record, column) if column not in NUMBERS else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
        if role == SORT_ROLE:
            return sort_key(record, column)
        return record if role == RECORD_ROLE else None

    def _header_tip(self, column: Column) -> str:
        return {
            Column.OUTPUT: self.tr("Tokens written per second after the first one"),
            Column.INPUT: self.tr("Prompt tokens read per second"),
            Column.FIRST: self.tr("Time from the request to the first token"),
            Column.MEMORY: self.tr("The most memory the engine process used"),
        }.get(column, "")


def cell_text(record: BenchmarkRecord, column: Column) -> str:
    """As shown and copied."""
    return _WRITERS[column](record)


def _rate(value: float) -> str:
    return rate(value) if value > 0 else UNKNOWN


def _when(record: BenchmarkRecord) -> str:
    when = QDateTime.fromMSecsSinceEpoch(record.created_ms)
    return number_locale().toString(when, QLocale.FormatType.ShortFormat)


_WRITERS: dict[Column, Callable[[BenchmarkRecord], str]] = {
    Column.MODEL: lambda record: record.model_name,
    Column.SCENARIO: lambda record: scenario_name(record.scenario),
    Column.OUTPUT: lambda record: _rate(record.output_tps),
    Column.INPUT: lambda record: _rate(record.input_tps),
    Column.FIRST: lambda record: milliseconds(record.ttft_ms),
    Column.MEMORY: lambda record: size(record.peak_rss_bytes),
    Column.TOKENS: lambda record: f"{whole(record.prompt_tokens)} / {whole(record.output_tokens)}",
    Column.DEVICE: lambda record: record.device,
    Column.ENGINE: lambda record: record.engine_build,
    Column.WHEN: _when,
}


def sort_key(record: BenchmarkRecord, column: Column) -> str | float:
    """What the column is sorted by."""
    return {
        Column.OUTPUT: record.output_tps,
        Column.INPUT: record.input_tps,
        Column.FIRST: record.ttft_ms,
        Column.MEMORY: float(record.peak_rss_bytes),
        Column.TOKENS: float(record.prompt_tokens + record.output_tokens),
        Column.WHEN: float(record.created_ms),
    }.get(column, cell_text(record, column).casefold())


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
