"""What each tensor of a model loses in each type: the file that a `SensitivityJob` writes.

Under the linearity theorem (Malinovskii et al. 2024, arXiv 2411.17525) the divergence of a quantized model
is, for errors that are not too large, a sum over its tensors of a factor times the squared relative error:

    KL ≈ sum over tensors t of  weight(t) · error(t, type)²

`weight` is measured with text where there is one (`engine.quantize.sensitivity_kl`), else 1 for every
tensor, and the sum is then a score without a unit.
"""

import os
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.errors import UserError

VERSION = 1


class TypeChoice(Struct, frozen=True):
    """`error`: relative root mean square error of the weights, each column weighed by the importance matrix
    if there was one.
    """

    type: str
    nbytes: int
    error: float


class TensorSensitivity(Struct, frozen=True):
    """`layer` is -1 outside of the layers; `kind` the name without layer and ending: attn_q, ffn_down, …"""

    name: str
    layer: int
    kind: str
    shape: tuple[int, ...]
    before: str
    choices: tuple[TypeChoice, ...]
    weight: float = 1.0

    def choice(self, kind: str) -> TypeChoice | None:
        """None where that type was not measured."""
        return next((one for one in self.choices if one.type == kind), None)

    @property
    def values(self) -> int:
        count = 1
        for size in self.shape:
            count *= size
        return count


class Group(Struct, frozen=True):
    """Mean KL divergence with all tensors of one layer, of one kind, or all there are, quantized to the
    probe.
    """

    axis: str
    name: str
    kl: float


class SensitivityMap(Struct, frozen=True):
    """`fixed_bytes`: header and tensors that stay as they are. `text` and `groups` are empty where no
    divergence was measured; `weight` is 1 everywhere then.
    """

    source: str
    source_hash: str
    source_bytes: int
    fixed_bytes: int
    tensors: tuple[TensorSensitivity, ...]
    text: str = ""
    tokens: int = 0
    n_ctx: int = 512
    probe: str = ""
    imatrix: str = ""
    groups: tuple[Group, ...] = ()
    created_ms: int = 0
    version: int = VERSION

    @property
    def has_divergence(self) -> bool:
        """Whether predictions are KL divergences."""
        return bool(self.groups)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(SensitivityMap)


def write_map(path: Path, found: SensitivityMap) -> None:
    """Raises `OSError`."""
    path.write_bytes(msgspec.json.format(_encoder.encode(found), indent=1))


def read_map(path: Path) -> SensitivityMap:
    """Raises `UserError` sensitivity.unreadable."""
    try:
        found: SensitivityMap = _decoder.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UserError("sensitivity.unreadable", path=path, reason=reason) from error
    if found.version != VERSION or not found.tensors or not all(one.choices for one in found.tensors):
        raise UserError("sensitivity.unreadable", path=path, reason="it is of another version, or empty")
    return found


def maps_folder(home: Path) -> Path:
    """Made if it is not there. Raises `UserError` store.unwritable."""
    folder = home / "sensitivity"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("store.unwritable", path=folder, reason=error.strerror or str(error)) from error
    return folder


def new_map_place(home: Path, source: str) -> Path:
    """A file name of its own for each model and time. Raises `UserError` store.unwritable."""
    stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1000:03}"
    return maps_folder(home) / f"{Path(source).stem}-{stamp}.json"


def list_maps(home: Path) -> list[tuple[Path, SensitivityMap]]:
    """Newest first; what cannot be read is left out."""
    try:
        paths = [
            Path(entry.path) for entry in os.scandir(home / "sensitivity") if entry.name.endswith(".json")
        ]
    except OSError:
        return []
    found = []
    for path in paths:
        try:
            found.append((path, read_map(path)))
        except UserError:
            continue
    return sorted(found, key=lambda pair: pair[1].created_ms, reverse=True)


def find_map(home: Path, source_hash: str, *, divergence: bool) -> Path | None:
    """The newest map of a model; `divergence`: only one that was measured on text."""
    for path, one in list_maps(home):
        if one.source_hash == source_hash and (one.has_divergence or not divergence):
            return path
    return None


def layer_and_kind(name: str) -> tuple[int, str]:
    """“blk.3.attn_q.weight” is (3, “attn_q”), “token_embd.weight” is (-1, “token_embd”)."""
    stem = name.removesuffix(".weight")
    parts = stem.split(".", 2)
    if len(parts) == 3 and parts[0] == "blk" and parts[1].isdigit():
        return int(parts[1]), parts[2]
    return -1, stem
