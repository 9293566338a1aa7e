"""Reading attention where llama.cpp uses flash attention, which keeps no weights.

While a text is read, Lathe computes the attention of each layer itself, from the queries, keys and values
that the graph holds, and puts the result where the graph's own node would have put it. The weights that are
kept are then those that the rest of the computation was made with, whichever layers are asked for, and
nothing is computed twice: that is faster than copying the weights out of the graph that has no flash
attention (decision 14).

How: the scheduler's evaluation callback is asked about each node before it runs. A flash attention node is
switched off there (its operation becomes none), and when the scheduler hands it over, computed and switched
on again.
"""

from collections.abc import Callable

import numpy as np

from engine.backends.llama_cpp.attention_node import (
    NO_OPERATION,
    flash_operation,
    layer_of,
    operation,
    read_node,
    read_tensor,
)
from engine.backends.llama_cpp.taps import Captured, Plan, Tap
from engine.inspection.attention_inputs import Floats, Mask, plan_mask
from engine.inspection.softmax_attention import SoftmaxAttention, Store


class AttentionTap(Tap):
    """Hands the attention weights of each layer to a store, and everything else to `sink`."""

    def __init__(
        self,
        sink: Callable[[Captured], None],
        compute: SoftmaxAttention,
        stores: Callable[[int], Store],
    ) -> None:
        """`stores`: from the number of a layer to where its weights go."""
        super().__init__(sink)
        self._compute, self._stores = compute, stores
        self._flash = flash_operation()
        self._off: set[int] = set()
        self._masks: dict[int, Mask] = {}
        self._first = 0
        self.seen: set[int] = set()
        """Layers whose weights were computed so far."""

    def want(self, plan: Plan) -> None:
        """As `Tap.want`, but that attention is computed."""
        super().want({kind: layers for kind, layers in plan.items() if kind != "attention"})

    def begin_chunk(self, first: int) -> None:
        """The masks of the decode before are no longer there."""
        self._first = first
        self._masks.clear()

    def _on_node(self, tensor: int, ask: bool, user_data: object) -> bool:
        try:
            if ask:
                if operation(tensor).value == self._flash and self._is_known(tensor):
                    operation(tensor).value = NO_OPERATION
                    self._off.add(tensor)
                    return True
                if not self._wanted:  # by name; asked some thousand times a chunk
                    return False
            elif tensor in self._off:
                operation(tensor).value = self._flash
                self._off.discard(tensor)
                self._attend(tensor)
                return True
        except BaseException as error:  # noqa: BLE001 - raised by `take`
            self._error = error
            return not ask
        return super()._on_node(tensor, ask, user_data)

    def _is_known(self, tensor: int) -> bool:
        """After an error the rest of the text goes llama.cpp's way."""
        return self._flash != NO_OPERATION and self._error is None and layer_of(tensor) >= 0

    def _attend(self, tensor: int) -> None:
        layer, inputs = layer_of(tensor), read_node(tensor, self._mask)
        try:
            self._compute.run(inputs, self._stores(layer), self._first)
        except BaseException:
            # What lies there by chance may be no number, on which llama.cpp ends the process.
            inputs.out[:] = 0
            raise
        self.seen.add(layer)

    def _mask(self, address: int, queries: int, keys: int) -> Mask:
        """Layers share masks: each is planned once for a decode."""
        if address not in self._masks:
            values: Floats = (
                read_tensor(address)[0, 0, :queries, :keys].astype(np.float32)
                if address
                else np.zeros((queries, keys), np.float32)
            )
            self._masks[address] = plan_mask(values)
        return self._masks[address]
