"""The stored results: sortable table, comparison of what is selected, export, delete."""

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.pages.benchmarks.bar_chart import Bar, BarChart
from app.pages.benchmarks.export import to_csv, to_markdown
from app.pages.benchmarks.scenarios import scenario_name
from app.pages.benchmarks.table_model import RECORD_ROLE, SORT_ROLE, BenchmarkTableModel, Column
from app.theme.theme import Theme
from app.widgets.numbers import milliseconds, rate
from app.widgets.section import SectionHeader
from app.widgets.segmented import SegmentedControl
from app.widgets.stretched import StretchedColumn
from app.widgets.text_button import TextButton
from app.widgets.undo_bar import UndoBar
from engine.store.records import BenchmarkRecord

SHOWN_BARS = 8
LEAST_MODEL = 200
"""Logical pixels of the names of models; with less the table scrolls sideways."""


class ResultsTable(QTableView):
    """Delete removes the selected rows."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
            return
        super().keyPressEvent(event)


class ResultsView(QWidget):
    """Bars compare the selected rows, or the newest ones where none is selected."""

    export_requested = Signal(str, str)
    """Format ("csv" or "markdown") and the text."""
    copy_requested = Signal(str)
    delete_requested = Signal(tuple)
    restore_requested = Signal(tuple)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = BenchmarkTableModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setSortRole(SORT_ROLE)
        self.table = self._make_table()
        self.compare_by = SegmentedControl(
            self.tr("Compare by"),
            (
                ("output", self.tr("Output")),
                ("input", self.tr("Input")),
                ("first", self.tr("First token")),
            ),
            theme,
        )
        self.compare_by.setFixedWidth(250)
        self.compare_by.set_current("output")
        self.compare_by.selected.connect(lambda _key: self._show_bars())
        self.chart = BarChart(self.tr("Comparison"), theme)
        self.undo = UndoBar(theme)
        self._buttons = self._make_buttons()
        self._build()
        self._refresh_buttons()

    def set_records(self, records: Sequence[BenchmarkRecord]) -> None:
        """All stored results; the selection is kept."""
        selected = {record.id for record in self.selected()}
        self.model.set_records(records)
        self._select(selected)
        self._refresh_buttons()
        self._show_bars()

    def selected(self) -> list[BenchmarkRecord]:
        """In the order of the table."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(RECORD_ROLE) for index in rows]

    def compared(self) -> list[BenchmarkRecord]:
        """What the bars show."""
        chosen = self.selected()
        newest = sorted(self.model.records(), key=lambda record: -record.created_ms)
        if len(chosen) == 1:
            # One result alone says little: beside it stand the newest of the same scenario.
            one = chosen[0]
            chosen += [each for each in newest if each.scenario == one.scenario and each.id != one.id]
        return (chosen or newest)[:SHOWN_BARS]

    def delete_selected(self) -> None:
        """Remove the selected rows, with a way back."""
        ids = tuple(record.id for record in self.selected())
        if not ids:
            return
        self.delete_requested.emit(ids)
        self.undo.offer(
            self.tr("Deleted results: {count}").format(count=len(ids)),
            lambda: self.restore_requested.emit(ids),
        )

    def _make_table(self) -> QTableView:
        table = ResultsTable()
        table.setModel(self._proxy)
        table.setAccessibleName(self.tr("Benchmark results"))
        table.setSortingEnabled(True)
        table.sortByColumn(Column.WHEN, Qt.SortOrder.DescendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        for column, width in (
            (Column.SCENARIO, 104), (Column.OUTPUT, 104), (Column.INPUT, 96),
            (Column.FIRST, 92), (Column.MEMORY, 84), (Column.TOKENS, 112), (Column.DEVICE, 110),
            (Column.ENGINE, 216), (Column.WHEN, 150),
        ):  # fmt: skip
            table.setColumnWidth(column, width)
        StretchedColumn(header, Column.MODEL, LEAST_MODEL)
        table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        table.delete_pressed.connect(self.delete_selected)
        return table

    def _make_buttons(self) -> dict[str, TextButton]:
        theme = self._theme
        buttons = {
            "copy": TextButton(self.tr("Copy as Markdown"), theme, kind="ghost", icon_name="copy"),
            "csv": TextButton(self.tr("Export CSV…"), theme, kind="ghost", icon_name="download"),
            "markdown": TextButton(self.tr("Export Markdown…"), theme, kind="ghost", icon_name="download"),
            "delete": TextButton(self.tr("Delete"), theme, kind="ghost", icon_name="trash-2"),
        }
        buttons["copy"].clicked.connect(lambda: self.copy_requested.emit(to_markdown(self._to_export())))
        buttons["csv"].clicked.connect(lambda: self.export_requested.emit("csv", to_csv(self._to_export())))
        buttons["markdown"].clicked.connect(
            lambda: self.export_requested.emit("markdown", to_markdown(self._to_export()))
        )
        buttons["delete"].clicked.connect(self.delete_selected)
        return buttons

    def button(self, name: str) -> TextButton:
        return self._buttons[name]

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        self._heading = SectionHeader(self.tr("Comparison"), self._theme)
        head.addWidget(self._heading, 1)
        head.addWidget(self.compare_by)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(SectionHeader(self.tr("Results"), self._theme), 1)
        for button in self._buttons.values():
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.chart)
        column.addSpacing(10)
        column.addLayout(tools)
        column.addWidget(self.undo)
        column.addWidget(self.table, 1)

    def _select(self, ids: set[str]) -> None:
        for row in range(self._proxy.rowCount()):
            index = self._proxy.index(row, 0)
            if index.data(RECORD_ROLE).id in ids:
                self.table.selectionModel().select(
                    index,
                    self.table.selectionModel().SelectionFlag.Select
                    | self.table.selectionModel().SelectionFlag.Rows,
                )

    def _to_export(self) -> list[BenchmarkRecord]:
        """The selected rows, or all in the order of the table."""
        rows = range(self._proxy.rowCount())
        return self.selected() or [self._proxy.index(row, 0).data(RECORD_ROLE) for row in rows]

    def _on_selection(self) -> None:
        self._refresh_buttons()
        self._show_bars()

    def _refresh_buttons(self) -> None:
        some = self.model.rowCount() > 0
        for name in ("copy", "csv", "markdown"):
            self._buttons[name].setEnabled(some)
        self._buttons["delete"].setEnabled(bool(self.selected()))
        self._heading.set_note("" if self.selected() else self.tr("newest; select rows to compare them"))

    def _show_bars(self) -> None:
        records = self.compared()
        by = self.compare_by.current() or "output"
        values = [_value(record, by) for record in records]
        known = [value for value in values if value > 0]
        best = (min(known) if by == "first" else max(known)) if known else None
        write = milliseconds if by == "first" else rate
        self.chart.set_bars(
            [
                Bar(
                    f"{record.model_name} · {scenario_name(record.scenario)}",
                    value,
                    write(value) if value > 0 else "–",
                    value == best,
                )
                for record, value in zip(records, values, strict=True)
            ]
        )


def _value(record: BenchmarkRecord, by: str) -> float:
    return {"output": record.output_tps, "input": record.input_tps}.get(by, record.ttft_ms)
