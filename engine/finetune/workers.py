"""The processes that share each batch of a run: one of them on one machine, several on a cluster."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
_BUCKET = 16 << 20
"""Values that are summed up at once."""


class Workers(Protocol):
    """Every process holds the whole model and computes its share of each batch; gradients are added up."""

    rank: int
    """From 0. The first one writes the run's files, and listens to the user."""

    def share(self, items: Sequence[T]) -> list[T]:
        """What this process does of them."""
        ...

    def added(self, values: Mapping[str, float]) -> dict[str, float]:
        """Each summed over all processes; one that a process does not name is 0 there."""
        ...

    def align(self, parameters: Sequence[Any]) -> None:
        """Make them those of the leading process."""
        ...

    def add_gradients(self, parameters: Sequence[Any]) -> None:
        """Sum the parameters' gradients over all processes, in place."""
        ...

    def agreed(self, word: str) -> str:
        """What the leading process says."""
        ...


class Alone:
    """One process."""

    rank = 0

    def share(self, items: Sequence[T]) -> list[T]:
        return list(items)

    def added(self, values: Mapping[str, float]) -> dict[str, float]:
        return dict(values)

    def align(self, parameters: Sequence[Any]) -> None:
        pass

    def add_gradients(self, parameters: Sequence[Any]) -> None:
        pass

    def agreed(self, word: str) -> str:
        return word


class GroupWorkers:
    """The processes of the group that torch.distributed has open."""

    def __init__(self) -> None:
        self._group: Any = importlib.import_module("torch.distributed")
        self.rank = int(self._group.get_rank())
        self._count = int(self._group.get_world_size())

    def share(self, items: Sequence[T]) -> list[T]:
        return list(items[self.rank :: self._count])

    def added(self, values: Mapping[str, float]) -> dict[str, float]:
        told: list[Any] = [None] * self._count
        self._group.all_gather_object(told, dict(values))
        found: dict[str, float] = {}
        for one in told:
            for name, value in one.items():
                found[name] = found.get(name, 0.0) + value
        return found

    def align(self, parameters: Sequence[Any]) -> None:
        for parameter in parameters:
            self._group.broadcast(parameter.data, 0)

    def add_gradients(self, parameters: Sequence[Any]) -> None:
        import torch  # noqa: PLC0415 - this module is read without it, too

        for some in _buckets(parameters):
            flat = torch.cat(
                [(torch.zeros_like(one) if one.grad is None else one.grad).flatten() for one in some]
            )
            self._group.all_reduce(flat)
            for one, part in zip(some, flat.split([one.numel() for one in some]), strict=True):
                one.grad = part.view_as(one)

    def agreed(self, word: str) -> str:
        told = [word]
        self._group.broadcast_object_list(told, 0)
        return told[0]


def _buckets(parameters: Sequence[Any]) -> Iterator[list[Any]]:
    bucket: list[Any] = []
    size = 0
    for one in parameters:
        if bucket and size + one.numel() > _BUCKET:
            yield bucket
            bucket, size = [], 0
        bucket.append(one)
        size += one.numel()
    if bucket:
        yield bucket
