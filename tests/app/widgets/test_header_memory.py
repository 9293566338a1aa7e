"""Columns stay as they were left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from app.settings import AppSettings
from app.widgets.header_memory import HeaderMemory

KEY = "models.columns"


def table(qtbot: QtBot, settings: AppSettings, columns: int = 3) -> QTableView:
    view = QTableView()
    view.setModel(QStandardItemModel(2, columns, view))
    view.setSortingEnabled(True)
    qtbot.addWidget(view)
    HeaderMemory(view.horizontalHeader(), settings, KEY)
    view.show()
    return view


def test_the_next_table_has_the_columns_of_the_last(qtbot: QtBot) -> None:
    settings = AppSettings()
    first = table(qtbot, settings)
    with qtbot.waitSignal(settings.changed):
        first.setColumnWidth(0, 171)
        first.setColumnHidden(1, True)
        first.horizontalHeader().moveSection(2, 0)
        first.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    second = table(qtbot, settings)
    header = second.horizontalHeader()
    assert header.sectionSize(0) == 171
    assert header.isSectionHidden(1)
    assert header.visualIndex(2) == 0
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (2, Qt.SortOrder.DescendingOrder)


def test_what_does_not_fit_is_ignored(qtbot: QtBot) -> None:
    settings = AppSettings()
    for text in ("3:not base64!", "3:", "99:AAAA", "3:AAAA"):
        settings.set_value(KEY, text)
        assert table(qtbot, settings).columnWidth(0) > 0
