"""How much attention the reply paid to each key. Brings numpy: import it on another thread."""

import numpy as np

from app.models.inspection_rows import AttentionRows


def attention_by_key(rows: AttentionRows, start: int) -> list[float]:
    """The mean over heads, layers and the tokens from `start` on; empty where no row is known."""
    found = rows.since(start)
    if not found:
        return []
    length = max(row.weights.shape[2] for row in found)
    mass = np.zeros(length, dtype=np.float64)
    for row in found:
        mass[: row.weights.shape[2]] += row.weights.mean(axis=(0, 1), dtype=np.float32)
    keys: list[float] = (mass / len(found)).tolist()
    return keys
