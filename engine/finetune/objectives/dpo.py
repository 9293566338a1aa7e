"""Direct preference optimization (Rafailov et al. 2023), with hinge (Zhao et al. 2023) and IPO (Azar et
al. 2023).
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional

from engine.finetune.corpus import Example
from engine.finetune.objectives.preference import Compared, answer_log_probs, pair_figures, with_reference
from engine.finetune.policy import PartResult, Policy
from engine.finetune.recipe.objective_sections import DpoSection


class Dpo:
    """As TRL's `DPOTrainer`; label smoothing is that of cDPO."""

    needs_reference = True
    takes_whole_batch = False

    def __init__(self, section: DpoSection) -> None:
        self._section = section

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[Compared]:
        return with_reference(policy, batch)

    def total(self, items: Sequence[Compared]) -> float:
        return float(len(items))

    def loss(self, policy: Policy, items: Sequence[Compared], total: float) -> PartResult:
        rows = [row for item in items for row in item.example.rows]
        sums = answer_log_probs(policy, rows)
        reference = torch.tensor([one for item in items for one in item.reference], device=sums.device)
        ratios = sums - reference
        chosen, rejected = ratios[0::2], ratios[1::2]
        lengths = torch.tensor([row.targets for row in rows], device=sums.device)
        losses = self._losses(chosen, rejected, lengths)
        beta = self._section.beta
        return PartResult(losses.sum() / total, pair_figures(beta * chosen, beta * rejected, total))

    def size(self, item: Compared) -> int:
        return item.example.size

    def _losses(self, chosen: Any, rejected: Any, lengths: Any) -> Any:
        beta, smoothing = self._section.beta, self._section.label_smoothing
        if self._section.loss_type == "ipo":
            difference = chosen / lengths[0::2] - rejected / lengths[1::2]
            return (difference - 1 / (2 * beta)) ** 2
        scaled = beta * (chosen - rejected)
        if self._section.loss_type == "hinge":
            return torch.relu(1 - scaled)
        right, wrong = functional.logsigmoid(scaled), functional.logsigmoid(-scaled)
        return -(1 - smoothing) * right - smoothing * wrong
