"""Changes to what a GGUF file says about itself, and the job that writes them into a new file."""

from msgspec import Struct

Scalar = bool | int | float | str


class SetKey(Struct, frozen=True, tag="set"):
    """A key with a new value, or a new key. `kind`: u8 … f64, bool, string; or array, of `item_kind`."""

    key: str
    kind: str
    value: Scalar | list[Scalar]
    item_kind: str = ""


class SetItem(Struct, frozen=True, tag="item"):
    """One item of an array, which keeps its length and type."""

    key: str
    index: int
    value: Scalar


class RemoveKey(Struct, frozen=True, tag="remove"):
    """A key that the new file does not have."""

    key: str


Change = SetKey | SetItem | RemoveKey


class EditGgufJob(Struct, frozen=True, tag="edit_gguf"):
    """Write `source` with other metadata as `target`, a new file; the tensors' bytes stay as they are."""

    source: str
    target: str
    changes: tuple[Change, ...]
