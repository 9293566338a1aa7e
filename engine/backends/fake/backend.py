"""A scripted model that needs no weights: for tests, and for `--fake-model`.

`ModelSpec.path` may name a JSON file: a list of replies, taken in turn, each
`{"text": "…", "delay_ms": 5, "fail": "" | "user" | "bug" | "crash" | "hang"}`; `fail` happens after half of
the text. Without a file there is one reply that shows what the window can do. The prompt is not understood,
only counted.
"""

import hashlib
import math
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from engine.backends.backend import Control, LoadReport, SavedState, TokenizedText
from engine.backends.benchmarks import run_scenario
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.adapters import UsedAdapter
from engine.protocol.commands import Scenario
from engine.protocol.events import AnyEvent, GenerationDone, PromptProgress, PromptReady, Token
from engine.protocol.inspection import InspectRequest, StageCandidate, StageTrace
from engine.protocol.values import (
    ChatRequest,
    ContextParams,
    FinishReason,
    GenerationMetrics,
    LoadedModel,
    ModelSpec,
    PromptOptions,
    PromptReport,
    Provenance,
    Segment,
    TokenCandidate,
)
from engine.text.incremental import IncrementalText
from engine.text.overflow import choose_messages, reply_room

_TOKEN = re.compile(r"\s?\w{1,6}|\s+|[^\w\s]")
_DEFAULT_REPLY = (
    "This is the **scripted model**: it answers every message with the same text, so that the window can be "
    "tried without weights.\n\n- sampling settings are accepted and change nothing\n- the graphs are real\n\n"
    '```python\ndef greet(name: str) -> str:\n    return f"Hello, {name}"\n```\n\n'
    "A formula: $p_i = e^{z_i} / \\sum_j e^{z_j}$.\n"
)


class ScriptedReply(msgspec.Struct, frozen=True):
    """One reply of a script."""

    text: str
    delay_ms: float = 4.0
    fail: Literal["", "user", "bug", "crash", "hang"] = ""


class FakeBackend:
    """See `engine.backends.backend.Backend`."""

    def __init__(self) -> None:
        self._script = [ScriptedReply(_DEFAULT_REPLY)]
        self._next = 0
        self._facts: LoadedModel | None = None
        self._held = 0
        self._known: dict[int, str] = {}

    @property
    def build(self) -> str:
        return "scripted"

    def load(
        self, model: ModelSpec, context: ContextParams, report: LoadReport, control: Control
    ) -> LoadedModel:
        del control
        if model.path:
            self._script = _read_script(Path(model.path))
        report(1.0, "weights")
        self._facts = LoadedModel(
            name=model.name or "Scripted model",
            path=model.path,
            backend="fake",
            model_hash=hashlib.sha256(msgspec.json.encode(self._script)).hexdigest()[:16],
            architecture="scripted",
            quantization="none",
            parameters=0,
            size_bytes=0,
            n_ctx=context.n_ctx or 4096,
            n_ctx_train=4096,
            n_layer=0,
            n_head=0,
            n_head_kv=0,
            n_embd=0,
            n_vocab=0,
            kv_bytes_per_token=0.0,
            flash_attention=False,
            n_threads=1,
            n_gpu_layers=0,
            device="CPU",
            has_template=True,
            template_hash="",
            engine_build=self.build,
            load_ms=0.0,
            context=context,
        )
        return self._facts

    def unload(self) -> None:
        self._facts = None
        self._held = 0

    def generate(self, job: int, request: ChatRequest, control: Control) -> Iterator[AnyEvent]:
        started = time.perf_counter()
        facts = self._require()
        report = self.measure_prompt(request.messages, request.prompt, request.sampling.max_tokens, True)
        yield PromptReady(job=job, report=report)
        yield PromptProgress(job=job, done=report.total, total=report.total, tokens_per_s=1000.0)
        reply = self._script[self._next % len(self._script)]
        self._next += 1
        words = self._forced(request, _TOKEN.findall(reply.text))
        whole = len(words)
        if request.sampling.max_tokens >= 0:
            words = words[: request.sampling.max_tokens]
        text = IncrementalText(request.sampling.stop)
        shown: list[str] = []
        reason: FinishReason = "stop" if len(words) == whole else "length"
        first = last = started
        for number, word in enumerate(words):
            if control.cancelled:
                reason = "cancelled"
                break
            if reply.fail and number == len(words) // 2:
                _fail(reply.fail)
            time.sleep(reply.delay_ms / 1000)
            last = time.perf_counter()
            first = first if number else last
            shown.append(text.feed(word.encode()))
            elapsed_ms = (last - started) * 1000
            yield _token(job, number, word, shown[-1], elapsed_ms, request)
            if text.stopped is not None:
                reason = "stop"
                break
        tail = text.finish()
        count = len(shown)
        self._held = report.total + count
        yield GenerationDone(
            job=job,
            tail=tail,
            text="".join(shown) + tail,
            finish_reason=reason,
            metrics=GenerationMetrics(
                prompt_tokens=report.total,
                reused_tokens=0,
                output_tokens=count,
                ttft_ms=(first - started) * 1000,
                input_tps=1000.0,
                output_tps=(count - 1) / (last - first) if last > first else 0.0,
                duration_ms=(time.perf_counter() - started) * 1000,
            ),
            provenance=Provenance(
                model_name=facts.name,
                model_hash=facts.model_hash,
                engine_build=self.build,
                template_hash="",
                prompt_hash="",
                sampling=request.sampling,
                seed=max(0, request.sampling.seed),
                context=facts.context,
                flash_attention=False,
                adapters=tuple(
                    UsedAdapter(one.path, "", one.scale) for one in request.adapters if one.scale != 0
                ),
            ),
            token_ids=tuple(_token_id(word) for word in words[:count]),
        )

    def _forced(self, request: ChatRequest, words: list[str]) -> list[str]:
        """The words of a reply that begins with given tokens; from there on it is the script again."""
        for word in words:
            self._known.update({_token_id(each): each for each in _candidate_texts(word)})
        if not request.forced:
            return words
        begun = [self._known.get(token, f"<{token}>") for token in request.forced]
        return [*begun, *words[len(begun) :]]

    def measure_prompt(
        self, messages: tuple[Message, ...], options: PromptOptions, max_tokens: int, segments: bool
    ) -> PromptReport:
        n_ctx = self._require().n_ctx
        counts = [len(_TOKEN.findall(message.prompt_text())) + 4 for message in messages]
        system = len(_TOKEN.findall(options.system))
        room = reply_room(n_ctx, options.reply_room, max_tokens)
        kept = choose_messages(
            [message.role for message in messages],
            counts,
            n_ctx=n_ctx,
            reply_room=room,
            policy=options.overflow,
            keep_first=options.keep_first,
            fixed=system,
        )
        shown = tuple(
            Segment(messages[index].role, messages[index].prompt_text(), index, counts[index])
            for index in kept.kept
        )
        return PromptReport(
            n_ctx=n_ctx,
            total=kept.tokens,
            system=system,
            history=kept.tokens - system,
            reply_room=room,
            reused=0,
            dropped=kept.dropped,
            per_message=tuple(counts),
            segments=shown if segments else (),
        )

    def tokenize(self, text: str, special: bool) -> TokenizedText:
        del special
        words = _TOKEN.findall(text)
        return TokenizedText(
            tuple(_token_id(word) for word in words),
            tuple(word.encode() for word in words),
            (False,) * len(words),
        )

    def save_state(self, path: str) -> SavedState:
        del path
        self._require()
        return SavedState(0, self._held)

    def benchmark(self, job: int, scenario: Scenario, control: Control) -> Iterator[AnyEvent]:
        yield from run_scenario(self, job, scenario, control)

    def inspect(self, job: int, request: InspectRequest, control: Control) -> Iterator[AnyEvent]:
        del job, request, control
        raise UserError("inspect.unsupported", reason="the scripted model has no layers")

    def kv_usage(self) -> tuple[int, int]:
        return (self._held, self._facts.n_ctx) if self._facts else (0, 0)

    def _require(self) -> LoadedModel:
        if self._facts is None:
            raise UserError("model.none_loaded")
        return self._facts


def _read_script(path: Path) -> list[ScriptedReply]:
    try:
        script = msgspec.json.decode(path.read_bytes(), type=list[ScriptedReply])
    except OSError as error:
        raise UserError("model.missing", path=path) from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise UserError("model.load_failed", path=path, reason=str(error)) from error
    return script or [ScriptedReply(_DEFAULT_REPLY)]


_SHARES = (0.6, 0.25, 0.1)


def _candidate_texts(word: str) -> tuple[str, str, str]:
    return word, word + "s", " the"


def _token(job: int, seq: int, word: str, shown: str, elapsed_ms: float, request: ChatRequest) -> Token:
    """The script's word has the probability 0.6, two others less; the rest is nobody's."""
    candidates = tuple(
        TokenCandidate(_token_id(text), text, math.log(share))
        for text, share in zip(_candidate_texts(word), _SHARES, strict=True)
    )
    return Token(
        job=job,
        seq=seq,
        id=_token_id(word),
        text=shown,
        logprob=candidates[0].logprob,
        elapsed_ms=elapsed_ms,
        entropy=1.2,
        candidates=candidates[: request.n_probs],
        stages=_stages(candidates, request.sampling.top_k) if request.trace else (),
        forced=seq < len(request.forced),
    )


def _stages(candidates: tuple[TokenCandidate, ...], top_k: int) -> tuple[StageTrace, ...]:
    """Two stages: top-k on the three candidates, and the draw, which takes the first."""
    kept = candidates[:top_k] if top_k > 0 else candidates
    gone = candidates[len(kept) :]
    return (
        StageTrace("top_k", len(kept), len(gone), _shares(gone, candidates), _shares(kept, kept)),
        StageTrace("dist", 1, len(kept) - 1, _shares(kept[1:], kept), _shares(kept[:1], kept[:1])),
    )


def _shares(
    wanted: tuple[TokenCandidate, ...], among: tuple[TokenCandidate, ...]
) -> tuple[StageCandidate, ...]:
    total = sum(math.exp(each.logprob) for each in among)
    return tuple(
        StageCandidate(each.id, each.text, each.logprob, math.exp(each.logprob) / total) for each in wanted
    )


def _token_id(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:2], "little")


def _fail(kind: str) -> None:
    if kind == "user":
        raise UserError("engine.out_of_memory", what="the script says so")
    if kind == "crash":
        os.abort()
    if kind == "hang":
        time.sleep(3600)
    raise RuntimeError("the script says so")
