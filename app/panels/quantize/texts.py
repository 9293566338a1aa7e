"""The texts of quantization types, marked for translation; a test keeps them equal to the engine's."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from engine.quantize.types import Family

_CONTEXT = "QuantizationTypes"

TYPE_WORDS: dict[str, str] = {
    "F32": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "Single precision; what a calculation in full accuracy starts from."
    ),
    "F16": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Half precision: 5 bits of exponent. Practically lossless; values over 65504 overflow.",
    ),
    "BF16": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Brain float: the range of F32 with 8 bits of fraction. What most models are published in, "
        "so lossless for those.",
    ),
    "Q8_0": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "Round to nearest in 8 bits. Hardly distinguishable from the original."
    ),
    "Q5_1": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "5 bits with scale and minimum. Q5_K_M is better at this size."
    ),
    "Q5_0": QT_TRANSLATE_NOOP("QuantizationTypes", "5 bits with a scale. Q5_K_S is better at this size."),
    "Q4_1": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "4 bits with scale and minimum. Q4_K_M is better at this size."
    ),
    "Q4_0": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "4 bits with a scale. The simplest and often the fastest; Q4_K_S is more accurate at this size.",
    ),
    "Q6_K": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "6 bits in blocks of 16. Close to Q8_0 at three quarters of its size."
    ),
    "Q5_K_M": QT_TRANSLATE_NOOP("QuantizationTypes", "5 bits; sensitive tensors in 6. Very small loss."),
    "Q5_K_S": QT_TRANSLATE_NOOP("QuantizationTypes", "5 bits throughout; the head in 6."),
    "Q4_K_M": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "4 bits; half of the sensitive tensors in 6. The usual choice between size and loss.",
    ),
    "Q4_K_S": QT_TRANSLATE_NOOP("QuantizationTypes", "4 bits; a few tensors in 5."),
    "Q3_K_L": QT_TRANSLATE_NOOP("QuantizationTypes", "3 bits; sensitive tensors in 5."),
    "Q3_K_M": QT_TRANSLATE_NOOP("QuantizationTypes", "3 bits; sensitive tensors in 4 or 5. The loss shows."),
    "Q3_K_S": QT_TRANSLATE_NOOP("QuantizationTypes", "3 bits nearly throughout. High loss."),
    "Q2_K": QT_TRANSLATE_NOOP("QuantizationTypes", "2 bits; sensitive tensors in 3 or 4. Severe loss."),
    "Q2_K_S": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "2 bits with fewer exceptions than Q2_K. Made for use with an importance matrix."
    ),
    "IQ4_NL": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "4 bits, 16 levels that are not evenly spaced, blocks of 32: fits every width."
    ),
    "IQ4_XS": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "The levels of IQ4_NL with 6-bit scales in super-blocks of 256."
    ),
    "IQ3_M": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "3.4 bits from a table of patterns; sensitive tensors in 4."
    ),
    "IQ3_S": QT_TRANSLATE_NOOP("QuantizationTypes", "3.4 bits from a table of patterns, nearly throughout."),
    "IQ3_XS": QT_TRANSLATE_NOOP("QuantizationTypes", "Between IQ3_XXS and IQ3_S: a mix of both."),
    "IQ3_XXS": QT_TRANSLATE_NOOP("QuantizationTypes", "3.1 bits from a smaller table of patterns."),
    "IQ2_M": QT_TRANSLATE_NOOP("QuantizationTypes", "2.6 bits; sensitive tensors in 3 to 4."),
    "IQ2_S": QT_TRANSLATE_NOOP("QuantizationTypes", "2.3 bits, sensitive tensors in 2.6 to 3.4."),
    "IQ2_XS": QT_TRANSLATE_NOOP("QuantizationTypes", "2.3 bits from a table of 512 patterns."),
    "IQ2_XXS": QT_TRANSLATE_NOOP("QuantizationTypes", "2.1 bits from a table of 256 patterns."),
    "IQ1_M": QT_TRANSLATE_NOOP("QuantizationTypes", "1.8 bits. For very large models that fit no other way."),
    "IQ1_S": QT_TRANSLATE_NOOP("QuantizationTypes", "1.6 bits. For very large models that fit no other way."),
    "TQ2_0": QT_TRANSLATE_NOOP("QuantizationTypes", "Ternary weights in 2 bits each: fast to read."),
    "TQ1_0": QT_TRANSLATE_NOOP("QuantizationTypes", "Ternary weights, five of them in a byte: smaller."),
    "MXFP4": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "The OCP format: 4-bit floats (E2M1), one power of two as scale for 32. Only the expert "
        "tensors of mixtures get it; the others Q8_0.",
    ),
    "Q2_0": QT_TRANSLATE_NOOP("QuantizationTypes", "2 bits with a scale for 64 weights."),
    "Q1_0": QT_TRANSLATE_NOOP("QuantizationTypes", "The sign of each weight and a scale for 128 weights."),
}

FAMILY_WORDS: dict[Family, str] = {
    "float": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "Floating-point numbers, one by one. No blocks, no scales."
    ),
    "legacy": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Blocks of 32 weights in a row of the matrix, each with a scale of 16 bits; _0 types are "
        "symmetric (weight = scale · q), _1 types add a minimum (weight = scale · q + minimum).",
    ),
    "k": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Super-blocks of 256 weights: blocks of 16 or 32 with scales that are themselves quantized "
        "to 4, 6 or 8 bits against one or two 16-bit scales. Rows that are no multiple of 256 fall "
        "back to other types.",
    ),
    "i": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Super-blocks of 256 weights whose groups of 4 or 8 are looked up in a fixed table of good "
        "patterns, with signs and small scales. Smaller for the same error, slower to write and on "
        "CPUs to read.",
    ),
    "ternary": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Three values, -1, 0 and 1, with a scale for 256 weights: for models that were trained so "
        "(BitNet, TriLM). Other models become useless.",
    ),
    "microscaling": QT_TRANSLATE_NOOP(
        "QuantizationTypes",
        "Tiny floating-point numbers of 4 bits with a shared scale: formats of accelerators.",
    ),
    "binary": QT_TRANSLATE_NOOP(
        "QuantizationTypes", "One or two bits and a scale for each block: for models that were trained so."
    ),
}

FAMILY_NAMES: dict[Family, str] = {
    "float": QT_TRANSLATE_NOOP("QuantizationTypes", "Floating point"),
    "legacy": QT_TRANSLATE_NOOP("QuantizationTypes", "Plain blocks"),
    "k": QT_TRANSLATE_NOOP("QuantizationTypes", "K-quants"),
    "i": QT_TRANSLATE_NOOP("QuantizationTypes", "I-quants"),
    "ternary": QT_TRANSLATE_NOOP("QuantizationTypes", "Ternary"),
    "microscaling": QT_TRANSLATE_NOOP("QuantizationTypes", "Microscaling"),
    "binary": QT_TRANSLATE_NOOP("QuantizationTypes", "One and two bits"),
}

UPGRADE_WORDS = (
    QT_TRANSLATE_NOOP("QuantizationTypes", "Q6_K for half of them"),
    QT_TRANSLATE_NOOP("QuantizationTypes", "Q6_K for the head"),
    QT_TRANSLATE_NOOP("QuantizationTypes", "Q5_K for the first layers"),
    QT_TRANSLATE_NOOP("QuantizationTypes", "Q4_K for some"),
    QT_TRANSLATE_NOOP("QuantizationTypes", "IQ3_XXS for some"),
    QT_TRANSLATE_NOOP("QuantizationTypes", "Q8_0 outside of experts"),
)
"""What sensitive tensors get, where that is more than names of types."""


def type_words(name: str) -> str:
    """What a file type is, in a sentence or two."""
    return _translate(TYPE_WORDS[name])


def upgrade_words(upgrades: str) -> str:
    """What sensitive tensors of a file type get; the names of types stay."""
    return _translate(upgrades)


def family_words(family: Family) -> str:
    """How the types of a family store weights."""
    return _translate(FAMILY_WORDS[family])


def family_name(family: Family) -> str:
    return _translate(FAMILY_NAMES[family])


def _translate(source: str) -> str:
    return str(QCoreApplication.translate(_CONTEXT, source))
