"""From a file and `ContextParams` to a model that can talk, with every automatic choice made and reported."""

import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from engine.backends.backend import Control, LoadReport
from engine.backends.llama_cpp import params as native_params
from engine.backends.llama_cpp import tuning
from engine.backends.llama_cpp.buffers import LoadMeter
from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.model import LlamaModel
from engine.backends.llama_cpp.native import build_name, library_stamp, supports_gpu
from engine.backends.llama_cpp.recommended import recommended_sampling
from engine.backends.llama_cpp.threads import default_threads
from engine.errors import Cancelled
from engine.library.describe import describe_file
from engine.library.entries import ModelFacts
from engine.library.fingerprint import model_hash
from engine.library.fit import check_fit, largest_context, memory_needed
from engine.library.kv_cache import kv_bytes
from engine.protocol.values import ContextParams, LoadedModel, LoadMemory, ModelSpec
from engine.text.hashing import template_hash

DEFAULT_CONTEXT = 8192
SMALLEST_CONTEXT = 512
N_SEQUENCES = 17
"""One for the conversation and sixteen for beams."""


@dataclass
class Loaded:
    """Everything that came of a load. Close `context` before `model`."""

    model: LlamaModel
    context: LlamaContext
    facts: LoadedModel
    n_threads: int
    n_threads_batch: int

    def close(self) -> None:
        self.context.close()
        self.model.close()


def load_model(spec: ModelSpec, context: ContextParams, report: LoadReport, control: Control) -> Loaded:
    """Raises `UserError` model.*, params.*, engine.out_of_memory; `Cancelled`."""
    started = time.perf_counter()
    native_params.check(context)
    path = Path(spec.path)
    about = describe_file(path)
    n_ctx = _context_length(about, context)
    check_fit(spec.path, about, context, n_ctx)
    digest = model_hash(path)
    threads = context.n_threads or default_threads()
    choice = _choose(spec, digest, context, threads, report, control)
    if control.cancelled:
        raise Cancelled

    def on_weights(fraction: float) -> bool:
        report(fraction, "weights")
        return not control.cancelled

    meter = LoadMeter()
    with meter.listening():
        model = LlamaModel(spec.path, context, extra_buffers=choice.extra_buffers, progress=on_weights)
    try:
        report(1.0, "context")
        threads_batch = context.n_threads_batch or threads
        native = native_params.context_params(
            context,
            n_ctx=n_ctx,
            n_threads=threads,
            n_threads_batch=threads_batch,
            flash=choice.flash,
            n_seq_max=N_SEQUENCES,
        )
        with meter.listening():
            made = LlamaContext(model, native)
    except BaseException:
        model.close()
        raise
    need = memory_needed(about, context, made.n_ctx, flash=made.flash, rearranged=choice.extra_buffers)
    memory = meter.result(need)
    facts = _facts(spec, about, model, made, context, digest, threads, started, memory)
    return Loaded(model, made, facts, threads, threads_batch)


def _context_length(about: ModelFacts, context: ContextParams) -> int:
    """The user's choice; else what the model was trained for, within a default and the memory there is."""
    if context.n_ctx:
        return context.n_ctx
    wanted = min(about.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)
    fits = largest_context(about, context, psutil.virtual_memory().available)
    return max(min(wanted, fits), SMALLEST_CONTEXT)


def _choose(
    spec: ModelSpec,
    digest: str,
    context: ContextParams,
    threads: int,
    report: LoadReport,
    control: Control,
) -> tuning.Tuning:
    """Flash attention and weight layout: the user's word, else what was measured here, else measure now."""
    wanted = {"on": True, "off": False}.get(context.flash_attention)
    # A quantized value cache exists only with flash attention in llama.cpp.
    if wanted is None and context.type_v not in ("f32", "f16", "bf16"):
        wanted = True
    if supports_gpu():
        # Rearranged weights matter on the processor only, and crash on some (decision 7); nothing is measured
        # here, so the layers that stay there take the layout that always works.
        return tuning.Tuning(flash=True if wanted is None else wanted, extra_buffers=False)
    home = Path(os.environ.get("LATHE_HOME") or tempfile.gettempdir())
    key = hashlib.sha256(f"{digest}|{build_name()}|{library_stamp()}|{threads}".encode()).hexdigest()[:24]
    found = tuning.remembered(home, key)
    if found is None and Path(spec.path).stat().st_size <= tuning.LARGEST_PROBED_BYTES:
        report(0.0, "measuring")
        found = tuning.probe(home, key, spec.path, threads, control)
    found = found or tuning.SAFE
    if wanted is None:
        return found
    return tuning.Tuning(flash=wanted, extra_buffers=found.extra_buffers)


def _facts(
    spec: ModelSpec,
    about: ModelFacts,
    model: LlamaModel,
    made: LlamaContext,
    context: ContextParams,
    digest: str,
    threads: int,
    started: float,
    memory: LoadMemory,
) -> LoadedModel:
    template = model.chat_template()
    return LoadedModel(
        name=spec.name,
        path=spec.path,
        backend="llama_cpp",
        model_hash=digest,
        architecture=about.architecture,
        quantization=about.quantization,
        parameters=model.parameters,
        size_bytes=Path(spec.path).stat().st_size,
        n_ctx=made.n_ctx,
        n_ctx_train=model.n_ctx_train,
        n_layer=model.n_layer,
        n_head=model.n_head,
        n_head_kv=model.n_head_kv,
        n_embd=model.n_embd,
        n_vocab=model.vocab.size,
        kv_bytes_per_token=kv_bytes(about, 1, context.type_k, context.type_v),
        flash_attention=made.flash,
        n_threads=threads,
        n_gpu_layers=model.n_gpu_layers,
        device="GPU" if supports_gpu() and model.n_gpu_layers else "CPU",
        has_template=bool(template),
        template_hash=template_hash(template),
        engine_build=build_name(),
        load_ms=(time.perf_counter() - started) * 1000,
        context=context,
        recommended=recommended_sampling(model),
        memory=memory,
    )
