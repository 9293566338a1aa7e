import hashlib
from pathlib import Path

import pytest

from engine.errors import Cancelled, UserError
from engine.library.describe import describe
from engine.library.fingerprint import full_sha256, model_hash
from engine.library.fit import check_fit, largest_context, memory_needed
from engine.library.gguf_header import read_header
from engine.library.kv_cache import kv_bytes
from engine.protocol.values import ContextParams
from tests.engine.library.tiny_gguf import build, string, u32, write

MIB = 1 << 20


def test_the_starters_cache_is_as_large_as_measured(starter_path: Path) -> None:
    """llama.cpp's own state of 1,500 tokens took 34.6 MB in F16 and 18.4 MB in Q8_0."""
    facts = describe(read_header(starter_path))
    assert kv_bytes(facts, 1500) == 34_560_000
    assert kv_bytes(facts, 1500, "q8_0", "q8_0") == 18_360_000
    assert (facts.quantization, facts.n_layer, facts.parameters) == ("Q4_1", 30, 134_515_008)
    assert facts.license == "apache-2.0"
    assert "<|im_start|>" in facts.template


def test_layers_with_a_window_keep_only_the_window(tmp_path: Path) -> None:
    items = [
        string("general.architecture", "gemma3"),
        *(
            u32(f"gemma3.{key}", value)
            for key, value in {
                "block_count": 12,
                "embedding_length": 64,
                "attention.head_count": 4,
                "attention.head_count_kv": 1,
                "attention.key_length": 16,
                "attention.value_length": 16,
                "attention.sliding_window": 512,
            }.items()
        ),
    ]
    facts = describe(read_header(write(tmp_path / "g.gguf", build(items, []))))
    token = 16 * 2 * 2
    assert facts.window_layers.count(True) == 10
    assert kv_bytes(facts, 4096) == token * (2 * 4096 + 10 * 512)
    assert kv_bytes(facts, 4096, full_window=True) == token * 12 * 4096
    assert kv_bytes(facts, 256) == token * 12 * 256


def test_too_little_memory_names_the_largest_context_that_fits(starter_path: Path) -> None:
    facts = describe(read_header(starter_path))
    context = ContextParams()
    assert check_fit("m", facts, context, 2048, 4096 * MIB).weights == facts.tensor_bytes
    with pytest.raises(UserError) as caught:
        check_fit("m", facts, context, 8192, 400 * MIB)
    assert caught.value.code == "model.context_too_large"
    largest = int(caught.value.params["largest"])
    assert largest == largest_context(facts, context, 400 * MIB)
    assert memory_needed(facts, context, largest).total <= 400 * MIB
    assert memory_needed(facts, context, largest + 256).total > 400 * MIB
    with pytest.raises(UserError) as caught:
        check_fit("m", facts, context, 8192, 100 * MIB)
    assert caught.value.code == "model.too_large"


def test_a_smaller_cache_type_and_flash_attention_need_less(starter_path: Path) -> None:
    facts = describe(read_header(starter_path))
    plain = memory_needed(facts, ContextParams(), 8192)
    assert memory_needed(facts, ContextParams(type_k="q8_0", type_v="q8_0"), 8192).kv < plain.kv
    assert memory_needed(facts, ContextParams(flash_attention="on"), 8192).compute < plain.compute


def test_the_fast_hash_sees_the_size_both_ends_and_the_middle(tmp_path: Path) -> None:
    data = bytearray(8 * MIB)
    path = write(tmp_path / "m.bin", bytes(data))
    seen = {model_hash(path)}
    for place in (0, len(data) - 1, MIB + 10, 7 * MIB - 10):
        changed = bytearray(data)
        changed[place] = 1
        seen.add(model_hash(write(path, bytes(changed))))
    seen.add(model_hash(write(path, bytes(data[:-1]))))
    assert len(seen) == 6
    assert all(value.startswith("sampled:") for value in seen)


def test_the_full_hash_is_sha256_and_can_be_stopped(tmp_path: Path) -> None:
    data = b"x" * (9 * MIB)
    path = write(tmp_path / "m.bin", data)
    fractions: list[float] = []

    def listen(done: float) -> bool:
        fractions.append(done)
        return True

    found = full_sha256(path, listen)
    assert found == "sha256:" + hashlib.sha256(data).hexdigest()
    assert fractions[-1] == 1.0
    with pytest.raises(Cancelled):
        full_sha256(path, lambda _: False)
    with pytest.raises(UserError):
        model_hash(tmp_path / "none")
