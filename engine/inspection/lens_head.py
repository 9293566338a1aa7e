"""The end of a model, read from its GGUF: final norm and output head, for the logit lens.

The file is mapped, never loaded as a whole: only these two or three tensors are dequantized.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.inspection.lens import Floats, layer_norm, rms_norm, softcap
from engine.library.gguf_header import GgufHeader, TensorInfo, read_header
from engine.library.shards import part_paths

_FULL_PRECISION_BYTES = 512 << 20
_CHUNK_BYTES = 32 << 20
_DIVIDES_BY_SCALE = ("granite", "granitemoe", "granitehybrid", "minicpm")


class _Ending(NamedTuple):
    """What the metadata says about the last steps."""

    epsilon: float
    root_mean_square: bool
    softcap: float
    scale: float


class LensHead:
    """Final norm and output head of one model. Immutable; `logits` may be called from several threads."""

    def __init__(
        self,
        norm: Floats,
        norm_bias: Floats | None,
        matrix: NDArray[np.floating],
        bias: Floats | None,
        ending: _Ending,
    ) -> None:
        self._norm, self._norm_bias = norm, norm_bias
        self._matrix, self._bias = matrix, bias
        self._ending = ending

    @classmethod
    def from_gguf(cls, path: Path | str) -> "LensHead":
        """Dequantize the head of a model, also of a split one.

        A head of up to 512 MB in single precision is kept so; a larger one in half precision and widened
        chunk by chunk. Raises `UserError` model.*, and inspect.missing where there is no output head.
        """
        header, tensors = _find_tensors(Path(path))
        norm = tensors.get("output_norm.weight")
        matrix = tensors.get("output.weight") or tensors.get("token_embd.weight")
        if norm is None or matrix is None:
            raise UserError("inspect.missing", what="output head")
        return cls(
            _vector(norm),
            _optional(tensors, "output_norm.bias"),
            _matrix(*matrix),
            _optional(tensors, "output.bias"),
            _ending(header),
        )

    @property
    def vocabulary(self) -> int:
        """Number of tokens."""
        return int(self._matrix.shape[0])

    @property
    def embedding(self) -> int:
        """Length of a hidden state."""
        return int(self._matrix.shape[1])

    def normed(self, hidden: NDArray[np.floating]) -> Floats:
        """Hidden states `[…, embedding]` after the final norm."""
        wide = hidden.astype(np.float32, copy=False)
        if self._ending.root_mean_square:
            return rms_norm(wide, self._norm, self._ending.epsilon)
        return layer_norm(wide, self._norm, self._norm_bias, self._ending.epsilon)

    def logits(self, hidden: NDArray[np.floating]) -> Floats:
        """Scores `[n, vocab]` of hidden states `[n, embedding]` as they leave a layer."""
        normed = self.normed(hidden)
        scores: Floats = np.empty((normed.shape[0], self.vocabulary), np.float32)
        for rows in _chunks(self._matrix):
            part = self._matrix[rows].astype(np.float32, copy=False)
            np.matmul(normed, part.T, out=scores[:, rows])
        if self._bias is not None:
            scores += self._bias
        if self._ending.scale != 1:
            scores *= np.float32(self._ending.scale)
        return softcap(scores, self._ending.softcap) if self._ending.softcap > 0 else scores


Placed = tuple[Path, TensorInfo]


def read_tensor(path: Path, info: TensorInfo) -> Floats:
    """One tensor of a GGUF in single precision, shape in numpy's order (slowest dimension first)."""
    raw = _mapped(path, info)
    values: Floats = np.empty((raw.shape[0], info.shape[0]), np.float32)
    for rows in _chunks(values):
        values[rows] = _dequantized(raw[rows], info)
    return values.reshape(tuple(reversed(info.shape)))


def _find_tensors(path: Path) -> tuple[GgufHeader, dict[str, Placed]]:
    first: GgufHeader | None = None
    found: dict[str, Placed] = {}
    for part in part_paths(path):
        header = read_header(part)
        first = first or header
        found.update({info.name: (part, info) for info in header.tensors})
    assert first is not None  # noqa: S101 - there is at least one part
    return first, found


def _vector(placed: Placed) -> Floats:
    return read_tensor(*placed).reshape(-1)


def _optional(tensors: dict[str, Placed], name: str) -> Floats | None:
    placed = tensors.get(name)
    return _vector(placed) if placed else None


def _matrix(path: Path, info: TensorInfo) -> NDArray[np.floating]:
    if info.values * 4 <= _FULL_PRECISION_BYTES:
        return read_tensor(path, info)
    raw = _mapped(path, info)
    values = np.empty((raw.shape[0], info.shape[0]), np.float16)
    for rows in _chunks(values):
        values[rows] = _dequantized(raw[rows], info)
    return values


def _mapped(path: Path, info: TensorInfo) -> NDArray[np.uint8]:
    """The stored bytes `[row, byte]`."""
    rows = info.values // info.shape[0]
    return np.memmap(path, np.uint8, "r", info.offset, (rows, info.nbytes // rows))


def _dequantized(raw: NDArray[np.uint8], info: TensorInfo) -> Floats:
    # Imported here: the window uses values of this package, and `gguf` takes a while.
    import gguf  # noqa: PLC0415

    quants: Any = gguf
    try:
        kind = quants.GGMLQuantizationType[info.type.name]
        values: Floats = quants.dequantize(np.ascontiguousarray(raw), kind)
    except (KeyError, NotImplementedError) as error:
        raise UserError("inspect.missing", what=f"{info.type.name} head that can be dequantized") from error
    return values


def _chunks(matrix: NDArray[Any]) -> Iterator[slice]:
    """Rows in slices of about 32 MB in single precision."""
    rows = matrix.shape[0]
    step = max(1, _CHUNK_BYTES // (4 * matrix.shape[1]))
    return (slice(start, min(start + step, rows)) for start in range(0, rows, step))


def _ending(header: GgufHeader) -> _Ending:
    architecture = header.metadata.get("general.architecture", "")

    def number(key: str, default: float) -> float:
        value = header.metadata.get(f"{architecture}.{key}")
        return float(value) if isinstance(value, (int, float)) else default

    squares = number("attention.layer_norm_rms_epsilon", 0.0)
    scale = number("logit_scale", 1.0) or 1.0
    return _Ending(
        epsilon=squares or number("attention.layer_norm_epsilon", 1e-5),
        root_mean_square=squares > 0,
        softcap=number("final_logit_softcapping", 0.0),
        scale=1 / scale if architecture in _DIVIDES_BY_SCALE else scale,
    )
