"""Folders in a file manager, and what is said where there is none."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.widgets.dialogs.link_dialog import LinkDialog
from app.widgets.folders import show_folder

Told = list[tuple[str, str, Callable[[], object] | None]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the desktop was asked to open; it refuses the folder “/refused” and one site."""
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return "refused" not in url.toString()

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return asked


def test_the_path_is_said_where_no_file_manager_is(opened: list[QUrl], qtbot: QtBot) -> None:
    told: Told = []

    def show_toast(text: str, action_text: str = "", on_action: Callable[[], object] | None = None) -> None:
        told.append((text, action_text, on_action))

    show_folder("/there", show_toast)
    assert opened == [QUrl.fromLocalFile("/there")]
    assert not told
    show_folder("/refused", show_toast)
    text, action_text, act = told[0]
    assert "/refused" in text
    assert action_text == "Copy path"
    assert act is not None
    act()
    assert QGuiApplication.clipboard().text() == "/refused"


def test_a_link_that_no_browser_opens_stays_to_be_copied(opened: list[QUrl], qtbot: QtBot) -> None:
    for address, stays in (("https://refused.example", True), ("https://fine.example", False)):
        dialog = LinkDialog(QUrl(address))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Open")
        button.click()
        assert opened[-1] == QUrl(address)
        assert dialog.isVisible() is stays
        assert ("Copy the address" in dialog.note.text()) is stays
