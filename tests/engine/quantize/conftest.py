"""A tiny model whose width suits every type, and jobs in this process or in one of their own."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.client.job_process import JobProcess
from engine.protocol.jobs import AnyJob, JobEnd, JobEvent
from tests.support.tiny_llama import write_tiny_llama


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


class Running(NamedTuple):
    """A job and what it says."""

    process: JobProcess
    events: "queue.SimpleQueue[JobEvent]"

    def next(self) -> JobEvent:
        return self.events.get(timeout=60)

    def end(self) -> JobEnd:
        while not isinstance(event := self.next(), JobEnd):
            pass
        assert self.process.wait(10)
        return event


@pytest.fixture
def start(home: Path) -> Iterator[Callable[[AnyJob], Running]]:
    """Starts jobs in processes; they end with the test."""
    running: list[Running] = []

    def go(job: AnyJob) -> Running:
        events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
        running.append(Running(JobProcess(home, job, events.put), events))
        return running[-1]

    yield go
    for one in running:
        one.process.cancel()
        one.process.wait(10)
