"""A converted model says what the original says: same tokens, same logits."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.convert.job import run_convert
from engine.protocol.jobs import ConvertJob, FileWritten, JobEvent, JobNotice, JobStep
from tests.engine.convert.conftest import Save

LENGTH = 48

LLAMA3_ROPE = {
    "rope_type": "llama3",
    "rope_theta": 10000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
LINEAR_ROPE = {"rope_type": "linear", "rope_theta": 5000.0, "factor": 2.0}
YARN_ROPE = {
    "rope_type": "yarn",
    "rope_theta": 10000.0,
    "factor": 4.0,
    "original_max_position_embeddings": 32,
}


def long_rope(original: int, share: float = 1.0) -> dict[str, Any]:
    """Phi-3's kind, with other factors for long contexts than for short ones."""
    pairs = int(16 * share) // 2
    return {
        "max_position_embeddings": 1024,
        "original_max_position_embeddings": original,
        "rope_parameters": {
            "rope_type": "longrope",
            "rope_theta": 10000.0,
            "partial_rotary_factor": share,
            "long_factor": [1.0 + 0.5 * pair for pair in range(pairs)],
            "short_factor": [1.0 + 0.05 * pair for pair in range(pairs)],
            "original_max_position_embeddings": original,
        },
    }


GEMMA = {"head_dim": 32, "query_pre_attn_scalar": 32, "sliding_window": 16, "num_hidden_layers": 6}
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "llama": ("LlamaForCausalLM", {}),
    "llama-biased": ("LlamaForCausalLM", {"attention_bias": True, "tie_word_embeddings": True}),
    "llama-3.1": ("LlamaForCausalLM", {"rope_parameters": LLAMA3_ROPE}),
    "llama-linear": ("LlamaForCausalLM", {"rope_parameters": LINEAR_ROPE}),
    "mistral": ("MistralForCausalLM", {"sliding_window": None, "head_dim": 32}),
    "smollm3": ("SmolLM3ForCausalLM", {}),
    "qwen2": ("Qwen2ForCausalLM", {}),
    "qwen2-yarn": ("Qwen2ForCausalLM", {"rope_parameters": YARN_ROPE}),
    "qwen3": ("Qwen3ForCausalLM", {"head_dim": 32}),
    "phi3": ("Phi3ForCausalLM", {}),
    "phi3-longrope-short": ("Phi3ForCausalLM", long_rope(512)),
    "phi3-longrope-long": ("Phi3ForCausalLM", long_rope(32)),
    "phi3-partial": ("Phi3ForCausalLM", long_rope(512, 0.75)),
    "gemma2": ("Gemma2ForCausalLM", GEMMA),
    "gemma3": ("Gemma3ForCausalLM", GEMMA),
    "gemma3-linear": (
        "Gemma3ForCausalLM",
        {
            **GEMMA,
            "rope_parameters": {
                "full_attention": {"rope_type": "linear", "rope_theta": 1e6, "factor": 8.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
            },
        },
    ),
    "gpt2": (
        "GPT2LMHeadModel",
        {"n_embd": 64, "n_layer": 4, "n_head": 4, "n_positions": 128},
    ),
}


def converted(folder: Path, target: Path, kind: str = "f32") -> tuple[FileWritten, list[JobEvent]]:
    told: list[JobEvent] = []
    return run_convert(ConvertJob(str(folder), str(target), kind), told.append), told


def original_logits(transformers: Any, folder: Path, ids: list[int]) -> NDArray[np.float32]:
    import torch

    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        model = transformers.AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32)
        logits: NDArray[np.float32] = model.eval()(torch.tensor([ids])).logits[0].numpy()
    return logits


def logits_of(path: Path, ids: list[int]) -> NDArray[np.float32]:
    with ChunkReader(path, len(ids), exact=True) as reader:
        assert not reader.model.vocab.adds_bos
        return reader.read(ids, 0).copy()


@pytest.fixture(scope="session")
def plain_tokenizer(transformers: Any) -> Any:
    from tests.support.tiny_tokenizers import byte_level

    return byte_level()


@pytest.mark.parametrize("case", CASES)
def test_logits(case: str, save: Save, transformers: Any, plain_tokenizer: Any, tmp_path: Path) -> None:
    name, changes = CASES[case]
    folder = save(name, plain_tokenizer, **changes)
    end, told = converted(folder, tmp_path / "model.gguf")
    ids = np.random.default_rng(2).integers(2, len(plain_tokenizer), LENGTH).tolist()
    expected = original_logits(transformers, folder, ids)
    found = logits_of(tmp_path / "model.gguf", ids)
    assert expected.std() > 0.2
    tolerance = 4e-3 if case.startswith("g") else 1e-3  # ggml looks GELU up in a table in half precision
    assert np.abs(found - expected).max() < tolerance * expected.std()
    assert end.bits_per_weight == pytest.approx(32)
    assert [one for one in told if isinstance(one, JobNotice)] == []
    steps = [one.fraction for one in told if isinstance(one, JobStep)]
    assert steps == sorted(steps)
    assert end.size_bytes == (tmp_path / "model.gguf").stat().st_size
