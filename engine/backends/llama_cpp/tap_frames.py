"""What was tapped while one token was decoded, as the event that the window gets."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.taps import Captured, plan_of
from engine.errors import UserError
from engine.protocol.events import TapFrame
from engine.protocol.inspection import Array, TapKind, TapSpec
from engine.taps.arrays import pack


def check_spec(spec: TapSpec, n_layer: int, n_head: int) -> None:
    """Raises `UserError` inspect.no_layer, inspect.no_head."""
    for layer in spec.layers:
        if not 0 <= layer < n_layer:
            raise UserError("inspect.no_layer", layer=layer, last=n_layer - 1)
    for head in spec.heads:
        if not 0 <= head < n_head:
            raise UserError("inspect.no_head", head=head, last=n_head - 1)


def make_frame(
    caught: Sequence[Captured], spec: TapSpec, job: int, seq: int, position: int
) -> TapFrame | None:
    """None when nothing was caught."""
    if not caught:
        return None
    layers = tuple(dict.fromkeys(one.layer for one in caught))
    arrays: dict[TapKind, Array] = {}
    n_head = 0
    for kind in spec.kinds:
        rows = [one for one in caught if one.kind == kind]
        if not rows:
            continue
        if kind == "attention":
            attention = np.stack([attention_rows(one, position + 1)[:, -1] for one in rows])
            n_head = attention.shape[1]
            if spec.heads:
                attention = attention[:, list(spec.heads)]
            arrays[kind] = pack(attention, "f4")
        else:
            values = np.stack([one.data.reshape(-1, one.data.shape[-1])[-1] for one in rows])
            arrays[kind] = pack(values, "f4")
    return TapFrame(
        job=job,
        seq=seq,
        position=position,
        layers=layers,
        heads=spec.heads or tuple(range(n_head)),
        arrays=arrays,
    )


class LiveTaps:
    """Taps of the conversation's context while a reply is written. Without a tap in the context: nothing."""

    def __init__(self, context: LlamaContext, spec: TapSpec | None, job: int) -> None:
        self._context = context
        self._job = job
        self._spec: TapSpec | None = None
        self.use(spec)

    def use(self, spec: TapSpec | None) -> None:
        """Other taps, or none, from the next token on. Raises `UserError` inspect.no_layer,
        inspect.no_head.
        """
        self._spec = spec
        if self._context.tap is not None:
            if spec is not None:
                check_spec(spec, self._context.n_layer, self._context.n_head)
            self._context.tap.want(plan_of(spec, self._context.n_layer))

    @property
    def active(self) -> bool:
        return self._spec is not None and self._context.tap is not None

    def frame(self, seq: int, position: int) -> TapFrame | None:
        """What the last decode gave."""
        if self._spec is None or self._context.tap is None:
            return None
        return make_frame(self._context.tap.take(), self._spec, self._job, seq, position)


def attention_rows(one: Captured, n_keys: int) -> NDArray[np.float32]:
    """`[head, query, key]` without the padding of the cache."""
    _, heads, queries, padded = one.data.shape
    return one.data.reshape(heads, queries, padded)[:, :, :n_keys]
