"""Buttons that stay down do the same by mouse, by key and by assistive technology, which only switches
them.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from app.models.attention_state import AttentionState
from app.pages.page import PageEntry
from app.panels.attention.toolbar import AttentionToolbar
from app.panels.sampling.bias_control import BAN, BiasRow
from app.theme.theme import Theme
from app.widgets.choice import Toggle
from app.widgets.dialogs.error_banner import ErrorBanner
from app.window.job_row import JobRow
from app.window.rail import Rail
from engine.sampling.params import LogitBias


def by_mouse(button: QAbstractButton, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def by_key(button: QAbstractButton, qtbot: QtBot) -> None:
    qtbot.keyClick(button, Qt.Key.Key_Space)


def by_screen_reader(button: QAbstractButton, _qtbot: QtBot) -> None:
    """What Qt's bridge does on the bus: see `QAccessibleButton::doAction`."""
    button.toggle()


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


Press = Callable[[QAbstractButton, QtBot], None]


@pytest.fixture(params=[by_mouse, by_key, by_screen_reader])
def press(request: pytest.FixtureRequest) -> Press:
    chosen: Press = request.param
    return chosen


def test_each_switch_is_told_once_and_that_of_the_program_not(press: Press, qtbot: QtBot) -> None:
    button = QPushButton()
    button.setCheckable(True)
    qtbot.addWidget(button)
    told: list[bool] = []
    toggle = Toggle(button, told.append)
    press(button, qtbot)
    press(button, qtbot)
    toggle.set(True)
    assert told == [True, False]
    press(button, qtbot)
    assert told == [True, False, False]


def test_the_log_of_a_job(press: Press, theme: Theme, qtbot: QtBot) -> None:
    row = JobRow(theme)
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.log_requested):
        press(row.show_log, qtbot)
    assert row.log.isVisible()
    press(row.show_log, qtbot)
    assert not row.log.isVisible()


def test_a_token_is_held(press: Press, theme: Theme, qtbot: QtBot) -> None:
    toolbar = AttentionToolbar(AttentionState(), theme, expandable=False)
    qtbot.addWidget(toolbar)
    told: list[bool] = []
    toolbar.pin_toggled.connect(told.append)
    press(toolbar.pin, qtbot)
    toolbar.show_pinned(False)
    assert told == [True]


def test_a_token_is_banned(press: Press, theme: Theme, qtbot: QtBot) -> None:
    row = BiasRow(LogitBias(0.0, "so"), theme)
    qtbot.addWidget(row)
    told: list[LogitBias] = []
    row.changed.connect(told.append)
    press(row.ban, qtbot)
    press(row.ban, qtbot)
    assert [bias.bias for bias in told] == [BAN, 0.0]


def test_the_details_of_an_error(press: Press, theme: Theme, qtbot: QtBot) -> None:
    banner = ErrorBanner(theme)
    qtbot.addWidget(banner)
    banner.show_error(RuntimeError("a bug, so that there are details"))
    banner.resize(400, 300)
    press(banner._more, qtbot)
    assert banner._details.isVisibleTo(banner)


def test_the_page_in_front_stays_marked(press: Press, theme: Theme, qtbot: QtBot) -> None:
    rail = Rail(theme)
    qtbot.addWidget(rail)
    for page in ("chat", "models"):
        rail.add(PageEntry(page, str, "house", lambda: None))
    told: list[str] = []
    rail.page_chosen.connect(told.append)
    rail.page_chosen.connect(rail.set_current)
    for page in ("chat", "models", "models"):
        press(rail.button(page), qtbot)
    assert told == ["chat", "models", "models"]
    assert rail.button("models").isChecked()
    assert not rail.button("chat").isChecked()
