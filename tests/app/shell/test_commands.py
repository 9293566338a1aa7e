"""The registry: one action for each command, keys that can be changed, conflicts."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QMenuBar, QToolButton
from pytestqt.qtbot import QtBot

from app.commands.binding import bind
from app.commands.registry import CommandRegistry, CommandSpec, portable
from app.window.menus import fill_menu, fill_menu_bar
from tests.app.shell.conftest import Frame


@pytest.fixture
def ran() -> list[str]:
    """Names of the commands that ran."""
    return []


@pytest.fixture
def registry(qtbot: QtBot, ran: list[str]) -> CommandRegistry:
    made = CommandRegistry()
    for name, keys in (("one", "Ctrl+1"), ("two", "Ctrl+2"), ("three", "")):
        made.register(CommandSpec(f"test.{name}", name.title(), keys, "Go"), partial(ran.append, name))
    return made


def test_an_action_runs_its_handler_and_is_told(
    qtbot: QtBot, registry: CommandRegistry, ran: list[str]
) -> None:
    with qtbot.waitSignal(registry.triggered) as told:
        registry.action("test.one").trigger()
    assert told.args == ["test.one"]
    assert ran == ["one"]


def test_ids_are_unique(registry: CommandRegistry) -> None:
    with pytest.raises(ValueError, match=r"test\.one"):
        registry.register(CommandSpec("test.one", "Again"), lambda: None)


def test_conditions_are_asked_again_once(qtbot: QtBot) -> None:
    registry, asked, allowed = CommandRegistry(), [], [False]

    def condition() -> bool:
        asked.append(True)
        return allowed[0]

    action = registry.register(CommandSpec("a", "A", enabled_when=condition), lambda: None)
    qtbot.waitUntil(lambda: not action.isEnabled())
    allowed[0] = True
    asked.clear()
    for _ in range(5):
        registry.refresh()
    qtbot.waitUntil(action.isEnabled)
    assert len(asked) == 1


def test_a_taken_key_is_named_and_moves(registry: CommandRegistry) -> None:
    assert registry.conflicts("test.three", "ctrl+1") == ["test.one"]
    registry.set_shortcut("test.three", "Ctrl+1")
    assert registry.action("test.three").shortcut() == QKeySequence("Ctrl+1")
    assert registry.action("test.one").shortcut().isEmpty()
    assert registry.overrides() == {"test.one": "", "test.three": "Ctrl+1"}
    registry.reset_shortcut("test.one")
    assert registry.overrides() == {"test.three": ""} or registry.shortcut("test.three") == ""


def test_saved_keys_come_back_even_for_later_commands(registry: CommandRegistry) -> None:
    registry.set_overrides({"test.two": "Alt+X", "test.later": "Alt+Y"})
    registry.register(CommandSpec("test.later", "Later", "F9"), lambda: None)
    assert registry.shortcut("test.two") == "Alt+X"
    assert registry.shortcut("test.later") == "Alt+Y"
    assert "Alt+Y" in registry.action("test.later").toolTip()


def test_keys_are_compared_in_one_spelling() -> None:
    assert portable("shift+ctrl+p") == portable("Ctrl+Shift+P") == "Ctrl+Shift+P"


def test_buttons_follow_their_command(qtbot: QtBot) -> None:
    registry, on = CommandRegistry(), [True]
    spec = CommandSpec("x", "Show", "Ctrl+J", enabled_when=lambda: on[0], checkable=True)
    action = registry.register(spec, lambda: None)
    button = QToolButton()
    qtbot.addWidget(button)
    bind(button, action)
    assert button.accessibleName() == "Show"
    assert "Ctrl+J" in button.toolTip()
    button.click()
    assert action.isChecked()
    assert button.isChecked()
    on[0] = False
    registry.refresh_now()
    assert not button.isEnabled()


def test_menus_hold_every_command_once(qtbot: QtBot, frame: Frame) -> None:
    bar, menu = QMenuBar(), QMenu()
    qtbot.addWidget(bar)
    qtbot.addWidget(menu)
    fill_menu_bar(bar, frame.registry)
    fill_menu(menu, frame.registry)
    expected = sorted(spec.id for spec in frame.registry if spec.in_menu)
    for top in (bar, menu):
        actions = [action for sub in top.findChildren(QMenu) for action in sub.actions()]
        found = [action.objectName() for action in actions if not action.isSeparator()]
        assert sorted(found) == expected


def test_leaving_stands_at_the_foot_of_the_first_menu(qtbot: QtBot, frame: Frame) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_menu(menu, frame.registry)
    first = menu.actions()[0].menu()
    assert isinstance(first, QMenu)
    *_, line, last = first.actions()
    assert (line.isSeparator(), last.objectName()) == (True, "app.quit")
    assert last.isIconVisibleInMenu()


def test_no_two_commands_share_a_key(frame: Frame) -> None:
    for spec in frame.registry:
        assert frame.registry.conflicts(spec.id, frame.registry.shortcut(spec.id)) == []


def test_a_key_that_no_widget_wants_runs_the_command_that_waits_for_it(frame: Frame, ran: list[str]) -> None:
    busy = [True]
    spec = CommandSpec("test.stop", "Stop", enabled_when=lambda: busy[0], spare_key="Esc")
    frame.registry.register(spec, partial(ran.append, "stop"))
    frame.window.show()
    centre = frame.window.regions.area("centre").findChild(QLineEdit)
    assert isinstance(centre, QLineEdit)
    for widget in (centre, frame.window.rail.mark, frame.window.status_line.commands):
        QTest.keyClick(widget, Qt.Key.Key_Escape)
    assert ran == ["stop"] * 3
    QTest.keyClick(centre, Qt.Key.Key_Home)
    busy[0] = False
    QTest.keyClick(centre, Qt.Key.Key_Escape)
    assert ran == ["stop"] * 3
