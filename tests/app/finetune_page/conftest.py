"""The page Fine-tune on the real services and the starter model."""

import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.pages.finetune.page import FinetunePage
from app.theme.theme import Theme
from engine.finetune.recipe.reading import parse_recipe, write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder, RunState, runs_folder
from engine.protocol.finetune import (
    CheckpointSaved,
    Evaluated,
    MemoryPart,
    ProbeAnswered,
    RowLosses,
    RunFinished,
    RunStatus,
    TrainStarted,
    TrainStep,
)
from tests.app.chat.conftest import Bench, RecordingHost, make_bench, script

__all__ = ["make_bench", "script"]


@dataclass
class Work:
    """The page, and what it does to the window."""

    page: FinetunePage
    bench: Bench
    host: RecordingHost
    home: Path
    folder: Path

    def until(self, condition: Callable[[], object], timeout: int = 60_000) -> None:
        self.bench.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def planned(self) -> None:
        """Until the engine has said what the training takes, or why it cannot be."""
        training = self.page.training
        self.until(lambda: not training.is_planning and (training.plan or training.problem))

    def rows(self, count: int = 24, name: str = "rows.jsonl", answer: str = "Answer {n}.") -> Path:
        path = self.folder / name
        lines = [
            json.dumps({"instruction": f"Question {n}?", "output": answer.format(n=n)}) for n in range(count)
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path


def write_run(
    home: Path,
    run_id: str,
    *,
    status: RunStatus = "done",
    steps: int = 20,
    rank: int = 16,
    name: str = "",
    data: str = "rows.jsonl",
) -> RunFolder:
    """A run as the trainer leaves it, without training."""
    recipe = parse_recipe(
        f'base = "/models/base.gguf"\ndata = "{data}"\nname = "{name}"\n[lora]\nr = {rank}\n', "test"
    )
    run = RunFolder(runs_folder(home) / run_id)
    run.create(write_recipe(recipe, complete=True), recipe)
    memory = (MemoryPart("weights", 600 << 20), MemoryPart("activations", 200 << 20))
    run.append(
        TrainStarted(
            run_id,
            "lean",
            "",
            steps,
            57,
            3,
            4000,
            4_900_000,
            134_500_000,
            memory,
            20 << 30,
            "fp32",
            "CPU",
            2,
        )
    )
    for step in range(1, steps + 1):
        loss = 3.5 - 1.5 * step / steps + 0.2 * (step % 3)
        run.append(
            TrainStep(
                step, steps, step / 15, loss, 2e-4, 1.5, 270 * step, 250.0, 1 << 30, 1 << 30, step * 1.1
            )
        )
        if step in (1, steps):
            place = 0 if step == 1 else step
            run.append(Evaluated(place, 3.4 if place == 0 else 2.1, 3, True))
            run.append(ProbeAnswered(place, 0, "Who are you?", f"Answer at {place}.", -0.5, 0.0))
            losses = (0.0, 2.0, 4.0) if place == 0 else (0.0, 1.0, 0.5)
            run.append(RowLosses(place, 0, ("Hi", " there", "!"), losses, (False, True, True)))
    run.append(CheckpointSaved(steps, 1 << 20))
    result = RunFinished(
        run_id,
        status,
        str(run.result),
        steps,
        2.0,
        2.1,
        3.4,
        270 * steps,
        22.0,
        250.0,
        1800 << 20,
        1700 << 20,
    )
    finished = status in ("done", "stopped", "early_stopped")
    if finished:
        run.result.mkdir()
    state = run.state()
    run.write_state(
        RunState(
            status,
            state.base,
            "lora",
            "sft",
            name,
            steps,
            steps,
            state.created_ms,
            result=result if finished else None,
        )
    )
    return run


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def recipe() -> Recipe:
    return Recipe("/models/base.gguf", "rows.jsonl")


@pytest.fixture
def make_work(
    make_bench: Callable[..., Bench], theme: Theme, qtbot: QtBot, home: Path, tmp_path: Path
) -> Iterator[Callable[[], Work]]:
    gc.disable()  # as in the program: garbage holds Qt objects of this thread
    made: list[Work] = []

    def make() -> Work:
        bench = make_bench(load=False)
        host = RecordingHost()
        page = FinetunePage(bench.controllers, host, theme)
        for widget in (page.centre(), page.inspector(), page.navigator()):
            assert widget is not None
            qtbot.addWidget(widget)
        page.centre().resize(848, 800)
        page.centre().show()
        inspector = page.inspector()
        assert inspector is not None
        inspector.resize(288, 800)
        inspector.show()
        work = Work(page, bench, host, home, tmp_path)
        made.append(work)
        return work

    yield make
    for work in made:
        assert not work.host.errors
    gc.collect()
    gc.enable()


@pytest.fixture
def work(make_work: Callable[[], Work]) -> Work:
    return make_work()
