"""Jobs as the window sees them, on a tiny model."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from app.controllers.jobs import JobsController
from app.theme.theme import Theme
from engine.protocol.jobs import QuantizeJob
from tests.support.tiny_llama import write_tiny_llama


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def quick(tmp_path: Path) -> Callable[[str], QuantizeJob]:
    source = write_tiny_llama(tmp_path / "tiny.gguf")
    return lambda name: QuantizeJob(str(source), str(tmp_path / name), "Q4_0")


@pytest.fixture
def endless(starter_path: Path, tmp_path: Path) -> Callable[[str], QuantizeJob]:
    return lambda name: QuantizeJob(str(starter_path), str(tmp_path / name), "IQ3_S", n_threads=1)


@pytest.fixture
def make_jobs(home: Path, qtbot: QtBot) -> Iterator[Callable[[], JobsController]]:
    """Controllers on one home; what still runs at the end is cancelled.

    As in the program (`app.idle_gc`), garbage is collected on this thread only: it holds Qt objects.
    """
    gc.disable()
    made: list[tuple[JobsController, Background, EngineBridge]] = []

    def make() -> JobsController:
        bridge = EngineBridge()
        background = Background(bridge)
        made.append((JobsController(home, background, bridge), background, bridge))
        return made[-1][0]

    yield make
    for jobs, background, bridge in made:
        for record in jobs.busy:
            jobs.cancel(record.id)
        qtbot.waitUntil(lambda jobs=jobs: not jobs.busy, timeout=20_000)  # type: ignore[misc]
        jobs.close()
        background.close()
        bridge.close()
    made.clear()
    gc.collect()
    gc.enable()
