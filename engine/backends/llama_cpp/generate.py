"""The decode loop: from a prompt in tokens to events, one per token."""

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.backends.backend import Control
from engine.backends.llama_cpp.amateur import Amateur
from engine.backends.llama_cpp.context import ContextFull, LlamaContext
from engine.backends.llama_cpp.conversation import Conversation
from engine.backends.llama_cpp.distribution import Distribution
from engine.backends.llama_cpp.sampler import Sampler
from engine.backends.llama_cpp.tap_frames import LiveTaps
from engine.backends.llama_cpp.threads import ThreadGovernor
from engine.backends.llama_cpp.tracing import StageTracer
from engine.backends.llama_cpp.vocab import Vocab
from engine.protocol.events import AnyEvent, PromptProgress, Token
from engine.protocol.inspection import StageTrace, TapSpec
from engine.protocol.values import FinishReason, GenerationMetrics
from engine.sampling.params import SamplingParams
from engine.text.incremental import IncrementalText


class Clock:
    """Times of one reply, from which the three figures come (see `GenerationMetrics`)."""

    def __init__(self) -> None:
        self.start = time.perf_counter()
        self.first = 0.0
        self.last = 0.0
        self.read_tokens = 0
        self.read_seconds = 0.0
        self.count = 0
        self._begun = 0.0

    def begin(self) -> None:
        """The first token is drawn but not told yet, as in a search: the speed counts from here."""
        self._begun = time.perf_counter()

    def token(self) -> float:
        """A token is there; milliseconds since the request."""
        self.last = time.perf_counter()
        if not self.count:
            self.first = self.last
        self.count += 1
        return (self.last - self.start) * 1000

    def since_start(self) -> float:
        """Seconds since the request."""
        return time.perf_counter() - self.start

    def metrics(self, prompt_tokens: int) -> GenerationMetrics:
        decoding = self.last - (self._begun or self.first)
        return GenerationMetrics(
            prompt_tokens=prompt_tokens,
            reused_tokens=prompt_tokens - self.read_tokens,
            output_tokens=self.count,
            ttft_ms=(self.first - self.start) * 1000 if self.count else 0.0,
            input_tps=self.read_tokens / self.read_seconds if self.read_seconds > 0 else 0.0,
            output_tps=(self.count - 1) / decoding if decoding > 0 else 0.0,
            duration_ms=(time.perf_counter() - self.start) * 1000,
        )


class Engine(NamedTuple):
    """The parts that a decode loop works with."""

    vocab: Vocab
    context: LlamaContext
    conversation: Conversation
    distribution: Distribution
    governor: ThreadGovernor | None
    n_threads_batch: int


class Watching(NamedTuple):
    """What is looked at while tokens are generated."""

    n_probs: int = 0
    trace: bool = False
    taps: TapSpec | None = None
    forced: tuple[int, ...] = ()
    amateur: Amateur | None = None


class Outcome:
    """Filled while the loop runs, read when it has ended."""

    def __init__(self) -> None:
        self.finish_reason: FinishReason = "stop"
        self.token_ids: list[int] = []
        self.text: list[str] = []
        self.tail = ""


def read_prompt(
    engine: Engine, prompt: list[int], job: int, clock: Clock, control: Control
) -> Iterator[AnyEvent]:
    """Bring the prompt into the cache. Raises `Cancelled`, `ContextFull`."""
    for progress in engine.conversation.read(prompt, lambda: control.cancelled):
        clock.read_tokens, clock.read_seconds = progress.done, progress.seconds
        yield PromptProgress(
            job=job,
            done=progress.done,
            total=progress.total,
            tokens_per_s=progress.done / max(progress.seconds, 1e-9),
        )


def sample_tokens(
    engine: Engine,
    sampler: Sampler,
    job: int,
    watching: Watching,
    clock: Clock,
    control: Control,
    outcome: Outcome,
    on_sampling: Callable[[SamplingParams], None],
) -> Iterator[AnyEvent]:
    """Generate after the prompt that was just read. Yields `Token` events; the rest is in `outcome`."""
    vocab, distribution = engine.vocab, engine.distribution
    params = sampler.params
    text = IncrementalText(params.stop)
    tracer = StageTracer(vocab, params) if watching.trace else None
    tapped = LiveTaps(engine.context, watching.taps, job)
    distribution.read(engine.conversation.end_logits())
    outcome.finish_reason = "length"
    while params.max_tokens:
        if control.cancelled:
            outcome.finish_reason = "cancelled"
            break
        update = control.take_sampling()
        if update is not None:
            sampler.update(update)
            on_sampling(update)
        for taps in control.take_taps():
            tapped.use(taps)
        number = len(outcome.token_ids)
        forced = watching.forced[number] if number < len(watching.forced) else None
        source = distribution
        if watching.amateur is not None:
            source = watching.amateur.contrast(distribution, sampler.params)
        token = sampler.sample(source, forced=forced, tracer=tracer)
        if vocab.is_end(token):
            outcome.finish_reason = "stop"
            break
        outcome.token_ids.append(token)
        shown = text.feed(vocab.piece(token))
        outcome.text.append(shown)
        yield Token(
            job=job,
            seq=len(outcome.token_ids) - 1,
            id=token,
            text=shown,
            logprob=distribution.logprob(token),
            elapsed_ms=clock.token(),
            entropy=distribution.entropy,
            rank=distribution.rank(token),
            candidates=distribution.top(watching.n_probs) if watching.n_probs else (),
            stages=_stages(tracer, watching.amateur, distribution),
            forced=forced is not None,
        )
        if text.stopped is not None:
            outcome.finish_reason = "stop"
            break
        full = len(outcome.token_ids) == params.max_tokens
        # While frames are handed over, times say nothing about the threads.
        governor = None if tapped.active else engine.governor
        if full:
            break
        if not _advance(engine, token, watching.amateur, governor):
            outcome.finish_reason = "context"
            break
        if frame := tapped.frame(len(outcome.token_ids) - 1, len(engine.conversation.tokens) - 1):
            yield frame
    tapped.use(None)
    # After a stop string nothing is left to show; otherwise what was held back is text.
    outcome.tail = text.finish()
    outcome.text.append(outcome.tail)


def _stages(
    tracer: StageTracer | None, amateur: Amateur | None, expert: Distribution
) -> tuple[StageTrace, ...]:
    if tracer is None:
        return ()
    return (*(amateur.traces(expert) if amateur is not None else ()), *tracer.stages)


def _advance(engine: Engine, token: int, amateur: Amateur | None, governor: ThreadGovernor | None) -> bool:
    """Decode the token; False when the context is full."""
    before, processor = time.perf_counter(), time.process_time()
    try:
        engine.conversation.append_generated(token)
        if amateur is not None:
            amateur.follow(token)
    except ContextFull:
        return False
    engine.distribution.read(engine.context.logits())
    if governor is not None:
        threads = governor.current
        spent_ms = (time.perf_counter() - before) * 1000
        processor_ms = (time.process_time() - processor) * 1000
        if governor.note(spent_ms, processor_ms, len(engine.conversation.tokens)) != threads:
            engine.context.set_threads(governor.current, engine.n_threads_batch)
    return True
