"""ggml's conversions, against the plain numpy ones of `gguf` and against whole quantized files."""

from pathlib import Path

import gguf
import numpy as np
import pytest

from engine.backends.llama_cpp.codec import dequantize_rows, quantize_rows
from engine.errors import BugError
from engine.library.gguf_header import read_header
from engine.protocol.jobs import QuantizeJob
from engine.quantize.job import run_quantize
from engine.quantize.sensitivity import stored_tensors
from tests.support.tiny_llama import write_tiny_llama


@pytest.mark.parametrize("kind", ["Q8_0", "Q6_K", "Q5_K", "Q4_K", "Q4_0", "Q5_1", "IQ4_NL", "Q2_K", "BF16"])
def test_numbers_come_back_as_gguf_reads_them(kind: str) -> None:
    rows = np.random.default_rng(1).standard_normal((6, 512)).astype(np.float32)
    packed = quantize_rows(rows, kind)
    found = dequantize_rows(packed, kind, 512)
    expected = gguf.quants.dequantize(packed, gguf.GGMLQuantizationType[kind])
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert 0 < np.sqrt(((found - rows) ** 2).mean()) < 0.4


def test_float_types_are_exact_and_several_threads_agree() -> None:
    rows = np.random.default_rng(2).standard_normal((3000, 512)).astype(np.float16).astype(np.float32)
    for kind in ("F32", "F16"):
        np.testing.assert_array_equal(dequantize_rows(quantize_rows(rows, kind), kind, 512), rows)
    one, two = (quantize_rows(rows, "Q4_K", None, threads) for threads in (1, 2))
    np.testing.assert_array_equal(one, two)


def test_importance_lowers_the_error_where_it_is_high() -> None:
    rows = np.random.default_rng(3).standard_normal((64, 256)).astype(np.float32)
    importance = np.full(256, 0.01, np.float32)
    importance[:32] = 100
    errors = []
    for weights in (None, importance):
        back = dequantize_rows(quantize_rows(rows, "Q3_K", weights), "Q3_K", 256)
        errors.append(float(((back - rows)[:, :32] ** 2).sum()))
    assert errors[1] < errors[0]


def test_rows_that_are_no_whole_blocks_are_refused() -> None:
    with pytest.raises(BugError):
        quantize_rows(np.zeros((2, 48), np.float32), "Q4_0")
    with pytest.raises(BugError):
        quantize_rows(np.zeros((2, 64), np.float32), "Q4_0", np.ones(32, np.float32))


def test_bytes_are_those_of_a_quantized_file(tmp_path: Path) -> None:
    source = write_tiny_llama(tmp_path / "tiny.gguf")
    target = tmp_path / "small.gguf"
    rules = ((r"ffn_down", "Q5_K"),)
    run_quantize(QuantizeJob(str(source), str(target), "Q4_K_S", overrides=rules), lambda _event: None)
    originals = stored_tensors(source)
    written = {info.name: info for info in read_header(target).tensors}
    names = ("blk.0.ffn_down.weight", "blk.1.attn_q.weight", "blk.0.ffn_up.weight")
    for name, kind in zip(names, ("Q5_K", "Q4_K", "Q4_K"), strict=True):
        assert written[name].type.name == kind
        expected = quantize_rows(originals[name].rows(), kind)
        np.testing.assert_array_equal(stored_tensors(target)[name].packed(), expected)
