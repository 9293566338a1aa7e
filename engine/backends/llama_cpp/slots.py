"""A slot of continuous batching: one sequence of the shared cache, and the request that it serves."""

import secrets
from collections.abc import Callable, Sequence

from engine.backends.backend import Control
from engine.backends.llama_cpp.conversation import common_prefix
from engine.backends.llama_cpp.distribution import Distribution
from engine.backends.llama_cpp.generate import Clock
from engine.backends.llama_cpp.prompts import BuiltPrompt
from engine.backends.llama_cpp.sampler import Sampler
from engine.backends.llama_cpp.vocab import Vocab
from engine.protocol.events import AnyEvent, Token
from engine.protocol.values import ChatRequest, FinishReason
from engine.text.incremental import IncrementalText

Tell = Callable[[AnyEvent], None]


class Task:
    """A request on its way: where its news go, and whether it is still wanted."""

    def __init__(self, job: int, request: ChatRequest, tell: Tell, control: Control) -> None:
        self.job, self.request, self.tell, self.control = job, request, tell, control
        self.clock = Clock()


class Reply:
    """What is written for one task. Close it to free its sampler."""

    def __init__(self, task: Task, built: BuiltPrompt, vocab: Vocab, n_ctx: int) -> None:
        self.task, self.built = task, built
        self.clock = task.clock
        sampling = task.request.sampling
        self.seed = sampling.seed if sampling.seed >= 0 else secrets.randbits(31)
        self._vocab, self._sampling = vocab, sampling
        self._sampler = Sampler(vocab, sampling, self.seed, n_ctx)
        self._sampler.prime(built.tokens)
        self._text = IncrementalText(sampling.stop)
        self.token_ids: list[int] = []
        self.parts: list[str] = []
        self.tail = ""
        self.finish_reason: FinishReason | None = None

    def take(self, distribution: Distribution) -> int | None:
        """Draw the next token and tell it; None when the reply ends here, and `finish_reason` says why."""
        if len(self.token_ids) == self._sampling.max_tokens:
            self.finish_reason = "length"
            return None
        token = self._sampler.sample(distribution)
        if self._vocab.is_end(token):
            self.finish_reason = "stop"
            return None
        self.token_ids.append(token)
        shown = self._text.feed(self._vocab.piece(token))
        self.parts.append(shown)
        count = self.task.request.n_probs
        self.task.tell(
            Token(
                job=self.task.job,
                seq=len(self.token_ids) - 1,
                id=token,
                text=shown,
                logprob=distribution.logprob(token),
                elapsed_ms=self.clock.token(),
                entropy=distribution.entropy,
                rank=distribution.rank(token),
                candidates=distribution.top(count) if count else (),
            )
        )
        if self._text.stopped is not None:
            self.finish_reason = "stop"
        elif len(self.token_ids) == self._sampling.max_tokens:
            self.finish_reason = "length"
        return None if self.finish_reason else token

    def finish(self) -> None:
        """Release what was held back of the text, and the sampler."""
        self.tail = self._text.finish()
        self.parts.append(self.tail)
        self.close()

    def close(self) -> None:
        self._sampler.close()


class Slot:
    """`tokens` are in the cache under `sequence`; `ahead` still has to be decoded."""

    def __init__(self, sequence: int) -> None:
        self.sequence = sequence
        self.tokens: list[int] = []
        self.ahead: list[int] = []
        self.reply: Reply | None = None
        self.output = -1
        """Place of this slot's scores in the batch that is being decoded; -1: none."""
        self.used = 0
        """When it last served, as a running number."""

    @property
    def reading(self) -> bool:
        """The prompt is not in the cache yet."""
        return self.reply is not None and not self.reply.token_ids and bool(self.ahead)

    def shares(self, prompt: Sequence[int]) -> int:
        """How many tokens of a prompt need not be read again here. One always is: its scores are needed."""
        return min(common_prefix(self.tokens, prompt), len(prompt) - 1)
