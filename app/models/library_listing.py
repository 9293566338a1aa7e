"""What a scan found, as the window shows it: entries, their rows, and what can be picked."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.models.library_rows import LibraryRow, model_rows
from app.models.model_choices import ModelChoice
from engine.library.entries import ModelEntry


@dataclass
class Listing:
    """Grows slice by slice. `places`: how many models each place has, also those that are left out."""

    entries: list[ModelEntry] = field(default_factory=list)
    rows: list[LibraryRow] = field(default_factory=list)
    choices: list[ModelChoice] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)

    def add(self, entries: Sequence[ModelEntry], left_out: Collection[str]) -> None:
        """About 15 µs an entry. `left_out`: places (values of `ModelSource`) that are only counted."""
        self.places.update(entry.source for entry in entries if entry.problem is None)
        shown = [entry for entry in entries if entry.source not in left_out] if left_out else entries
        self.entries += shown
        self.rows += model_rows(shown)
        self.choices += [file_choice(entry) for entry in shown if entry.problem is None]


def file_choice(entry: ModelEntry) -> ModelChoice:
    """A file of the library as something that can be picked."""
    return ModelChoice(
        key="starter" if entry.source == "starter" else entry.path,
        name=entry.name,
        kind="file",
        path=entry.path,
        quantization=entry.quantization,
        architecture=entry.architecture,
        parameters=entry.parameters,
        size_bytes=entry.size_bytes,
        context_length=entry.context_length,
        source=entry.source,
        usable=entry.format == "gguf" or (entry.format == "safetensors" and entry.kind != "decoder"),
        need_bytes=entry.need_bytes,
    )
