"""The base and what a run has learned, side by side: the same prompts, the same seed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from engine.datasets.examples import Conversation
from engine.datasets.rendering import render_row
from engine.errors import UserError
from engine.finetune.base import open_base
from engine.finetune.export import Wanted
from engine.finetune.export_check import fresh_policy, load_trained
from engine.finetune.policy import Policy, Sampling, Tokens
from engine.finetune.run_folder import find_run
from engine.finetune.tokenizing import Tokenizer, open_tokenizer
from engine.messages import Message
from engine.protocol.finetune import AskRunJob, RunAnswered, RunAsked
from engine.protocol.jobs import JobEvent, JobStep

Tell = Callable[[JobEvent], None]


class _Answer(NamedTuple):
    """`losses`: −log p of each token by the model that wrote it."""

    tokens: tuple[int, ...]
    losses: tuple[float, ...]


def run_ask(job: AskRunJob, tell: Tell) -> RunAsked:
    """Raises `UserError` run.*, model.*, finetune.no_checkpoint, finetune.not_trainable."""
    began = time.perf_counter()
    run = find_run(Path(job.home), job.run)
    recipe = run.recipe()
    if recipe.objective == "reward":
        raise UserError("finetune.not_trainable", base=run.id, reason="a reward model writes no answers")
    tell(JobStep(0.0, "weights"))
    base = open_base(Path(job.base or recipe.base), recipe.base)
    tokenizer = open_tokenizer(base)
    policy = fresh_policy(Wanted(run, recipe, base, run.path, "f32", adapter=False), tokenizer)
    try:
        asking = _Asking(policy, tokenizer, job)
        # Training every weight leaves nothing of the base behind: it answers first, and cannot judge later.
        whole = recipe.method == "full"
        first = [asking.answer(number) for number in range(len(job.prompts))] if whole else []
        load_trained(policy, run)
        for number in range(len(job.prompts)):
            tell(JobStep(number / max(len(job.prompts), 1), f"{number + 1}/{len(job.prompts)}"))
            tuned = asking.answer(number)
            if whole:
                before, of_tuned = first[number], tuple[float, ...]()
            else:
                with policy.reference():
                    before = asking.answer(number)
                    of_tuned = asking.losses(number, tuned.tokens)
            of_base = asking.losses(number, before.tokens)
            tell(asking.told(number, before, of_base, tuned=False))
            tell(asking.told(number, tuned, of_tuned, tuned=True))
    finally:
        policy.close()
        tokenizer.close()
    return RunAsked(len(job.prompts), time.perf_counter() - began)


class _Asking:
    """Answers of a policy as it is at the moment of asking."""

    def __init__(self, policy: Policy, tokenizer: Tokenizer, job: AskRunJob) -> None:
        self._policy, self._tokenizer, self._job = policy, tokenizer, job
        self._sampling = Sampling(job.max_new_tokens, job.temperature, tokenizer.ends)
        self._prompts = [
            render_row(
                Conversation((Message.of("user", text),)),
                tokenizer.template,
                tokenizer.tokenize,
                objective="grpo",
            ).token_ids
            for text in job.prompts
        ]

    def answer(self, number: int) -> _Answer:
        """The same draws for every prompt and both models."""
        torch.manual_seed(self._job.seed)
        (tokens,) = self._policy.generate([self._prompts[number]], self._sampling)
        return _Answer(tuple(tokens), self.losses(number, tokens))

    def losses(self, number: int, tokens: Sequence[int]) -> tuple[float, ...]:
        """−log p of each token of an answer."""
        prompt = self._prompts[number]
        row = Tokens((*prompt, *tokens), (False,) * len(prompt) + (True,) * len(tokens))
        with torch.no_grad():
            (found,) = self._policy.log_probs([row])
        return tuple(-float(value) for value in found)

    def told(self, number: int, answer: _Answer, other: tuple[float, ...], *, tuned: bool) -> RunAnswered:
        shown = len(answer.tokens)
        if shown and answer.tokens[-1] in self._tokenizer.ends:
            shown -= 1
        pieces = _pieces(self._tokenizer, answer.tokens[:shown])
        return RunAnswered(number, tuned, pieces, answer.losses[:shown], other[:shown])


def _pieces(tokenizer: Tokenizer, tokens: Sequence[int]) -> tuple[str, ...]:
    """Texts that add up to the answer; a character made of several tokens stands at the last of them."""
    pieces: list[str] = []
    written = ""
    for end in range(1, len(tokens) + 1):
        text = tokenizer.text(tokens[:end])
        whole = text if end == len(tokens) else text.rstrip("\ufffd")
        pieces.append(whole[len(written) :])
        written = whole if len(whole) > len(written) else written
    return tuple(pieces)
