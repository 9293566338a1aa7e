"""The ledger, the question for a newer release, logs, reports, diagnostics, the offline switch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.diagnostics.summary import compose_summary
from app.pages.settings.ledger_dialog import LedgerDialog
from app.pages.settings.network_rows import ADDRESS_KEY, UpdateRow, short_day
from app.pages.settings.text_dialog import TextDialog, TextFile, filtered
from app.settings import OFFLINE
from app.shell import Shell
from app.window.offline_switch import OfflineSwitch
from engine.errors import UserError
from engine.network.ledger import Ledger
from engine.network.offline import is_offline
from engine.protocol.jobs import JobEvent, JobFailed
from engine.protocol.updates import UpdateCheck, UpdateFound
from tests.app.settings.conftest import Desk


def test_the_ledger_is_shown_exported_and_cleared(desk: Desk, tmp_path: Path) -> None:
    ledger = Ledger(desk.host.home)
    ledger.end(ledger.begin("hub.example.org", "hub_download", "org/model"), 2048, 200)
    ledger.begin("127.0.0.1:8080", "endpoint")
    dialog = LedgerDialog(desk.host.home, desk.frame.theme, desk.frame.window)
    dialog.show()
    desk.until(lambda: dialog.model.rowCount() == 2)
    assert dialog.stack.currentWidget() is dialog.table
    texts = [[dialog.model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert texts[0][1:3] == ["no answer", "127.0.0.1:8080 (this machine)"]
    assert texts[1][2:] == ["hub.example.org", "Download of org/model"]
    dialog.filter.setText("EXAMPLE download")
    assert [entry.host for entry in dialog.model.entries] == ["hub.example.org"]
    assert dialog.found.text() == "1 of 2"
    dialog.filter.setText("nobody")
    assert dialog.stack.currentWidget() is dialog.nothing
    assert not dialog.export_button.isEnabled()
    dialog.filter.clear()
    assert dialog.model.rowCount() == 2
    assert not dialog.found.text()
    dialog.export(tmp_path / "list.csv")
    desk.until(lambda: (tmp_path / "list.csv").exists() and (tmp_path / "list.csv").stat().st_size)
    assert "hub.example.org" in (tmp_path / "list.csv").read_text("utf-8")
    dialog.clear_button.click()
    desk.until(lambda: dialog.stack.currentWidget() is dialog.empty)
    assert ledger.read() == []
    dialog.close()


class Jobs:
    """Answers what is asked when told to."""

    def __init__(self) -> None:
        self.asked: list[UpdateCheck] = []
        self.hear: Callable[[JobEvent], None] | None = None

    def ask(self, job: UpdateCheck, hear: Callable[[JobEvent], None]) -> object:
        self.asked.append(job)
        self.hear = hear
        return object()

    def answer(self, event: JobEvent) -> None:
        assert self.hear is not None
        self.hear(event)


@pytest.fixture
def jobs(desk: Desk) -> Jobs:
    made = Jobs()
    desk.host.known = type("Controllers", (), {"jobs": made})()
    return made


def test_nobody_is_asked_before_the_button_is_pressed(desk: Desk, jobs: Jobs) -> None:
    [row] = desk.page.centre().findChildren(UpdateRow)
    assert jobs.asked == []
    row.check()
    assert jobs.asked == []
    assert "No address" in row._explanation.text()
    desk.frame.settings.set_value(ADDRESS_KEY, "http://127.0.0.1:1/latest")
    row.check_button.click()
    assert jobs.asked[0].address == "http://127.0.0.1:1/latest"
    assert not row.check_button.isEnabled()


def test_a_newer_release_offers_its_page(desk: Desk, jobs: Jobs) -> None:
    desk.frame.settings.set_value(ADDRESS_KEY, "http://127.0.0.1:1/latest")
    [row] = desk.page.centre().findChildren(UpdateRow)
    row.check()
    jobs.answer(UpdateFound("9.0", "https://example.org/r", True, "2026-05-01"))
    assert "9.0" in row._explanation.text()
    assert short_day("2026-05-01") in row._explanation.text()
    row.open_button.click()
    assert desk.host.opened == ["https://example.org/r"]
    row.check()
    jobs.answer(UpdateFound("0.1.0", "https://example.org/r", False))
    assert "newest" in row._explanation.text()
    assert not row.open_button.isVisible()
    row.check()
    jobs.answer(JobFailed("network.offline", {"host": "example.org"}))
    assert "works offline" in row._explanation.text()
    assert row.check_button.isEnabled()
    desk.frame.settings.set_value(OFFLINE, True)
    desk.frame.settings.set_value(OFFLINE, False)
    assert "works offline" not in row._explanation.text()


def test_a_date_is_written_as_people_here_do() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    try:
        assert short_day("2026-05-01") == "5/1/26"
        QLocale.setDefault(QLocale("zh_CN"))
        assert short_day("2026-05-01") == "2026/5/1"
    finally:
        QLocale.setDefault(before)
    assert short_day("soon") == ""


def test_the_switch_reaches_the_engine(desk: Desk, qtbot: QtBot) -> None:
    shell: Any = type(
        "S", (), {"window": desk.frame.window, "settings": desk.frame.settings, "home": desk.host.home}
    )()
    made: Shell = shell
    OfflineSwitch(made)
    desk.frame.settings.set_value(OFFLINE, True)
    desk.until(lambda: is_offline(desk.host.home, {}))
    banner = desk.frame.window.banner
    desk.frame.window.show_error(UserError("network.offline", host="h"), "loading a model")
    assert not banner.isHidden()
    desk.frame.settings.set_value(OFFLINE, False)
    assert banner.isHidden()
    desk.until(lambda: not is_offline(desk.host.home, {}))


LOG = """\
2026-01-01 10:00:00,1 INFO a: started
2026-01-01 10:00:01,1 ERROR b: broken
Traceback (most recent call last):
  File "x"
2026-01-01 10:00:02,1 WARNING c: hm
"""


def test_lines_are_filtered_with_their_tracebacks() -> None:
    assert filtered(LOG, "all", "") == LOG.rstrip()
    assert filtered(LOG, "errors", "").splitlines()[-1] == '  File "x"'
    assert "hm" in filtered(LOG, "warnings", "")
    assert "started" not in filtered(LOG, "warnings", "")
    assert filtered(LOG, "all", "BROKEN b").count("\n") == 0


def test_a_log_is_read_filtered_and_copied(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "window.log"
    path.write_text("x" * 600_000 + "\n" + LOG, encoding="utf-8")
    parent: QWidget = desk.frame.window
    files, frame = [TextFile(path, "window.log")], desk.frame
    dialog = TextDialog("Logs", "…", files, frame.theme, parent, frame.window.show_toast, levels=True)
    dialog.show()
    desk.until(lambda: "broken" in dialog.text.toPlainText())
    assert "xxx" not in dialog.text.toPlainText()
    dialog.words.setText("hm")
    assert dialog.text.toPlainText().startswith("2026-01-01 10:00:02")
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    dialog.close()


def test_reports_are_listed(desk: Desk) -> None:
    desk.page.help_actions.show_reports()
    desk.until(lambda: desk.host.toasts)
    folder = desk.host.home / "reports"
    folder.mkdir()
    (folder / "report-1.txt").write_text("ValueError: x", encoding="utf-8")
    desk.page.help_actions.show_reports()
    desk.until(lambda: desk.page.help_actions.dialog is not None)
    dialog = desk.page.help_actions.dialog
    assert dialog is not None
    desk.until(lambda: "ValueError" in dialog.text.toPlainText())
    assert not dialog.level.isVisible()
    dialog.close()


def test_diagnostics_name_nothing_private(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = desk.host.home
    (home / "models").mkdir()
    (home / "models" / "my-secret-model.gguf").write_bytes(b"x")
    text = compose_summary(home, {"Qt": "6"}, "Engine: x", ["models.folders"])
    assert "models: " in text
    assert "Changed settings: models.folders" in text
    assert "Memory:" in text
    for private in ("secret", str(home), str(Path.home()), home.name + "/"):
        assert private not in text
    desk.page.help_actions.copy_diagnostics()
    desk.until(lambda: desk.host.toasts)
    assert QGuiApplication.clipboard().text().startswith("Lathe ")
