"""What a GGUF file says about where it comes from, by the keys of the GGUF specification."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from engine.library.gguf_header import Value

_HUB = re.compile(r"^https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+)")
_IMATRIX = "quantize.imatrix."


class Named(NamedTuple):
    """A model that another one was made from; "" where the file does not say."""

    name: str
    organization: str
    repo: str

    def label(self) -> str:
        """The hub's name for it, else its own."""
        return self.repo or "/".join(part for part in (self.organization, self.name) if part)


class Origin(NamedTuple):
    """All of it is what the file claims; nothing is checked."""

    source: str
    """Repository or address of the model as it was before its conversion."""
    bases: tuple[Named, ...]
    """What it was fine-tuned or merged from."""
    quantized_by: str
    imatrix_file: str
    imatrix_dataset: str
    imatrix_entries: int
    imatrix_chunks: int


def read_origin(metadata: Mapping[str, Value]) -> Origin:
    """Keys of another type count as absent."""

    def text(*keys: str) -> str:
        found = (metadata.get(key) for key in keys)
        return next((value for value in found if isinstance(value, str) and value), "")

    def number(key: str) -> int:
        value = metadata.get(key)
        return value if type(value) is int else 0

    return Origin(
        source=repository(
            text(
                "general.source.huggingface.repository",
                "general.source.repo_url",
                "general.source.url",
                "general.repo_url",
            )
        ),
        bases=tuple(
            Named(
                text(f"general.base_model.{index}.name"),
                text(f"general.base_model.{index}.organization"),
                repository(text(f"general.base_model.{index}.repo_url")),
            )
            for index in range(min(max(number("general.base_model.count"), 0), 16))
        ),
        quantized_by=text("general.quantized_by"),
        imatrix_file=text(f"{_IMATRIX}file"),
        imatrix_dataset=text(f"{_IMATRIX}dataset"),
        imatrix_entries=number(f"{_IMATRIX}entries_count"),
        imatrix_chunks=number(f"{_IMATRIX}chunks_count"),
    )


def repository(address: str) -> str:
    """`owner/name` of an address of the hub; anything else as it is."""
    match = _HUB.match(address)
    return match[1] if match else address
