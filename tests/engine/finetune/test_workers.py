"""Several processes learn what one learns: each step's loss, gradient and weights."""

import os
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.errors import UserError
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder
from engine.finetune.run_tail import RunTail
from engine.protocol.finetune import CheckpointSaved, Evaluated, TrainStarted, TrainStep
from engine.protocol.jobs import JobStep
from tests.engine.finetune.conftest import recipe_for, train, write_rows

ROWS: list[dict[str, Any]] = [
    {
        "prompt": f"Say {number % 5}",
        "chosen": "ab" * (1 + number % 7),
        "rejected": "cd" * (1 + number % 4),
        "completion": "ab" * (1 + number % 7),
        "label": number % 3 > 0,
    }
    for number in range(21)
]
OBJECTIVES = {"sft": "preference", "orpo": "preference", "dpo": "preference", "kto": "kto"}
SETTINGS = {"threads": 1, "max_steps": 3, "batch_size": 5, "gradient_accumulation_steps": 2}
PROCESS = """
import sys, warnings
from pathlib import Path
warnings.simplefilter("ignore")
import msgspec
import torch.distributed
from engine.finetune.job import RunTraining
from engine.finetune.run_folder import RunFolder
from engine.finetune.workers import GroupWorkers
from engine.protocol.finetune import FinetuneJob
torch.distributed.init_process_group("gloo")
for name in sys.argv[2:]:
    job = FinetuneJob(sys.argv[1], name)
    run = RunFolder(Path(sys.argv[1]) / "runs" / name)
    def say(**changes):
        if torch.distributed.get_rank() == 0:  # they share the folder
            run.write_state(msgspec.structs.replace(run.state(), **changes))
    RunTraining(job, run, run.recipe(), lambda _: None, GroupWorkers()).train(say)
torch.distributed.destroy_process_group()
"""


def shared(home: Path, recipes: dict[str, Recipe]) -> dict[str, RunFolder]:
    """By two processes, one run after the other."""
    runs = {}
    for name, recipe in recipes.items():
        runs[name] = RunFolder(home / "runs" / f"shared-{name}")
        runs[name].create(write_recipe(recipe), recipe)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    where = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2"}
    command = [sys.executable, "-c", PROCESS, str(home), *(run.id for run in runs.values())]
    processes = [
        subprocess.Popen(command, env={**where, "RANK": str(rank)}, stderr=subprocess.PIPE, text=True)
        for rank in range(2)
    ]
    try:
        said = [process.communicate(timeout=240)[1] for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert [process.returncode for process in processes] == [0, 0], "\n".join(said)
    return runs


def test_two_processes_learn_what_one_learns(home: Path, tiny_base: Path, tmp_path: Path) -> None:
    """Also where a batch does not divide evenly, and the last one has a single row."""
    data = write_rows(tmp_path / "rows.jsonl", ROWS)
    recipes = {
        objective: recipe_for(
            tiny_base,
            data,
            objective=objective,
            train=SETTINGS,
            dataset={"format": row_format, "held_out": 0.25},
        )
        for objective, row_format in OBJECTIVES.items()
    }
    together = shared(home, recipes)
    for name, recipe in recipes.items():
        alone, told = train(home, recipe, name)
        steps = together[name].steps()
        assert [one.loss for one in steps] == pytest.approx([one.loss for one in alone.steps()], rel=2e-4)
        assert [one.tokens for one in steps] == [one.tokens for one in alone.steps()]
        held_out = [one.held_out_loss for one in told.of(Evaluated)]
        assert [one.held_out_loss for one in together[name].evaluations()] == pytest.approx(
            held_out, rel=2e-4
        )
        figures = [one.figures for one in steps]
        for one, other in zip(figures, (one.figures for one in told.of(TrainStep)), strict=True):
            assert one == pytest.approx(other, rel=2e-3, abs=2e-5)
        assert together[name].state().status == "done"
        assert (together[name].result / "adapter_model.safetensors").is_file()


def test_files_of_a_run_are_followed(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    run, told = train(home, recipe_for(tiny_base, chat_rows))
    whole = (run.path / "metrics.jsonl").read_bytes()
    (run.path / "metrics.jsonl").write_bytes(b"")
    tail = RunTail(run)
    (run.path / "metrics.jsonl").write_bytes(whole[:-20])
    heard = list(tail.read())
    (run.path / "metrics.jsonl").write_bytes(whole)
    heard += tail.read()
    for kind in (TrainStarted, TrainStep, Evaluated, CheckpointSaved):
        assert [one for one in heard if isinstance(one, kind)] == told.of(kind)
    assert [one.fraction for one in heard if isinstance(one, JobStep)] == [0.25, 0.5, 0.75, 1.0]


def cluster_recipe(base: Path, data: Path, **cluster: Any) -> Recipe:
    return recipe_for(base, data, train={"threads": 1}, dataset={"held_out": 0.2}, cluster=cluster)


def test_without_ray_it_says_what_to_install(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UserError) as caught:
        train(home, cluster_recipe(tiny_base, chat_rows, address="local"))
    assert caught.value.code == "finetune.missing"
    assert "ray[train]" in caught.value.hint


@pytest.mark.skipif(find_spec("ray") is None, reason="the extra “cluster” (ray) is not installed")
@pytest.mark.parametrize(
    ("address", "workers", "words"),
    [
        ("ray://127.0.0.1:1", 1, "host:port"),
        ("127.0.0.1:1", 1, "does not answer"),
    ],
)
def test_a_cluster_that_is_not_there_is_named(
    home: Path, tiny_base: Path, chat_rows: Path, address: str, workers: int, words: str
) -> None:
    with pytest.raises(UserError) as caught:
        train(home, cluster_recipe(tiny_base, chat_rows, address=address, num_workers=workers))
    assert caught.value.code == "finetune.ray"
    assert words in str(caught.value.params["reason"])


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="the extra “cluster” (ray) is not installed")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.expects_log
def test_the_same_recipe_on_two_workers_of_a_ray_cluster(
    home: Path, tiny_base: Path, chat_rows: Path, tmp_path: Path
) -> None:
    alone, _ = train(
        home, recipe_for(tiny_base, chat_rows, train={"threads": 1}, dataset={"held_out": 0.2}), "alone"
    )
    recipe = cluster_recipe(tiny_base, chat_rows, address="local", num_workers=2)
    run, told = train(home, recipe, "cluster")
    assert [one.loss for one in told.of(TrainStep)] == pytest.approx(
        [one.loss for one in alone.steps()], rel=1e-5
    )
    assert told.of(TrainStarted)[0].threads == 1
    assert run.state().status == "done"
    assert not (run.path / "ray").exists()
    # What a worker finds wrong comes back as what it is.
    empty = write_rows(tmp_path / "empty.jsonl", [{"instruction": "Say", "output": ""}])
    with pytest.raises(UserError) as caught:
        train(home, msgspec.structs.replace(recipe, data=str(empty)), "empty")
    assert caught.value.code in ("finetune.masked", "data.nothing_trained", "finetune.broken_rows")
