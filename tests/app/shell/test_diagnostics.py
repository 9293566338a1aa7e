"""Logs, reports, uncaught exceptions, dialogs, one window for one home."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.diagnostics.hooks import BugCatcher
from app.diagnostics.logs import start_logging, stop_logging
from app.diagnostics.reports import compose_report, write_report
from app.i18n.error_texts import ERROR_TEXTS
from app.i18n.errors import describe
from app.i18n.translator import Translator, resolve
from app.options import parse
from app.widgets.dialogs.about_dialog import AboutDialog
from app.widgets.dialogs.link_dialog import LinkDialog, ask_to_open
from app.widgets.dialogs.report_dialog import ReportDialog
from app.window.single_instance import SingleInstance
from engine.error_catalog import CATALOG
from engine.errors import UserError
from engine.protocol.events import Failed
from tests.app.shell.conftest import Frame


def boom() -> None:
    raise ValueError("a bug for the test")


def test_every_error_of_the_engine_has_its_text() -> None:
    """Out of date? Run `python packaging/error_texts.py`."""
    assert {code: tuple(text) for code, text in CATALOG.items()} == ERROR_TEXTS


def test_errors_are_told_by_code() -> None:
    told = describe(UserError("engine.died", reason="signal 9"))
    assert "(signal 9)" in told.message
    assert told.details == ""
    assert describe(Failed(code="engine.died", message="m", params={"reason": "x"})) == describe(
        UserError("engine.died", reason="x")
    )
    newer = describe(Failed(code="of.tomorrow", message="As it came.", hint="Do this."))
    assert newer[:2] == ("As it came.", "Do this.")
    assert describe(Failed(code="engine.died", message="plain", hint="h")).message == "plain"


def test_the_log_is_a_file_that_stays_small(home: Path) -> None:
    folder = home / "logs"
    folder.mkdir()
    (folder / "window.log").write_bytes(b"x" * 1_100_000)
    level = logging.getLogger().level
    try:
        start_logging(home, debug=False)
        logging.getLogger("test").info("hello log")
    finally:
        stop_logging()
        logging.getLogger().setLevel(level)
    assert "hello log" in (folder / "window.log").read_text(encoding="utf-8")
    assert (folder / "window.old.log").stat().st_size == 1_100_000


def test_a_report_has_versions_and_no_home_path(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: home)
    with pytest.raises(ValueError, match="a bug") as caught:
        boom()
    caught.value.add_note(f"in {home}/secret")
    report = compose_report(caught.value, "a test")
    assert "PySide6-Essentials 6." in report
    assert "ValueError: a bug for the test" in report
    assert str(home) not in report
    path = write_report(home, report)
    assert path is not None
    assert path.parent == home / "reports"
    assert path.read_text(encoding="utf-8") == report


@pytest.mark.expects_log("uncaught in")
def test_uncaught_exceptions_are_reported_once(qtbot: QtBot, home: Path) -> None:
    catcher, told = BugCatcher(home), []
    catcher.install(lambda report, path: told.append((report, path)))
    try:
        for _ in range(2):
            try:
                boom()
            except ValueError as error:
                sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=boom, name="worker-of-the-test")
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        catcher.uninstall()
    assert "worker-of-the-test" in told[1][0]
    assert Path(told[0][1]).read_text(encoding="utf-8") == told[0][0]
    assert len(list((home / "reports").iterdir())) == 2


def test_a_report_is_copied_whole(qtbot: QtBot, frame: Frame) -> None:
    dialog = ReportDialog("the whole report\n", "/home/x/report.txt", frame.window)
    dialog.show()
    assert not dialog.isModal()
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "the whole report\n"
    dialog.close()


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://h/x", "not a link", ""],
)
def test_only_web_and_mail_is_opened(address: str) -> None:
    assert ask_to_open(address, None) is None


def test_a_link_is_shown_in_full_before_it_is_opened(
    qtbot: QtBot, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "app.widgets.dialogs.link_dialog.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    dialog = ask_to_open("https://exämple.org/a?b=c", frame.window)
    assert isinstance(dialog, LinkDialog)
    shown = dialog.findChild(QPlainTextEdit)
    assert shown is not None
    assert shown.toPlainText() == "https://xn--exmple-cua.org/a?b=c"
    assert opened == []
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    box.accepted.emit()
    assert len(opened) == 1


def test_about_names_versions_and_licences(qtbot: QtBot, frame: Frame) -> None:
    dialog = AboutDialog("llama.cpp b1234", frame.window)
    dialog.show()
    texts = dialog.copied_text()
    assert "llama.cpp b1234" in texts
    assert "PySide6" in texts
    licences = dialog.findChild(QPlainTextEdit)
    assert licences is not None
    assert "SIL OPEN FONT LICENSE" in licences.toPlainText()
    dialog.close()


def test_a_second_window_calls_the_first(qtbot: QtBot, home: Path) -> None:
    first, second = SingleInstance(home), SingleInstance(home)
    assert first.acquire()
    try:
        assert not second.acquire()
        first.listen()
        with qtbot.waitSignal(first.called):
            assert second.call_other()
    finally:
        first.release()
    assert second.acquire()
    second.release()


def test_a_second_window_of_another_home_is_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert one.acquire()
    assert other.acquire()
    one.release()
    other.release()


def test_languages_resolve(qtbot: QtBot) -> None:
    assert resolve("zh_CN") == "zh_CN"
    assert resolve("system") in ("en", "zh_CN")
    assert resolve("xx") in ("en", "zh_CN")
    translator = Translator()
    translator.use("zh_CN")
    assert translator.is_chinese()
    translator.use("en")
    assert not translator.is_chinese()


def test_the_command_line() -> None:
    options = parse(["--home", "/x", "--fake-model", "--size", "1000x640", "--page", "help"])
    assert (options.home, options.fake_model, options.size, options.page) == ("/x", True, (1000, 640), "help")
    with pytest.raises(SystemExit) as stopped:
        parse(["--size", "big"])
    assert stopped.value.code == 2


def test_counts_in_an_error_are_grouped_and_names_are_not() -> None:
    told = describe(UserError("context.overflow", needed=60002, n_ctx=8192)).message
    assert told == "The conversation has 60,002 tokens, and the context holds 8,192."
    port = describe(UserError("server.port", port=11434, reason="in use"))
    assert "11434" in port.message + port.hint
