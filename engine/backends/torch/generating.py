"""A reply of an encoder-decoder, as the events that every backend sends."""

import hashlib
import math
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.torch.loading import Loaded
from engine.backends.torch.sampling import TorchSampler
from engine.backends.torch.writing import Writer
from engine.errors import Cancelled, UserError
from engine.messages import Message
from engine.protocol.events import AnyEvent, GenerationDone, PromptProgress, PromptReady, Token
from engine.protocol.values import (
    ChatRequest,
    FinishReason,
    GenerationMetrics,
    PromptOptions,
    PromptReport,
    Provenance,
    Segment,
    TokenCandidate,
)
from engine.text.incremental import IncrementalText

_SEED_BITS = 31


class Source(NamedTuple):
    """What the encoder reads: the last message of the user, the system prompt before it.

    These models were trained on one text in, one text out; earlier turns are `dropped`. `begun` are tokens of
    an assistant's message that is to be continued.
    """

    text: str
    ids: list[int]
    system: int
    message: int
    dropped: tuple[int, ...]
    begun: list[int]


def source_of(loaded: Loaded, messages: Sequence[Message], options: PromptOptions) -> Source:
    """The system prompt serves as the task: “translate English to German:”."""
    begun: list[int] = []
    if messages and messages[-1].role == "assistant":
        begun = _plain(loaded, messages[-1].prompt_text())
    places = [place for place, message in enumerate(messages) if message.role == "user"]
    index = places[-1] if places else -1
    text = messages[index].prompt_text() if places else ""
    system = options.system.strip()
    whole = " ".join(part for part in (system, text) if part)
    ids = [int(token) for token in loaded.tokenizer(whole)["input_ids"]]
    read = {index, len(messages) - 1} if begun else {index}
    dropped = tuple(place for place in range(len(messages)) if place not in read)
    return Source(whole, ids, len(_plain(loaded, system)) if system else 0, index, dropped, begun)


def report_of(
    loaded: Loaded, source: Source, messages: Sequence[Message], max_tokens: int, *, segments: bool
) -> PromptReport:
    """What the encoder will read, in tokens."""
    n_ctx = loaded.facts.n_ctx
    counts = tuple(len(_plain(loaded, message.prompt_text())) for message in messages)
    shown: tuple[Segment, ...] = ()
    if segments:
        shown = (Segment("user", source.text, source.message, len(source.ids)),)
    return PromptReport(
        n_ctx=n_ctx,
        total=len(source.ids),
        system=source.system,
        history=len(source.ids) - source.system,
        reply_room=min(max_tokens, n_ctx) if max_tokens >= 0 else n_ctx,
        reused=0,
        dropped=source.dropped,
        per_message=counts,
        segments=shown,
        pieces=loaded.pieces.sequence(source.ids) if segments else (),
    )


def generate(loaded: Loaded, job: int, request: ChatRequest, control: Control) -> Iterator[AnyEvent]:
    """Raises `Cancelled` before the first token, `UserError` context.*, params.*."""
    run = _Run()
    seed = request.sampling.seed if request.sampling.seed >= 0 else secrets.randbits(_SEED_BITS)
    sampler = TorchSampler(request.sampling, loaded.pieces, loaded.facts.n_vocab, seed)
    source = source_of(loaded, request.messages, request.prompt)
    if len(source.ids) > loaded.facts.n_ctx:
        raise UserError("context.overflow", needed=len(source.ids), n_ctx=loaded.facts.n_ctx)
    report = report_of(loaded, source, request.messages, request.sampling.max_tokens, segments=True)
    yield PromptReady(job=job, report=report)
    writer = Writer(loaded, source.ids)
    run.read = time.perf_counter() - run.started
    rate = len(source.ids) / max(run.read, 1e-9)
    yield PromptProgress(job=job, done=len(source.ids), total=len(source.ids), tokens_per_s=rate)
    if control.cancelled:
        raise Cancelled
    text = IncrementalText(request.sampling.stop)
    yield from _write(loaded, job, request, control, writer, sampler, source, text, run)
    tail = text.finish()
    yield GenerationDone(
        job=job,
        tail=tail,
        text="".join(run.texts) + tail,
        finish_reason=run.reason,
        metrics=run.metrics(len(source.ids)),
        provenance=_provenance(loaded, source, sampler, seed),
        token_ids=tuple(run.tokens),
    )


def _write(
    loaded: Loaded,
    job: int,
    request: ChatRequest,
    control: Control,
    writer: Writer,
    sampler: TorchSampler,
    source: Source,
    text: IncrementalText,
    run: "_Run",
) -> Iterator[AnyEvent]:
    logits = writer.feed([writer.start, *source.begun])
    room = loaded.facts.n_ctx - len(source.begun)
    limit = room if request.sampling.max_tokens < 0 else min(room, request.sampling.max_tokens)
    run.reason = "length" if limit == request.sampling.max_tokens else "context"
    while len(run.tokens) < limit:
        if control.cancelled:
            run.reason = "cancelled"
            return
        if (changed := control.take_sampling()) is not None:
            sampler.change(changed)
        drawn = sampler.draw(logits, trace=request.trace)
        forced = len(run.tokens) < len(request.forced)
        token = request.forced[len(run.tokens)] if forced else drawn.token
        if token in writer.ends:
            run.reason = "stop"
            return
        piece = loaded.pieces.written(token, first=not run.tokens and not source.begun)
        shown = "" if loaded.pieces.is_special(token) else text.feed(piece)
        logprobs = _log_softmax(logits)
        elapsed_ms = run.take(token, shown)
        yield Token(
            job=job,
            seq=len(run.tokens) - 1,
            id=token,
            text=shown,
            logprob=float(logprobs[token]),
            elapsed_ms=elapsed_ms,
            entropy=_entropy_bits(logprobs),
            rank=int(np.count_nonzero(logprobs > logprobs[token])),
            candidates=_candidates(loaded, logprobs, request.n_probs),
            stages=drawn.stages,
            forced=forced,
        )
        if text.stopped is not None:
            run.reason = "stop"
            return
        sampler.history.append(token)
        if len(run.tokens) < limit:
            logits = writer.feed([token])


class _Run:
    """Times and texts of one reply. Seconds of `time.perf_counter`."""

    def __init__(self) -> None:
        self.started = self.first = self.last = time.perf_counter()
        self.read = 0.0
        self.reason: FinishReason = "stop"
        self.tokens: list[int] = []
        self.texts: list[str] = []

    def take(self, token: int, shown: str) -> float:
        """Note a token; milliseconds since the request."""
        self.last = time.perf_counter()
        if not self.tokens:
            self.first = self.last
        self.tokens.append(token)
        self.texts.append(shown)
        return (self.last - self.started) * 1000

    def metrics(self, prompt_tokens: int) -> GenerationMetrics:
        count, span = len(self.tokens), self.last - self.first
        return GenerationMetrics(
            prompt_tokens=prompt_tokens,
            reused_tokens=0,
            output_tokens=count,
            ttft_ms=(self.first - self.started) * 1000,
            input_tps=prompt_tokens / self.read if self.read > 0 else 0.0,
            output_tps=(count - 1) / span if count > 1 and span > 0 else 0.0,
            duration_ms=(time.perf_counter() - self.started) * 1000,
        )


def _plain(loaded: Loaded, text: str) -> list[int]:
    return [int(token) for token in loaded.tokenizer(text, add_special_tokens=False)["input_ids"]]


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    shifted = logits.astype(np.float64) - float(logits.max())
    values: NDArray[np.float64] = shifted - math.log(float(np.exp(shifted).sum()))
    return values


def _entropy_bits(logprobs: NDArray[np.float64]) -> float:
    finite = logprobs[np.isfinite(logprobs)]
    return float(-(np.exp(finite) * finite).sum() / math.log(2))


def _candidates(loaded: Loaded, logprobs: NDArray[np.float64], count: int) -> tuple[TokenCandidate, ...]:
    count = min(count, logprobs.size)
    if count <= 0:
        return ()
    best = np.argpartition(-logprobs, count - 1)[:count]
    ordered = best[np.argsort(-logprobs[best], kind="stable")]
    return tuple(
        TokenCandidate(int(token), loaded.pieces.text(int(token)), float(logprobs[token]))
        for token in ordered
    )


def _provenance(loaded: Loaded, source: Source, sampler: TorchSampler, seed: int) -> Provenance:
    ids = ",".join(map(str, [*source.ids, -1, *source.begun]))
    return Provenance(
        model_name=loaded.facts.name,
        model_hash=loaded.facts.model_hash,
        engine_build=loaded.facts.engine_build,
        template_hash="",
        prompt_hash=hashlib.sha256(ids.encode()).hexdigest()[:16],
        sampling=sampler.params,
        seed=seed,
        context=loaded.facts.context,
        flash_attention=False,
        evaluation=(len(source.ids),),
    )
