"""Where a file is saved when its name was typed without an ending."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.widgets.save_file import ask_where_to_save


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def answer(monkeypatch: pytest.MonkeyPatch, *names: Path | str) -> list[str]:
    """What the user types, one dialog after the other; the names that the dialogs came up with."""
    suggested: list[str] = []
    left = list(names)

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        suggested.append(name)
        return str(left.pop(0)), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return suggested


def test_a_missing_ending_is_added(parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "v1.5 notes")
    assert ask_where_to_save(parent, "Export", "chat.md", "", ".md") == tmp_path / "v1.5 notes.md"


def test_an_ending_is_kept(parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "notes.MD")
    assert ask_where_to_save(parent, "Export", "chat.md", "", ".md") == tmp_path / "notes.MD"


def test_a_file_that_is_there_is_not_replaced_unasked(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "notes.md"
    there.write_text("mine")
    suggested = answer(monkeypatch, tmp_path / "notes", there)
    assert ask_where_to_save(parent, "Export", "chat.md", "", ".md") == there
    assert suggested == ["chat.md", str(there)]  # the second dialog asks about replacing


def test_nothing_is_chosen(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "")
    assert ask_where_to_save(parent, "Export", "chat.md", "", ".md") is None
