"""A reward model: one number for a conversation, higher for the better answer (Bradley & Terry 1952)."""

from collections.abc import Sequence

from torch.nn import functional

from engine.finetune.corpus import Example
from engine.finetune.policy import PartResult, Policy
from engine.finetune.recipe.objective_sections import RewardSection


class Reward:
    """As TRL's `RewardTrainer`."""

    needs_reference = False
    takes_whole_batch = False

    def __init__(self, section: RewardSection) -> None:
        self._section = section

    def prepare(self, policy: Policy, batch: Sequence[Example]) -> list[Example]:  # noqa: ARG002
        return list(batch)

    def total(self, items: Sequence[Example]) -> float:
        return float(len(items))

    def loss(self, policy: Policy, items: Sequence[Example], total: float) -> PartResult:
        scores = policy.scores([row for item in items for row in item.rows])
        chosen, rejected = scores[0::2], scores[1::2]
        loss = -functional.logsigmoid(chosen - rejected).sum()
        loss = loss + self._section.center_rewards_coefficient * ((chosen + rejected) ** 2).sum()
        figures = {
            "accuracy": float((chosen > rejected).sum()) / total,
            "margin": float((chosen - rejected).detach().sum()) / total,
        }
        return PartResult(loss / total, figures)

    def size(self, item: Example) -> int:
        return item.size
