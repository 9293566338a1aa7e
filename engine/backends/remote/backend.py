"""A model on an OpenAI-compatible server (vLLM, SGLang, llama-server, …) as a backend.

Nothing but the server of the loaded endpoint is ever contacted. Token ids, the state of the KV cache and the
tokenizer stay on the server, so what needs them is refused; prompt lengths are estimates.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from typing import NamedTuple

import openai

from engine.backends.backend import Control, LoadReport, SavedState, TokenizedText, refuse_adapters
from engine.backends.benchmarks import run_scenario
from engine.backends.remote.address import KEY_VARIABLE, normal_base_url
from engine.backends.remote.chunks import NO_ID, ChunkReader
from engine.backends.remote.connection import Connection
from engine.backends.remote.estimate import TokenEstimate
from engine.backends.remote.failures import as_user_error
from engine.backends.remote.parameters import understood
from engine.backends.remote.requests import Requester
from engine.backends.remote.server import ServerModel, choose_model, list_server_models
from engine.backends.remote.stream import read_until_cancelled
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import Scenario
from engine.protocol.events import AnyEvent, GenerationDone, PromptReady, Token
from engine.protocol.inspection import InspectRequest
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
)

_SEED_BITS = 31


class _Endpoint(NamedTuple):
    """What `load` set up."""

    url: str
    api_key: str
    connection: Connection
    model: ServerModel
    requester: Requester
    facts: LoadedModel


class RemoteBackend:
    """See `engine.backends.backend.Backend`."""

    def __init__(self) -> None:
        self._endpoint: _Endpoint | None = None
        self._estimate = TokenEstimate()

    @property
    def build(self) -> str:
        return f"openai {openai.__version__}"

    def load(
        self, model: ModelSpec, context: ContextParams, report: LoadReport, control: Control
    ) -> LoadedModel:
        """Asks the server for its models. Raises `UserError` endpoint.*."""
        del control
        started = time.perf_counter()
        url = normal_base_url(model.base_url)
        api_key = model.api_key or os.environ.get(KEY_VARIABLE, "")
        connection = Connection(url, api_key)
        try:
            chosen = choose_model(list_server_models(connection, url, api_key), model.remote_model, url)
        except BaseException:
            connection.close()
            raise
        self.unload()
        report(1.0, "weights")
        facts = self._facts(model, url, chosen, context, (time.perf_counter() - started) * 1000)
        requester = Requester(connection.client, chosen)
        self._endpoint = _Endpoint(url, api_key, connection, chosen, requester, facts)
        return facts

    def unload(self) -> None:
        if self._endpoint is not None:
            self._endpoint.connection.close()
        self._endpoint = None
        self._estimate = TokenEstimate()

    def generate(self, job: int, request: ChatRequest, control: Control) -> Iterator[AnyEvent]:
        """Raises `UserError` endpoint.*, context.*. Parameters changed on the way count in the next reply."""
        endpoint = self._require()
        refuse_adapters(request)
        started = time.perf_counter()
        report, kept = self._estimate.choose(
            request.messages, request.prompt, endpoint.facts.n_ctx, request.sampling.max_tokens
        )
        yield PromptReady(job=job, report=report)
        messages = [request.messages[index] for index in kept.kept]
        seed = request.sampling.seed if request.sampling.seed >= 0 else secrets.randbits(_SEED_BITS)
        reader = ChunkReader()
        run = _Run(started)
        yield from self._tokens(job, request, messages, seed, control, reader, run)
        if reader.finish_reason is None and not control.cancelled:
            raise UserError("endpoint.interrupted", url=endpoint.url, reason="the connection was closed")
        if reader.usage is not None:
            texts = [request.prompt.system, *(message.prompt_text() for message in messages)]
            self._estimate.learn([text for text in texts if text], reader.usage.prompt)
        reason: FinishReason = "cancelled" if control.cancelled else reader.finish_reason or "stop"
        yield GenerationDone(
            job=job,
            tail="",
            text="".join(run.texts),
            finish_reason=reason,
            metrics=run.metrics(reader, report.total),
            provenance=self._provenance(endpoint, request, messages, seed),
            token_ids=(),
        )

    def measure_prompt(
        self, messages: tuple[Message, ...], options: PromptOptions, max_tokens: int, segments: bool
    ) -> PromptReport:
        """Estimated lengths; the server's template is not visible from here."""
        n_ctx = self._require().facts.n_ctx
        report, _ = self._estimate.choose(messages, options, n_ctx, max_tokens)
        if segments:
            return report
        return PromptReport(
            n_ctx=report.n_ctx,
            total=report.total,
            system=report.system,
            history=report.history,
            reply_room=report.reply_room,
            reused=report.reused,
            dropped=report.dropped,
            per_message=report.per_message,
        )

    def tokenize(self, text: str, special: bool) -> TokenizedText:
        """Always `UserError` endpoint.unsupported."""
        del text, special
        raise UserError("endpoint.unsupported", what="show tokens")

    def save_state(self, path: str) -> SavedState:
        """Always `UserError` endpoint.unsupported."""
        del path
        raise UserError("endpoint.unsupported", what="save the state of a conversation")

    def benchmark(self, job: int, scenario: Scenario, control: Control) -> Iterator[AnyEvent]:
        return run_scenario(self, job, scenario, control)

    def inspect(self, job: int, request: InspectRequest, control: Control) -> Iterator[AnyEvent]:
        del job, request, control
        raise UserError("inspect.unsupported", reason="it runs on another machine")

    def kv_usage(self) -> tuple[int, int]:
        return (0, 0)

    def _require(self) -> _Endpoint:
        if self._endpoint is None:
            raise UserError("model.none_loaded")
        return self._endpoint

    def _tokens(
        self,
        job: int,
        request: ChatRequest,
        messages: list[Message],
        seed: int,
        control: Control,
        reader: ChunkReader,
        run: "_Run",
    ) -> Iterator[AnyEvent]:
        endpoint = self._require()
        chunks = read_until_cancelled(
            lambda: endpoint.requester.stream(request, messages, seed),
            lambda: control.cancelled,
            endpoint.connection.abort,
        )
        try:
            for chunk in chunks:
                for token in reader.read(chunk):
                    yield Token(
                        job=job,
                        seq=run.take(token.text),
                        id=NO_ID,
                        text=token.text,
                        logprob=token.logprob,
                        elapsed_ms=(run.last - run.started) * 1000,
                        rank=token.rank,
                        candidates=token.candidates,
                    )
        except UserError:
            raise
        except Exception as error:
            found = as_user_error(error, endpoint.url, endpoint.api_key)
            if found is None:
                raise
            if run.texts and found.code == "endpoint.unreachable":
                found = UserError("endpoint.interrupted", url=endpoint.url, reason=found.params["reason"])
            raise found from None

    def _provenance(
        self, endpoint: _Endpoint, request: ChatRequest, messages: list[Message], seed: int
    ) -> Provenance:
        text = "\x1e".join(f"{message.role}\x1f{message.prompt_text()}" for message in messages)
        prompt = f"{request.prompt.system}\x1e{text}".encode("utf-8", "surrogatepass")
        return Provenance(
            model_name=endpoint.facts.name,
            model_hash=endpoint.facts.model_hash,
            engine_build=endpoint.facts.engine_build,
            template_hash="",
            prompt_hash=hashlib.sha256(prompt).hexdigest()[:16],
            sampling=request.sampling,
            seed=seed,
            context=endpoint.facts.context,
            flash_attention=False,
        )

    def _facts(
        self, spec: ModelSpec, url: str, model: ServerModel, context: ContextParams, load_ms: float
    ) -> LoadedModel:
        identity = hashlib.sha256(f"{url}\n{model.name}".encode()).hexdigest()[:32]
        return LoadedModel(
            name=spec.name or model.name,
            path=url,
            backend="remote",
            model_hash=f"remote:{identity}",
            architecture="",
            quantization="",
            parameters=model.parameters,
            size_bytes=model.size_bytes,
            n_ctx=context.n_ctx or model.n_ctx or model.n_ctx_train,
            n_ctx_train=model.n_ctx_train,
            n_layer=0,
            n_head=0,
            n_head_kv=0,
            n_embd=model.n_embd,
            n_vocab=model.n_vocab,
            kv_bytes_per_token=0.0,
            flash_attention=False,
            n_threads=0,
            n_gpu_layers=0,
            device=f"{model.kind} at {url}" if model.kind != "other" else url,
            has_template=True,
            template_hash="",
            engine_build=f"{self.build}, {model.kind}",
            load_ms=load_ms,
            context=context,
            understands=understood(model.kind),
        )


class _Run:
    """Clocks and texts of one answer. Seconds of `time.perf_counter`."""

    def __init__(self, started: float) -> None:
        self.started = started
        self.first = started
        self.last = started
        self.texts: list[str] = []

    def take(self, text: str) -> int:
        """Note a token; its number, from 0."""
        self.last = time.perf_counter()
        if not self.texts:
            self.first = self.last
        self.texts.append(text)
        return len(self.texts) - 1

    def metrics(self, reader: ChunkReader, estimated_prompt: int) -> GenerationMetrics:
        """The server's counts where it sent them, else our own."""
        usage = reader.usage
        prompt, cached = (usage.prompt, usage.cached) if usage else (estimated_prompt, 0)
        output = usage.output if usage else len(self.texts)
        ttft, span = self.first - self.started, self.last - self.first
        return GenerationMetrics(
            prompt_tokens=prompt,
            reused_tokens=cached,
            output_tokens=output,
            ttft_ms=ttft * 1000,
            input_tps=(prompt - cached) / ttft if ttft > 0 else 0.0,
            output_tps=(output - 1) / span if span > 0 and output > 1 else 0.0,
            duration_ms=(time.perf_counter() - self.started) * 1000,
        )
