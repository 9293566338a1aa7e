"""What makes a reply good: built-in rules, or a function of the user's own that the recipe names."""

import importlib.util
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine.errors import UserError
from engine.finetune.corpus import Example
from engine.finetune.recipe.objective_sections import RewardRule

Rewards = Callable[[Sequence[str], Sequence[str], Sequence[Example]], list[float]]
"""(prompts, replies, examples) to the weighted sum of all rules for each reply."""
_Rule = Callable[[Sequence[str], Sequence[str], Sequence[Example]], Sequence[float]]
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_FORMAT = re.compile(r"^\s*<think>.+?</think>\s*\S", re.DOTALL)


def load_rewards(rules: Sequence[RewardRule]) -> Rewards:
    """Raises `UserError` finetune.reward_failed, also later, when a function fails or gives no numbers."""
    loaded = [(rule, _load(rule)) for rule in rules]

    def total(prompts: Sequence[str], replies: Sequence[str], examples: Sequence[Example]) -> list[float]:
        sums = [0.0] * len(replies)
        for rule, judge in loaded:
            try:
                given = [float(one) for one in judge(prompts, replies, examples)]
            except UserError:
                raise
            except Exception as error:  # what a user's function may raise is not known
                raise _failed(rule, f"{type(error).__name__}: {error}") from error
            if len(given) != len(replies) or not all(map(math.isfinite, given)):
                raise _failed(rule, f"it must give one number for each of the {len(replies)} replies")
            sums = [known + rule.weight * one for known, one in zip(sums, given, strict=True)]
        return sums

    return total


def _load(rule: RewardRule) -> _Rule:
    match rule.name:
        case "exact_answer":
            return lambda _, replies, examples: [
                float(_same(reply, str(one.columns.get(rule.column, ""))))
                for reply, one in zip(replies, examples, strict=True)
            ]
        case "regex":
            try:
                pattern = re.compile(rule.pattern)
            except re.error as error:
                raise UserError(
                    "recipe.invalid", key="rewards.pattern", value=rule.pattern, reason=error
                ) from None
            return lambda _, replies, __: [float(bool(pattern.search(reply))) for reply in replies]
        case "format":
            return lambda _, replies, __: [float(bool(_FORMAT.search(reply))) for reply in replies]
        case "length":
            return lambda _, replies, __: [_near(len(reply.split()), rule.target) for reply in replies]
        case "python":
            return _own(rule)


def _same(reply: str, answer: str) -> bool:
    """The last number, or the last line, or the whole reply is the answer; case and blanks do not count."""
    wanted = _plain(answer)
    if not wanted:
        return False
    numbers = _NUMBER.findall(reply)
    if _NUMBER.fullmatch(answer.strip()) and numbers:
        return float(numbers[-1].replace(",", "")) == float(answer.strip().replace(",", ""))
    lines = [line for line in reply.splitlines() if line.strip()]
    return wanted in (_plain(reply), _plain(lines[-1]) if lines else "")


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .")


def _near(words: int, target: int) -> float:
    """1 at the target, falling to 0 at twice as many or none."""
    return max(0.0, 1.0 - abs(words - target) / max(target, 1))


def _own(rule: RewardRule) -> _Rule:
    """A function of TRL's shape: `reward(prompts, completions, **columns)` gives a number for each."""
    path = Path(rule.file)
    spec = importlib.util.spec_from_file_location(f"lathe_reward_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise UserError("file.unreadable", path=path, reason="there is no such Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        function: Any = getattr(module, rule.function)
    except Exception as error:
        raise _failed(rule, f"{type(error).__name__}: {error}") from error

    def judge(prompts: Sequence[str], replies: Sequence[str], examples: Sequence[Example]) -> Sequence[float]:
        names = {name for one in examples for name in one.columns} - {"prompts", "completions"}
        columns = {name: [one.columns.get(name) for one in examples] for name in sorted(names)}
        found: Sequence[float] = function(prompts=list(prompts), completions=list(replies), **columns)
        return found

    return judge


def _failed(rule: RewardRule, reason: str) -> UserError:
    name = f"{Path(rule.file).name}: {rule.function}" if rule.name == "python" else rule.name
    return UserError("finetune.reward_failed", name=name, reason=" ".join(reason.split())[:200].rstrip("."))
