"""A service on a home of its own, and work that takes as long as a test wants.

The long job quantizes the starter with the slowest type and one thread, half a minute or more; the short
one a tiny model.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.jobs.records import JobRecord
from engine.jobs.service import JobService
from engine.protocol.jobs import JobEvent, QuantizeJob
from tests.support.tiny_llama import write_tiny_llama

PATIENCE_S = 60


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


class Desk:
    """A service, what it told, and waiting for it."""

    def __init__(self, home: Path) -> None:
        self.service = JobService(home)
        self.told: list[tuple[JobRecord, JobEvent | None]] = []
        self.service.subscribe(lambda record, event: self.told.append((record, event)))

    def record(self, job_id: str) -> JobRecord:
        found = self.service.record(job_id)
        assert found is not None
        return found

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, [(one.title, one.status) for one in self.service.records()]
            time.sleep(0.01)

    def until_status(self, job_id: str, *statuses: str) -> JobRecord:
        self.until(lambda: self.record(job_id).status in statuses)
        return self.record(job_id)

    def end(self) -> None:
        """Stop everything that this home still does."""
        for record in self.service.records():
            self.service.cancel(record.id)
        self.until(lambda: all(one.ended for one in self.service.records()))
        self.service.close()


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    desk = Desk(home)
    yield desk
    desk.end()


@pytest.fixture
def quick(tiny: Path, tmp_path: Path) -> Callable[[str], QuantizeJob]:
    """A job of a moment that writes a file of the given name."""
    return lambda name: QuantizeJob(str(tiny), str(tmp_path / name), "Q4_0")


@pytest.fixture
def endless(starter_path: Path, tmp_path: Path) -> Callable[[str], QuantizeJob]:
    """A job that a test does not wait for, which holds a part file all the time."""
    return lambda name: QuantizeJob(str(starter_path), str(tmp_path / name), "IQ3_S", n_threads=1)
