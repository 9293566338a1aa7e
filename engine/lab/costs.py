"""What a scheme costs, without looking at a weight: which values share levels, and how many bits that
takes.
"""

from collections.abc import Iterator

from engine.protocol.lab import LabScheme

SCALE_BITS = 16
"""A scale, or a level of a codebook, is kept as a half."""


def column_blocks(columns: int, scheme: LabScheme) -> Iterator[slice]:
    """The columns that share levels: all of them, or groups."""
    width = min(scheme.group_size, columns) if scheme.granularity == "group" else columns
    for start in range(0, columns, width):
        yield slice(start, min(start + width, columns))


def bits_per_weight(rows: int, columns: int, scheme: LabScheme) -> float:
    """With scales, zero points and codebooks."""
    blocks = len(list(column_blocks(columns, scheme)))
    sets = 1 if scheme.granularity == "tensor" else rows * blocks
    return scheme.bits + sets * parameter_bits(scheme) / (rows * columns)


def parameter_bits(scheme: LabScheme) -> float:
    """Bits that one set of levels takes: scale and zero point, or the codebook."""
    if scheme.levels == "kmeans":
        return SCALE_BITS * 2.0**scheme.bits
    offset = scheme.bits if scheme.levels == "uniform" and not scheme.symmetric else 0
    return float(SCALE_BITS + offset)
