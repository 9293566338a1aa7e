"""Everything the card shows about a file, read in one go. Files are read here: call it off the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UserError
from engine.inspection.model_card import ModelCard, model_card
from engine.library.gguf_header import GgufArray, GgufHeader, Value, read_header

SHOWN_ITEMS = 8
LONGEST_VALUE = 400
LINEAGE = (
    "general.author",
    "general.organization",
    "general.version",
    "general.finetune",
    "general.basename",
    "general.size_label",
    "general.quantized_by",
    "general.license",
    "general.license.name",
    "general.license.link",
    "general.url",
    "general.repo_url",
    "general.source.url",
    "general.source.repo_url",
    "general.description",
    "general.tags",
    "general.languages",
    "general.datasets",
)
"""Where a model comes from, by the names of the GGUF specification; base models follow."""


@dataclass(frozen=True)
class CardDocument:
    """A model's card with what its file says in words. `metadata` keeps the order of the file."""

    name: str
    path: str
    card: ModelCard
    lineage: tuple[tuple[str, str], ...]
    metadata: tuple[tuple[str, str], ...]
    template: str


def read_document(path: str, name: str = "") -> CardDocument:
    """Raises `UserError` model.*."""
    if Path(path).is_dir():
        raise UserError("inspect.missing", what="GGUF header")
    header = read_header(Path(path))
    return document_of(header, name or Path(path).stem)


def document_of(header: GgufHeader, name: str) -> CardDocument:
    card = model_card(header)
    metadata = header.metadata
    return CardDocument(
        name=name,
        path=str(header.path),
        card=card,
        lineage=tuple(_lineage(metadata)),
        metadata=tuple((key, shown(value)) for key, value in metadata.items()),
        template=card.facts.template,
    )


def shown(value: Value) -> str:
    """A metadata value on one line; long ones are cut."""
    if isinstance(value, GgufArray):
        if value.values is None:
            return f"[{value.length:,}]"
        items = ", ".join(shown(item) for item in value.values[:SHOWN_ITEMS])
        return f"[{items}{', …' if value.length > SHOWN_ITEMS else ''}]"
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def _lineage(metadata: Mapping[str, Value]) -> list[tuple[str, str]]:
    found = [(key, shown(metadata[key])) for key in LINEAGE if key in metadata]
    base = sorted(key for key in metadata if key.startswith("general.base_model."))
    return found + [(key, shown(metadata[key])) for key in base]
