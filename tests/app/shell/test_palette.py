"""Fuzzy matching, ranking, and the palette under the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandSpec
from app.palette.fuzzy import match
from app.palette.items import Deliver, PaletteItem
from app.palette.palette import CommandPalette
from app.palette.rows import ITEM_ROLE
from tests.app.shell.conftest import Frame


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("nc", "New chat", "Rename the chat"),
        ("theme", "Dark theme", "Move to the next message here"),
        ("set", "Settings", "Reset the layout"),
        ("fs", "Full screen", "Offset"),
    ],
)
def test_starts_of_words_and_runs_win(query: str, better: str, worse: str) -> None:
    first, second = match(query, better), match(query, worse)
    assert first is not None
    assert second is None or first.score > second.score


def test_positions_are_those_of_the_best_alignment() -> None:
    found = match("chat", "Change the chat")
    assert found is not None
    assert found.positions == (11, 12, 13, 14)


def test_letters_must_come_in_order() -> None:
    assert match("tahc", "chat") is None
    assert match("chats", "chat") is None


@given(st.text(max_size=12), st.text(max_size=40))
def test_a_match_names_the_letters_of_the_query(query: str, text: str) -> None:
    found = match(query, text)
    if found is not None:
        assert list(found.positions) == sorted(set(found.positions))
        wanted = [letter for letter in query.casefold() if not letter.isspace()]
        got = [text[index].casefold()[:1] or text[index] for index in found.positions]
        assert got == wanted


@given(st.text(alphabet="abcdefg ", max_size=30))
def test_every_text_matches_itself(text: str) -> None:
    assert match(text, text) is not None


def shown(palette: CommandPalette) -> list[PaletteItem]:
    model = palette.rows
    rows = (model.index(row, 0).data(ITEM_ROLE) for row in range(model.rowCount()))
    return [row for row in rows if isinstance(row, PaletteItem)]


def test_typing_and_enter_run_a_command(qtbot: QtBot, frame: Frame) -> None:
    ran: list[str] = []
    frame.registry.register(CommandSpec("test.hello", "Say hello", "F9", "Help"), lambda: ran.append("hello"))
    frame.palette.open_with("commands")
    qtbot.keyClicks(frame.palette.field, "sayh")
    assert shown(frame.palette)[0].id == "test.hello"
    assert shown(frame.palette)[0].keys == "F9"
    qtbot.keyClick(frame.palette.field, Qt.Key.Key_Return)
    assert ran == ["hello"]
    assert not frame.palette.isVisible()


def test_what_was_used_last_comes_first(qtbot: QtBot, frame: Frame) -> None:
    frame.registry.action("view.full_screen").trigger()
    frame.palette.open_with("commands")
    first = shown(frame.palette)[0]
    assert (first.id, first.group) == ("view.full_screen", "Recently used")
    assert frame.memory.recent_commands == ["view.full_screen"]
    frame.window.toggle_full_screen()


def test_escape_gives_the_keyboard_back(qtbot: QtBot, frame: Frame) -> None:
    frame.window.activateWindow()
    centre = frame.window.page("chat").centre()  # type: ignore[union-attr]
    centre.setFocus()
    qtbot.waitUntil(centre.hasFocus)
    frame.palette.open_with("commands")
    qtbot.keyClick(frame.palette.field, Qt.Key.Key_Escape)
    assert centre.hasFocus()


def test_arrows_skip_headings_and_disabled_rows(qtbot: QtBot, frame: Frame) -> None:
    frame.registry.register(
        CommandSpec("test.off", "Zzz off", category="Zzz", enabled_when=lambda: False), lambda: None
    )
    frame.palette.open_with("commands")
    seen = set()
    for _ in range(frame.palette.rows.rowCount()):
        qtbot.keyClick(frame.palette.field, Qt.Key.Key_Down)
        item = frame.palette.current_item()
        assert item is not None
        assert item.enabled
        seen.add(item.id)
    assert "test.off" not in seen
    assert len(seen) > 5


def test_a_late_answer_is_dropped(qtbot: QtBot, frame: Frame) -> None:
    asked: list[tuple[str, Deliver]] = []

    class Slow:
        placeholder = "Find"
        nothing_found = "Nothing"

        def search(self, query: str, deliver: Deliver) -> None:
            asked.append((query, deliver))

    frame.palette.add_provider("slow", Slow())
    frame.palette.open_with("slow")
    qtbot.keyClicks(frame.palette.field, "ab")
    assert [query for query, _deliver in asked] == ["", "a", "ab"]
    asked[2][1]([PaletteItem("new", "New", lambda: None)])
    asked[1][1]([PaletteItem("old", "Old", lambda: None)])
    assert [item.id for item in shown(frame.palette)] == ["new"]
