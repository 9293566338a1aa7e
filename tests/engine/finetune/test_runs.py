"""Whole runs on a tiny model: what they leave behind, and that nothing on the way can spoil them."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.errors import UserError
from engine.finetune import checkpoints, trainer
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.run_folder import FittingSettings, RunFolder
from engine.finetune.run_shelf import RunShelf
from engine.protocol.finetune import (
    CheckpointSaved,
    Evaluated,
    FinetuneJob,
    ProbeAnswered,
    RowLosses,
    TrainStarted,
    TrainStep,
)
from engine.protocol.jobs import JobNotice, JobStep, decode_job_event, encode_line
from tests.engine.finetune.conftest import Told, recipe_for, train


def losses(run: RunFolder) -> list[float]:
    return [step.loss for step in run.steps()]


def adapter_bytes(run: RunFolder) -> bytes:
    return (run.result / "adapter_model.safetensors").read_bytes()


def test_a_run_tells_everything_and_leaves_a_complete_folder(
    home: Path, tiny_base: Path, chat_rows: Path
) -> None:
    recipe = recipe_for(
        tiny_base,
        chat_rows,
        name="first",
        probe={"prompts": ["Say 3"], "max_new_tokens": 4},
        dataset={"held_out": 0.2},
    )
    run, told = train(home, recipe)
    (started,) = told.of(TrainStarted)
    assert (started.path, started.precision, started.steps) == ("lean", "fp32", 4)
    assert started.rows + started.held_out_rows == 24
    assert {part.name for part in started.memory} >= {"program", "weights", "activations", "optimizer"}
    steps = told.of(TrainStep)
    assert [step.step for step in steps] == [1, 2, 3, 4]
    assert steps[0].lr == pytest.approx(1e-3)
    assert steps[2].lr == pytest.approx(5e-4)
    assert [one.step for one in told.of(Evaluated)] == [0, 2, 4]
    assert [one.step for one in told.of(CheckpointSaved)] == [2, 4]
    probes = told.of(ProbeAnswered)
    assert [(one.step, one.drift == 0) for one in probes] == [(0, True), (2, False), (4, False)]
    row = told.of(RowLosses)[0]
    assert len(row.tokens) == len(row.losses) == len(row.counted)
    assert row.losses[0] == 0
    assert max(row.losses) > 0
    assert told.of(JobStep)[-1].fraction == 1.0
    assert {path.name for path in run.path.iterdir()} >= {
        "recipe.toml",
        "environment.json",
        "metrics.jsonl",
        "samples.jsonl",
        "status.json",
        "checkpoints",
        "result",
    }
    state = run.state()
    assert (state.status, state.step, state.name) == ("done", 4, "first")
    assert state.result is not None
    assert state.result.held_out_loss < state.result.first_held_out_loss
    assert run.recipe() == recipe
    assert losses(run) == [step.loss for step in steps]
    assert "held-out loss after" in (run.result / "README.md").read_text("utf-8")
    assert run.environment()["path"] == "lean"
    for event in told:  # everything survives the way to another process
        assert decode_job_event(encode_line(event)) == event


def test_the_first_evaluation_is_that_of_the_base(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows, dataset={"held_out": 0.3})
    _, lean = train(home, recipe, "lean")
    slow = msgspec.structs.replace(recipe, train=msgspec.structs.replace(recipe.train, engine="general"))
    _, general = train(home, slow, "general")
    assert general.of(TrainStarted)[0].path == "general"
    assert general.of(TrainStarted)[0].reason == "asked"
    first = [told.of(Evaluated)[0] for told in (lean, general)]
    assert first[0].step == first[1].step == 0
    assert first[0].held_out_loss == pytest.approx(first[1].held_out_loss, rel=1e-5)


@pytest.mark.parametrize("path", ["auto", "general"])
def test_resuming_repeats_every_bit(home: Path, tiny_base: Path, chat_rows: Path, path: str) -> None:
    """Stopped in the middle of an epoch, with dropout where the path has it."""
    settings: dict[str, Any] = {
        "max_steps": 6,
        "save_steps": 0,
        "engine": path,
        "gradient_accumulation_steps": 2,
    }
    recipe = recipe_for(tiny_base, chat_rows, train=settings)
    if path == "general":
        recipe = msgspec.structs.replace(recipe, lora=msgspec.structs.replace(recipe.lora, dropout=0.1))
    whole, _ = train(home, recipe, "whole")
    folder = RunFolder(home / "runs" / "parts")
    told = Told()

    def tell(event: Any) -> None:
        told(event)
        if isinstance(event, TrainStep) and event.step == 3:
            folder.ask("stop")

    from engine.finetune.job import run_finetune

    end = run_finetune(FinetuneJob(str(home), "parts", write_recipe(recipe)), tell)
    assert (end.status, end.step) == ("stopped", 3)
    assert folder.state().status == "stopped"
    assert (folder.result / "adapter_model.safetensors").is_file()
    parts, _ = train(home, None, "parts", resume=True)
    assert losses(parts) == losses(whole)
    assert [step.grad_norm for step in parts.steps()] == [step.grad_norm for step in whole.steps()]
    assert adapter_bytes(parts) == adapter_bytes(whole)


def test_a_killed_run_goes_on_to_the_last_bit(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    """`kill -9` between two checkpoints: the steps since the last one are done again."""
    recipe = recipe_for(tiny_base, chat_rows, train={"max_steps": 40, "save_steps": 3, "eval_steps": 100})
    whole, _ = train(home, recipe, "whole")
    job = FinetuneJob(str(home), "killed", write_recipe(recipe))
    killed = RunFolder(home / "runs" / "killed")
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.worker", "job"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(encode_line(job))
    process.stdin.flush()
    for line in process.stdout:
        event = decode_job_event(line)
        if isinstance(event, TrainStep) and event.step >= 8:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    assert killed.state().status == "interrupted"
    assert killed.state().step >= 8
    parts, told = train(home, None, "killed", resume=True)
    assert told.of(TrainStarted)[0].resumed_from % 3 == 0
    assert told.of(TrainStarted)[0].resumed_from >= 6
    assert losses(parts) == losses(whole)
    assert adapter_bytes(parts) == adapter_bytes(whole)


@pytest.mark.parametrize("damage", ["half", "missing", "flipped", "manifest"])
def test_a_damaged_checkpoint_is_passed_over(home: Path, trained_lora: RunFolder, damage: str) -> None:
    run = trained_lora
    newest = run.checkpoints / "step-00000004"
    assert newest.is_dir()
    file = newest / ("checkpoint.json" if damage == "manifest" else "model.safetensors")
    data = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "flipped":
            file.write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
        case _:
            file.write_bytes(data[: len(data) // 2])
    before = losses(run)
    run, told = train(home, None, resume=True)
    assert told.of(TrainStarted)[0].resumed_from == 2
    notices = [one for one in told.of(JobNotice) if one.code == "finetune.checkpoint_damaged"]
    assert notices[0].params["step"] == "4"
    assert losses(run) == before


def test_rows_that_have_changed_are_not_gone_on_with(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows)
    folder = RunFolder(home / "runs" / "run")

    def tell(event: Any) -> None:
        if isinstance(event, TrainStep) and event.step == 2:
            folder.ask("stop")

    from engine.finetune.job import run_finetune

    run_finetune(FinetuneJob(str(home), "run", write_recipe(recipe)), tell)
    before = chat_rows.read_text("utf-8")
    chat_rows.write_text(before.replace("abab", "abba"), "utf-8")
    with pytest.raises(UserError) as caught:
        train(home, None, resume=True)
    assert caught.value.code == "run.data_changed"
    assert caught.value.params["files"] == "rows.jsonl"
    chat_rows.write_text(before, "utf-8")
    run, _ = train(home, None, resume=True)
    assert run.state().status == "done"


def test_a_paused_run_waits_and_goes_on(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows, train={"max_steps": 5, "save_steps": 0})
    whole, _ = train(home, recipe, "whole")
    run = RunFolder(home / "runs" / "paused")
    seen: list[str] = []

    def resume_later() -> None:
        for _ in range(600):
            if (run.path / "status.json").is_file() and run.state().status == "paused":
                seen.append("paused")
                break
            time.sleep(0.01)
        run.ask("resume")

    helper = threading.Thread(target=resume_later)
    told = Told()

    def tell(event: Any) -> None:
        told(event)
        if isinstance(event, TrainStep) and event.step == 2:
            run.ask("pause")
            helper.start()

    from engine.finetune.job import run_finetune

    end = run_finetune(FinetuneJob(str(home), "paused", write_recipe(recipe)), tell)
    helper.join()
    assert seen == ["paused"]
    assert end.status == "done"
    assert told.of(CheckpointSaved)[0].step == 2
    assert losses(run) == losses(whole)


def test_early_stopping_keeps_the_best(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    settings = {
        "max_steps": 30,
        "eval_steps": 1,
        "early_stopping_patience": 2,
        "learning_rate": 3.0,
        "max_grad_norm": 0.0,
    }
    recipe = recipe_for(tiny_base, chat_rows, train=settings, dataset={"held_out": 0.3})
    run, told = train(home, recipe)
    result = run.state().result
    assert result is not None
    assert result.status == "early_stopped"
    assert result.step < 30
    evaluations = told.of(Evaluated)
    assert [one.best for one in evaluations[-2:]] == [False, False]
    assert result.held_out_loss == min(one.held_out_loss for one in evaluations)


def test_a_full_disk_keeps_the_run(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = checkpoints.save_checkpoint

    def full(folder: Path, snapshot: Any, keep: int) -> Any:
        if snapshot.progress.step > 2:
            raise OSError(28, "No space left on device")
        return save(folder, snapshot, keep)

    monkeypatch.setattr(trainer, "save_checkpoint", full)
    recipe = recipe_for(tiny_base, chat_rows)
    with pytest.raises(UserError) as caught:
        train(home, recipe)
    assert caught.value.code == "finetune.disk_full"
    assert (caught.value.params["step"], caught.value.params["kept"]) == ("4", "2")
    run = RunFolder(home / "runs" / "run")
    assert run.state().error_code == "finetune.disk_full"
    monkeypatch.setattr(trainer, "save_checkpoint", save)
    run, told = train(home, None, resume=True)
    assert told.of(TrainStarted)[0].resumed_from == 2
    assert run.state().status == "done"


def test_memory_that_runs_out_keeps_the_run_and_says_what_fits(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.finetune.lean.policy import LeanPolicy

    backward = LeanPolicy.backward

    def short(self: LeanPolicy, items: Any, compute: Any, size: Any) -> Any:
        if short_after[0] == 0:
            raise RuntimeError(
                "[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory"
            )
        short_after[0] -= 1
        return backward(self, items, compute, size)

    short_after = [3]
    monkeypatch.setattr(LeanPolicy, "backward", short)
    with pytest.raises(UserError) as caught:
        train(home, recipe_for(tiny_base, chat_rows))
    assert caught.value.code == "finetune.out_of_memory"
    assert caught.value.params["step"] == "4"
    run = RunFolder(home / "runs" / "run")
    assert run.state().status == "failed"
    assert run.state().fitting == FittingSettings(2, 2, gradient_checkpointing=False)
    monkeypatch.setattr(LeanPolicy, "backward", backward)
    RunShelf(home).make_fit("run")
    train(home, None, resume=True)
    assert (run.recipe().train.batch_size, run.recipe().train.gradient_accumulation_steps) == (2, 2)
    assert run.state().status == "done"
    assert run.state().fitting is None
    assert len(losses(run)) == 4


def test_memory_that_runs_out_before_the_base_is_read_says_what_to_take_instead(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_nothing(_path: Path, _name: str) -> None:
        raise MemoryError

    monkeypatch.setattr("engine.finetune.job.open_base", open_nothing)
    with pytest.raises(UserError) as caught:
        train(home, recipe_for(tiny_base, chat_rows))
    assert caught.value.code == "finetune.out_of_memory"
    assert "smaller base" in caught.value.hint


def test_a_run_that_diverges_is_kept(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    settings = {
        "learning_rate": 10.0,
        "max_grad_norm": 0.0,
        "max_steps": 60,
        "save_steps": 1,
        "eval_steps": 100,
        "weight_decay": 1.0,
    }
    recipe = recipe_for(tiny_base, chat_rows, method="full", train=settings)
    with pytest.raises(UserError) as caught:
        train(home, recipe)
    assert caught.value.code == "finetune.diverged"
    kept = int(caught.value.params["kept"])
    assert (home / "runs" / "run" / "checkpoints" / f"step-{kept:08d}").is_dir()


def test_one_process_at_a_time(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    codes: list[str] = []

    def tell(event: Any) -> None:
        if isinstance(event, TrainStep) and event.step == 1:
            code = (
                "from engine.finetune.job import run_finetune\n"
                "from engine.protocol.finetune import FinetuneJob\n"
                "from engine.errors import UserError\n"
                f"try: run_finetune(FinetuneJob({str(home)!r}, 'run', resume=True), print)\n"
                "except UserError as error: print(error.code)"
            )
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            codes.append(done.stdout.strip())

    from engine.finetune.job import run_finetune

    run_finetune(FinetuneJob(str(home), "run", write_recipe(recipe_for(tiny_base, chat_rows))), tell)
    assert codes == ["run.running"]
