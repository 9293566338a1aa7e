"""Whole runs of each objective, and the rewards of the online ones."""

import json
import os
import warnings
from pathlib import Path
from typing import Any

import pytest

os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"
with warnings.catch_warnings():
    warnings.simplefilter("ignore")

from engine.errors import UserError
from engine.finetune.corpus import Example
from engine.finetune.recipe.objective_sections import (
    RewardRule,
)
from engine.finetune.rewards import load_rewards
from engine.protocol.finetune import Evaluated, TrainStep
from tests.engine.finetune.conftest import recipe_for, train, write_rows

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
]

PREFERENCES = [
    {"prompt": f"Say {number}", "chosen": "yes" * (1 + number % 3), "rejected": "no" * (1 + number % 4)}
    for number in range(16)
]
JUDGED = [
    {"prompt": f"Say {number}", "completion": "ab" * (1 + number % 3), "label": number % 2 == 0}
    for number in range(16)
]
ASKED = [{"prompt": f"Say {number}", "answer": str(number)} for number in range(16)]
TEXTS = [{"text": f"Once {number} upon a time " * 3} for number in range(16)]
RUNS: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("pretrain", TEXTS, {}),
    ("dpo", PREFERENCES, {"dpo": {"beta": 0.5}}),
    ("kto", JUDGED, {"kto": {"beta": 0.5}}),
    ("orpo", PREFERENCES, {"orpo": {"beta": 0.5}}),
    ("reward", PREFERENCES, {}),
]


@pytest.mark.parametrize(("objective", "rows", "changes"), RUNS, ids=[one[0] for one in RUNS])
def test_whole_runs_learn(
    home: Path,
    tiny_base: Path,
    tmp_path: Path,
    objective: str,
    rows: list[dict[str, Any]],
    changes: dict[str, Any],
) -> None:
    data = write_rows(tmp_path / "rows.jsonl", rows)
    settings = {"max_steps": 8, "learning_rate": 1e-2, "eval_steps": 4}
    run, told = train(
        home,
        recipe_for(
            tiny_base, data, objective=objective, train=settings, dataset={"held_out": 0.2}, **changes
        ),
    )
    assert [one.step for one in told.of(Evaluated)] == [0, 4, 8]
    losses = [step.loss for step in told.of(TrainStep)]
    assert sum(losses[-2:]) < sum(losses[:2])
    assert run.state().status == "done"
    if objective in ("dpo", "orpo"):
        assert told.of(TrainStep)[-1].figures["rewards/accuracies"] > 0.5


@pytest.mark.parametrize("flavour", ["grpo", "rloo"])
def test_rewards_rise(home: Path, tiny_base: Path, tmp_path: Path, flavour: str) -> None:
    """A reward of the user's own: the more bytes above 200, the better. Sampled replies repeat with the
    seed.
    """
    file = tmp_path / "mine.py"
    file.write_text(
        "def reward(prompts, completions, answer, **columns):\n"
        "    assert len(answer) == len(completions) == len(prompts)\n"
        "    return [sum(c in 'eaiou' for c in one) / 8 for one in completions]\n",
        "utf-8",
    )
    data = write_rows(tmp_path / "rows.jsonl", ASKED)
    online = {
        "rewards": [{"name": "python", "file": str(file)}],
        "num_generations": 8,
        "max_completion_length": 8,
        "beta": 0.01,
    }
    settings = {"max_steps": 12, "learning_rate": 3e-2, "batch_size": 4}
    recipe = recipe_for(tiny_base, data, objective=flavour, train=settings, **{flavour: online})
    _, told = train(home, recipe, "first")
    rewards = [step.figures["reward"] for step in told.of(TrainStep)]
    assert sum(rewards[-4:]) > sum(rewards[:4])
    _, again = train(home, recipe, "second")
    assert [step.figures["reward"] for step in again.of(TrainStep)] == rewards


def test_built_in_rewards() -> None:
    rows = [Example((), 0, columns={"answer": "1,042"}), Example((), 1, columns={"answer": "Paris"})]
    replies = ["It is 1042.", "<think>hm</think> The capital\nparis"]
    rules = [
        RewardRule("exact_answer"),
        RewardRule("format", weight=0.5),
        RewardRule("regex", pattern="[0-9]{4}", weight=2),
    ]
    assert load_rewards(rules)(["", ""], replies, rows) == [3.0, 1.5]
    near = load_rewards([RewardRule("length", target=4)])
    assert near([""] * 3, ["a b c d", "a b", "a b c d e f g h i"], [rows[0]] * 3) == [1.0, 0.5, 0.0]


@pytest.mark.parametrize(
    "source",
    ["def reward(**k): return [1.0]", "def reward(**k): return ['x', 'y']", "def other(): pass", "1/0"],
)
def test_a_reward_that_fails_is_named(tmp_path: Path, source: str) -> None:
    file = tmp_path / "bad.py"
    file.write_text(source, "utf-8")
    with pytest.raises(UserError) as caught:
        load_rewards([RewardRule("python", file=str(file))])(["", ""], ["a", "b"], [Example((), 0)] * 2)
    assert caught.value.code == "finetune.reward_failed"
    assert "bad.py" in caught.value.message
    assert json.dumps(caught.value.params)
