"""Values of the quantization lab: one weight matrix, a way to round it, and what that did."""

from typing import Literal

from msgspec import Struct

LabMethod = Literal["rtn", "gptq", "awq", "smoothquant", "llm_int8"]
LabLevels = Literal["uniform", "normal", "kmeans"]
LabGranularity = Literal["tensor", "channel", "group"]

LAB_METHODS: tuple[LabMethod, ...] = ("rtn", "gptq", "awq", "smoothquant", "llm_int8")


class LabScheme(Struct, frozen=True):
    """How numbers become few numbers.

    `levels`: uniform steps; the quantiles of a normal distribution (NF4's construction, for any width); or
    found by k-means. `symmetric` is about uniform levels: as many steps below zero as above it, or from the
    smallest to the largest value. Values of one tensor, one output channel, or one group of `group_size`
    inputs of a channel share their levels; the last group of a channel may be smaller.
    """

    bits: int = 4
    levels: LabLevels = "uniform"
    symmetric: bool = True
    granularity: LabGranularity = "group"
    group_size: int = 64


class LabJob(Struct, frozen=True, tag="lab"):
    """Round the matrix called `tensor` of the GGUF at `source` with each of `methods`, and see what it does
    to the layer's output on a text file. `target`: an NPZ file, read with `engine.lab.results`.

    `input_bits`: what the layer's inputs are rounded to, a scale for each token; 0 leaves them as they are.
    `strength`: SmoothQuant's α. `threshold`: from which magnitude LLM.int8() keeps an input in 16 bits.
    `n_ctx`: tokens of a chunk; `n_tokens`: how much of the text is read at most, 0 for all of it.
    """

    source: str
    tensor: str
    text: str
    target: str
    methods: tuple[LabMethod, ...] = LAB_METHODS
    scheme: LabScheme = LabScheme()
    input_bits: int = 8
    strength: float = 0.5
    threshold: float = 6.0
    n_ctx: int = 256
    n_tokens: int = 2048
    n_threads: int = 0


class LabMeasure(Struct, frozen=True, tag="lab_measure"):
    """What one method did. Errors are relative: the Frobenius norm of the difference over that of the
    original.

    `output_error` is that of the layer's output on tokens that no method was fitted on, with inputs rounded
    where the job rounds them; `weights_only_error` the same with inputs as they are; `fitted_error` like
    `output_error` on the tokens that were fitted on. `bits_per_weight` counts scales, zero points, codebooks
    and weights kept in 16 bits. `exact_inputs`: how many inputs were not rounded. `strength` is the exponent
    that balanced inputs against weights, -1 where none did.
    """

    method: LabMethod
    bits_per_weight: float
    weight_error: float
    output_error: float
    weights_only_error: float
    fitted_error: float
    exact_inputs: int
    strength: float
    seconds: float


class LabDone(Struct, frozen=True, tag="lab_done"):
    """All methods are measured; `path` is the file with the curves. `tokens` were read, of which
    `fitted_tokens` were fitted on and the others measured on.
    """

    path: str
    tensor: str
    tokens: int
    fitted_tokens: int
    seconds: float
