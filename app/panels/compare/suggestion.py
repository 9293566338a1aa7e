"""Which two models somebody would compare who has not chosen yet."""

from collections.abc import Sequence

from app.panels.model_field import is_gguf_model
from engine.library.entries import ModelEntry


def suggest_models(entries: Sequence[ModelEntry], recent: Sequence[str], first: str = "") -> list[str]:
    """Paths of two variants of one model, the larger file first, as the reference.

    `recent`: paths of the models used last, newest first. With `first` that one is among them, alone where it
    has no variant. Only files that look alike are put together, since models that read other tokens cannot
    be compared; empty where there are no two of a kind.
    """
    rank = {path: number for number, path in enumerate(recent)}
    fitting = [entry for entry in entries if is_gguf_model(entry) and entry.kind == "decoder"]
    fitting.sort(key=lambda entry: (rank.get(entry.path, len(rank)), -entry.size_bytes))
    alike: dict[tuple[str, int], list[ModelEntry]] = {}
    for entry in fitting:
        alike.setdefault((entry.architecture, entry.parameters), []).append(entry)
    for entry in fitting:
        if first and entry.path != first:
            continue
        pair = _pair(entry, alike[entry.architecture, entry.parameters])
        if pair:
            return pair
    return [first] if first else []


def _pair(start: ModelEntry, alike: Sequence[ModelEntry]) -> list[str]:
    others = [entry for entry in alike if entry.quantization != start.quantization]
    if not others:
        return []
    # In the order of use, then the most exact one; but a variant by the same name comes before another
    # fine-tune.
    other = next((entry for entry in others if entry.title == start.title), others[0])
    return [entry.path for entry in sorted((start, other), key=lambda entry: -entry.size_bytes)]
