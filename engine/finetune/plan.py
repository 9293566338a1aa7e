"""Which rows make which step. A step follows from the seed and its number alone: that is what makes a
run resumable.
"""

import math
import random
from collections.abc import Sequence
from typing import Protocol

from engine.finetune.recipe.sections import TrainSection

Batch = list[int]
"""Numbers of examples in memory at once."""


class Sizes(Protocol):
    """Of a corpus."""

    def __len__(self) -> int: ...

    def size(self, number: int) -> int: ...

    def longest(self, number: int) -> int: ...


class Plan:
    """`steps` in all; `step(n)` gives the batches of step n, from 0."""

    def __init__(self, sizes: Sizes, train: TrainSection) -> None:
        self._sizes = sizes
        self._train = train
        self._epoch = -1
        self._steps: list[list[Batch]] = []
        self.steps_per_epoch = len(self._of_epoch(0))
        wanted = math.ceil(self.steps_per_epoch * train.num_train_epochs)
        self.steps = train.max_steps or max(wanted, 1)

    def step(self, number: int) -> list[Batch]:
        epoch, place = divmod(number, self.steps_per_epoch)
        steps = self._of_epoch(epoch)
        # With packing an epoch may need a step more or fewer than the first.
        return steps[place] if place < len(steps) else steps[-1]

    def epoch(self, number: int) -> float:
        """How often every row was seen after so many steps."""
        return number / self.steps_per_epoch

    def largest_batch(self) -> Batch:
        """The batch that takes most memory; it is in the very first step."""
        return max((batch for step in self._of_epoch(0) for batch in step), key=self._weight)

    def _of_epoch(self, epoch: int) -> list[list[Batch]]:
        if epoch != self._epoch:
            order = list(range(len(self._sizes)))
            random.Random(f"{self._train.seed}/{epoch}").shuffle(order)  # noqa: S311 - no secret
            batches = self._packed(order) if self._train.packing else self._plain(order)
            apart = self._train.gradient_accumulation_steps
            steps = [batches[start : start + apart] for start in range(0, len(batches), apart)]
            if epoch == 0:
                self._largest_first(steps)
            self._epoch, self._steps = epoch, steps
        return self._steps

    def _plain(self, order: Sequence[int]) -> list[Batch]:
        size = self._train.batch_size
        return [list(order[start : start + size]) for start in range(0, len(order), size)]

    def _packed(self, order: Sequence[int]) -> list[Batch]:
        """First fit: each row into the first open pack with room; few packs are open at a time."""
        packs: list[Batch] = []
        free: list[tuple[int, Batch]] = []
        for number in order:
            need = self._sizes.size(number)
            for place, (room, pack) in enumerate(free):
                if need <= room:
                    pack.append(number)
                    free[place] = (room - need, pack)
                    break
            else:
                pack = [number]
                packs.append(pack)
                free.append((self._train.max_length - need, pack))
                if len(free) > 64:
                    free.pop(free.index(min(free, key=lambda one: one[0])))
        size = self._train.batch_size
        return [
            [number for pack in packs[start : start + size] for number in pack]
            for start in range(0, len(packs), size)
        ]

    def _largest_first(self, steps: list[list[Batch]]) -> None:
        """If memory does not suffice it shows at once, not after hours."""
        heaviest = max(range(len(steps)), key=lambda place: max(map(self._weight, steps[place])))
        steps[0], steps[heaviest] = steps[heaviest], steps[0]

    def _weight(self, batch: Batch) -> int:
        """Padded tokens or all of them: whichever path trains, a larger one takes more."""
        return sum(map(self._sizes.size, batch)) + len(batch) * max(map(self._sizes.longest, batch))
