"""Taking earlier comparisons and maps off their lists, names in few words, and what narrow tables leave
out.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.panels.compare.columns import NAME_ROOM, WIDTHS, left_out
from app.panels.compare.names import joined
from app.panels.stored_list import StoredList, StoredRow
from app.theme.theme import Theme
from engine.errors import UserError
from engine.evaluate.removed import bring_back, put_away


def test_what_is_put_away_comes_back_for_a_day(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    for path in (first, second):
        path.write_text(path.name)
    put_away(first)
    assert not first.exists()
    bring_back(first)
    assert first.read_text() == "a.npz"
    with pytest.raises(UserError):
        bring_back(first)
    put_away(first)
    (away,) = tmp_path.glob("a.npz.*")
    os.utime(away, (1, 1))
    put_away(second)
    assert [path.name for path in tmp_path.glob("*.npz*")] == ["b.npz.removed"]


def test_the_list_asks_by_key_and_by_its_cross(qtbot: QtBot) -> None:
    stored = StoredList("Earlier", Theme())
    qtbot.addWidget(stored)
    stored.resize(240, 200)
    stored.set_rows([StoredRow("one", "First", "today"), StoredRow("two", "Second", "today")])
    stored.show()
    asked: list[str] = []
    chosen: list[str] = []
    stored.remove_requested.connect(asked.append)
    stored.chosen.connect(chosen.append)
    rows = stored.list
    row = rows.visualItemRect(rows.item(1))
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.cross_of(row).center())
    assert (asked, chosen) == (["two"], [])
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, row.center().y()))
    assert chosen == ["two"]
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert asked == ["two", "two"]


def test_names_say_what_they_share_once() -> None:
    assert joined(["Small-1B-F16", "Small-1B-Q8_0", "Small-1B-Q4_K_M"]) == "Small-1B: F16 · Q8_0 · Q4_K_M"
    assert joined(["Small-1B", "Small-1B-Q8_0"]) == "Small: 1B · 1B-Q8_0"
    assert joined(["one", "other"]) == "one · other"


def test_names_have_room_in_narrow_tables() -> None:
    whole = NAME_ROOM + sum(WIDTHS.values())
    assert left_out(whole) == frozenset()
    for width in range(700, whole, 20):
        assert NAME_ROOM + sum(w for column, w in WIDTHS.items() if column not in left_out(width)) <= width
