"""Learning from replies that the model writes itself: GRPO (Shao et al. 2024) and RLOO (Ahmadian et al.
2024).

Each batch of replies is used for one step, so that the ratio to the model that wrote them is 1: what is
left of the clipped objective is −advantage·log p, and for GRPO the divergence from the model at the start.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import torch

from engine.finetune.corpus import Example
from engine.finetune.policy import PartResult, Policy, Sampling, Tokens
from engine.finetune.recipe.objective_sections import OnlineSection
from engine.finetune.rewards import Rewards


class Reply(NamedTuple):
    """One reply. `reference`: log p of its tokens by the model at the start; empty where β is 0."""

    tokens: Tokens
    advantage: float
    reward: float
    reference: tuple[float, ...]


class Online:
    """`flavour`: grpo compares replies to one prompt by mean and spread, rloo each with the mean of the
    others.
    """

    takes_whole_batch = False

    def __init__(
        self,
        flavour: Literal["grpo", "rloo"],
        section: OnlineSection,
        rewards: Rewards,
        text: Callable[[Sequence[int]], str],
        ends: frozenset[int],
    ) -> None:
        self._flavour, self._section, self._rewards, self._text = flavour, section, rewards, text
        self._sampling = Sampling(section.max_completion_length, section.temperature, ends)
        self.needs_reference = section.beta > 0

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[Reply]:
        group = self._section.num_generations
        asked = [example for example in batch for _ in range(group)]
        prompts = [example.rows[0].ids for example in asked]
        written = policy.generate(prompts, self._sampling)
        texts = [self._text([token for token in one if token not in self._sampling.ends]) for one in written]
        rewards = torch.tensor(self._rewards([self._text(prompt) for prompt in prompts], texts, asked))
        rows = [
            Tokens((*prompt, *one), (False,) * len(prompt) + (True,) * len(one))
            for prompt, one in zip(prompts, written, strict=True)
        ]
        reference = self._reference(policy, rows)
        if self._flavour == "rloo" and reference:
            with torch.no_grad():
                now = policy.log_probs(rows, self._section.temperature)
            spent = [
                float((one - torch.tensor(known)).sum()) for one, known in zip(now, reference, strict=True)
            ]
            rewards = rewards - self._section.beta * torch.tensor(spent)
        advantages = self._advantages(rewards.view(-1, group)).flatten().tolist()
        return [
            Reply(row, advantage, reward, tuple(reference[place]) if reference else ())
            for place, (row, advantage, reward) in enumerate(
                zip(rows, advantages, rewards.tolist(), strict=True)
            )
        ]

    def total(self, items: Sequence[Reply]) -> float:
        """GRPO counts tokens (as DAPO and TRL's default), RLOO replies."""
        if self._flavour == "grpo":
            return float(sum(item.tokens.targets for item in items))
        return float(len(items))

    def loss(self, policy: Policy, items: Sequence[Reply], total: float) -> PartResult:
        found = policy.log_probs([item.tokens for item in items], self._section.temperature)
        loss: Any = 0.0
        tokens = 0
        for one, item in zip(found, items, strict=True):
            tokens += len(one)
            if self._flavour == "rloo":
                # The ratio is 1, its gradient is that of log p.
                loss = loss - item.advantage * torch.exp(one.sum() - one.sum().detach())
                continue
            loss = loss - (item.advantage * torch.exp(one - one.detach())).sum()
            if item.reference:
                apart = torch.tensor(item.reference, device=one.device) - one
                loss = loss + self._section.beta * (torch.exp(apart) - apart - 1).sum()
        share = 1 / total if self._flavour == "rloo" else 1 / max(total, 1.0)
        rewards = sum(item.reward for item in items)
        return PartResult(
            loss * share, {"reward_sum": rewards, "replies": float(len(items)), "reply_tokens": float(tokens)}
        )

    def size(self, item: Reply) -> int:
        return len(item.tokens.ids)

    def _reference(self, policy: Policy, rows: Sequence[Tokens]) -> list[list[float]]:
        if not self.needs_reference:
            return []
        with policy.reference():
            return [one.tolist() for one in policy.log_probs(rows, self._section.temperature)]

    def _advantages(self, rewards: Any) -> Any:
        """[prompts, replies] of the same shape."""
        if self._flavour == "rloo":
            others = (rewards.sum(1, keepdim=True) - rewards) / (rewards.shape[1] - 1)
            return rewards - others
        apart = rewards - rewards.mean(1, keepdim=True)
        if not self._section.scale_rewards:
            return apart
        return apart / (rewards.std(1, keepdim=True) + 1e-4)
