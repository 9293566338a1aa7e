"""The drawer, by mouse and keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.controllers.jobs import JobsController
from app.theme.theme import Theme
from app.widgets.numbers import bound
from app.window.job_words import end_words, status_words, time_left
from app.window.jobs_drawer import JobsDrawer, spoken_of
from engine.jobs.records import JobRecord
from engine.protocol.finetune import RunFinished, RunStatus
from engine.protocol.jobs import JobFailed, JobNotice, QuantizeJob

Quick = Callable[[str], QuantizeJob]


def make_drawer(jobs: JobsController, theme: Theme, qtbot: QtBot) -> JobsDrawer:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return JobsDrawer(window, jobs, theme, 28)


def test_what_can_be_done_with_a_job(
    make_jobs: Callable[[], JobsController], quick: Quick, endless: Quick, theme: Theme, qtbot: QtBot
) -> None:
    jobs = make_jobs()
    drawer = make_drawer(jobs, theme, qtbot)
    drawer.toggle()
    assert drawer.isVisible()
    assert drawer.ids() == []
    long = jobs.start(endless("long.gguf"), "long")
    waiting = jobs.start(quick("b.gguf"), "waiting")
    qtbot.waitUntil(lambda: jobs.records[0].fraction > 0, timeout=30_000)
    assert drawer.ids() == [long, waiting]
    row = drawer.row(long)
    assert row.meter.isVisible()
    assert row.pause.isVisible()
    assert not row.remove.isVisible()
    assert not drawer.row(waiting).pause.isVisible()
    qtbot.mouseClick(row.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.resume.isVisible, timeout=10_000)
    assert row.state.full_text().startswith("Paused at")
    qtbot.mouseClick(row.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.again.isVisible, timeout=10_000)
    assert row.state.full_text() == "Cancelled; nothing was written"
    qtbot.waitUntil(lambda: jobs.busy == [], timeout=30_000)
    assert drawer.ids() == [waiting, long]
    done = drawer.row(waiting)
    assert done.state.full_text().startswith("Done · ")
    qtbot.mouseClick(done.show_log, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(done.log.text()), timeout=10_000)
    assert done.log.isVisible()
    qtbot.mouseClick(drawer.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: drawer.ids() == [], timeout=10_000)
    qtbot.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def record(**changes: object) -> JobRecord:
    values: dict[str, object] = {
        "id": "1",
        "title": "job",
        "job": QuantizeJob("a", "b", "Q8_0"),
        "kind": "quantize",
        "status": "running",
        "fraction": 0.5,
        "label": "blk.0",
        "seconds_left": 40.0,
        "created_ms": 0,
        "started_ms": 0,
        "ended_ms": 0,
        "result": None,
        "pausable": True,
        **changes,
    }
    return JobRecord(**values)  # type: ignore[arg-type]


def test_words() -> None:
    assert status_words(record()) == f"{bound('50 %')} · {bound('40 s left')} · blk.0"
    assert status_words(record(status="queued")) == "Waiting"
    failed = record(status="failed", result=JobFailed("output.busy", {"path": "/x"}))
    assert status_words(failed).startswith("Another job is writing /x")
    assert "see the log" in status_words(record(status="failed", result=JobFailed("", report="boom")))
    assert time_left(-1) == ""
    assert time_left(600) == bound("10 min left")
    assert time_left(7200) == bound("2.0 h left")


def test_a_training_that_was_stopped_is_not_called_done() -> None:
    def finished(status: RunStatus) -> RunFinished:
        return RunFinished("r", status, "/r", 9, 1.0, -1.0, -1.0, 900, 8.0, 112.0, 1 << 30, 1 << 30)

    stopped, done = finished("stopped"), finished("done")
    assert end_words("x", stopped) == "“x” was stopped, and what it learned is kept"
    assert end_words("x", done) == "“x” is done"
    assert end_words("Fine-tune “x”", done) == "“Fine-tune ‘x’” is done"
    assert "did not succeed" in end_words("x", JobFailed("output.busy", {"path": "/x"}))
    assert status_words(record(status="done", result=stopped)).startswith("Stopped and kept · ")
    assert status_words(record(status="done", result=done)).startswith("Done · ")


def test_the_status_line_speaks_of_what_runs() -> None:
    waiting, running = record(id="1", status="queued"), record(id="2")
    assert spoken_of([waiting, running]) is running
    assert spoken_of([waiting]) is waiting
    assert spoken_of([]) is None


def test_notices_are_in_the_log(make_jobs: Callable[[], JobsController], theme: Theme, qtbot: QtBot) -> None:
    from app.window.job_row import JobRow

    row = JobRow(theme)
    qtbot.addWidget(row)
    notice = JobNotice("quantize.no_match", {"pattern": "attn_x"})
    row.fill_log(record(notices=(notice,)), "printed")
    assert "attn_x" in row.log.text()
    assert row.log.text().endswith("printed")
