"""What DPO and KTO share: log-probabilities of whole answers, by the model and by what it was."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch

from engine.finetune.corpus import Example
from engine.finetune.policy import PartResult, Policy, Tokens


class Compared(NamedTuple):
    """An example with the reference's log p of each of its answers."""

    example: Example
    reference: tuple[float, ...]


def with_reference(policy: Policy, batch: Sequence[Example]) -> list[Compared]:
    """Computed once for each batch, without gradient, shared out like the batch itself."""
    found: dict[int, tuple[float, ...]] = {}

    def compute(part: Sequence[tuple[int, Example]]) -> PartResult:
        sums = answer_log_probs(policy, [row for _, example in part for row in example.rows])
        place = 0
        for number, example in part:
            count = len(example.rows)
            found[number] = tuple(float(one) for one in sums[place : place + count])
            place += count
        return PartResult(torch.zeros(()), {})

    with policy.reference():
        policy.evaluate(list(enumerate(batch)), compute, lambda item: item[1].size)
    return [Compared(example, found[number]) for number, example in enumerate(batch)]


def answer_log_probs(policy: Policy, rows: Sequence[Tokens]) -> Any:
    """Sum of log p over the counted tokens of each row [rows]."""
    return torch.stack([one.sum() for one in policy.log_probs(rows)])


def pair_figures(chosen: Any, rejected: Any, total: float) -> dict[str, float]:
    """Of implicit rewards [pairs], under TRL's names."""
    return {
        "rewards/chosen": float(chosen.detach().sum()) / total,
        "rewards/rejected": float(rejected.detach().sum()) / total,
        "rewards/accuracies": float((chosen > rejected).sum()) / total,
        "rewards/margins": float((chosen - rejected).detach().sum()) / total,
    }
