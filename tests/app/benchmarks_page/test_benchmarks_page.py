"""The benchmarks page: running, comparing, exporting, deleting."""

import csv
import io
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.pages.benchmarks.dialog import BenchmarkDialog
from app.pages.benchmarks.export import FIELDS, to_csv, to_markdown
from app.pages.benchmarks.page import BenchmarksPage
from app.pages.benchmarks.table_model import SORT_ROLE, Column
from app.pages.benchmarks.view import BenchmarksView
from app.panels.throughput.series import ThroughputSeries
from app.theme.theme import Theme
from app.widgets.numbers import bound
from engine.protocol.commands import Scenario
from engine.store.records import BenchmarkRecord


def record(key: str, model: str, scenario: Scenario, output: float, created: int) -> BenchmarkRecord:
    return BenchmarkRecord(
        key, model, "hash", scenario, 184.0, 812.0, output, 420_000_000, 120, 256, "CPU", "b1", created
    )


RECORDS = [
    record("a", "Small", "chat", 46.3, 1_000),
    record("b", "Small", "code", 45.0, 2_000),
    record("c", "Large | one", "chat", 9.9, 3_000),
]


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> BenchmarksView:
    page = BenchmarksPage(ThroughputSeries(monotonic), Theme("dark"))
    view = page.centre()
    assert isinstance(view, BenchmarksView)
    qtbot.addWidget(view)
    view.throughput.hide()
    view.resize(1100, 800)
    view.show()
    view.set_model("Small")
    return view


def test_an_empty_page_offers_the_first_step(view: BenchmarksView) -> None:
    view.set_records([])
    assert view.empty.isVisible()
    assert view.run.isEnabled()
    view.set_model("")
    assert not view.run.isEnabled()


def test_the_dialog_runs_what_is_ticked(qtbot: QtBot, view: BenchmarksView) -> None:
    view.open_dialog()
    dialog = view.findChild(BenchmarkDialog)
    assert dialog is not None
    for scenario in ("code", "writing", "batch"):
        dialog.box(scenario).setChecked(False)
    with qtbot.waitSignal(view.run_requested) as asked:
        dialog.run.click()
    assert asked.args == [("chat", "document")]


def test_progress_time_left_and_cancel(qtbot: QtBot, view: BenchmarksView) -> None:
    view.begin("writing", 2, 5)
    view.set_progress(0.5, 12.0)
    assert view.strip.isVisible()
    assert view.strip.meter.accessibleDescription() == bound("50 %")
    assert not view.run.isEnabled()
    with qtbot.waitSignal(view.cancel_requested):
        view.strip.cancel.click()
    view.end()
    assert not view.strip.isVisible()
    assert view.run.isEnabled()


def test_numbers_are_sorted_as_numbers(view: BenchmarksView) -> None:
    view.set_records(RECORDS)
    table = view.results.table
    table.sortByColumn(Column.OUTPUT, Qt.SortOrder.AscendingOrder)
    shown = [table.model().index(row, Column.OUTPUT).data(SORT_ROLE) for row in range(3)]
    assert shown == [9.9, 45.0, 46.3]


def test_one_result_is_compared_with_the_same_scenario(view: BenchmarksView) -> None:
    view.set_records(RECORDS)
    results = view.results
    results.table.sortByColumn(Column.OUTPUT, Qt.SortOrder.AscendingOrder)
    results.table.selectRow(0)
    assert [each.id for each in results.compared()] == ["c", "a"]
    bars = results.chart.bars()
    assert [bar.best for bar in bars] == [False, True]
    results.compare_by.button("first").click()
    assert results.chart.bars()[0].text == bound("184 ms")


def test_delete_has_a_way_back(qtbot: QtBot, view: BenchmarksView) -> None:
    view.set_records(RECORDS)
    results = view.results
    results.table.selectAll()
    with qtbot.waitSignal(results.delete_requested) as deleted:
        qtbot.keyClick(results.table, Qt.Key.Key_Delete)
    assert set(deleted.args[0]) == {"a", "b", "c"}
    view.set_records([])
    assert results.undo.isVisible()
    with qtbot.waitSignal(results.restore_requested) as restored:
        results.undo.button.click()
    assert restored.args == deleted.args


def test_export_gives_all_rows_or_the_selected_ones(qtbot: QtBot, view: BenchmarksView) -> None:
    view.set_records(RECORDS)
    with qtbot.waitSignal(view.results.export_requested) as exported:
        view.results.button("csv").click()
    assert exported.args[0] == "csv"
    assert len(exported.args[1].splitlines()) == 4
    view.results.table.selectRow(0)
    with qtbot.waitSignal(view.results.copy_requested) as copied:
        view.results.button("copy").click()
    assert copied.args[0].count("\n") == 3


def test_csv_reads_back_and_holds_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv([record("x", "=cmd()", "chat", 1.0, 0)]))))
    assert tuple(rows[0]) == FIELDS
    assert rows[0]["model"] == "'=cmd()"
    assert rows[0]["created"] == "1970-01-01T00:00:00+00:00"


def test_markdown_escapes_the_bar() -> None:
    assert "Large \\| one" in to_markdown(RECORDS)
