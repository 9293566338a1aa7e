"""What the program tells of itself: the engine in diagnostics, and a crash of the last time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.diagnostics.crashes import take_crash
from app.widgets.dialogs.report_dialog import ReportDialog
from tests.app.first_run.conftest import Program


def test_the_engine_is_named_while_a_model_is_loaded(program: Callable[..., Program]) -> None:
    workbench = program("--fake-model").application.workbench
    assert workbench is not None
    first, model, *_ = workbench.facts().splitlines()
    assert first.startswith("Engine: ")
    assert "not started" not in first
    assert model.startswith("Model: fake")


@pytest.mark.expects_log("does not support propagateSizeHints")
def test_a_crash_is_told_of_at_the_next_start(
    program: Callable[..., Program], home: Path, qtbot: QtBot
) -> None:
    (home / "logs").mkdir()
    crash = home / "logs" / "crash.log"
    crash.write_text(f"Fatal Python error: Segmentation fault\n  File {Path.home()}/x.py\n", encoding="utf-8")
    window = program("--fake-model").window
    qtbot.waitUntil(lambda: bool(window.findChildren(ReportDialog)))
    [path] = (home / "reports").iterdir()
    report = path.read_text("utf-8")
    assert "Segmentation fault" in report
    assert "a crash in native code" in report
    assert str(Path.home()) not in report
    assert crash.read_text("utf-8") == ""
    assert take_crash(home) is None, "once is enough"
