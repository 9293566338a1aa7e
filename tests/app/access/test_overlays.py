"""What opens above a page takes the keyboard, tells what it holds, and gives the keyboard back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.app.access.conftest import Start, Walk
from tests.app.access.test_names import problems

OVERLAYS = ("jobs.show", "server.show", "palette.commands", "palette.chats", "help.welcome", "chat.find")


@pytest.fixture
def walk(program: Start, qtbot: QtBot) -> Walk:
    walk = Walk(program("--fake-model"), qtbot)
    walk.say("Why is the sky blue?")
    walk.window.activateWindow()
    return walk


def holder(window: QWidget) -> QWidget | None:
    """Who has the keyboard, in whichever window."""
    return QApplication.focusWidget() or window.focusWidget()


@pytest.mark.parametrize("command", OVERLAYS)
def test_it_can_be_used_with_keys_and_left_with_escape(walk: Walk, qtbot: QtBot, command: str) -> None:
    composer = walk.window.page("chat").view.composer.edit  # type: ignore[union-attr]
    composer.setFocus()
    walk.window.registry.action(command).trigger()
    qtbot.waitUntil(lambda: holder(walk.window) is not composer, timeout=5_000)
    taken = holder(walk.window)
    assert taken is not None
    assert problems(taken.window()) == set()
    qtbot.keyClick(taken, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not taken.isVisible() or not taken.hasFocus(), timeout=5_000)
    qtbot.waitUntil(lambda: holder(walk.window) is composer, timeout=5_000)
