"""What each layer would say next, at each position: the answer of `Inspect` in a form that is quick to read.

No numpy: the frames are read where they lie, so the window can use this before numpy is imported.
"""

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from app.models.inspection_subject import visible
from engine.protocol.events import Inspected

Measure = Literal["probability", "kl", "entropy"]
MEASURES: tuple[Measure, ...] = ("probability", "kl", "entropy")


class LayerGuess(NamedTuple):
    """One candidate of one layer: `p` is its probability there."""

    id: int
    piece: bytes
    p: float


class LensGrid:
    """Rows are layers from the last to the first, columns are positions of the text.

    A cell tells what the model would say *after* reading the column's token, if it ended after the row's
    layer. `name` gives the bytes of a token id. Raises `ValueError` where the event holds no lens.
    """

    def __init__(self, event: Inspected, name: Callable[[int], bytes]) -> None:
        ids = _bytes(event, "lens_ids", 3).cast("i", _shape(event, "lens_ids"))
        logprobs = _bytes(event, "lens_logprobs", 3).cast("f", _shape(event, "lens_logprobs"))
        kl = _bytes(event, "lens_kl", 2).cast("f", _shape(event, "lens_kl"))
        entropy = _bytes(event, "lens_entropy", 2).cast("f", _shape(event, "lens_entropy"))
        self.event = event
        self.layers = tuple(reversed(event.layers))
        self.positions = event.lens_positions
        layers, positions, self.top = event.arrays["lens_ids"].shape
        if layers != len(self.layers) or positions != len(self.positions):
            raise ValueError("the lens has another shape than its layers and positions")
        self._ids, self._logprobs, self._kl, self._entropy = ids, logprobs, kl, entropy
        self._name = name
        self._pieces: dict[int, bytes] = {}
        self._texts: dict[int, str] = {}
        self._settled: dict[int, int] = {}

    @property
    def rows(self) -> int:
        return len(self.layers)

    @property
    def columns(self) -> int:
        return len(self.positions)

    def piece(self, token: int) -> bytes:
        """The bytes of a token."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._name(token)
        return known

    def token_at(self, column: int) -> bytes:
        """The token that was read at the column's position."""
        return self._text_piece(self.positions[column])

    def token_after(self, column: int) -> bytes:
        """The token that really follows in the text; empty at its end."""
        return self._text_piece(self.positions[column] + 1)

    def best(self, row: int, column: int) -> LayerGuess:
        """The layer's first choice."""
        layer = self._layer(row)
        token = int(self._ids[layer, column, 0])
        return LayerGuess(token, self.piece(token), math.exp(self._logprobs[layer, column, 0]))

    def best_text(self, row: int, column: int) -> str:
        """The layer's first choice, made visible; quick enough for every cell that is painted."""
        token: int = self._ids[self._layer(row), column, 0]
        known = self._texts.get(token)
        if known is None:
            known = self._texts[token] = visible(self.piece(token))
        return known

    def guesses(self, row: int, column: int) -> list[LayerGuess]:
        """All that were kept, best first."""
        layer = self._layer(row)
        found = []
        for rank in range(self.top):
            token = int(self._ids[layer, column, rank])
            found.append(LayerGuess(token, self.piece(token), math.exp(self._logprobs[layer, column, rank])))
        return found

    def kl(self, row: int, column: int) -> float:
        """KL divergence of the layer from the final one, in nats."""
        return float(self._kl[self._layer(row), column])

    def entropy(self, row: int, column: int) -> float:
        """Of the layer's distribution, in bits."""
        return float(self._entropy[self._layer(row), column])

    def value(self, measure: Measure, row: int, column: int) -> float:
        """What a cell's colour shows."""
        if measure == "kl":
            return self.kl(row, column)
        if measure == "entropy":
            return self.entropy(row, column)
        return math.exp(self._logprobs[self._layer(row), column, 0])

    def settled_row(self, column: int) -> int:
        """The row of the earliest layer that already has the final answer first."""
        known = self._settled.get(column)
        if known is None:
            known = self._settled[column] = self._find_settled(column)
        return known

    def _find_settled(self, column: int) -> int:
        answer = self._ids[self._layer(0), column, 0]
        for row in range(self.rows - 1, 0, -1):
            if self._ids[self._layer(row), column, 0] == answer:
                return row
        return 0

    def top_value(self, measure: Measure) -> float:
        """The end of the colour scale: 1 for probabilities, else the largest value there is."""
        if measure == "probability":
            return 1.0
        view = self._kl if measure == "kl" else self._entropy
        flat = view.cast("B").cast("f")
        return max(max(flat, default=0.0), 1e-6)

    def levels(self, measure: Measure) -> bytes:
        """One byte a cell, row by row: 0 to 255 on the colour scale."""
        scale = 255.0 / self.top_value(measure)
        if measure == "probability":
            flat = self._logprobs.cast("B").cast("f").tolist()[:: self.top]
            levels = [int(math.exp(value) * scale) for value in flat]
        else:
            view = self._kl if measure == "kl" else self._entropy
            levels = [int(value * scale) for value in view.cast("B").cast("f").tolist()]
        data = bytes([0 if level < 0 else min(level, 255) for level in levels])
        width = self.columns
        return b"".join(data[start : start + width] for start in range((self.rows - 1) * width, -1, -width))

    def _layer(self, row: int) -> int:
        return len(self.layers) - 1 - row

    def _text_piece(self, position: int) -> bytes:
        pieces: Sequence[bytes] = self.event.pieces
        return pieces[position] if 0 <= position < len(pieces) else b""


def has_lens(event: Inspected) -> bool:
    """Whether an answer carries a logit lens."""
    return "lens_ids" in event.arrays and bool(event.lens_positions)


def _bytes(event: Inspected, name: str, dimensions: int) -> memoryview:
    array = event.arrays.get(name)
    if array is None or len(array.shape) != dimensions:
        raise ValueError(f"the answer has no {name}")
    return memoryview(array.data).cast("B")


def _shape(event: Inspected, name: str) -> list[int]:
    return list(event.arrays[name].shape)
