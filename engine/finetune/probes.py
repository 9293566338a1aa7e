"""A fixed set of prompts, answered again and again; and losses of watched rows, token by token."""

from collections.abc import Sequence
from typing import NamedTuple

import torch

from engine.datasets.examples import Conversation
from engine.datasets.rendering import render_row
from engine.finetune.corpus import Corpus
from engine.finetune.policy import Policy, Sampling, Tokens
from engine.finetune.recipe.sections import ProbeSection
from engine.finetune.tokenizing import Tokenizer
from engine.messages import Message
from engine.protocol.finetune import ProbeAnswered, RowLosses


class First(NamedTuple):
    """The answer of step 0: its tokens and their mean log p."""

    tokens: tuple[int, ...]
    log_prob: float


class Probes:
    """`first` is empty until `begin` or `restore`."""

    def __init__(self, section: ProbeSection, tokenizer: Tokenizer, held_out: Corpus) -> None:
        self._section, self._tokenizer, self._held_out = section, tokenizer, held_out
        self._sampling = Sampling(section.max_new_tokens, 0.0, tokenizer.ends)
        self._prompts = [_prompt(tokenizer, text) for text in section.prompts]
        self.first: tuple[First, ...] = ()

    def answers(self, policy: Policy, step: int) -> list[ProbeAnswered]:
        """Greedy answers; those of step 0 are kept to compare with."""
        if not self._prompts:
            return []
        written = [tuple(one) for one in policy.generate(self._prompts, self._sampling)]
        now = self._means(policy, written)
        if step == 0:
            self.first = tuple(map(First, written, now))
        before = self._means(policy, [one.tokens for one in self.first])
        return [
            ProbeAnswered(
                step,
                number,
                self._section.prompts[number],
                self._tokenizer.text([token for token in tokens if token not in self._tokenizer.ends]),
                now[number],
                before[number] - self.first[number].log_prob,
            )
            for number, tokens in enumerate(written)
        ]

    def watched(self, policy: Policy, step: int) -> list[RowLosses]:
        """Of the chosen held-out rows that there are."""
        found = []
        for number in self._section.rows:
            if not 0 <= number < len(self._held_out):
                continue
            row = self._held_out[number].rows[0]
            whole = Tokens(row.ids, (False,) + (True,) * (len(row.ids) - 1))
            with torch.no_grad():
                values = policy.log_probs([whole])[0]
            losses = (0.0, *(-float(value) for value in values))
            pieces = tuple(self._tokenizer.text([token]) for token in row.ids)
            found.append(RowLosses(step, number, pieces, losses, row.counts))
        return found

    def _means(self, policy: Policy, answers: Sequence[Sequence[int]]) -> list[float]:
        rows = [
            Tokens((*prompt, *answer), (False,) * len(prompt) + (True,) * len(answer))
            for prompt, answer in zip(self._prompts, answers, strict=True)
        ]
        with torch.no_grad():
            return [float(one.mean()) for one in policy.log_probs(rows)]


def _prompt(tokenizer: Tokenizer, text: str) -> tuple[int, ...]:
    example = Conversation((Message.of("user", text),))
    return render_row(example, tokenizer.template, tokenizer.tokenize, objective="grpo").token_ids
