"""The window: pages, regions that collapse and come back, status line, notes, errors, memory."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from app.main_window import MainWindow
from app.models.dropped_files import DroppedFiles
from app.pages.page import PageEntry
from app.theme.theme import Theme
from app.widgets.toast import MAXIMUM_WIDTH
from app.window.closed_database import closed_database
from app.window.file_drops import FileDrops
from app.window.memory import WindowMemory, read_memory, write_memory
from app.window.regions import DEFAULT_SIZE, REGIONS, Region
from app.window.status_line import StatusCell
from engine.errors import UserError
from engine.protocol.events import Failed
from tests.app.shell.conftest import Frame, SamplePage
from tests.support.dropping import drop_files


def test_pages_are_made_once_and_when_first_shown(frame: Frame) -> None:
    made: list[SamplePage] = []

    def create() -> SamplePage:
        made.append(SamplePage("Models"))
        return made[-1]

    frame.window.add_page(PageEntry("models", lambda: "Models", "library", create))
    assert made == []
    for page in ("models", "chat", "models"):
        frame.window.show_page(page)
    assert len(made) == 1
    assert frame.window.current_page == "models"
    assert frame.window.rail.button("models").isChecked()
    assert not frame.window.rail.button("chat").isChecked()
    assert frame.window.windowTitle() == "Models – Lathe"


def test_a_page_that_is_not_ready_is_shown_when_it_is(frame: Frame) -> None:
    ready: list[SamplePage] = []
    entry = PageEntry("late", lambda: "Late", "activity", lambda: ready[0] if ready else None)
    frame.window.add_page(entry)
    frame.window.show_page("late")
    frame.window.retry_page()
    assert frame.window.page("late") is None
    ready.append(SamplePage("Late"))
    frame.window.retry_page()
    assert frame.window.regions.centre.currentWidget() is ready[0].centre()


def sizes(frame: Frame) -> dict[str, int]:
    areas = {region: frame.window.regions.area(region) for region in REGIONS}
    return {
        region: (area.height() if region == "bottom" else area.width())
        for region, area in areas.items()
        if area.isVisible()
    }


def test_regions_have_the_sizes_of_the_design(frame: Frame) -> None:
    assert sizes(frame) == DEFAULT_SIZE
    assert frame.window.rail.width() == 57
    assert frame.window.status_line.height() == 28


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_collapses_and_comes_back_as_it_was(qtbot: QtBot, frame: Frame, region: Region) -> None:
    action = frame.registry.action(f"view.{region}")
    action.trigger()
    assert region not in sizes(frame)
    assert not action.isChecked()
    action.trigger()
    qtbot.waitUntil(lambda: sizes(frame) == DEFAULT_SIZE)
    assert action.isChecked()


def test_a_page_without_regions_leaves_them_out(qtbot: QtBot, frame: Frame) -> None:
    frame.window.show_page("help")
    assert sizes(frame) == {}
    frame.window.show_page("chat")
    qtbot.waitUntil(lambda: sizes(frame) == DEFAULT_SIZE)


def test_a_drag_of_a_divider_is_remembered(qtbot: QtBot, frame: Frame) -> None:
    handle = frame.window.regions.divider("navigator")
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 50))
    qtbot.mouseMove(handle, QPoint(60, 50))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(60, 50))
    wide = sizes(frame)["navigator"]
    assert wide > DEFAULT_SIZE["navigator"]
    frame.window.show_page("help")
    frame.window.show_page("chat")
    qtbot.waitUntil(lambda: sizes(frame)["navigator"] == wide)
    assert frame.window.remembered().region_sizes["navigator"] == wide


def test_the_next_window_is_where_the_last_one_was(qtbot: QtBot, frame: Frame, home: Path) -> None:
    frame.window.resize(1100, 750)
    frame.registry.action("view.inspector").trigger()
    frame.window.show_page("help")
    write_memory(home, frame.window.remembered())
    memory = read_memory(home)
    assert (memory.page, memory.collapsed, memory.geometry[2:]) == ("help", ["inspector"], [1100, 750])
    again = MainWindow(frame.theme, type(frame.registry)(), frame.status, memory)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1100, 750)
    assert again.regions.is_collapsed("inspector")
    assert not again.registry.action("view.inspector").isChecked()


def test_a_place_beyond_every_screen_is_not_taken(qtbot: QtBot, theme: Theme, frame: Frame) -> None:
    memory = WindowMemory(geometry=[90_000, 90_000, 1000, 700])
    window = MainWindow(theme, type(frame.registry)(), frame.status, memory)
    qtbot.addWidget(window)
    assert window.x() < 50_000


@pytest.mark.parametrize(
    "content",
    [
        {
            "geometry": [1, 2],
            "theme": 7,
            "collapsed": "all",
            "unknown": 1,
            "region_sizes": {"navigator": "x"},
        },
        {"geometry": ["a", "b", "c", "d"], "recent_commands": None, "maximized": 1},
        [1, 2, 3],
    ],
)
def test_nonsense_in_the_file_means_defaults(home: Path, content: object) -> None:
    (home / "window.json").write_text(json.dumps(content), encoding="utf-8")
    assert read_memory(home) == WindowMemory()


@pytest.mark.expects_log("window.json is ignored")
def test_a_damaged_file_means_defaults(home: Path) -> None:
    (home / "window.json").write_text("{", encoding="utf-8")
    assert read_memory(home) == WindowMemory()


def told(frame: Frame) -> list[str]:
    cells = frame.window.status_line.findChildren(StatusCell)
    return [cell.text() for cell in cells if cell.isVisible()]


def test_the_status_line_says_what_runs(qtbot: QtBot, frame: Frame) -> None:
    assert told(frame)[0] == "Starting…"
    frame.status.set_phase("generating")
    frame.status.set_device("CPU", 2)
    frame.status.set_usage(412 * 2**20, 1184, 8192)
    frame.status.add_rate(46.31)
    qtbot.waitUntil(lambda: told(frame)[0] == "Generating…")
    line = told(frame)
    assert line[1].startswith("CPU · 2")
    assert {"KV 14 %", "46.3 tok/s"} <= set(line)
    frame.status.clear_model()
    qtbot.waitUntil(lambda: told(frame)[0] == "No model")
    assert "46.3 tok/s" not in told(frame)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_note_offers_undo_to_the_keyboard(qtbot: QtBot, frame: Frame, key: Qt.Key) -> None:
    undone: list[bool] = []
    action = frame.registry.action("view.notification")
    qtbot.waitUntil(lambda: not action.isEnabled())
    frame.window.show_toast("Chat deleted", "Undo", lambda: undone.append(True))
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    focused = frame.window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)
    assert undone == [True]
    assert not frame.window.toasts.has_toast()


def test_shift_f10_asks_what_has_the_keyboard_for_its_menu(qtbot: QtBot, frame: Frame) -> None:
    frame.window.show_page("chat")
    asked: list[QContextMenuEvent.Reason] = []

    class Asked(QWidget):
        def contextMenuEvent(self, event: QContextMenuEvent) -> None:
            asked.append(event.reason())

    widget = Asked(frame.window.regions.centre)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.show()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [QContextMenuEvent.Reason.Keyboard]


def test_a_long_note_is_broken_not_cut(frame: Frame) -> None:
    toast = frame.window.toasts.show_toast(
        "From token 1 on the sampler would draw otherwise. " * 4, "Show it", None
    )
    label = toast.findChild(QLabel)
    assert label is not None
    assert label.wordWrap()
    assert label.width() <= toast.width() <= MAXIMUM_WIDTH
    assert label.height() >= label.heightForWidth(label.width())


def test_notes_stack_and_the_oldest_goes(frame: Frame) -> None:
    for number in range(5):
        frame.window.show_toast(f"Note {number}")
    labels = [label.text() for label in frame.window.toasts.findChildren(QLabel) if label.isVisible()]
    assert labels == ["Note 2", "Note 3", "Note 4"]
    area = frame.window.toasts.geometry()
    assert abs(area.center().x() - frame.window.width() / 2) <= 1
    assert area.bottom() < frame.window.height() - frame.window.status_line.height()


def banner_texts(frame: Frame) -> str:
    labels = frame.window.banner.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def test_an_error_says_what_and_what_next(qtbot: QtBot, frame: Frame) -> None:
    frame.window.show_error(UserError("model.none_loaded"))
    assert banner_texts(frame).split() == [
        "No",
        "model",
        "is",
        "loaded.",
        "Pick",
        "one",
        "from",
        "the",
        "model",
        "list",
        "first.",
    ]
    qtbot.keyClick(frame.window.banner, Qt.Key.Key_Escape)
    assert not frame.window.banner.isVisible()


def test_the_window_fits_a_small_screen_at_twice_the_size(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.waitExposed(frame.window):
        frame.window.show()
    frame.window.resize(720, 450)
    assert (frame.window.width(), frame.window.height()) == (720, 450)
    assert frame.window.status_line.geometry().bottom() <= 450


def test_the_keyboard_goes_along_to_another_page(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.waitExposed(frame.window):
        frame.window.show()
        frame.window.activateWindow()
    frame.window.regions.focus("centre")
    frame.window.show_page("help")
    page = frame.window.page("help")
    assert page is not None
    assert frame.window.focusWidget() is page.centre()
    frame.window.rail.mark.setFocus()
    frame.window.show_page("chat")
    assert frame.window.focusWidget() is frame.window.rail.mark, "who walks on the rail stays there"


def test_an_error_goes_when_what_it_is_about_has_worked(frame: Frame) -> None:
    frame.window.show()
    frame.window.show_error(UserError("model.none_loaded"), "loading")
    frame.window.settle_error("saving")
    assert frame.window.banner.isVisible()
    frame.window.settle_error("loading")
    assert not frame.window.banner.isVisible()
    frame.window.show_error(UserError("model.none_loaded"))
    frame.window.settle_error("loading")
    assert frame.window.banner.isVisible()


def test_failures_of_the_engine_and_bugs_are_told_too(frame: Frame) -> None:
    frame.window.show_error(Failed(code="engine.died", message="m", params={"reason": "killed"}))
    assert "(killed)" in banner_texts(frame)
    frame.window.show_error(ZeroDivisionError("division by zero"))
    assert "Something went wrong inside Lathe." in banner_texts(frame)
    assert "ZeroDivisionError" in frame.window.banner.details()


def test_f6_goes_round_the_regions(qtbot: QtBot, frame: Frame) -> None:
    frame.window.activateWindow()
    frame.window.status_line.commands.setFocus()
    stops = []
    for _ in range(3):
        frame.window.focus_next_region(1)
        focused = frame.window.focusWidget()
        assert focused is not None
        stops.append(focused)
    assert stops[0] is frame.window.rail.button("chat")
    assert stops[1] is frame.window.regions.centre.currentWidget()
    assert stops[2] is frame.window.status_line.commands
    frame.window.focus_next_region(-1)
    assert frame.window.focusWidget() is stops[1]


def test_the_rail_is_walked_with_arrows(qtbot: QtBot, frame: Frame) -> None:
    chat, helped = frame.window.rail.button("chat"), frame.window.rail.button("help")
    chat.setFocus()
    qtbot.keyClick(chat, Qt.Key.Key_Down)
    assert helped.hasFocus()
    qtbot.keyClick(helped, Qt.Key.Key_Space)
    assert frame.window.current_page == "help"


def test_everything_that_takes_the_keyboard_has_a_name(frame: Frame) -> None:
    from PySide6.QtWidgets import QAbstractButton

    unnamed = [
        button
        for button in frame.window.findChildren(QAbstractButton)
        if button.focusPolicy() != Qt.FocusPolicy.NoFocus and not (button.accessibleName() or button.text())
    ]
    assert unnamed == []


def test_a_small_window_gives_its_room_to_the_work(qtbot: QtBot, frame: Frame) -> None:
    frame.window.resize(960, 600)
    qtbot.waitUntil(lambda: sizes(frame).keys() == {"navigator"})
    assert not frame.registry.action("view.inspector").isChecked()
    frame.registry.action("view.inspector").trigger()
    assert sizes(frame).keys() == {"navigator", "inspector"}
    assert frame.window.regions.collapsed() == []
    frame.window.resize(1400, 900)
    qtbot.waitUntil(lambda: sizes(frame) == DEFAULT_SIZE)


def test_files_dropped_on_any_page_are_sorted(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    bridge = EngineBridge()
    background = Background(bridge)
    try:
        drops = FileDrops(frame.window, background)
        with qtbot.waitSignal(drops.dropped) as heard:
            assert drop_files(frame.window.rail, [tmp_path / "rows.csv", tmp_path / "notes.txt"])
        assert heard.args == [
            DroppedFiles(rows=(str(tmp_path / "rows.csv"),), others=(str(tmp_path / "notes.txt"),))
        ]
    finally:
        background.close()
        bridge.close()


def test_pages_that_cannot_be_made_say_why(frame: Frame, tmp_path: Path) -> None:
    frame.window.add_page(PageEntry("later", lambda: "Later", "library", lambda: None))
    frame.window.show_page("later")
    error = UserError("store.newer", path="lathe.db", found=9, known=5)
    wanted: list[bool] = []
    state = closed_database(
        error, tmp_path, frame.theme, lambda: wanted.append(True), frame.window.show_toast
    )
    frame.window.show_instead(state)
    assert frame.window.regions.centre.currentWidget() is state
    assert "newer Lathe" in state.text.full_text()
    assert state.action is not None
    state.action.click()
    assert wanted == [True]
    frame.window.show_page("chat")
    assert frame.window.regions.centre.currentWidget() is not state
    frame.window.show_page("later")
    assert frame.window.regions.centre.currentWidget() is state
