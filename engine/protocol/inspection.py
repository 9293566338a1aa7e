"""Values of looking inside: what to tap, what came out, what each sampler stage did."""

from typing import Literal

from msgspec import Struct

from engine.messages import Message
from engine.protocol.adapters import AdapterUse

TapKind = Literal["attention", "residual", "routing"]
DType = Literal["f4", "f2", "u1", "i4"]


class Array(Struct, frozen=True):
    """A dense array in C order, little-endian, carried as one binary frame (never as numbers in text).

    `engine.taps.arrays` turns it into a numpy view and back.
    """

    shape: tuple[int, ...]
    dtype: DType
    data: bytes
    ring: tuple[int, int, int] | None = None
    """On the way between the processes: (offset, number, length) in the ring; `data` is empty then."""
    file: str = ""
    """On the way as well: the file that holds it (`engine.protocol.array_file`)."""


class TapSpec(Struct, frozen=True, omit_defaults=True):
    """What to read out of the running model. Empty `layers` or `heads` mean all of them.

    attention: softmax weights. residual: the hidden state after a layer. routing: the experts' gate values.
    """

    kinds: tuple[TapKind, ...] = ("attention",)
    layers: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()


class LensSpec(Struct, frozen=True, omit_defaults=True):
    """Logit lens: the `top` best tokens of each layer at `positions` (empty: the last one)."""

    top: int = 5
    positions: tuple[int, ...] = ()
    layers: tuple[int, ...] = ()


class InspectRequest(Struct, frozen=True, omit_defaults=True):
    """Read a text once more and look inside. The conversation in the cache is not touched.

    The text is `text` as it is, or `messages` through the chat template followed by `reply`, the token ids
    that were generated. `out_path`: write the arrays to this NPZ file instead of sending them.
    """

    text: str = ""
    messages: tuple[Message, ...] = ()
    system: str = ""
    raw: bool = False
    reply: tuple[int, ...] = ()
    token_history: tuple[tuple[int, tuple[int, ...]], ...] = ()
    taps: TapSpec | None = None
    lens: LensSpec | None = None
    target: str = ""
    """Encoder-decoders: the text that the decoder is given. Without it and without `reply` the decoder writes
    one itself, greedily. Encoders: a second sentence that is read together with the first."""
    out_path: str = ""
    adapters: tuple[AdapterUse, ...] = ()
    """Those that act while the text is read; a reply is read with what wrote it."""
    half: bool = False
    """Attention in half precision (f2), where the backend can: half the memory, 1 in 2,000 of precision."""
    limit_bytes: int = 2 << 30
    """Arrays larger than this are refused with `UserError` inspect.too_large."""


class MaskCandidate(Struct, frozen=True, array_like=True):
    """A token that could stand in place of a mask. `text` as it would be written there."""

    id: int
    text: str
    p: float


class FilledMask(Struct, frozen=True):
    """The best candidates for one mask. `start` and `end` are its place in the text, in characters."""

    position: int
    start: int
    end: int
    candidates: tuple[MaskCandidate, ...]
    entropy: float
    """Bits: 0 where the model is certain."""


class StageCandidate(Struct, frozen=True, array_like=True):
    """A candidate at one stage: `p` is its share among those that remain after the stage."""

    id: int
    text: str
    logit: float
    p: float


class StageTrace(Struct, frozen=True):
    """What one sampler stage did to the candidates of one token.

    `kept` candidates remain; of the `removed_count` that went, `removed` names the most probable (at most
    24, with their share before the stage). `top` are the best that remain. `detail` says why where the
    stage knows: the sequence DRY found repeated, the characters the grammar would take.
    """

    sampler: str
    kept: int
    removed_count: int
    removed: tuple[StageCandidate, ...]
    top: tuple[StageCandidate, ...]
    detail: str = ""


class BeamNode(Struct, frozen=True, array_like=True):
    """A node of the beam tree. `parent` is -1 for the root; `score` sums log-probabilities."""

    id: int
    parent: int
    token: int
    text: str
    logprob: float
    score: float
    state: Literal["alive", "dropped", "finished"]
