"""A GGUF file's metadata for an editor: what is there, and how what was typed is checked."""

from pathlib import Path

from msgspec import Struct

from engine.edit_gguf.job import FIXED
from engine.edit_gguf.layout import read_layout
from engine.errors import UserError
from engine.library.gguf_header import GgufArray, Value, read_array, read_header
from engine.protocol.gguf_edit import Scalar

TEMPLATE = "tokenizer.chat_template"
TOKENS = "tokenizer.ggml.tokens"
TOKEN_TYPES = "tokenizer.ggml.token_type"  # noqa: S105 - a key of the format
SCORES = "tokenizer.ggml.scores"
_MAX_ITEMS = 4_000_000


class StoredValue(Struct, frozen=True):
    """A key as the file has it. `value` None for arrays, whose `length` items `read_items` brings."""

    key: str
    kind: str
    item_kind: str = ""
    length: int = 0
    value: Scalar | None = None
    preview: str = ""
    fixed: bool = False


class EditableFile(Struct, frozen=True):
    """All keys in the order of the file. `vocabulary`: how many tokens it has."""

    path: str
    size_bytes: int
    keys: tuple[StoredValue, ...]
    tensors: int
    vocabulary: int

    def find(self, key: str) -> StoredValue | None:
        return next((each for each in self.keys if each.key == key), None)

    def text(self, key: str) -> str:
        """A string's value, "" where there is none."""
        found = self.find(key)
        return found.value if found is not None and isinstance(found.value, str) else ""


def read_editable(path: str) -> EditableFile:
    """Raises `UserError` model.*."""
    layout = read_layout(Path(path))
    header = layout.header
    keys: list[StoredValue] = []
    for stored in layout.keys:
        value = header.metadata.get(stored.key)
        fixed = stored.key in FIXED or (stored.kind == "array" and stored.item_kind == "array")
        if isinstance(value, GgufArray):
            preview = _preview(value)
            keys.append(
                StoredValue(stored.key, "array", stored.item_kind, stored.length, None, preview, fixed)
            )
        elif value is not None:
            keys.append(StoredValue(stored.key, stored.kind, value=value, fixed=fixed))
    tokens = header.metadata.get(TOKENS)
    count = tokens.length if isinstance(tokens, GgufArray) else 0
    return EditableFile(path, header.file_size, tuple(keys), len(header.tensors), count)


def read_items(path: str, key: str) -> list[Scalar]:
    """All items of an array of scalars; [] where there is none. Raises `UserError` model.*."""
    header = read_header(path)
    array = header.metadata.get(key)
    if not isinstance(array, GgufArray):
        return []
    if array.length > _MAX_ITEMS:
        raise UserError("model.corrupt", path=path, what=f"{key[:80]} has {array.length} items")
    return [item for item in read_array(header, key) if not isinstance(item, GgufArray)]


def _preview(array: GgufArray) -> str:
    shown: list[Value] = list((array.values or ())[:8])
    texts = [repr(item) if isinstance(item, str) else str(item) for item in shown if _is_scalar(item)]
    return ", ".join(texts) + (", …" if array.length > len(texts) and texts else "")


def _is_scalar(item: Value) -> bool:
    return not isinstance(item, GgufArray)
