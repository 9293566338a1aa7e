"""From rows of attention to pictures, on a worker thread.

`Renderer.render` is called by one thread at a time and keeps what it made: a new row is added to the small
maps and to the map of the chosen head; only another head, or rows that changed, make it start again.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.models.attention_state import Reduction
from app.models.inspection_rows import AttentionRows
from app.panels.attention.head_matrix import HeadMatrix, Window
from app.panels.attention.head_survey import HeadSurvey
from app.panels.attention.heads_model import HeadRow
from app.panels.attention.thumbs import Thumbs
from engine.inspection.attention_masks import MaskDetector, MaskShape
from engine.inspection.rollout import rollout

Floats = NDArray[np.float32]


class RenderRequest(NamedTuple):
    """A snapshot of everything that a picture depends on. Sizes in device pixels."""

    rows: AttentionRows
    layers: int
    heads: int
    layer: int
    head: int
    reduction: Reduction
    gamma: float
    position: int
    """The query whose arcs are wanted."""
    thumb: tuple[int, int] = (0, 0)
    """Width and height of one thumbnail; zero where the mosaic is not shown."""
    gap: int = 2
    map_size: tuple[int, int] = (0, 0)
    window: Window | None = None
    """The part of the map that is shown; None for all of it."""
    pieces: tuple[bytes, ...] = ()
    """The text, for the induction score."""
    statistics: bool = False


class Rendered(NamedTuple):
    """Pictures with an index for each pixel; the window gives them its colours."""

    request: RenderRequest
    mosaic: QImage | None
    map: QImage | None
    window: Window
    matrix: HeadMatrix
    row: Floats | None
    """Weights of the chosen query, `[key]`."""
    known_layers: tuple[int, ...]
    mask: MaskShape | None
    first: int
    queries: int
    keys: int
    heads: tuple[HeadRow, ...]
    """What the heads do, where it was asked for."""


class Renderer:
    """See the module."""

    def __init__(self) -> None:
        self._rows: AttentionRows | None = None
        self._reset = -1
        self._next = 0
        self._thumbs = Thumbs(0, 0)
        self._masks = MaskDetector()
        self._layers: set[int] = set()
        self._statistics = HeadSurvey()
        self._matrix: HeadMatrix | None = None
        self._matrix_key: tuple[object, ...] = ()
        self._matrix_next = 0

    def render(self, request: RenderRequest) -> Rendered:
        """Bring everything up to date and draw."""
        self._follow(request)
        matrix = self._head(request)
        window = request.window or Window(0, 0, max(1, matrix.queries), max(1, matrix.keys))
        width, height = request.map_size
        picture = matrix.picture(window, width, height, request.gamma) if width and height else None
        mosaic = None
        if all(request.thumb):
            mosaic = _image(self._thumbs.mosaic(*request.thumb, request.gap, request.gamma))
        return Rendered(
            request=request,
            mosaic=mosaic,
            map=_image(picture) if picture is not None else None,
            window=window,
            matrix=matrix,
            row=matrix.row(request.position),
            known_layers=tuple(sorted(self._layers)),
            mask=self._mask(request),
            first=matrix.first,
            queries=matrix.queries,
            keys=matrix.keys,
            heads=self._heads(request),
        )

    def _follow(self, request: RenderRequest) -> None:
        """Take rows that are new; all of them again where earlier ones changed."""
        rows = request.rows
        shape = self._thumbs.cells.shape[:2]
        if (
            rows is not self._rows
            or rows.reset_version != self._reset
            or shape != (request.layers, request.heads)
        ):
            self._rows, self._reset = rows, rows.reset_version
            self._thumbs = Thumbs(request.layers, request.heads)
            self._masks, self._layers, self._next = MaskDetector(), set(), 0
            self._statistics = HeadSurvey()
            self._matrix_key = ()
        for row in rows.since(self._next):
            self._thumbs.add(row)
            self._layers.update(row.layers)
            if len(row.layers) == request.layers:
                self._masks.add_row(row.weights, row.position)
            self._next = row.position + 1

    def _head(self, request: RenderRequest) -> HeadMatrix:
        key = (request.reduction, request.layer, request.head if request.reduction == "head" else None)
        if self._matrix is None or key != self._matrix_key:
            self._matrix = HeadMatrix(request.layer, key[2])
            self._matrix_key, self._matrix_next = key, 0
        if request.reduction == "rollout":
            if self._matrix.empty:
                whole = rollout_of(request.rows, request.layers)
                if whole is not None:
                    self._matrix.put_all(whole, causal=request.rows.causal)
        elif self._matrix_next < self._next:
            self._matrix.take(request.rows, self._matrix_next)
            self._matrix_next = self._next
        return self._matrix

    def _mask(self, request: RenderRequest) -> MaskShape | None:
        if not (request.rows.causal or request.rows.square):
            return None
        shapes = self._masks.shapes()
        return shapes[request.layer] if request.layer < len(shapes) else None

    def _heads(self, request: RenderRequest) -> tuple[HeadRow, ...]:
        """What is counted (looking back, induction) means nothing where a text is read both ways."""
        if not request.statistics or not request.rows.causal:
            return ()
        return self._statistics.rows(request.rows, request.pieces)


def rollout_of(rows: AttentionRows, layers: int) -> Floats | None:
    """Attention rollout of a whole text, or None where a row or a layer is missing."""
    every = rows.since(0)
    if not every or [row.position for row in every] != list(range(len(every))):
        return None
    if any(len(row.layers) != layers for row in every):
        return None
    if max(row.weights.shape[2] for row in every) > len(every) or not (rows.causal or rows.square):
        return None
    means: Floats = np.zeros((layers, len(every), len(every)), np.float32)
    for row in every:
        means[:, row.position, : row.weights.shape[2]] = row.weights.mean(axis=1, dtype=np.float32)
    return rollout(means)


def _image(picture: NDArray[np.uint8]) -> QImage:
    height, width = picture.shape
    image = QImage(picture.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    # The constructor keeps a pointer into the bytes: a copy owns its memory.
    return image.copy()
