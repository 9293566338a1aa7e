"""The estimate part by part, and against what llama.cpp really reserves."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.backends.backend import Control
from engine.backends.llama_cpp.buffers import parse_buffers
from engine.backends.llama_cpp.loading import load_model
from engine.library.describe import describe, describe_file
from engine.library.entries import ModelFacts
from engine.library.fit import Beside, Budget, estimate, memory_needed
from engine.library.gguf_header import read_header
from engine.protocol.values import ContextParams, MemoryBuffer, ModelSpec
from tests.engine.library.tiny_gguf import build, llama_items, tensor, write

MIB = 1 << 20
PLENTY = Budget(64 << 30, 32 << 30)


@pytest.fixture(scope="module")
def facts(starter_path: Path) -> ModelFacts:
    return describe_file(starter_path)


@pytest.mark.parametrize(
    "context",
    [
        ContextParams(n_ctx=2048, flash_attention="off"),
        ContextParams(n_ctx=4096, flash_attention="on", type_k="q8_0", type_v="q8_0"),
        ContextParams(n_ctx=4096, flash_attention="off", n_batch=1024, n_ubatch=1024),
    ],
)
def test_the_estimate_is_what_a_load_takes(starter_path: Path, context: ContextParams) -> None:
    loaded = load_model(
        ModelSpec("llama_cpp", "m", str(starter_path)), context, lambda _fraction, _stage: None, Control()
    )
    loaded.close()
    memory = loaded.facts.memory
    assert memory is not None
    assert memory.taken == pytest.approx(memory.predicted, rel=0.02)
    assert memory.taken_for("kv") == pytest.approx(memory.predicted_kv, rel=0.001)
    # Laid out for matrix units, weights get some bytes more, and the file is not mapped beside them.
    padded = any(buffer.device == "AMX" for buffer in memory.buffers)
    exact = 0.05 if padded else 0.001
    assert memory.taken_for("weights") == pytest.approx(memory.predicted_weights, rel=exact)
    assert memory.taken_for("compute", "output") == pytest.approx(memory.predicted_compute, rel=0.05)


def test_adapter_and_draft_model_are_added(facts: ModelFacts) -> None:
    context = ContextParams()
    alone = memory_needed(facts, context, 4096)
    both = memory_needed(facts, context, 4096, beside=Beside(7 * MIB, facts))
    assert both.adapters == 7 * MIB
    assert both.draft == alone.total - alone.runtime
    assert both.total == 2 * alone.total - alone.runtime + 7 * MIB


def test_without_a_gpu_all_is_in_main_memory(facts: ModelFacts) -> None:
    fit = estimate(facts, ContextParams(), PLENTY)
    assert (fit.vram, fit.gpu_layers, fit.layers, fit.ram) == (0, 0, 31, fit.need.total)
    assert (fit.fits, fit.n_ctx, fit.largest_context) == (True, 8192, 8192)


def test_as_many_layers_go_to_the_gpu_as_fit(facts: ModelFacts) -> None:
    everything = estimate(facts, ContextParams(), PLENTY._replace(vram_total=8 << 30, vram_free=8 << 30))
    assert everything.gpu_layers == 31
    assert everything.ram < everything.need.total - everything.need.kv
    assert everything.vram > everything.need.kv
    some = estimate(facts, ContextParams(), PLENTY._replace(vram_total=8 << 30, vram_free=600 * MIB))
    assert 0 < some.gpu_layers < 31
    assert some.vram <= 600 * MIB
    assert some.fits
    chosen = estimate(
        facts, ContextParams(n_gpu_layers=5), PLENTY._replace(vram_total=8 << 30, vram_free=8 << 30)
    )
    assert chosen.gpu_layers == 5
    too_many = estimate(
        facts, ContextParams(n_gpu_layers=31), PLENTY._replace(vram_total=1 << 30, vram_free=100 * MIB)
    )
    assert not too_many.fits


def test_the_largest_context_that_fits_fits(facts: ModelFacts) -> None:
    longer = replace(facts, context_length=131_072)
    budget = Budget(4 << 30, 1 << 30)
    fit = estimate(longer, ContextParams(), budget, n_ctx=131_072)
    assert not fit.fits
    assert 8192 < fit.largest_context < 131_072
    assert estimate(longer, ContextParams(), budget, n_ctx=fit.largest_context).fits
    assert not estimate(longer, ContextParams(), budget, n_ctx=fit.largest_context + 256).fits
    assert estimate(longer, ContextParams(), Budget(1 << 30, 50 * MIB)).largest_context == 0


def test_a_split_model_counts_all_of_its_parts(tmp_path: Path) -> None:
    for number in (1, 2):
        data = build(llama_items(), [tensor(f"blk.{number - 1}.t", (64, 4), 0, 0)], bytes(1024))
        write(tmp_path / f"m-{number:05d}-of-00002.gguf", data)
    first = tmp_path / "m-00001-of-00002.gguf"
    assert describe(read_header(first)).tensor_bytes == 1024
    whole = describe_file(first)
    assert (whole.tensor_bytes, whole.layer_bytes) == (2048, (1024, 1024))


def test_buffers_are_read_from_the_log_of_a_gpu_build_too() -> None:
    log = (
        "load_tensors:   CPU_Mapped model buffer size =    92.10 MiB\n"
        "load_tensors:        CUDA0 model buffer size =  3847.81 MiB\n"
        "llama_kv_cache:      CUDA0 KV buffer size =   512.00 MiB\n"
        "llama_context:  CUDA_Host  output buffer size =     3.19 MiB\n"
        "sched_reserve:      CUDA0 compute buffer size =   258.50 MiB\n"
        "llama_kv_cache: size =  512.00 MiB (  4096 cells,  32 layers)\n"
    )
    assert parse_buffers(log) == (
        MemoryBuffer("CPU", "weights", int(92.10 * MIB)),
        MemoryBuffer("CUDA0", "weights", int(3847.81 * MIB)),
        MemoryBuffer("CUDA0", "kv", 512 * MIB),
        MemoryBuffer("CPU", "output", int(3.19 * MIB)),
        MemoryBuffer("CUDA0", "compute", int(258.5 * MIB)),
    )
