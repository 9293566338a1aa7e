"""The llama.cpp backend: one model, one conversation in the cache, replies at the library's own speed."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from engine.backends.backend import Control, LoadReport, SavedState, TokenizedText
from engine.backends.benchmarks import run_scenario
from engine.backends.llama_cpp.amateur import Amateur
from engine.backends.llama_cpp.beam import beam_tokens
from engine.backends.llama_cpp.context import ContextFull
from engine.backends.llama_cpp.conversation import Conversation
from engine.backends.llama_cpp.distribution import Distribution
from engine.backends.llama_cpp.generate import (
    Clock,
    Engine,
    Outcome,
    Watching,
    read_prompt,
    sample_tokens,
)
from engine.backends.llama_cpp.inspecting import Inspection
from engine.backends.llama_cpp.loading import Loaded, load_model
from engine.backends.llama_cpp.native import build_name
from engine.backends.llama_cpp.prompts import BuiltPrompt, PromptBuilder
from engine.backends.llama_cpp.sampler import Sampler
from engine.backends.llama_cpp.switching import can_tap, switch_tap
from engine.backends.llama_cpp.threads import ThreadGovernor
from engine.backends.llama_cpp.vocabularies import tokenized
from engine.errors import BugError, Cancelled, UserError
from engine.messages import Message
from engine.protocol.commands import Scenario
from engine.protocol.events import AnyEvent, GenerationDone, JobProgress, PromptReady
from engine.protocol.inspection import InspectRequest
from engine.protocol.values import (
    ChatRequest,
    ContextParams,
    LoadedModel,
    ModelSpec,
    PromptOptions,
    PromptReport,
    Provenance,
)
from engine.sampling.params import SamplingParams
from engine.text.hashing import prompt_hash, template_hash

# A shorter conversation is read again faster than a file is worth.
SHORTEST_SAVED = 64


class LlamaCppBackend:
    """See `engine.backends.backend.Backend`."""

    def __init__(self) -> None:
        self._loaded: Loaded | None = None
        self._amateur: Amateur | None = None

    @property
    def build(self) -> str:
        return build_name()

    def load(
        self, model: ModelSpec, context: ContextParams, report: LoadReport, control: Control
    ) -> LoadedModel:
        self.unload()
        self._loaded = loaded = load_model(model, context, report, control)
        vocab = loaded.model.vocab
        self._builder = PromptBuilder(vocab, loaded.model.chat_template(), loaded.context.n_ctx)
        # The number of threads changes results only where flash attention splits its sums by thread.
        governor = None if loaded.context.flash else ThreadGovernor(loaded.n_threads)
        self._engine = Engine(
            vocab=vocab,
            context=loaded.context,
            conversation=Conversation(loaded.context, _state_key(loaded.facts)),
            distribution=Distribution(vocab),
            governor=governor,
            n_threads_batch=loaded.n_threads_batch,
        )
        return loaded.facts

    def unload(self) -> None:
        if self._loaded is not None:
            self._save_if_worth()
            self._close_amateur()
            self._loaded.close()
            self._loaded = None

    def generate(self, job: int, request: ChatRequest, control: Control) -> Iterator[AnyEvent]:
        loaded, engine, clock = self._require(), self._engine, Clock()
        self._use_adapters(request)
        built = self._build(request)
        conversation = engine.conversation
        if request.state_path and request.state_path != conversation.path:
            self._save_if_worth()
            conversation.restore_if_better(request.state_path, built.tokens)
            conversation.path = request.state_path
        self._watch(request.taps is not None)
        engine = self._engine
        reused = conversation.reusable(built.tokens)
        yield PromptReady(job=job, report=_with_reused(built.report, reused))
        seed = request.sampling.seed if request.sampling.seed >= 0 else secrets.randbits(31)
        outcome = Outcome()
        used = [request.sampling]
        try:
            yield from read_prompt(engine, built.tokens, job, clock, control)
            evaluation = conversation.evaluation()
            yield from self._tokens(job, request, seed, clock, control, outcome, used)
        except Cancelled:
            evaluation = conversation.evaluation()
            outcome.finish_reason = "cancelled"
        except ContextFull:
            raise UserError(
                "context.overflow", needed=len(built.tokens), n_ctx=loaded.context.n_ctx
            ) from None
        yield GenerationDone(
            job=job,
            tail=outcome.tail,
            text="".join(outcome.text),
            finish_reason=outcome.finish_reason,
            metrics=clock.metrics(len(built.tokens)),
            provenance=self._provenance(request, used[-1], seed, built, evaluation),
            token_ids=tuple(outcome.token_ids),
        )

    def measure_prompt(
        self, messages: tuple[Message, ...], options: PromptOptions, max_tokens: int, segments: bool
    ) -> PromptReport:
        self._require()
        return self._builder.build(messages, options, max_tokens, {}, segments=segments).report

    def tokenize(self, text: str, special: bool) -> TokenizedText:
        return tokenized(self._require().model, text, special)

    def inspect(self, job: int, request: InspectRequest, control: Control) -> Iterator[AnyEvent]:
        loaded = self._require()
        tokens = self._text_tokens(request)
        prompt_length = len(tokens)
        tokens += [token for token in request.reply if 0 <= token < loaded.model.vocab.size]
        limit = max(loaded.facts.n_ctx_train, loaded.context.n_ctx)
        if len(tokens) > limit:
            raise UserError("inspect.too_long", needed=len(tokens), limit=limit)
        with loaded.model.adapters.borrowed(request.adapters):
            yield from Inspection(loaded, request, tokens, control).run(job, prompt_length)

    def _text_tokens(self, request: InspectRequest) -> list[int]:
        """A text as it is, or messages through the template."""
        if not request.messages:
            vocab = self._engine.vocab
            tokens = vocab.tokenize(request.text, add_special=True, parse_special=True)
            return tokens or [max(vocab.bos, 0)]
        options = PromptOptions(system=request.system, raw=request.raw, overflow="drop_oldest")
        history = dict(request.token_history)
        return self._builder.build(request.messages, options, 1, history, segments=False).tokens

    def save_state(self, path: str) -> SavedState:
        self._require()
        conversation = self._engine.conversation
        try:
            size = conversation.save(path)
        except OSError as error:
            raise UserError("store.unwritable", path=path, reason=error.strerror or str(error)) from error
        return SavedState(size, len(conversation.tokens))

    def benchmark(self, job: int, scenario: Scenario, control: Control) -> Iterator[AnyEvent]:
        self._require()
        self._save_if_worth()
        self._engine.conversation.forget()
        self._engine.conversation.path = ""
        yield from run_scenario(self, job, scenario, control)

    def kv_usage(self) -> tuple[int, int]:
        loaded = self._loaded
        if loaded is None:
            return 0, 0
        return len(self._engine.conversation.tokens), loaded.context.n_ctx

    # -- inside

    def _require(self) -> Loaded:
        if self._loaded is None:
            raise UserError("model.none_loaded")
        return self._loaded

    def _ready_amateur(self, request: ChatRequest, control: Control) -> Amateur | None:
        """The second model with the prompt read, kept loaded for the next reply."""
        if request.sampling.decoding != "contrastive":
            return None
        if request.amateur is None:
            raise UserError("amateur.none")
        amateur = self._loaded_amateur(request.amateur)
        if amateur is None:
            self._close_amateur()
            amateur = self._amateur = Amateur(request.amateur, self._require(), control)
        amateur.read(list(self._engine.conversation.tokens), control)
        return amateur

    def _loaded_amateur(self, wanted: ModelSpec) -> Amateur | None:
        """The second model that is loaded, where it is the wanted one."""
        return self._amateur if self._amateur is not None and self._amateur.path == wanted.path else None

    def _close_amateur(self) -> None:
        if self._amateur is not None:
            self._amateur.close()
            self._amateur = None

    def _watch(self, wanted: bool) -> None:
        """A tap in the context only while somebody looks."""
        loaded = self._require()
        if switch_tap(loaded, self._engine.conversation, wanted=wanted and can_tap(loaded)):
            self._engine = self._engine._replace(context=loaded.context)

    def _use_adapters(self, request: ChatRequest) -> None:
        """Exactly those of the request. What was read with others is put away, or forgotten."""
        loaded = self._require()
        adapters = loaded.model.adapters
        if adapters.use(request.adapters):
            self._save_if_worth()
            adapters.put_on(loaded.context.handle)
            self._engine.conversation.begin_anew(_state_key(loaded.facts, adapters.key))

    def _build(self, request: ChatRequest) -> BuiltPrompt:
        return self._builder.build(
            request.messages,
            request.prompt,
            request.sampling.max_tokens,
            dict(request.token_history),
            segments=True,
        )

    def _tokens(
        self,
        job: int,
        request: ChatRequest,
        seed: int,
        clock: Clock,
        control: Control,
        outcome: Outcome,
        used: list[SamplingParams],
    ) -> Iterator[AnyEvent]:
        engine, params = self._engine, request.sampling
        if params.decoding == "beam":
            yield from beam_tokens(engine, params, job, clock, control, outcome)
            return
        second = request.amateur if params.decoding == "contrastive" else None
        if second is not None and self._loaded_amateur(second) is None:
            yield JobProgress(job=job, note=second.name)  # loading and measuring it takes seconds
        amateur = self._ready_amateur(request, control)
        watching = Watching(request.n_probs, request.trace, request.taps, request.forced, amateur)
        sampler = Sampler(engine.vocab, params, seed, engine.context.n_ctx)
        try:
            sampler.prime(engine.conversation.tokens)
            yield from sample_tokens(engine, sampler, job, watching, clock, control, outcome, used.append)
        finally:
            sampler.close()

    def _provenance(
        self,
        request: ChatRequest,
        sampling: SamplingParams,
        seed: int,
        built: BuiltPrompt,
        evaluation: tuple[int, ...],
    ) -> Provenance:
        facts = self._require().facts
        replaced = request.prompt.template
        return Provenance(
            model_name=facts.name,
            model_hash=facts.model_hash,
            engine_build=facts.engine_build,
            template_hash=""
            if request.prompt.raw
            else template_hash(replaced)
            if replaced
            else facts.template_hash,
            prompt_hash=prompt_hash(built.tokens),
            sampling=sampling,
            seed=seed,
            context=facts.context,
            flash_attention=facts.flash_attention,
            evaluation=evaluation,
            adapters=self._require().model.adapters.used,
        )

    def _save_if_worth(self) -> None:
        """Leaving a conversation: keep its state for when it is opened again. A full disk only costs
        speed.
        """
        conversation = self._engine.conversation
        grown = len(conversation.tokens) != conversation.saved_length
        if conversation.path and grown and len(conversation.tokens) >= SHORTEST_SAVED:
            try:
                conversation.save(conversation.path)
            except (OSError, BugError):
                Path(conversation.path).unlink(missing_ok=True)


def _state_key(facts: LoadedModel, adapters: str = "") -> str:
    """What must be equal for a saved cache to fit."""
    context = facts.context
    return "|".join(
        str(part)
        for part in (
            facts.model_hash,
            facts.engine_build,
            facts.flash_attention,
            context.type_k,
            context.type_v,
            context.swa_full,
            context.rope_scaling,
            context.rope_freq_base,
            context.rope_freq_scale,
            context.yarn_ext_factor,
            context.yarn_orig_ctx,
            *([adapters] if adapters else []),
        )
    )


def _with_reused(report: PromptReport, reused: int) -> PromptReport:
    return msgspec.structs.replace(report, reused=reused)
