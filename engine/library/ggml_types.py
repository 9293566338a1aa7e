"""How ggml stores numbers: bytes of each tensor type, and what files of mixed types are called."""

from collections.abc import Iterable
from typing import NamedTuple


class GgmlType(NamedTuple):
    """`block` values are stored together in `size` bytes."""

    name: str
    block: int
    size: int

    def nbytes(self, values: int) -> int:
        """Bytes of `values` numbers, a multiple of `block`."""
        return values // self.block * self.size

    @property
    def bits(self) -> float:
        """Bits for each value."""
        return self.size * 8 / self.block


GGML_TYPES: dict[int, GgmlType] = {
    0: GgmlType("F32", 1, 4),
    1: GgmlType("F16", 1, 2),
    2: GgmlType("Q4_0", 32, 18),
    3: GgmlType("Q4_1", 32, 20),
    6: GgmlType("Q5_0", 32, 22),
    7: GgmlType("Q5_1", 32, 24),
    8: GgmlType("Q8_0", 32, 34),
    9: GgmlType("Q8_1", 32, 36),
    10: GgmlType("Q2_K", 256, 84),
    11: GgmlType("Q3_K", 256, 110),
    12: GgmlType("Q4_K", 256, 144),
    13: GgmlType("Q5_K", 256, 176),
    14: GgmlType("Q6_K", 256, 210),
    15: GgmlType("Q8_K", 256, 292),
    16: GgmlType("IQ2_XXS", 256, 66),
    17: GgmlType("IQ2_XS", 256, 74),
    18: GgmlType("IQ3_XXS", 256, 98),
    19: GgmlType("IQ1_S", 256, 50),
    20: GgmlType("IQ4_NL", 32, 18),
    21: GgmlType("IQ3_S", 256, 110),
    22: GgmlType("IQ2_S", 256, 82),
    23: GgmlType("IQ4_XS", 256, 136),
    24: GgmlType("I8", 1, 1),
    25: GgmlType("I16", 1, 2),
    26: GgmlType("I32", 1, 4),
    27: GgmlType("I64", 1, 8),
    28: GgmlType("F64", 1, 8),
    29: GgmlType("IQ1_M", 256, 56),
    30: GgmlType("BF16", 1, 2),
    34: GgmlType("TQ1_0", 256, 54),
    35: GgmlType("TQ2_0", 256, 66),
    39: GgmlType("MXFP4", 32, 17),
    40: GgmlType("NVFP4", 64, 36),
    41: GgmlType("Q1_0", 128, 18),
    42: GgmlType("Q2_0", 64, 18),
}
"""By the number in the file. Numbers left out were never released or have been removed."""

FILE_TYPES: dict[int, str] = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4",
    39: "NVFP4",
    40: "Q1_0",
    41: "Q2_0",
}
"""`general.file_type` (llama.cpp's `llama_ftype`)."""

_KV_TYPES = ("f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl")
_BY_NAME = {entry.name.lower(): entry for entry in GGML_TYPES.values()}


def kv_bits(name: str) -> float:
    """Bits that a KV cache of that type (a `KvType`) takes for each value."""
    if name not in _KV_TYPES:
        raise ValueError(f"not a KV cache type: {name}")
    return _BY_NAME[name].bits


_PLAIN = frozenset({"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "IQ4_NL"})
"""File types whose layers have that one type. The others are mixtures by themselves, or fall back."""
_LARGE = 0.1


def quantization_label(file_type: int | None, sizes: Iterable[tuple[str, int]]) -> str:
    """What a file's quantization is called.

    Its own `file_type` where that is known, else the type that most bytes have. Where the file names one type
    and its layers have others too (it was quantized tensor by tensor): “mixed Q5_0/Q4_K”, with an ellipsis
    for further types. `sizes`: (type name, bytes) of each tensor of the layers.
    """
    totals: dict[str, int] = {}
    for name, size in sizes:
        totals[name] = totals.get(name, 0) + size
    ranked = sorted(totals, key=lambda name: totals[name], reverse=True)
    said = FILE_TYPES.get(file_type, "") if file_type is not None else ""
    large = [name for name in ranked if totals[name] >= _LARGE * sum(totals.values())]
    if len(large) > 1 and (not said or said in _PLAIN):
        return f"mixed {'/'.join(large[:2])}{'…' if len(large) > 2 else ''}"
    return said or next(iter(ranked), "")
