"""Curves that jump, made readable."""

from collections.abc import Sequence

_WINDOW_SHARE = 20
_LEAST = 12
"""Fewer values than this are shown as they are."""


def smoothed(values: Sequence[float]) -> list[float]:
    """An exponential mean over about a twentieth of the curve, without the pull of its first value
    (Kingma & Ba 2015, section 3).
    """
    if len(values) < _LEAST:
        return list(values)
    keep = 1.0 - 1.0 / max(3.0, len(values) / _WINDOW_SHARE)
    mean, weight, found = 0.0, 0.0, []
    for value in values:
        mean = keep * mean + (1.0 - keep) * value
        weight = keep * weight + (1.0 - keep)
        found.append(mean / weight)
    return found
