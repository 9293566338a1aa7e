"""Every type that llama.cpp can quantize a model to, in plain words.

A *file type* (Q4_K_M) is a recipe: which *tensor type* (Q4_K, Q6_K, …) each tensor gets. The letters S, M and
L mean how many of the sensitive tensors get a finer type than the rest. A test keeps the numbers equal to
those of the vendored library.
"""

from typing import Literal, NamedTuple

from engine.library.ggml_types import GGML_TYPES, GgmlType

Family = Literal["float", "legacy", "k", "i", "ternary", "microscaling", "binary"]


class FileType(NamedTuple):
    """`number`: llama.cpp's `llama_ftype`. `base`: the tensor type that most tensors get. `upgrades`: what
    sensitive tensors (value projections, some down projections, the output head) get instead.
    """

    name: str
    number: int
    base: str
    family: Family
    words: str
    upgrades: str = ""
    needs_imatrix: bool = False


FAMILIES: dict[Family, str] = {
    "float": "Floating-point numbers, one by one. No blocks, no scales.",
    "legacy": "Blocks of 32 weights in a row of the matrix, each with a scale of 16 bits; _0 types are "
    "symmetric (weight = scale · q), _1 types add a minimum (weight = scale · q + minimum).",
    "k": "Super-blocks of 256 weights: blocks of 16 or 32 with scales that are themselves quantized to 4, 6 "
    "or 8 bits against one or two 16-bit scales. Rows that are no multiple of 256 fall back to other types.",
    "i": "Super-blocks of 256 weights whose groups of 4 or 8 are looked up in a fixed table of good "
    "patterns, with signs and small scales. Smaller for the same error, slower to write and on CPUs to read.",
    "ternary": "Three values, -1, 0 and 1, with a scale for 256 weights: for models that were trained so "
    "(BitNet, TriLM). Other models become useless.",
    "microscaling": "Tiny floating-point numbers of 4 bits with a shared scale: formats of accelerators.",
    "binary": "One or two bits and a scale for each block: for models that were trained so.",
}

_TYPES = (
    FileType("F32", 0, "F32", "float", "Single precision; what a calculation in full accuracy starts from."),
    FileType(
        "F16",
        1,
        "F16",
        "float",
        "Half precision: 5 bits of exponent. Practically lossless; values over 65504 overflow.",
    ),
    FileType(
        "BF16",
        32,
        "BF16",
        "float",
        "Brain float: the range of F32 with 8 bits of fraction. "
        "What most models are published in, so lossless for those.",
    ),
    FileType(
        "Q8_0",
        7,
        "Q8_0",
        "legacy",
        "Round to nearest in 8 bits. Hardly distinguishable from the original.",
    ),
    FileType("Q5_1", 9, "Q5_1", "legacy", "5 bits with scale and minimum. Q5_K_M is better at this size."),
    FileType("Q5_0", 8, "Q5_0", "legacy", "5 bits with a scale. Q5_K_S is better at this size."),
    FileType("Q4_1", 3, "Q4_1", "legacy", "4 bits with scale and minimum. Q4_K_M is better at this size."),
    FileType(
        "Q4_0",
        2,
        "Q4_0",
        "legacy",
        "4 bits with a scale. The simplest and often the fastest; Q4_K_S is more accurate at this size.",
    ),
    FileType("Q6_K", 18, "Q6_K", "k", "6 bits in blocks of 16. Close to Q8_0 at three quarters of its size."),
    FileType(
        "Q5_K_M", 17, "Q5_K", "k", "5 bits; sensitive tensors in 6. Very small loss.", "Q6_K for half of them"
    ),
    FileType("Q5_K_S", 16, "Q5_K", "k", "5 bits throughout; the head in 6.", "Q6_K for the head"),
    FileType(
        "Q4_K_M",
        15,
        "Q4_K",
        "k",
        "4 bits; half of the sensitive tensors in 6. The usual choice between size and loss.",
        "Q6_K for half of them",
    ),
    FileType("Q4_K_S", 14, "Q4_K", "k", "4 bits; a few tensors in 5.", "Q5_K for the first layers"),
    FileType("Q3_K_L", 13, "Q3_K", "k", "3 bits; sensitive tensors in 5.", "Q5_K"),
    FileType("Q3_K_M", 12, "Q3_K", "k", "3 bits; sensitive tensors in 4 or 5. The loss shows.", "Q4_K, Q5_K"),
    FileType("Q3_K_S", 11, "Q3_K", "k", "3 bits nearly throughout. High loss."),
    FileType("Q2_K", 10, "Q2_K", "k", "2 bits; sensitive tensors in 3 or 4. Severe loss.", "Q3_K, Q4_K"),
    FileType(
        "Q2_K_S",
        21,
        "Q2_K",
        "k",
        "2 bits with fewer exceptions than Q2_K. Made for use with an importance matrix.",
        "Q4_K for some",
        needs_imatrix=True,
    ),
    FileType(
        "IQ4_NL",
        25,
        "IQ4_NL",
        "i",
        "4 bits, 16 levels that are not evenly spaced, blocks of 32: fits every width.",
    ),
    FileType("IQ4_XS", 30, "IQ4_XS", "i", "The levels of IQ4_NL with 6-bit scales in super-blocks of 256."),
    FileType("IQ3_M", 27, "IQ3_S", "i", "3.4 bits from a table of patterns; sensitive tensors in 4.", "Q4_K"),
    FileType("IQ3_S", 26, "IQ3_S", "i", "3.4 bits from a table of patterns, nearly throughout."),
    FileType("IQ3_XS", 22, "IQ3_S", "i", "Between IQ3_XXS and IQ3_S: a mix of both.", "IQ3_XXS for some"),
    FileType("IQ3_XXS", 23, "IQ3_XXS", "i", "3.1 bits from a smaller table of patterns.", "IQ3_S, Q4_K"),
    FileType(
        "IQ2_M",
        29,
        "IQ2_S",
        "i",
        "2.6 bits; sensitive tensors in 3 to 4.",
        "IQ3_S, Q4_K",
        needs_imatrix=True,
    ),
    FileType("IQ2_S", 28, "IQ2_XS", "i", "2.3 bits, sensitive tensors in 2.6 to 3.4.", "IQ2_S, IQ3_S", True),
    FileType("IQ2_XS", 20, "IQ2_XS", "i", "2.3 bits from a table of 512 patterns.", "Q2_K, Q4_K", True),
    FileType("IQ2_XXS", 19, "IQ2_XXS", "i", "2.1 bits from a table of 256 patterns.", "Q2_K, Q4_K", True),
    FileType(
        "IQ1_M", 31, "IQ1_M", "i", "1.8 bits. For very large models that fit no other way.", "Q2_K", True
    ),
    FileType(
        "IQ1_S", 24, "IQ1_S", "i", "1.6 bits. For very large models that fit no other way.", "Q2_K", True
    ),
    FileType("TQ2_0", 37, "TQ2_0", "ternary", "Ternary weights in 2 bits each: fast to read."),
    FileType("TQ1_0", 36, "TQ1_0", "ternary", "Ternary weights, five of them in a byte: smaller."),
    FileType(
        "MXFP4",
        38,
        "MXFP4",
        "microscaling",
        "The OCP format: 4-bit floats (E2M1), one power of two as scale for 32. "
        "Only the expert tensors of mixtures get it; the others Q8_0.",
        "Q8_0 outside of experts",
    ),
    FileType("Q2_0", 41, "Q2_0", "binary", "2 bits with a scale for 64 weights."),
    FileType("Q1_0", 40, "Q1_0", "binary", "The sign of each weight and a scale for 128 weights."),
)

FILE_TYPES: dict[str, FileType] = {one.name: one for one in _TYPES}
"""By name, from accurate to small within each family."""

TENSOR_TYPES: dict[str, GgmlType] = {
    kind.name: kind
    for kind in GGML_TYPES.values()
    if kind.name not in ("Q8_1", "Q8_K", "F64") and kind.name[:2] not in ("I8", "I1", "I3", "I6")
}
"""What a single tensor can be quantized to. (The others exist for arithmetic or for indices.)"""
TENSOR_TYPE_NUMBERS: dict[str, int] = {kind.name: number for number, kind in GGML_TYPES.items()}


def nominal_bits(file_type: FileType) -> float:
    """Bits per weight of its base type; the file has more where tensors get finer types."""
    return TENSOR_TYPES[file_type.base].bits


def block_structure(kind: GgmlType) -> str:
    """How it is laid out, as a person says it."""
    if kind.block == 1:
        return f"{kind.size * 8} bits for each weight"
    return f"{kind.size} bytes for {kind.block} weights in a row"


def canonical(name: str) -> str:
    """A type's name in llama.cpp's spelling; unknown ones come back in capitals."""
    return {"MXFP4_MOE": "MXFP4", "Q3_K": "Q3_K_M", "Q4_K": "Q4_K_M", "Q5_K": "Q5_K_M"}.get(
        name.upper(), name.upper()
    )


def is_lossy(kind: str) -> bool:
    """Whether weights stored so have lost accuracy: everything but floating-point types."""
    return kind not in ("F64", "F32", "F16", "BF16")
