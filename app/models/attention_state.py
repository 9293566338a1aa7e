"""What the attention panels show: shared by the chat page and the page Inspect."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal

Reduction = Literal["head", "mean", "rollout"]
"""One head; the mean over the heads of the layer; attention rollout through all layers."""
TapChoice = Literal["layer", "all"]


class AttentionState(QObject):
    """Observable, GUI thread only. Setters do nothing when the value stays."""

    head_changed = Signal()
    """Another layer, head or reduction is shown."""
    shape_changed = Signal()
    """The model has another number of layers or heads."""
    look_changed = Signal()
    """Gamma or threshold."""
    row_changed = Signal()
    """`row_of` answers otherwise than before."""
    taps_changed = Signal()
    """Live, or which layers are read while a reply is written."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layers = 0
        self.heads = 0
        self.layer = 0
        self.head = 0
        self.reduction: Reduction = "head"
        self.tap_choice: TapChoice = "all"
        self.live = True
        """Whether attention is read while a reply is written."""
        self.gamma = 0.5
        """Shades show weight ** gamma."""
        self.row_of: Callable[[int], Sequence[float] | None] | None = None
        """What the token at a position reads, as the visible panel shows it; None while none is visible."""
        self.threshold = 0.01
        """Weights below it are not drawn as arcs."""

    def set_shape(self, layers: int, heads: int) -> None:
        """Of the model; what is chosen is kept inside."""
        if (layers, heads) == (self.layers, self.heads):
            return
        first = not self.layers
        self.layers, self.heads = layers, heads
        self.shape_changed.emit()
        # Heads in the middle do more to look at than those of the first layer.
        layer = layers // 2 if first else self.layer
        self.select(min(layer, max(0, layers - 1)), min(self.head, max(0, heads - 1)))

    def select(self, layer: int, head: int) -> None:
        """Show this head; values outside are brought to the nearest one there is."""
        layer = max(0, min(layer, self.layers - 1)) if self.layers else max(0, layer)
        head = max(0, min(head, self.heads - 1)) if self.heads else max(0, head)
        if (layer, head) == (self.layer, self.head):
            return
        moved = layer != self.layer
        self.layer, self.head = layer, head
        self.head_changed.emit()
        if moved and self.tap_choice == "layer":
            self.taps_changed.emit()

    def step(self, layers: int, heads: int) -> None:
        """Go on by so many layers and heads."""
        self.select(self.layer + layers, self.head + heads)

    def set_reduction(self, reduction: Reduction) -> None:
        if reduction != self.reduction:
            self.reduction = reduction
            self.head_changed.emit()

    def set_tap_choice(self, choice: TapChoice) -> None:
        if choice != self.tap_choice:
            self.tap_choice = choice
            self.taps_changed.emit()

    def set_live(self, live: bool) -> None:
        if live != self.live:
            self.live = live
            self.taps_changed.emit()

    def set_look(self, gamma: float, threshold: float) -> None:
        if (gamma, threshold) != (self.gamma, self.threshold):
            self.gamma, self.threshold = gamma, threshold
            self.look_changed.emit()

    def set_row_of(self, row_of: Callable[[int], Sequence[float] | None] | None) -> None:
        """The panel of the chat page shows something else, or nothing."""
        if row_of is not None or self.row_of is not None:
            self.row_of = row_of
            self.row_changed.emit()

    @property
    def tapped_layers(self) -> tuple[int, ...]:
        """Layers to read; empty for all."""
        return (self.layer,) if self.tap_choice == "layer" else ()
