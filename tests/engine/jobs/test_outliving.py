"""The window may go, by itself or by force: the work goes on, and the next one takes it up."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psutil
import pytest

from engine.jobs import processes
from engine.jobs.folder import JobFolder, jobs_folder
from engine.jobs.records import JobSpec, JobState
from engine.output import part_path
from engine.protocol.jobs import AnyJob, FileWritten, JobFailed, JobStep, QuantizeJob
from tests.engine.jobs.conftest import Desk
from tests.support.sources import ROOT

Quick = Callable[[str], QuantizeJob]
Endless = Quick

SUBMIT = """
import sys, time
from pathlib import Path
import msgspec
from engine.jobs.service import JobService
from engine.protocol.jobs import AnyJob
service = JobService(Path(sys.argv[1]))
for line in sys.argv[2:]:
    job_id = service.submit(msgspec.json.decode(line, type=AnyJob), "from elsewhere")
    print(job_id, flush=True)
service.flush()
while service.records()[0].fraction == 0 and not service.records()[0].ended:
    time.sleep(0.01)
print("running", flush=True)
time.sleep(600)
"""


@pytest.fixture
def submit_and_die(home: Path) -> Iterator[Callable[..., list[str]]]:
    """Another process submits jobs and is killed when the first has begun; the ids."""

    def go(*jobs: AnyJob) -> list[str]:
        lines = [msgspec.json.encode(job).decode() for job in jobs]
        with subprocess.Popen(
            [sys.executable, "-c", SUBMIT, str(home), *lines], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            ids = [other.stdout.readline().strip() for _ in jobs]
            assert other.stdout.readline() == "running\n"
            other.kill()
        return ids

    yield go
    for path in jobs_folder(home).glob("0*"):
        state = JobFolder(path).state()
        processes.kill(state.pid, state.process_started)


def test_killed_and_taken_up_again(
    submit_and_die: Callable[..., list[str]], home: Path, quick: Quick, endless: Endless, tmp_path: Path
) -> None:
    running, queued = submit_and_die(endless("a.gguf"), quick("b.gguf"))
    state = JobFolder(jobs_folder(home) / running).state()
    assert processes.is_alive(state.pid, state.process_started)
    desk = Desk(home)
    try:
        record = desk.record(running)
        assert (record.status, record.title) == ("running", "from elsewhere")
        assert record.fraction > 0
        before = len(desk.service.events(running))
        desk.until(lambda: len(desk.service.events(running)) > before)
        assert desk.record(queued).status == "queued"
        desk.service.cancel(running)
        desk.until_status(running, "cancelled")
        assert not processes.is_alive(state.pid, state.process_started)
        assert not part_path(tmp_path / "a.gguf").exists()
        desk.until_status(queued, "done")
    finally:
        desk.end()


def test_it_ends_while_nobody_looks(home: Path, quick: Quick, endless: Endless, tmp_path: Path) -> None:
    desk = Desk(home)
    first = desk.service.submit(quick("a.gguf"), "short")
    desk.until_status(first, "running", "done")
    pid = JobFolder(jobs_folder(home) / first).state().pid
    desk.service.close()
    desk.until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    later = Desk(home)
    try:
        record = later.record(first)
        assert record.status == "done"
        assert isinstance(record.result, FileWritten)
        assert record.fraction == 1.0
    finally:
        later.end()
    os.waitpid(pid, 0)  # a child of this process, which nobody else collects


def test_a_dead_process_is_noticed(
    submit_and_die: Callable[..., list[str]], home: Path, endless: Endless, tmp_path: Path
) -> None:
    """Killed while a window is open, and killed while none was."""
    (job_id,) = submit_and_die(endless("a.gguf"))
    state = JobFolder(jobs_folder(home) / job_id).state()
    part = part_path(tmp_path / "a.gguf")
    assert part.exists()
    os.kill(state.pid, signal.SIGKILL)
    desk = Desk(home)
    try:
        record = desk.until_status(job_id, "interrupted")
        assert record.result == JobFailed("job.interrupted", {"reason": "its process is gone"})
        assert not part.exists()
        other = desk.service.submit(endless("b.gguf"), "again")
        desk.until(lambda: desk.record(other).fraction > 0)
        os.kill(JobFolder(jobs_folder(home) / other).state().pid, signal.SIGSEGV)
        end = desk.until_status(other, "interrupted").result
        assert isinstance(end, JobFailed)
        assert "SIGSEGV" in end.params["reason"]
        assert "Fatal Python error" in end.report
        assert "Fatal Python error" in desk.service.log(other)
        assert not part_path(tmp_path / "b.gguf").exists()
    finally:
        desk.end()
    assert JobFolder(jobs_folder(home) / job_id).state().status == "interrupted"


def test_a_number_that_another_program_got_is_not_killed(home: Path, quick: Quick) -> None:
    folder = JobFolder(jobs_folder(home) / ("0" * 26))
    folder.create(JobSpec(folder.id, "old", quick("a.gguf"), True, 1))
    folder.write_state(JobState("running", os.getpid(), processes.started_at(os.getpid()) - 100, 1))
    folder.append_event(JobStep(0.4), 2)
    desk = Desk(home)
    try:
        record = desk.until_status(folder.id, "interrupted")
        assert record.fraction == pytest.approx(0.4)
    finally:
        desk.end()


def test_two_services_on_one_home(home: Path, quick: Quick) -> None:
    one, other = Desk(home), Desk(home)
    try:
        job_id = one.service.submit(quick("a.gguf"), "of one")
        one.until_status(job_id, "done")
        other.until(lambda: other.service.record(job_id) is not None)
        other.until_status(job_id, "done")
        assert isinstance(other.record(job_id).result, FileWritten)
        other.service.remove(job_id)
        one.until(lambda: one.service.record(job_id) is None)
    finally:
        one.end()
        other.end()
