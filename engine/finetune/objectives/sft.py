"""Supervised fine-tuning, and continued pre-training: make the counted tokens likely."""

from collections.abc import Sequence

from engine.finetune.corpus import Example
from engine.finetune.policy import PartResult, Policy


class Likelihood:
    """Mean −log p over all counted tokens of a step, as transformers computes it with accumulation."""

    needs_reference = False
    takes_whole_batch = False

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[Example]:  # noqa: ARG002
        return list(batch)

    def total(self, items: Sequence[Example]) -> float:
        return float(sum(row.targets for item in items for row in item.rows))

    def loss(self, policy: Policy, items: Sequence[Example], total: float) -> PartResult:
        return PartResult(policy.nll([row for item in items for row in item.rows]) / total, {})

    def size(self, item: Example) -> int:
        return item.size
