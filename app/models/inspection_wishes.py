"""What all visible panels want to see of a running reply, as one request: the least that serves them all."""

from collections.abc import Iterable

from engine.chat.inspection import Inspection
from engine.protocol.inspection import TapSpec


def merged(wishes: Iterable[Inspection]) -> Inspection:
    """The union. Empty `layers` or `heads` mean all of them, so one panel that wants all decides."""
    wishes = list(wishes)
    taps: TapSpec | None = None
    for wish in wishes:
        taps = _union(taps, wish.taps)
    return Inspection(
        taps=taps,
        trace=any(wish.trace for wish in wishes),
        n_probs=max((wish.n_probs for wish in wishes), default=0),
    )


def _union(one: TapSpec | None, other: TapSpec | None) -> TapSpec | None:
    if one is None or other is None:
        return one or other
    return TapSpec(
        kinds=tuple(sorted({*one.kinds, *other.kinds})),
        layers=_either(one.layers, other.layers),
        heads=_either(one.heads, other.heads),
    )


def _either(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*one, *other})) if one and other else ()
