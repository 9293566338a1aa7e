"""LoRA adapters beside a loaded model."""

from msgspec import Struct

MAX_ADAPTER_SCALE = 10.0
"""Far beyond what leaves a model able to write."""


class AdapterUse(Struct, frozen=True):
    """A LoRA adapter (a GGUF) beside the loaded model. `scale` multiplies what it adds; 0 leaves it out."""

    path: str
    scale: float = 1.0


class UsedAdapter(Struct, frozen=True):
    """An adapter that took part in a reply; `fingerprint` says which file that was."""

    path: str
    fingerprint: str
    scale: float


def as_used(adapters: tuple[UsedAdapter, ...]) -> tuple[AdapterUse, ...]:
    """The same adapters once more."""
    return tuple(AdapterUse(one.path, one.scale) for one in adapters)
