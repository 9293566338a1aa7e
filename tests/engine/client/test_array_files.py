"""Arrays in files between the processes: nobody else reads them, and they go with whoever needed them."""

import os
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from pathlib import Path

import pytest

from engine.client import worker_process
from engine.client.worker_process import WorkerProcess
from engine.errors import UserError
from engine.protocol import array_file
from engine.protocol.array_file import new_array_file, take_array_file
from engine.protocol.events import AnyEvent, Failed, Inspected, Ready
from engine.protocol.inspection import Array
from engine.protocol.ring import RING_VARIABLE, make_ring_file


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files are made: beside the ring that the environment names."""
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setenv(RING_VARIABLE, str(folder / "ring"))
    return folder


def test_a_file_has_its_size_and_is_for_its_user_only(beside: Path) -> None:
    first, second = new_array_file(5000), new_array_file(5000)
    assert first != second
    assert {first.parent, second.parent} == {beside}
    assert first.stat().st_size == 5000
    if os.name == "posix":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_what_is_taken_is_gone_from_the_folder(beside: Path) -> None:
    path = new_array_file(5000)
    path.write_bytes(b"x" * 5000)
    taken = take_array_file(path)
    assert bytes(taken) == b"x" * 5000
    if os.name == "posix":
        assert not list(beside.iterdir())


def test_no_room_is_told_and_nothing_is_left(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(UserError) as told:
        new_array_file(5000)
    assert told.value.code == "inspect.no_room"
    assert "No space left" in str(told.value)
    assert not list(beside.iterdir())


def test_memory_that_is_short_is_left_alone(
    beside: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place beside the ring is memory: what does not fit there ends some process."""
    other = tmp_path_factory.mktemp("other")
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(other))
    monkeypatch.setattr(array_file, "_available", lambda: 1000)
    assert new_array_file(5000).parent == other
    assert not list(beside.iterdir())


def test_a_worker_that_ends_by_itself_leaves_none(beside: Path) -> None:
    """As when the window was killed before it took the file."""
    program = """
        from engine.protocol.array_file import new_array_file
        from engine.worker.channel import leave
        print(new_array_file(5000).exists(), flush=True)
        leave(0)
    """
    environment = {**os.environ, "TMPDIR": str(beside)}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], env=environment, capture_output=True, check=True
    )
    assert done.stdout.strip() == b"True"
    assert not list(beside.iterdir())


class Worker:
    """A real one, and what it said."""

    def __init__(self, home: Path) -> None:
        self.events: list[AnyEvent] = []
        self._ready, self._ended = threading.Event(), threading.Event()
        self.process = WorkerProcess(home, self._take, lambda _code: self._ended.set())
        assert self._ready.wait(60)

    def _take(self, event: AnyEvent) -> None:
        self.events.append(event)
        if isinstance(event, Ready):
            self._ready.set()

    def close(self) -> None:
        self.process.hang_up()
        assert self._ended.wait(60)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the names of files that are mapped")
def test_the_ring_has_no_name_while_it_is_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = make_ring_file()
    monkeypatch.setattr(worker_process, "make_ring_file", lambda: ring)
    worker = Worker(home)
    assert not ring.exists()
    worker.close()


def test_a_file_that_is_lost_fails_the_job_only(home: Path, tmp_path: Path) -> None:
    worker = Worker(home)
    gone = Array((2, 3), "f4", b"", file=str(tmp_path / "gone"))
    worker.process._tell(
        Inspected(
            job=7, token_ids=(), pieces=(), prompt_length=0, layers=(), heads=(), arrays={"attention": gone}
        )
    )
    worker.close()
    failed = [event for event in worker.events if isinstance(event, Failed)]
    assert [(event.job, event.code) for event in failed] == [(7, "inspect.no_room")]
