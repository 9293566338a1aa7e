"""The controller follows the service, and the next window follows the last one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.jobs import JobsController
from engine.errors import UserError
from engine.jobs.records import JobRecord
from engine.protocol.jobs import (
    FileWritten,
    JobEvent,
    JobFailed,
    JobStep,
    PlansJob,
    QuantizeJob,
    TypePlanned,
    TypesPlanned,
)

Make = Callable[[], JobsController]
Quick = Callable[[str], QuantizeJob]


def test_from_start_to_result(make_jobs: Make, quick: Quick, qtbot: QtBot) -> None:
    jobs = make_jobs()
    told: list[object] = []
    opened: list[JobRecord] = []
    jobs.event_told.connect(lambda _id, event: told.append(event))
    jobs.set_opener("quantize", opened.append)
    with qtbot.waitSignal(jobs.ended, timeout=30_000) as ended:
        job_id = jobs.start(quick("a.gguf"), "tiny")
        first = jobs.record(job_id)
        assert first is not None
        assert not jobs.can_open(first)
    assert ended.args[0] == job_id
    assert isinstance(ended.args[1], FileWritten)
    record = jobs.record(job_id)
    assert record is not None
    assert record.status == "done"
    assert any(isinstance(event, JobStep) for event in told)
    jobs.open_result(job_id)
    assert opened == [record]
    seen: list[list[JobEvent]] = []
    jobs.read_events(job_id, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] == told
    jobs.clear_ended()
    qtbot.waitUntil(lambda: not jobs.records)


def test_the_next_window_takes_up_the_work(
    make_jobs: Make, quick: Quick, endless: Quick, qtbot: QtBot
) -> None:
    first = make_jobs()
    running = first.start(endless("long.gguf"), "long")
    qtbot.waitUntil(lambda: first.records[0].fraction > 0, timeout=30_000)
    with pytest.raises(UserError, match="Another job"):
        first.start(quick("long.gguf"), "other")
    first.close()
    second = make_jobs()
    qtbot.waitUntil(lambda: bool(second.records), timeout=10_000)
    record = second.record(running)
    assert record is not None
    assert (record.title, record.status) == ("long", "running")
    second.pause(running)
    qtbot.waitUntil(lambda: second.records[0].status == "paused", timeout=10_000)
    second.resume(running)
    qtbot.waitUntil(lambda: second.records[0].status == "running", timeout=10_000)
    with qtbot.waitSignal(second.ended, timeout=10_000) as ended:
        second.cancel(running)
    assert ended.args[1] == JobFailed("cancelled")
    again = second.restart(running)
    assert again
    qtbot.waitUntil(lambda: [record.id for record in second.records] == [again], timeout=10_000)
    # The first one no longer listens; nothing of it runs.
    for known in first.busy:
        first._records.pop(known.id)


def test_a_question_is_in_no_list(make_jobs: Make, quick: Quick, qtbot: QtBot, tmp_path: Path) -> None:
    jobs = make_jobs()
    quick("unused")
    told: list[JobEvent] = []
    jobs.ask(PlansJob(str(tmp_path / "tiny.gguf"), ("Q8_0", "Q4_K_M")), told.append)
    qtbot.waitUntil(lambda: bool(told) and isinstance(told[-1], TypesPlanned), timeout=30_000)
    sizes = {one.type_name: one.size_bytes for one in told if isinstance(one, TypePlanned)}
    assert sizes["Q4_K_M"] < sizes["Q8_0"]
    assert jobs.records == []
    dropped: list[JobEvent] = []
    asking = jobs.ask(PlansJob(str(tmp_path / "tiny.gguf"), ("Q8_0",)), dropped.append)
    asking.cancel()
    last: list[JobEvent] = []
    jobs.ask(PlansJob(str(tmp_path / "no.gguf"), ("Q8_0",)), last.append)
    qtbot.waitUntil(lambda: bool(last), timeout=30_000)
    assert isinstance(last[0], JobFailed)
    assert last[0].code == "model.missing"
    assert dropped == []
