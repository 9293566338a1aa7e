"""Enter presses buttons that are painted by hand, as Space does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.section import DisclosureButton
from app.widgets.text_button import TextButton

MAKERS: list[Callable[[Theme], QAbstractButton]] = [
    lambda theme: IconButton("plus", "Add", theme),
    lambda theme: DisclosureButton("More", theme),
    lambda theme: TextButton("Save", theme),
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_once(
    qtbot: QtBot, qapp: QApplication, make: Callable[[Theme], QAbstractButton], key: Qt.Key
) -> None:
    button = make(Theme("dark"))
    qtbot.addWidget(button)
    button.show()
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(True))
    qtbot.keyClick(button, key)
    assert len(presses) == 1
