"""What is said before a training starts, and what is asked after it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.errors import UserError
from engine.finetune import memory
from engine.finetune.asking import run_ask
from engine.finetune.base import open_base
from engine.finetune.job import run_finetune
from engine.finetune.lean import functions
from engine.finetune.planning import run_plan
from engine.finetune.presets import PRESETS
from engine.finetune.recipe.reading import parse_recipe, write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import runs_folder
from engine.finetune.run_shelf import RunShelf
from engine.protocol.finetune import (
    AskRunJob,
    FinetuneJob,
    PlanTrainingJob,
    RunAnswered,
    TrainingPlanned,
    TrainStarted,
)
from tests.engine.finetune.conftest import recipe_for, write_rows
from tests.engine.library.tiny_gguf import build, string, write


def plan_of(recipe: Recipe, home: Path, **fields: Any) -> TrainingPlanned:
    return run_plan(PlanTrainingJob(str(home), write_recipe(recipe), **fields), lambda _: None)


def test_a_plan_says_what_the_run_then_does(tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows, dataset={"held_out": 0.25})
    plan = plan_of(recipe, tmp_path)
    told: list[Any] = []
    run_finetune(FinetuneJob(str(tmp_path), "one", write_recipe(recipe)), told.append)
    started = next(event for event in told if isinstance(event, TrainStarted))
    assert (plan.rows, plan.held_out_rows, plan.steps) == (
        started.rows,
        started.held_out_rows,
        started.steps,
    )
    assert (plan.tokens, plan.trainable, plan.parameters) == (
        started.tokens,
        started.trainable,
        started.parameters,
    )
    assert plan.memory == started.memory
    assert 0 < plan.trained_tokens < plan.tokens
    assert plan.typical <= plan.long <= plan.longest <= 64
    assert plan.told_by == "machine"
    assert plan.seconds > 0
    assert plan_of(recipe, tmp_path).told_by == "runs"


def test_a_plan_without_data_speaks_of_the_base(tiny_base: Path, tmp_path: Path) -> None:
    plan = plan_of(msgspec.structs.replace(recipe_for(tiny_base, tmp_path), data=""), tmp_path)
    assert plan.rows == plan.steps == 0
    assert plan.needed > sum(part.nbytes for part in plan.memory) > 0
    assert plan.parameters > 0


def test_large_data_is_counted_on_its_first_rows(tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows, train={"max_steps": 0}, dataset={"held_out": 0.25})
    whole, part = plan_of(recipe, tmp_path), plan_of(recipe, tmp_path, rows=6)
    assert (whole.looked_at, part.looked_at) == (18, 6)
    assert part.rows == whole.rows == 18
    assert part.steps == pytest.approx(whole.steps, abs=1)
    assert part.tokens == pytest.approx(whole.tokens, rel=0.4)


def test_data_that_teaches_nothing_is_refused(tiny_base: Path, tmp_path: Path) -> None:
    rows = [{"messages": [{"role": "user", "content": "x" * 200}, {"role": "assistant", "content": "y"}]}]
    data = write_rows(tmp_path / "long.jsonl", rows * 4)
    with pytest.raises(UserError) as error:
        plan_of(recipe_for(tiny_base, data, train={"max_length": 32}), tmp_path)
    assert error.value.code == "finetune.cut_off"


@pytest.mark.parametrize("method", ["lora", "adalora", "adapter", "ia3", "full"])
def test_presets_suit_the_method(method: str, tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    recipe = msgspec.convert(
        {"base": str(tiny_base), "data": str(chat_rows), "method": method, "train": {"seed": 7}}, Recipe
    )
    rates, lengths = [], []
    for preset in PRESETS:
        chosen = parse_recipe(plan_of(recipe, tmp_path, preset=preset).recipe)
        assert (chosen.method, chosen.train.seed, chosen.files) == (method, 7, recipe.files)
        rates.append(chosen.train.learning_rate)
        lengths.append(chosen.train.max_length)
    assert max(lengths) <= 256
    plain = 2e-4
    assert rates[1] < plain if method == "full" else rates[1] >= plain


def test_base_and_tuned_answer_side_by_side(tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows, train={"learning_rate": 0.05, "max_steps": 8})
    run_finetune(FinetuneJob(str(tmp_path), "one", write_recipe(recipe)), lambda _: None)
    told: list[Any] = []
    job = AskRunJob(str(tmp_path), "one", ("Say 3", "Say 1"), seed=5, temperature=0.8, max_new_tokens=6)
    assert run_ask(job, told.append).prompts == 2
    answers = [event for event in told if isinstance(event, RunAnswered)]
    assert [(one.index, one.tuned) for one in answers] == [(0, False), (0, True), (1, False), (1, True)]
    for one in answers:
        assert len(one.tokens) == len(one.losses) == len(one.other) <= 6
    assert any(one.losses != one.other for one in answers)
    again: list[Any] = []
    run_ask(job, again.append)
    assert [event for event in again if isinstance(event, RunAnswered)] == answers


def test_runs_are_named_removed_and_brought_back(tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows)
    run_finetune(FinetuneJob(str(tmp_path), "one", write_recipe(recipe)), lambda _: None)
    shelf = RunShelf(tmp_path)
    shelf.describe("one", "A name", "Some notes", ("first", "small"))
    (summary,) = shelf.list()
    assert summary.recipe.name == summary.state.name == "A name"
    assert summary.recipe.tags == ("first", "small")
    assert summary.held_out_loss == summary.state.result.held_out_loss  # type: ignore[union-attr]
    kept = msgspec.structs.replace(summary.recipe, name="", notes="", tags=())
    assert write_recipe(kept) == write_recipe(recipe)
    shelf.remove("one")
    assert shelf.list() == []
    shelf.restore("one")
    assert [one.id for one in shelf.list()] == ["one"]
    shelf.remove("one")
    shelf.purge()
    assert not (runs_folder(tmp_path) / ".removed").exists()


def test_a_damaged_run_is_listed_with_its_problem(tmp_path: Path) -> None:
    folder = runs_folder(tmp_path) / "broken"
    folder.mkdir(parents=True)
    (folder / "recipe.toml").write_text("base = ", "utf-8")
    (summary,) = RunShelf(tmp_path).list()
    assert summary.problem is not None
    assert summary.problem.code == "recipe.syntax"


def test_a_gguf_that_cannot_be_trained_is_named(home: Path, tmp_path: Path) -> None:
    base = write(tmp_path / "other.gguf", build([string("general.architecture", "rwkv6")], []))
    with pytest.raises(UserError) as caught:
        open_base(base)
    assert caught.value.code == "finetune.architecture"
    assert caught.value.params["architecture"] == "rwkv6"
    assert "llama" in caught.value.hint


def test_a_stack_without_bitsandbytes_is_no_stack_for_qlora(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "engine.finetune.planning.util.find_spec", lambda name: None if name == "bitsandbytes" else object()
    )
    plan = plan_of(recipe_for(tiny_base, chat_rows, method="qlora"), home)
    assert plan.missing == ("bitsandbytes",)
    plan = plan_of(recipe_for(tiny_base, chat_rows, method="dora"), home)
    assert plan.missing == ()


def test_packages_that_a_recipe_lacks_are_named_before_the_start(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.finetune.extras.util.find_spec", lambda _name: None)
    with pytest.raises(UserError) as caught:
        plan_of(recipe_for(tiny_base, chat_rows, cluster={"address": "local"}), home)
    assert caught.value.code == "finetune.missing"
    assert caught.value.params["package"] == "Ray"
    assert "pip install" in caught.value.hint


def test_a_checkpoint_is_foreseen_where_it_takes_more_than_a_step(tiny_base: Path, chat_rows: Path) -> None:
    """Of a model that learns with all its weights on very short rows."""
    recipe, base = recipe_for(tiny_base, chat_rows, method="full"), open_base(tiny_base)
    short, long = (
        {part.name: part.nbytes for part in memory.predict(recipe, base, memory.Load(1, size, size))}
        for size in (1, 4000)
    )
    moments = long["optimizer"]
    step = sum(short[name] for name in ("gradients", "activations", "logits"))
    assert short["optimizer"] == moments + moments - step > moments


def test_programs_of_narrow_products_are_foreseen(tiny_base: Path, chat_rows: Path) -> None:
    """oneDNN keeps some for every length of a batch; wide products need none."""
    recipe, base = recipe_for(tiny_base, chat_rows), open_base(tiny_base)
    load = memory.Load(rows=4, tokens=4 * 250, longest=250)
    wide, narrow, general = (
        {part.name: part.nbytes for part in memory.predict(one, base, load, threads=2, half=half)}
        for one, half in (
            (recipe, False),
            (recipe, True),
            (recipe_for(tiny_base, chat_rows, train={"engine": "general"}), True),
        )
    )
    shapes = 8  # multiples of 64 up to 500 tokens
    assert narrow["program"] - wide["program"] == pytest.approx(shapes * 8 * 1.2 * 2**20, rel=0.01)
    assert general["program"] > narrow["program"]
    assert (memory._EVEN, memory._LOGIT_ROWS) == (functions.EVEN, functions.ROWS_AT_ONCE)
