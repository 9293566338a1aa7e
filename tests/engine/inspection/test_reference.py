"""Attention and logit lens of the running model, against transformers on the same weights.

The references were recorded by `tests/reference/record_attention.py`: transformers, eager attention, float32
on the dequantized weights. What may differ is arithmetic: ggml rounds activations to the type of the weights
(8 bits for quantized ones) before it multiplies. The limits are about twice the differences measured:
attention at most 1.3e-5 (llama F32), 6.5e-3 (F16), 3.9e-4 and 1.4e-3 (gemma3), 0.060 (starter, Q4_1; 6e-4
on average). With keys and values in half precision, as they are unless the user asks for more: 4.8e-3
(llama), 8.4e-4 (gemma3), 0.065 (starter, 6e-4 on average). F16 weights that are kept rearranged, where that
was measured to be faster, agree like F32.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.inspection.lens import log_softmax_in_place
from engine.inspection.lens_head import LensHead
from engine.protocol.inspection import InspectRequest, LensSpec, TapSpec
from tests.engine.inspection.conftest import Engine, Looked
from tests.reference.tiny_models import SHAPES, tiny_weights

REFERENCES = Path(__file__).parents[2] / "reference"


class Case(NamedTuple):
    """A model and the largest differences allowed: of attention, of its mean, of log-probabilities."""

    reference: str
    architecture: str
    kind: str
    attention: float
    mean: float
    logprobs: float
    cache: str = "f32"


CASES = [
    Case("tiny_llama", "llama", "F32", 5e-5, 1e-6, 1e-4),
    Case("tiny_llama", "llama", "F16", 1.5e-2, 1.5e-4, 2e-2),
    # ggml computes Gemma's GELU from a table in half precision.
    Case("tiny_gemma3", "gemma3", "F32", 1e-3, 2e-5, 1e-2),
    Case("tiny_gemma3", "gemma3", "F16", 4e-3, 5e-5, 2e-2),
    Case("starter", "", "", 0.13, 1.5e-3, 0.65),
    # Attention that is computed here, from a cache in half precision.
    Case("tiny_llama", "llama", "F32", 1e-2, 1e-4, 2e-2, cache="f16"),
    Case("tiny_gemma3", "gemma3", "F32", 1e-3, 2e-5, 1e-2, cache="f16"),
    Case("starter", "", "", 0.13, 1.5e-3, 0.65, cache="f16"),
]


@pytest.fixture(
    scope="session", params=CASES, ids=lambda case: f"{case.reference}-{case.kind or 'Q4_1'}-{case.cache}"
)
def compared(
    request: pytest.FixtureRequest,
    engine: Engine,
    tiny_model: Callable[..., Path],
    starter_path: Path,
) -> tuple[Case, Looked, dict[str, NDArray[Any]], Path]:
    """A case, what Lathe sees, what transformers saw, and the model's file."""
    case: Case = request.param
    with np.load(REFERENCES / f"{case.reference}.npz") as file:
        reference = dict(file)
    path = tiny_model(case.architecture, case.kind) if case.architecture else starter_path
    engine.load(path, case.cache)
    first, *ids = reference["token_ids"].tolist()
    assert first == 1  # what an empty text becomes
    looked = engine.look(
        InspectRequest(
            reply=tuple(ids),
            taps=TapSpec(kinds=("attention", "residual"), layers=tuple(reference["layers"].tolist())),
            lens=LensSpec(top=5, positions=tuple(reference["lens_positions"].tolist())),
        )
    )
    assert looked.event.token_ids == (first, *ids)
    return case, looked, reference, path


Compared = tuple[Case, Looked, dict[str, NDArray[Any]], Path]


def test_attention(compared: Compared) -> None:
    case, looked, reference, _ = compared
    ours, theirs = looked.arrays["attention"], reference["attention"]
    assert ours.dtype == np.float32
    assert ours.shape == theirs.shape
    difference = np.abs(ours - theirs)
    assert difference.max() < case.attention
    assert difference.mean() < case.mean


def test_rows_are_causal_distributions(compared: Compared) -> None:
    case, looked, _, _ = compared
    attention = looked.arrays["attention"]
    np.testing.assert_allclose(attention.sum(axis=-1), 1, atol=1e-6)
    length = attention.shape[-1]
    assert not attention[..., ~np.tri(length, dtype=np.bool_)].any()
    if case.architecture == "gemma3":
        outside = np.tri(length, k=-SHAPES["gemma3"].window, dtype=np.bool_)
        assert not attention[:5][..., outside].any()
        assert attention[5][..., outside].any()


def test_lens(compared: Compared) -> None:
    case, looked, reference, _ = compared
    arrays = looked.arrays
    assert looked.event.lens_positions == tuple(reference["lens_positions"].tolist())
    ours, theirs = arrays["lens_logprobs"], reference["lens_logprobs"]
    np.testing.assert_allclose(ours, theirs, atol=case.logprobs)
    np.testing.assert_allclose(arrays["lens_kl"], reference["lens_kl"], atol=case.logprobs, rtol=0.05)
    np.testing.assert_allclose(
        arrays["lens_entropy"], reference["lens_entropy"], atol=case.logprobs, rtol=0.05
    )
    # The same token comes first wherever the reference prefers one by more than the arithmetic's difference.
    clear = theirs[..., 0] - theirs[..., 1] > case.logprobs
    assert clear.any()
    assert (arrays["lens_ids"][..., 0] == reference["lens_ids"][..., 0])[clear].all()
    assert np.abs(arrays["lens_kl"][-1]).max() < 1e-5


def test_lens_head_alone(compared: Compared) -> None:
    """The head on the captured hidden states of the last layer gives the last layer's lens."""
    case, looked, reference, path = compared
    last = SHAPES[case.architecture].layers - 1 if case.architecture in SHAPES else 29
    assert looked.event.layers[-1] == last
    hidden = looked.arrays["residual"][-1, reference["lens_positions"]]
    logprobs = log_softmax_in_place(LensHead.from_gguf(path).logits(hidden))
    picked = np.take_along_axis(logprobs, looked.arrays["lens_ids"][-1], axis=-1)
    np.testing.assert_allclose(picked, looked.arrays["lens_logprobs"][-1], atol=1e-5)


def test_tiny_weights_are_what_was_recorded() -> None:
    """Another random stream would make the references meaningless, with a puzzling message."""
    sums = {name: float(np.abs(tiny_weights(name)["token_embd.weight"]).sum()) for name in SHAPES}
    assert sums == pytest.approx({"llama": 8194.647, "gemma3": 2024.246}, abs=0.1)
