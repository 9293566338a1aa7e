"""Odds ratio preference optimization (Hong et al. 2024): likelihood and preference at once, without a
reference.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional

from engine.finetune.corpus import Example
from engine.finetune.objectives.preference import pair_figures
from engine.finetune.policy import PartResult, Policy
from engine.finetune.recipe.objective_sections import OrpoSection


class Orpo:
    """−log p of the better answer's tokens, minus β·log σ of the log odds ratio.

    The likelihood is the mean over the tokens of the step's better answers; TRL counts their prompts, too.
    """

    needs_reference = False
    takes_whole_batch = True

    def __init__(self, section: OrpoSection) -> None:
        self._section = section

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[tuple[Example, float]]:  # noqa: ARG002
        """Each with its share in the batch's tokens, so that parts add up."""
        tokens = sum(example.rows[0].targets for example in batch)
        return [(example, len(batch) / tokens) for example in batch]

    def total(self, items: Sequence[tuple[Example, float]]) -> float:
        return float(len(items))

    def loss(self, policy: Policy, items: Sequence[tuple[Example, float]], total: float) -> PartResult:
        found = policy.log_probs([row for example, _ in items for row in example.rows])
        chosen = torch.stack([one.mean() for one in found[0::2]])
        rejected = torch.stack([one.mean() for one in found[1::2]])
        odds = (chosen - rejected) - (_log_1m_exp(chosen) - _log_1m_exp(rejected))
        likelihood = -sum(one.sum() * share for one, (_, share) in zip(found[0::2], items, strict=True))
        beta = self._section.beta
        loss = (likelihood - beta * functional.logsigmoid(odds).sum()) / total
        figures = pair_figures(beta * chosen, beta * rejected, total)
        return PartResult(loss, {**figures, "log_odds": float(odds.detach().sum()) / total})

    def size(self, item: tuple[Example, float]) -> int:
        return item[0].size


def _log_1m_exp(x: Any) -> Any:
    """log(1 − eˣ) for x < 0, stable on both sides of −log 2 (Mächler 2012)."""
    near = x > -0.6931471805599453
    small = torch.where(near, x, torch.full_like(x, -1.0)).clamp(max=-1e-7)
    large = torch.where(near, torch.full_like(x, -1.0), x)
    return torch.where(near, torch.log(-torch.expm1(small)), torch.log1p(-torch.exp(large)))
