"""The logit lens on made-up models, against the formulas in double precision."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import Cancelled, UserError
from engine.inspection import lens as lens_module
from engine.inspection.lens import empty_result, logit_lens, read_lens
from engine.inspection.lens_head import LensHead

SIZE, VOCABULARY = 64, 96
RANDOM = np.random.RandomState(1)
MATRIX = RANDOM.standard_normal((VOCABULARY, SIZE)).astype(np.float32)
NORM = (1 + 0.2 * RANDOM.standard_normal(SIZE)).astype(np.float32)
BIAS = RANDOM.standard_normal(SIZE).astype(np.float32)


def write(path: Path, architecture: str, tensors: dict[str, NDArray[Any]], **numbers: float) -> Path:
    writer: Any = gguf.GGUFWriter(path, architecture)
    for key, value in numbers.items():
        writer.add_float32(f"{architecture}.{key.replace('__', '.')}", value)
    for name, values in tensors.items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


RMS = {"attention__layer_norm_rms_epsilon": 1e-5}
TENSORS = {"output_norm.weight": NORM, "output.weight": MATRIX}


def hidden(layers: int, positions: int, seed: int = 0) -> NDArray[np.float32]:
    states = np.random.RandomState(seed).standard_normal((layers, positions, SIZE)) * 3
    return states.astype(np.float32)


def rms(states: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = states.astype(np.float64)
    normed: NDArray[np.float64] = wide / np.sqrt((wide**2).mean(-1, keepdims=True) + 1e-5) * NORM
    return normed


def test_everything_against_the_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = LensHead.from_gguf(write(tmp_path / "m.gguf", "llama", TENSORS, **RMS))
    assert (head.vocabulary, head.embedding) == (VOCABULARY, SIZE)
    states = hidden(4, 7)
    logits = rms(states) @ MATRIX.astype(np.float64).T
    logprobs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    # Small batches, so that their borders are in the test.
    monkeypatch.setattr(lens_module, "_BATCH_BYTES", 4 * VOCABULARY * 5 * 3)
    result = logit_lens(head, states, 5)
    order = np.argsort(-logprobs, axis=-1)[..., :5]
    np.testing.assert_array_equal(result.ids, order)
    np.testing.assert_allclose(result.logprobs, np.take_along_axis(logprobs, order, -1), atol=1e-4)
    kl = (np.exp(logprobs[-1]) * (logprobs[-1] - logprobs)).sum(-1)
    np.testing.assert_allclose(result.kl, kl, atol=1e-4)
    entropy = -(np.exp(logprobs) * logprobs).sum(-1) / np.log(2)
    np.testing.assert_allclose(result.entropy, entropy, atol=1e-4)
    assert result.ids.dtype == np.int32


def test_the_final_state_can_be_given(tmp_path: Path) -> None:
    head = LensHead.from_gguf(write(tmp_path / "m.gguf", "llama", TENSORS, **RMS))
    states = hidden(4, 3)
    whole = logit_lens(head, states, 2)
    some = logit_lens(head, states[1:3], 2, final=states[3])
    np.testing.assert_allclose(some.kl, whole.kl[1:3], atol=1e-5)
    assert logit_lens(head, states, 10_000).ids.shape[-1] == VOCABULARY


def test_layer_norm_with_bias(tmp_path: Path) -> None:
    tensors = {**TENSORS, "output_norm.bias": BIAS}
    head = LensHead.from_gguf(write(tmp_path / "m.gguf", "gpt2", tensors, attention__layer_norm_epsilon=1e-5))
    states = hidden(1, 4)[0]
    wide = states.astype(np.float64)
    centred = wide - wide.mean(-1, keepdims=True)
    normed = centred / np.sqrt(centred.var(-1, keepdims=True) + 1e-5) * NORM + BIAS
    np.testing.assert_allclose(head.logits(states), normed @ MATRIX.T, atol=1e-3)


def test_softcap_and_scales(tmp_path: Path) -> None:
    states = hidden(1, 4)[0]
    plain = rms(states) @ MATRIX.astype(np.float64).T
    capped = LensHead.from_gguf(
        write(tmp_path / "gemma2.gguf", "gemma2", TENSORS, final_logit_softcapping=30.0, **RMS)
    )
    np.testing.assert_allclose(capped.logits(states), 30 * np.tanh(plain / 30), atol=1e-3)
    cohere = LensHead.from_gguf(
        write(tmp_path / "cohere.gguf", "command-r", TENSORS, logit_scale=0.25, **RMS)
    )
    np.testing.assert_allclose(cohere.logits(states), plain * 0.25, atol=1e-3)
    granite = LensHead.from_gguf(write(tmp_path / "granite.gguf", "granite", TENSORS, logit_scale=8.0, **RMS))
    np.testing.assert_allclose(granite.logits(states), plain / 8, atol=1e-3)


def test_tied_and_half_precision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tensors: dict[str, NDArray[Any]] = {
        "output_norm.weight": NORM,
        "token_embd.weight": MATRIX.astype(np.float16),
    }
    path = write(tmp_path / "tied.gguf", "llama", tensors, **RMS)
    states = hidden(1, 5)[0]
    full = LensHead.from_gguf(path).logits(states)
    np.testing.assert_allclose(full, rms(states) @ MATRIX.astype(np.float64).T, atol=0.05)
    # A head too large for single precision is kept in half, and widened in pieces.
    monkeypatch.setattr("engine.inspection.lens_head._FULL_PRECISION_BYTES", 0)
    monkeypatch.setattr("engine.inspection.lens_head._CHUNK_BYTES", 4 * SIZE * 7)
    np.testing.assert_allclose(LensHead.from_gguf(path).logits(states), full, atol=1e-4)


def test_cancelled_and_missing(tmp_path: Path) -> None:
    head = LensHead.from_gguf(write(tmp_path / "m.gguf", "llama", TENSORS, **RMS))
    with pytest.raises(Cancelled):
        logit_lens(head, hidden(2, 2), 1, lambda: True)
    with pytest.raises(UserError) as caught:
        LensHead.from_gguf(write(tmp_path / "b.gguf", "bert", {"token_embd.weight": MATRIX}))
    assert caught.value.code == "inspect.missing"


def test_progress_counts_the_positions_that_are_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = LensHead.from_gguf(write(tmp_path / "m.gguf", "llama", TENSORS, **RMS))
    states = hidden(2, 7)
    monkeypatch.setattr(lens_module, "_BATCH_BYTES", 4 * VOCABULARY * 3 * 3)
    result = empty_result(head, states, 2)
    assert list(read_lens(head, states, result)) == [0, 3, 6]
    np.testing.assert_array_equal(result.ids, logit_lens(head, states, 2).ids)
