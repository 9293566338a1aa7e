"""What a training loop and an objective need of a model, whichever path computes it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

PathName = Literal["lean", "general"]


class Tokens(NamedTuple):
    """One sequence. `counts` is parallel to `ids`: whether the loss counts this token as a target."""

    ids: tuple[int, ...]
    counts: tuple[bool, ...]

    @property
    def targets(self) -> int:
        """How many tokens are predicted and counted; the first has nothing before it."""
        return sum(self.counts[1:])


class Sampling(NamedTuple):
    """How replies are written. `temperature` 0 is greedy. `ends`: tokens that end a reply."""

    max_new_tokens: int
    temperature: float
    ends: frozenset[int]


class PartResult(NamedTuple):
    """Loss of a part of a step (parts add up), and figures that add up likewise."""

    loss: Any
    figures: dict[str, float]


Compute = Callable[[Sequence[Any]], PartResult]
"""The loss of some items of a step."""
Size = Callable[[Any], int]
"""Tokens of an item, to share the work out evenly."""


class Policy(Protocol):
    """A model with what is learned of it. Everything that is trained is float32."""

    path: PathName

    @property
    def parameters(self) -> dict[str, Any]:
        """What is learned, by name, in an order that never changes."""
        ...

    def nll(self, rows: Sequence[Tokens]) -> Any:
        """Sum of −log p over the counted targets, with gradient."""
        ...

    def log_probs(self, rows: Sequence[Tokens], temperature: float = 1.0) -> list[Any]:
        """For each row log p of its counted targets, float32, with gradient."""
        ...

    def scores(self, rows: Sequence[Tokens]) -> Any:
        """One number for each row, from a reward head. Raises `NotImplementedError` without one."""
        ...

    def reference(self) -> AbstractContextManager[None]:
        """Inside, the model answers as it did before training. No gradients are needed there."""
        ...

    def logits(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Scores [tokens, vocabulary] after each token of one text, without gradient or dropout."""
        ...

    def generate(self, prompts: Sequence[Sequence[int]], sampling: Sampling) -> list[list[int]]:
        """A reply to each; draws from torch's global generator."""
        ...

    def backward(self, items: Sequence[Any], compute: Compute, size: Size) -> tuple[float, dict[str, float]]:
        """Adds the gradient of the items' loss to that of the parameters; loss and figures."""
        ...

    def evaluate(self, items: Sequence[Any], compute: Compute, size: Size) -> tuple[float, dict[str, float]]:
        """The same without gradients, and without dropout."""
        ...

    def before_update(self) -> None:
        """Once a step, when all gradients are there: adds that of what the method itself wants."""
        ...

    def after_step(self, step: int) -> None:
        """After the optimizer's step, while gradients are there: for methods that change their shape."""
        ...

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps of the model: parameters and what else changes."""
        ...

    def load_state(self, tensors: dict[str, Any]) -> None:
        """The opposite. Raises `KeyError`, `RuntimeError` for what does not fit."""
        ...

    def save(self, folder: Path) -> None:
        """In the format that other programs read."""
        ...

    def close(self) -> None:
        """Ends its threads."""
        ...
