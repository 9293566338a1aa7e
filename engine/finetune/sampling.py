"""Drawing tokens, and sharing work out: what both paths do in the same way."""

from collections.abc import Sequence
from typing import Any, Protocol

import torch

from engine.finetune.policy import Sampling, Size


class StepByStep(Protocol):
    """Logits [replies, vocabulary] after the prompts, then after each further token [replies]."""

    def read(self) -> Any: ...

    def step(self, tokens: Any) -> Any: ...


def sample(decoder: StepByStep, replies: int, sampling: Sampling) -> list[list[int]]:
    """Until every reply has ended or is as long as it may be; the token that ends it included."""
    written: list[list[int]] = [[] for _ in range(replies)]
    open_ones = set(range(replies))
    logits = decoder.read()
    while True:
        tokens = choose(logits, sampling.temperature)
        for row in list(open_ones):
            token = int(tokens[row])
            written[row].append(token)
            if token in sampling.ends or len(written[row]) >= sampling.max_new_tokens:
                open_ones.discard(row)
        if not open_ones:
            return written
        logits = decoder.step(tokens)


def choose(logits: Any, temperature: float) -> Any:
    """One token of each row [rows]; 0 takes the most probable."""
    if temperature <= 0:
        return logits.argmax(-1)
    shares = torch.softmax(logits / temperature, -1)
    return torch.multinomial(shares, 1).squeeze(1)


def sharing(items: Sequence[Any], size: Size, parts: int) -> list[list[Any]]:
    """At most `parts` parts of about equal size: the largest item first, each to the emptiest part."""
    shares: list[list[Any]] = [[] for _ in range(min(parts, len(items)))]
    loads = [0] * len(shares)
    for item in sorted(items, key=size, reverse=True):
        lightest = loads.index(min(loads))
        shares[lightest].append(item)
        loads[lightest] += size(item)
    return [share for share in shares if share]
