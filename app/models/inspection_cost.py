"""What looking inside costs: tokens per second of the last replies with it and without."""

from typing import Literal

TapScope = Literal["off", "some", "all"]
"""Nothing is read out while the reply is written, some layers are, or all of them."""
ENOUGH_TOKENS = 12
"""Shorter replies say nothing about speed."""


class CostLedger:
    """The newest rate for each scope, by model: other models and other context lengths do not compare."""

    def __init__(self) -> None:
        self._rates: dict[str, dict[TapScope, float]] = {}

    def note(self, model: str, scope: TapScope, tokens: int, tokens_per_s: float) -> None:
        """A reply that was written in one scope from its first token to its last."""
        if tokens >= ENOUGH_TOKENS and tokens_per_s > 0:
            self._rates.setdefault(model, {})[scope] = tokens_per_s

    def rate(self, model: str, scope: TapScope) -> float | None:
        """Tokens per second, None before a reply was measured."""
        return self._rates.get(model, {}).get(scope)
