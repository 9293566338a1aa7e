"""What a new objective has to provide. It is one file, and a line in `objectives/registry.py`."""

from collections.abc import Sequence
from typing import Any, Protocol

from engine.finetune.corpus import Example
from engine.finetune.policy import PartResult, Policy


class Objective(Protocol):
    """The loss is computed in parts that add up, so that batches can be shared out and accumulated
    exactly.
    """

    needs_reference: bool
    """Whether it compares with the model as it was before training."""

    takes_whole_batch: bool
    """Whether `prepare` looks at the rows of a batch together, so that none may be missing."""

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[Any]:
        """The items of a batch, with what is computed for them without gradient: reference, replies,
        rewards.
        """
        ...

    def total(self, items: Sequence[Any]) -> float:
        """By what the sum over all items of a step is divided: tokens, pairs, replies."""
        ...

    def loss(self, policy: Policy, items: Sequence[Any], total: float) -> PartResult:
        """The share of these items in the loss of the step, and in its figures."""
        ...

    def size(self, item: Any) -> int:
        """Tokens that an item takes to compute."""
        ...
