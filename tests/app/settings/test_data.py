"""What is stored, freeing it, moving, backing up and restoring it."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.pages.settings import data_rows
from app.pages.settings.data_rows import PartRow
from app.pages.settings.home_rows import BackupRow, OldCopyRow
from app.window.maintenance import MaintenanceDialog
from engine.errors import UserError
from engine.store.backup_format import Told
from engine.store.contents import PARTS
from engine.store.database import open_store
from engine.store.home import lathe_home
from engine.store.moving import move_home
from tests.app.settings.conftest import Desk


def fill(home: Path) -> None:
    open_store(home).close()
    for name in ("lab/a.npz", "models/m.gguf"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(200_000))


def rows(desk: Desk) -> dict[str, PartRow]:
    return {row.part: row for row in desk.page.centre().findChildren(PartRow)}


def measured(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.page._sizes.measured, timeout=10_000):
        desk.page._sizes.refresh()


def test_every_part_has_a_row_and_only_some_a_button(desk: Desk) -> None:
    assert set(rows(desk)) == {part.id for part in PARTS} | {"other"}
    desk.until(lambda: not desk.page._sizes._busy)
    fill(desk.host.home)
    measured(desk)
    assert rows(desk)["lab"].free_button.isVisible()
    assert not rows(desk)["models"].free_button.isVisible()
    assert not rows(desk)["states"].free_button.isVisible()


def test_freeing_deletes_and_says_how_much(desk: Desk) -> None:
    fill(desk.host.home)
    desk.page.freeing.free("lab")
    desk.until(lambda: desk.host.toasts)
    assert "195" in desk.host.toasts[0]
    assert not (desk.host.home / "lab").exists()
    assert (desk.host.home / "models" / "m.gguf").exists()


def test_a_backup_is_written_beside_the_work(desk: Desk, tmp_path: Path) -> None:
    fill(desk.host.home)
    desk.page.home_actions.back_up(tmp_path / "mine", models=True)
    desk.until(lambda: desk.host.toasts)
    assert "models/m.gguf" in zipfile.ZipFile(tmp_path / "mine.zip").namelist()
    [row] = desk.page.centre().findChildren(BackupRow)
    assert not row.bar.isVisible()


def test_a_backup_that_fails_is_said(desk: Desk, tmp_path: Path) -> None:
    fill(desk.host.home)
    desk.page.home_actions.back_up(tmp_path / "no" / "such.zip", models=False)
    desk.until(lambda: desk.host.errors)
    assert isinstance(desk.host.errors[0], UserError)


def test_a_move_is_checked_before_anything_stops(desk: Desk, tmp_path: Path) -> None:
    fill(desk.host.home)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    desk.page.home_actions.prepare_move(tmp_path / "full")
    desk.until(lambda: desk.host.errors)
    assert desk.host.maintained == []
    desk.page.home_actions.move(tmp_path / "new")
    [(_, work)] = desk.host.maintained
    work(lambda _done, _total: None)
    assert lathe_home() == tmp_path / "new"


def test_running_jobs_are_not_moved_away(desk: Desk, tmp_path: Path) -> None:
    class Jobs:
        busy = (type("Record", (), {"title": "Quantize x"})(),)

    desk.host.known = type("Controllers", (), {"jobs": Jobs()})()
    desk.page.home_actions.move(tmp_path / "new")
    assert desk.host.maintained == []
    assert "Quantize x" in str(desk.host.errors[0])


def test_the_old_copy_has_a_row_while_it_is_there(desk: Desk, tmp_path: Path) -> None:
    fill(desk.host.home)
    [row] = desk.page.centre().findChildren(OldCopyRow)
    desk.until(lambda: not row.wanted)
    move_home(desk.host.home, tmp_path / "new", lambda _done, _total: None)
    row._home = tmp_path / "new"
    row.look()
    desk.until(lambda: row.wanted)
    desk.page.search("")
    assert row.isVisible()


def maintenance(desk: Desk) -> tuple[MaintenanceDialog, list[str]]:
    calls: list[str] = []
    dialog = MaintenanceDialog(
        "Moving",
        lambda: calls.append("stop"),
        lambda: calls.append("restart"),
        desk.frame.theme,
        desk.frame.window,
    )
    return dialog, calls


def test_maintenance_stops_works_and_starts_again(desk: Desk, qtbot: QtBot) -> None:
    dialog, calls = maintenance(desk)

    def work(told: Told) -> str:
        calls.append("work")
        told(1, 2)
        return "fine"

    dialog.begin(work)
    qtbot.waitUntil(lambda: "restart" in calls)
    assert calls == ["stop", "work", "restart"]
    dialog.wait()


def test_maintenance_that_fails_says_so_and_waits(desk: Desk, qtbot: QtBot) -> None:
    dialog, calls = maintenance(desk)

    def work(_told: Told) -> str:
        raise UserError("home.in_use", path="/x")

    dialog.begin(work)
    qtbot.waitUntil(lambda: dialog.finished_well is False)
    assert "/x" in dialog.text.text()
    assert "restart" not in calls
    dialog.button.click()
    assert calls[-1] == "restart"
    dialog.wait()


def test_maintenance_is_cancelled_and_not_closed(desk: Desk, qtbot: QtBot) -> None:
    dialog, calls = maintenance(desk)

    def work(told: Told) -> str:
        while True:
            told(1, 2)

    dialog.begin(work)
    dialog.close()  # the same as Cancel: what follows is a new start
    qtbot.waitUntil(lambda: dialog.finished_well is False)
    assert dialog.isVisible()
    assert "Nothing has changed" in dialog.text.text()
    dialog.button.click()
    assert calls == ["stop", "restart"]
    dialog.wait()


def test_a_folder_that_nothing_opens_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    row = desk.page.centre().findChild(data_rows.HomeRow)
    assert row is not None
    row.findChildren(QPushButton)[0].click()
    assert str(desk.host.home) in desk.host.toasts[0]
