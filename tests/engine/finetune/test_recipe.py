"""Recipes: read, written, wrong in every way; the table of settings; plans and schedules; memory."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
import transformers

from engine.errors import UserError
from engine.finetune.base import open_base
from engine.finetune.memory import predict, smaller, total, worst_load
from engine.finetune.plan import Plan
from engine.finetune.presets import PRESETS, preset
from engine.finetune.recipe.reading import parse_recipe, read_recipe, write_recipe
from engine.finetune.recipe.recipe import METHODS, OBJECTIVES, Recipe
from engine.finetune.recipe.sections import TrainSection
from engine.finetune.recipe.settings import differences, settings
from engine.finetune.schedule import learning_rate
from tests.engine.finetune.conftest import recipe_for

SMALLEST = """
base = "starter"
data = "rows.jsonl"
method = "lora"
objective = "sft"
[lora]
r = 8
alpha = 16
[train]
max_steps = 20
batch_size = 4
max_length = 256
learning_rate = 2e-4
seed = 1
"""


def test_the_smallest_recipe_of_the_manual() -> None:
    recipe = parse_recipe(SMALLEST)
    assert (recipe.lora.r, recipe.lora.alpha, recipe.train.max_steps, recipe.train.seed) == (8, 16.0, 20, 1)


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_what_is_written_reads_the_same(method: Any, objective: Any, complete: bool) -> None:
    recipe = Recipe('a\\b "c"', ("x", "y"), method, objective, name="é\n", tags=("t",))
    if recipe.is_online:
        rules = ({"name": "regex", "pattern": "\\d+\u007f", "weight": 2.5}, {"name": "length"})
        recipe = msgspec.convert({**msgspec.to_builtins(recipe), objective: {"rewards": rules}}, Recipe)
    assert parse_recipe(write_recipe(recipe, complete=complete)) == recipe


def test_a_complete_recipe_says_every_setting_that_has_an_effect() -> None:
    values = tomllib.loads(write_recipe(parse_recipe(SMALLEST), complete=True))
    assert set(values["train"]) == {one.name for one in settings() if one.section == "train"}
    assert "dpo" not in values


BAD = [
    (
        "[train]\nbatchsize = 3",
        "recipe.unknown_key",
        {"key": "train.batchsize", "nearest": "train.batch_size"},
    ),
    ("batch_size = 3", "recipe.unknown_key", {"nearest": "train.batch_size"}),
    ("[lora]\nlora_alpha = 3", "recipe.unknown_key", {"nearest": "lora.alpha"}),
    ("[lor]\nr = 3", "recipe.unknown_key", {"key": "lor", "nearest": "lora"}),
    ("[train]\nbatch_size = 0", "recipe.invalid", {"key": "train.batch_size", "value": "0"}),
    ("[train]\nlearning_rate = 'much'", "recipe.invalid", {"key": "train.learning_rate"}),
    ("train = 3", "recipe.invalid", {"key": "train"}),
    ("method = 'loro'", "recipe.choice", {"nearest": "lora"}),
    ("objective = 'dop'", "recipe.choice", {"nearest": "dpo"}),
    ("[dpo]\nbeta = 1.0", "recipe.unused_section", {"section": "dpo"}),
    ("objective = 'grpo'", "recipe.no_rewards", {}),
    (
        "objective = 'grpo'\n[[grpo.rewards]]\nname = 'python'",
        "recipe.missing_key",
        {"key": "grpo.rewards.file"},
    ),
    ("x =", "recipe.syntax", {}),
]


@pytest.mark.parametrize(("text", "code", "params"), BAD, ids=[one[0].replace("\n", " ") for one in BAD])
def test_mistakes_are_named(text: str, code: str, params: dict[str, str]) -> None:
    with pytest.raises(UserError) as caught:
        parse_recipe(f'base = "a"\ndata = "b"\n{text}\n')
    assert caught.value.code == code
    assert params.items() <= dict(caught.value.params).items()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        parse_recipe('base = "a"')
    assert (caught.value.code, caught.value.params["key"]) == ("recipe.missing_key", "data")
    with pytest.raises(UserError) as caught:
        read_recipe(tmp_path / "none.toml")
    assert caught.value.code == "file.unreadable"


def test_paths_are_taken_from_the_recipes_folder(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "r.toml").write_text('base = "model"\ndata = ["rows.jsonl", "/far/rows.jsonl"]\n', "utf-8")
    recipe = read_recipe(tmp_path / "r.toml")
    assert recipe.base == str(tmp_path / "model")
    assert recipe.data == (str(tmp_path / "rows.jsonl"), "/far/rows.jsonl")
    (tmp_path / "s.toml").write_text('base = "starter"\ndata = "rows.jsonl"\n', "utf-8")
    assert read_recipe(tmp_path / "s.toml").base == "starter"


def test_every_setting_has_words_a_kind_and_a_default_in_its_range() -> None:
    table = settings()
    assert len({one.key for one in table}) == len(table)
    for one in table:
        assert one.title, one.key
        assert one.words.endswith((".", "”")), one.key
        if one.kind in ("int", "float") and one.minimum is not None:
            assert one.default > one.minimum or (one.default == one.minimum and not one.open_minimum), one.key
        if one.kind == "choice":
            assert one.default in one.choices
    assert {one.key for one in table if one.required} == {"base", "data"}
    assert any(one.basic for one in table)


def test_differences_of_two_runs() -> None:
    first = parse_recipe(SMALLEST)
    second = parse_recipe(SMALLEST.replace("r = 8", "r = 4").replace("lora", "rslora", 1))
    assert differences(first, second) == (("method", "lora", "rslora"), ("lora.r", 8, 4))


class Sizes:
    """Rows of given lengths."""

    def __init__(self, *lengths: int) -> None:
        self._lengths = lengths

    def __len__(self) -> int:
        return len(self._lengths)

    def size(self, number: int) -> int:
        return self._lengths[number]

    longest = size


def test_every_row_is_seen_once_an_epoch_and_the_largest_batch_first() -> None:
    sizes = Sizes(*range(10, 31))
    plan = Plan(sizes, TrainSection(batch_size=4, gradient_accumulation_steps=2, num_train_epochs=2.0))
    assert (plan.steps_per_epoch, plan.steps) == (3, 6)
    for epoch in range(2):
        steps = [plan.step(3 * epoch + number) for number in range(3)]
        assert sorted(one for step in steps for batch in step for one in batch) == list(range(21))
    assert plan.largest_batch() in plan.step(0)
    assert plan.step(4) == Plan(sizes, TrainSection(batch_size=4, gradient_accumulation_steps=2)).step(4)


def test_packs_are_full_and_never_too_long() -> None:
    sizes = Sizes(*(20 + number % 45 for number in range(200)))
    plan = Plan(sizes, TrainSection(batch_size=1, packing=True, max_length=128))
    packs = [batch for number in range(plan.steps_per_epoch) for batch in plan.step(number)]
    lengths = [sum(map(sizes.size, pack)) for pack in packs]
    assert max(lengths) <= 128
    assert sum(lengths) / len(lengths) > 0.85 * 128
    assert sorted(one for pack in packs for one in pack) == list(range(200))


@pytest.mark.parametrize("kind", ["linear", "cosine", "constant"])
def test_schedules_are_those_of_transformers(kind: Any) -> None:
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.1)
    name = "constant_with_warmup" if kind == "constant" else kind
    schedule = transformers.get_scheduler(name, optimizer, num_warmup_steps=3, num_training_steps=12)
    train = TrainSection(learning_rate=0.1, lr_scheduler_type=kind, warmup_steps=3)
    for step in range(12):
        assert learning_rate(train, step, 12) == pytest.approx(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()


def test_settings_that_need_less_memory_are_found(tiny_base: Path) -> None:
    base = open_base(tiny_base)
    recipe = recipe_for(tiny_base, Path("x"), train={"batch_size": 256, "max_length": 2048})
    needed = total(predict(recipe, base, worst_load(recipe)))
    fitting = smaller(recipe, base, needed * 3 // 4)
    assert fitting is not None
    assert fitting.train.batch_size * fitting.train.gradient_accumulation_steps == 256
    assert total(predict(fitting, base, worst_load(fitting))) <= needed * 3 // 4
    assert smaller(recipe, base, 1 << 20) is None


@pytest.mark.parametrize("name", PRESETS)
def test_presets_fit_the_machine(tiny_base: Path, name: Any) -> None:
    base = open_base(tiny_base)
    recipe = preset(name, str(tiny_base), "rows.jsonl", base, rows=500, longest=400, available=2 << 30)
    assert parse_recipe(write_recipe(recipe)) == recipe
    assert total(predict(recipe, base, worst_load(recipe))) <= 2 << 30
    assert recipe.train.max_length <= 256  # what the base reads
