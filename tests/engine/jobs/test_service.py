"""The queue, and what can be done with a job."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.jobs.folder import JobFolder, jobs_folder
from engine.jobs.records import JobSpec, JobState
from engine.jobs.service import MOST_ENDED, JobService
from engine.output import part_path
from engine.protocol.jobs import FileWritten, JobFailed, JobStep, QuantizeJob
from tests.engine.jobs.conftest import Desk

Quick = Callable[[str], QuantizeJob]
Endless = Quick


def test_a_job_from_submit_to_result(desk: Desk, quick: Quick) -> None:
    job = quick("out.gguf")
    job_id = desk.service.submit(job, "Tiny as Q4_0")
    record = desk.until_status(job_id, "done", "failed")
    assert isinstance(record.result, FileWritten), record.result
    assert (record.title, record.kind, record.job, record.fraction) == ("Tiny as Q4_0", "quantize", job, 1.0)
    assert 0 < record.created_ms <= record.started_ms <= record.ended_ms
    assert Path(record.result.path).stat().st_size == record.result.size_bytes
    events = desk.service.events(job_id)
    assert events[-1] == record.result
    assert any(isinstance(event, JobStep) for event in events)
    desk.service.flush()
    told = [event for one, event in desk.told if one.id == job_id and event is not None]
    assert told == events
    statuses = list(dict.fromkeys(one.status for one, _ in desk.told))
    assert statuses == ["queued", "running", "done"]


def test_one_heavy_job_at_a_time_and_light_ones_beside_it(desk: Desk, quick: Quick, endless: Endless) -> None:
    first = desk.service.submit(endless("a.gguf"), "first")
    desk.until_status(first, "running")
    second = desk.service.submit(quick("b.gguf"), "second")
    third = desk.service.submit(quick("c.gguf"), "third")
    light = desk.service.submit(quick("d.gguf"), "light", heavy=False)
    desk.until_status(light, "done")
    assert [desk.record(one).status for one in (first, second, third)] == ["running", "queued", "queued"]
    desk.service.cancel(first)
    desk.until_status(third, "done")
    assert desk.record(second).ended_ms <= desk.record(third).started_ms


def test_cancelling_leaves_no_file(desk: Desk, endless: Endless, quick: Quick, tmp_path: Path) -> None:
    target = tmp_path / "im.gguf"
    job_id = desk.service.submit(endless("im.gguf"), "long")
    waiting = desk.service.submit(quick("b.gguf"), "waiting")
    desk.service.cancel(waiting)
    desk.until(lambda: desk.record(job_id).fraction > 0)
    desk.service.cancel(job_id)
    record = desk.until_status(job_id, "cancelled")
    assert record.result == JobFailed("cancelled")
    assert desk.record(waiting).status == "cancelled"
    assert not target.exists()
    assert not part_path(target).exists()
    assert not (tmp_path / "b.gguf").exists()
    desk.service.cancel(job_id)
    desk.service.flush()
    assert desk.service.events(job_id)[-1] == record.result


def test_pausing_holds_the_process_and_the_queue(desk: Desk, endless: Endless, quick: Quick) -> None:
    job_id = desk.service.submit(endless("im.gguf"), "long")
    desk.until(lambda: desk.record(job_id).fraction > 0)
    behind = desk.service.submit(quick("b.gguf"), "behind")
    desk.service.pause(job_id)
    desk.until_status(job_id, "paused")
    desk.service.flush()
    said = len(desk.service.events(job_id))
    light = desk.service.submit(quick("c.gguf"), "light", heavy=False)
    desk.until_status(light, "done")
    # A frozen process may have had one write under way.
    assert len(desk.service.events(job_id)) <= said + 1
    assert desk.record(behind).status == "queued"
    desk.service.resume(job_id)
    desk.until_status(job_id, "running")
    desk.until(lambda: len(desk.service.events(job_id)) > said + 1)
    desk.service.pause(job_id)
    desk.until_status(job_id, "paused")
    desk.service.cancel(job_id)
    desk.until_status(job_id, "cancelled")
    desk.until_status(behind, "done")


def test_two_jobs_on_one_target(desk: Desk, endless: Endless, quick: Quick, tmp_path: Path) -> None:
    job_id = desk.service.submit(endless("same.gguf"), "long")
    (tmp_path / "sub").mkdir()
    with pytest.raises(UserError) as caught:
        desk.service.submit(quick("sub/../same.gguf"), "other")
    assert caught.value.code == "output.busy"
    desk.service.cancel(job_id)
    desk.until_status(job_id, "cancelled")
    again = desk.service.submit(quick("same.gguf"), "other")
    desk.until_status(again, "done")


def test_a_job_that_needs_another(desk: Desk, quick: Quick, endless: Endless, tmp_path: Path) -> None:
    first = desk.service.submit(quick("a.gguf"), "first", heavy=False)
    then = desk.service.submit(quick("b.gguf"), "then", heavy=False, after=first)
    record = desk.until_status(then, "done")
    assert record.started_ms >= desk.record(first).ended_ms
    lost = desk.service.submit(QuantizeJob(str(tmp_path / "no.gguf"), str(tmp_path / "x"), "Q4_0"), "lost")
    orphan = desk.service.submit(quick("c.gguf"), "orphan", after=lost)
    record = desk.until_status(orphan, "failed")
    assert record.result == JobFailed("job.not_prepared", {"title": "lost"})
    failed = desk.record(lost).result
    assert isinstance(failed, JobFailed)
    assert failed.code == "model.missing"
    assert not (tmp_path / "c.gguf").exists()


def test_what_cannot_be_written_is_said(desk: Desk, quick: Quick, home: Path, tiny: Path) -> None:
    """A target without a folder, and a home in which no job can be kept."""
    lost = desk.service.submit(QuantizeJob(str(tiny), "/no/where/x.gguf", "Q4_0"), "no folder")
    end = desk.until_status(lost, "failed").result
    assert isinstance(end, JobFailed)
    assert end.code == "output.no_folder"
    desk.service.remove(lost)
    desk.service.flush()
    for path in sorted(jobs_folder(home).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    jobs_folder(home).rmdir()
    jobs_folder(home).write_text("in the way")
    blocked = desk.service.submit(quick("b.gguf"), "blocked")
    end = desk.until_status(blocked, "failed").result
    assert isinstance(end, JobFailed)
    assert end.code == "output.unwritable"


def test_a_full_disk_ends_a_job_without_a_file(
    desk: Desk, tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The processes inherit a limit on the size of a file, which the system answers like a full disk."""
    limited = tmp_path / "sitecustomize.py"
    limited.write_text("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    job_id = desk.service.submit(QuantizeJob(str(tiny), str(tmp_path / "a.gguf"), "F32"), "large")
    record = desk.until_status(job_id, "failed", "done")
    assert isinstance(record.result, JobFailed)
    assert record.result.code in {"output.unwritable", "output.no_space", "quantize.failed"}
    assert not (tmp_path / "a.gguf").exists()
    assert not part_path(tmp_path / "a.gguf").exists()


def test_removing(desk: Desk, quick: Quick, endless: Endless, home: Path, tmp_path: Path) -> None:
    done = desk.service.submit(quick("a.gguf"), "done")
    desk.until_status(done, "done")
    running = desk.service.submit(endless("b.gguf"), "running")
    desk.until(lambda: desk.record(running).fraction > 0)
    desk.service.remove(done)
    desk.service.remove(running)
    desk.until(lambda: not desk.service.records())
    assert (tmp_path / "a.gguf").exists()
    assert not part_path(tmp_path / "b.gguf").exists()
    assert [path.name for path in jobs_folder(home).iterdir()] == ["starter.lock"]


def test_jobs_of_long_ago_are_forgotten(home: Path, quick: Quick) -> None:
    for number in range(MOST_ENDED + 3):
        spec = JobSpec(f"{number:03}", "old", quick("out.gguf"), True, number, "")
        folder = JobFolder(jobs_folder(home) / spec.id)
        folder.create(spec)
        folder.write_state(JobState(status="cancelled", ended_ms=number + 1))
    looking = JobService(home, starts=False)
    assert len(looking.records()) == MOST_ENDED + 3
    looking.close()
    service = JobService(home)
    service.flush()
    assert [record.id for record in service.records()] == [f"{n:03}" for n in range(3, MOST_ENDED + 3)]
    assert not (jobs_folder(home) / "002").exists()
    service.close()


def test_a_folder_that_is_no_job_is_left_alone(home: Path) -> None:
    odd = jobs_folder(home) / "odd"
    odd.mkdir(parents=True)
    (odd / "job.json").write_text('{"id": "odd", "job": {"type": "from-the-future"}}')
    (jobs_folder(home) / "empty").mkdir()
    service = JobService(home)
    try:
        assert service.records() == []
        assert JobFolder(odd).exists()
    finally:
        service.close()


def test_a_listener_may_ask_at_once(home: Path, quick: Quick) -> None:
    """Also while the service takes up what is there."""
    first = Desk(home)
    job_id = first.service.submit(quick("a.gguf"), "before")
    first.until_status(job_id, "done")
    first.end()
    service = JobService(home)
    seen: list[bool] = []
    service.subscribe(lambda record, _event: seen.append(service.record(record.id) is not None))
    try:
        again = service.submit(quick("b.gguf"), "after")
        service.flush()
        assert [record.title for record in service.records()] == ["before", "after"]
        assert seen[0]
        service.remove(again)
        service.flush()
    finally:
        service.close()
