"""Kahneman-Tversky optimization (Ethayarajh et al. 2024): single answers, wanted or not."""

from collections.abc import Sequence
from typing import NamedTuple

import torch

from engine.finetune.corpus import Example
from engine.finetune.objectives.preference import answer_log_probs, with_reference
from engine.finetune.policy import PartResult, Policy, Tokens
from engine.finetune.recipe.objective_sections import KtoSection


class Weighed(NamedTuple):
    """An answer with the reference's log p, and the divergence of the batch it is in."""

    example: Example
    reference: float
    divergence: float


class Kto:
    """As TRL's `KTOTrainer`: the divergence is estimated from each prompt with the answer of the row
    before it.
    """

    needs_reference = True
    takes_whole_batch = True

    def __init__(self, section: KtoSection) -> None:
        self._section = section

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[Weighed]:
        mixed = [
            Example((_joined(example.rows[0], batch[place - 1].rows[0]),), example.source)
            for place, example in enumerate(batch)
        ]
        compared = with_reference(policy, [*batch, *mixed])
        known = [one.reference[0] for one in compared]
        with torch.no_grad():
            now = answer_log_probs(policy, [one.rows[0] for one in mixed])
        before = torch.tensor(known[len(batch) :], device=now.device)
        divergence = float((now - before).mean().clamp(min=0))
        return [Weighed(example, known[place], divergence) for place, example in enumerate(batch)]

    def total(self, items: Sequence[Weighed]) -> float:
        return float(len(items))

    def loss(self, policy: Policy, items: Sequence[Weighed], total: float) -> PartResult:
        section = self._section
        sums = answer_log_probs(policy, [item.example.rows[0] for item in items])
        device = sums.device
        ratios = sums - torch.tensor([item.reference for item in items], device=device)
        divergence = torch.tensor([item.divergence for item in items], device=device)
        wanted = torch.tensor([bool(item.example.label) for item in items], device=device)
        sign = torch.where(wanted, 1.0, -1.0)
        weight = torch.where(wanted, section.desirable_weight, section.undesirable_weight)
        losses = weight * (1 - torch.sigmoid(section.beta * sign * (ratios - divergence)))
        rewards = section.beta * ratios.detach()
        figures = {
            "kl": float(divergence.sum()) / total,
            "rewards/chosen": float(rewards[wanted].sum()) / total,
            "rewards/rejected": float(rewards[~wanted].sum()) / total,
        }
        return PartResult(losses.sum() / total, figures)

    def size(self, item: Weighed) -> int:
        return item.example.size


def _joined(asked: Tokens, answered: Tokens) -> Tokens:
    """The prompt of one row and the answer of another."""
    prompt = asked.ids[: asked.counts.index(True)]
    start = answered.counts.index(True)
    return Tokens((*prompt, *answered.ids[start:]), ((False,) * len(prompt)) + tuple(answered.counts[start:]))
