"""The stages that know what was said before: penalties and DRY, as plain statements in numpy."""

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.inspection.sampler_stages import Candidates

_LARGEST_LOG = 88.7228391  # of a single-precision number


def penalties(
    candidates: Candidates,
    history: Sequence[int],
    last_n: int,
    repeat: float = 1.0,
    frequency: float = 0.0,
    presence: float = 0.0,
) -> Candidates:
    """Lower the scores of tokens among the last `last_n`.

    Repetition: Keskar et al., “CTRL” (2019), dividing positive and multiplying negative scores. Frequency
    (for each occurrence) and presence (once): as the OpenAI API defines them.
    """
    counts = Counter(history[-last_n:] if last_n > 0 else ())
    logits = candidates.logits.copy()
    for place, token in enumerate(candidates.ids.tolist()):
        count = counts[token]
        if count:
            logits[place] *= repeat if logits[place] <= 0 else 1 / repeat
            logits[place] -= count * frequency + presence
    return Candidates(candidates.ids, logits)


def dry(
    candidates: Candidates,
    history: Sequence[int],
    last_n: int,
    multiplier: float,
    base: float = 1.75,
    allowed_length: int = 2,
    breakers: Collection[int] = (),
) -> Candidates:
    """“Don't repeat yourself”: lower what would lengthen a repetition, the more the longer it is.

    P. E. Weidmann, text-generation-webui pull request 5677 (2024); as in llama.cpp. A token that would
    repeat n tokens again loses multiplier · base^(n - allowed_length). `breakers`: tokens across which
    nothing counts as a repetition.
    """
    if multiplier == 0 or base < 1 or last_n == 0:
        return candidates
    lengths = repeat_lengths(history[-last_n:], allowed_length, breakers)
    highest = int(_LARGEST_LOG / np.log(base)) if base > 1.000001 else 0
    logits: NDArray[np.float64] = candidates.logits.copy()
    for place, token in enumerate(candidates.ids.tolist()):
        if token in lengths and token not in breakers:
            beyond = lengths[token] - allowed_length
            logits[place] -= multiplier * base ** (min(beyond, highest) if highest > 0 else beyond)
    return Candidates(candidates.ids, logits)


def repeat_lengths(
    recent: Sequence[int], allowed_length: int, breakers: Collection[int] = ()
) -> dict[int, int]:
    """For each token that would go on with a repetition: how many tokens are repeated already."""
    size = len(recent)
    limit = next((back for back in range(size) if recent[size - 1 - back] in breakers), size)
    longest: dict[int, int] = {}
    if size <= allowed_length or limit < allowed_length:
        return longest
    for end in range(size - 1):
        length = 0
        while length <= end and recent[end - length] == recent[size - 1 - length]:
            length += 1
        length = min(length, limit)
        if length >= allowed_length:
            follower = recent[end + 1]
            longest[follower] = max(longest.get(follower, 0), length)
    return longest
