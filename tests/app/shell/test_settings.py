"""Settings: values, saving, the page, keys, folders, sizes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from app.pages.settings.folder_rows import FoldersRow
from app.pages.settings.keyboard_rows import ShortcutRow
from app.pages.settings.page import SettingsPage
from app.pages.settings.rows import SettingRow
from app.pages.settings.section import Section
from app.pages.settings.specs import APPEARANCE, CHAT, ENGINE
from app.settings import DEFAULTS, AppSettings
from tests.app.settings.conftest import QuietHost
from tests.app.shell.conftest import Frame


class Kept:
    """A store in memory that answers when told to."""

    def __init__(self, **saved: Any) -> None:
        self.saved = {key.replace("__", "."): value for key, value in saved.items()}
        self.answer: Callable[[Mapping[str, Any]], None] | None = None

    def load(self, done: Callable[[Mapping[str, Any]], None]) -> None:
        self.answer = done

    def save(self, key: str, value: Any) -> None:
        self.saved[key] = value

    def reply(self) -> None:
        assert self.answer is not None
        self.answer(dict(self.saved))


def test_defaults_hold_until_the_store_answers(qtbot: QtBot) -> None:
    settings, kept = AppSettings(), Kept(chat__send_key="ctrl_enter", chat__auto_title="yes", other__key=1)
    settings.attach(kept)
    assert settings.value("chat.send_key") == "enter"
    with qtbot.waitSignal(settings.changed) as told:
        kept.reply()
    assert told.args == ["chat.send_key"]
    assert settings.value("chat.send_key") == "ctrl_enter"
    assert settings.value("chat.auto_title") is True


def test_what_was_changed_before_the_store_was_there_wins(qtbot: QtBot) -> None:
    settings, kept = AppSettings(), Kept(appearance__theme="light")
    settings.set_value("appearance.theme", "dark")
    settings.attach(kept)
    kept.reply()
    assert settings.value("appearance.theme") == "dark"
    assert kept.saved["appearance.theme"] == "dark"


def test_values_keep_their_type() -> None:
    settings = AppSettings({"engine.n_threads": "4", "appearance.theme": "light"})
    assert settings.value("engine.n_threads") == 0
    assert settings.value("appearance.theme") == "light"
    with pytest.raises(TypeError):
        settings.set_value("engine.n_threads", True)
    with pytest.raises(KeyError):
        settings.value("no.such")


def test_every_setting_of_the_page_exists() -> None:
    for spec in (*APPEARANCE, *CHAT, *ENGINE):
        assert spec.help
        if spec.choices:
            assert DEFAULTS[spec.key] in [value for value, _text in spec.choices]
        if spec.kind == "switch":
            assert isinstance(DEFAULTS[spec.key], bool)
        if spec.kind == "number":
            assert spec.minimum <= DEFAULTS[spec.key] <= spec.maximum


@pytest.fixture
def page(qtbot: QtBot, frame: Frame, home: Path) -> SettingsPage:
    made = SettingsPage(frame.settings, frame.registry, frame.theme, QuietHost(home))
    for widget in (made.centre(), made.navigator()):
        assert widget is not None
        qtbot.addWidget(widget)
    made.centre().resize(900, 700)
    made.centre().show()
    return made


def row(page: SettingsPage, key: str) -> SettingRow:
    return next(row for row in page.centre().findChildren(SettingRow) if row.spec.key == key)


def test_controls_and_values_follow_each_other(page: SettingsPage, frame: Frame) -> None:
    theme = row(page, "appearance.theme")
    assert isinstance(theme.control, QComboBox)
    assert not theme.reset_button.isVisible()
    theme.control.setCurrentIndex(theme.control.findData("light"))
    theme.control.activated.emit(theme.control.currentIndex())
    assert frame.settings.value("appearance.theme") == "light"
    assert theme.reset_button.isVisible()
    theme.reset_button.click()
    assert theme.control.currentData() == "system"
    frame.settings.set_value("engine.n_threads", 3)
    threads = row(page, "engine.n_threads").control
    assert isinstance(threads, QSpinBox)
    assert threads.value() == 3


def test_search_leaves_what_matches(page: SettingsPage) -> None:
    page.search("kv cache")
    visible = [row.spec.key for row in page.centre().findChildren(SettingRow) if row.isVisible()]
    assert visible == ["engine.n_ctx"]
    page.search("appearance")
    visible = [row.spec.key for row in page.centre().findChildren(SettingRow) if row.isVisible()]
    assert visible == [spec.key for spec in APPEARANCE]
    page.search("no such thing at all")
    assert not any(section.isVisible() for section in page.centre().findChildren(Section))
    page.search("")
    assert all(section.isVisible() for section in page.centre().findChildren(Section))


def test_every_control_says_what_it_is(page: SettingsPage) -> None:
    for setting in page.centre().findChildren(SettingRow):
        assert setting.control.accessibleName()
        assert setting.control.toolTip()


def test_a_taken_key_asks_before_it_moves(qtbot: QtBot, page: SettingsPage, frame: Frame) -> None:
    rows = {row.command: row for row in page.centre().findChildren(ShortcutRow)}
    full = rows["view.full_screen"]
    full.field.setKeySequence(QKeySequence("Ctrl+J"))
    full.field.editingFinished.emit()
    assert frame.registry.shortcut("view.full_screen") == "F11"
    assert "Show the bottom panel" in full.findChildren(QLabel)[-1].text()
    take = next(button for button in full.findChildren(QPushButton) if button.isVisible())
    take.click()
    assert frame.registry.shortcut("view.full_screen") == "Ctrl+J"
    assert frame.registry.shortcut("view.bottom") == ""
    assert rows["view.bottom"].field.keySequence().isEmpty()


def test_keys_are_pressed_cleared_and_reset(qtbot: QtBot, page: SettingsPage, frame: Frame) -> None:
    full = next(row for row in page.centre().findChildren(ShortcutRow) if row.command == "view.full_screen")
    qtbot.keyClick(full.field, Qt.Key.Key_F7)
    assert frame.registry.shortcut("view.full_screen") == "F7"
    qtbot.keyClick(full.field, Qt.Key.Key_Backspace)
    assert frame.registry.shortcut("view.full_screen") == ""
    full.reset_button.click()
    assert full.field.keySequence() == QKeySequence("F11")


def test_folders_are_added_once_and_taken_off(qtbot: QtBot, frame: Frame) -> None:
    folders = FoldersRow(frame.settings)
    qtbot.addWidget(folders)
    folders.add("/models/a")
    folders.add("/models/b")
    folders.add("/models/a")
    assert frame.settings.value("models.folders") == ["/models/a", "/models/b"]
    folders.remove("/models/a")
    assert frame.settings.value("models.folders") == ["/models/b"]
