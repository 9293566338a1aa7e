"""What a picture at 200 % shows: widths of pens, hyphens, scroll bars, empty states."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.theme.theme import Theme
from app.widgets.dialogs.room import open_as_large_as
from app.widgets.empty_state import EmptyState
from app.widgets.plot_pen import plot_pen
from app.widgets.scrolling import HeightScroll
from app.widgets.stretched import StretchedColumn
from app.widgets.text_label import TextLabel

SENTENCES = "It ends the model after each of its layers and asks for the next token. It shows where it is. "


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme("dark")


@pytest.mark.parametrize(("ratio", "pixels"), [(1.0, 1), (1.25, 1), (1.5, 2), (2.0, 2), (3.0, 3)])
def test_a_line_of_a_plot_keeps_its_width(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ratio: float, pixels: int
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    monkeypatch.setattr(widget, "devicePixelRatioF", lambda: ratio)
    pen = plot_pen(QColor("red"), widget)
    assert (pen.width(), pen.isCosmetic()) == (pixels, True)


@pytest.mark.parametrize("text", ["apache-2.0", "3.458 · held-out 4.588", "SmolLM2-135M-Instruct"])
def test_hyphens_of_words_stay_narrow_among_figures(qtbot: QtBot, theme: Theme, text: str) -> None:
    figures, words = TextLabel("", theme, tabular=True), TextLabel(text, theme)
    for label in (figures, words):
        qtbot.addWidget(label)
    figures.set_text(text)
    assert figures.sizeHint().width() == words.sizeHint().width()


def test_figures_have_one_width(qtbot: QtBot, theme: Theme) -> None:
    label = TextLabel("11111.1", theme, tabular=True)
    qtbot.addWidget(label)
    ones = label.sizeHint().width()
    label.set_text("44444.4")
    assert label.sizeHint().width() == ones


def test_what_scrolls_is_as_wide_as_what_does_not(qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(16, 12, 16, 12)
    part = QWidget()
    part.setFixedHeight(100)
    column.addWidget(part)
    scroll = HeightScroll(content)
    qtbot.addWidget(scroll)
    scroll.resize(288, 400)
    scroll.show()
    before = part.width()
    part.setFixedHeight(1000)
    qtbot.waitUntil(scroll.verticalScrollBar().isVisible)
    assert (content.width(), part.width()) == (288, before)
    part.setFixedHeight(100)
    qtbot.waitUntil(lambda: not scroll.verticalScrollBar().isVisible())
    assert content.width() == 288


def test_an_empty_state_keeps_its_picture_in_the_lower_region(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState("layers", "What each layer says", SENTENCES * 2, theme, action_text="Read")
    qtbot.addWidget(empty)
    empty.resize(840, 196)
    empty.show()
    assert empty._tile.isVisible()
    assert empty.minimumSizeHint().height() <= 196


def test_the_column_that_stretches_stays_readable(qtbot: QtBot) -> None:
    table = QTableWidget(1, 4)
    qtbot.addWidget(table)
    table.verticalHeader().hide()
    for column in (1, 2, 3):
        table.setColumnWidth(column, 100)
    StretchedColumn(table.horizontalHeader(), 0, 220)
    table.resize(900, 200)
    table.show()
    qtbot.waitUntil(lambda: table.columnWidth(0) > 500)
    table.resize(400, 200)
    qtbot.waitUntil(lambda: table.columnWidth(0) == 220)
    assert table.horizontalScrollBar().maximum() > 0
    table.setColumnHidden(3, True)
    table.resize(900, 200)
    qtbot.waitUntil(lambda: table.columnWidth(0) > 600)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_dialog_opens_within_its_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize()
    open_as_large_as(dialog, room.width() + 100, 300)
    assert (dialog.width() < room.width(), dialog.height()) == (True, 300)
