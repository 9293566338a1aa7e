"""Which article explains what has the keyboard: F1 there opens it."""

from PySide6.QtWidgets import QWidget

TOPICS: tuple[tuple[str, str], ...] = (
    ("app.panels.sampling", "decoding"),
    ("app.panels.next_token", "next-token"),
    ("app.panels.probabilities", "next-token"),
    ("app.panels.xray", "decoding"),
    ("app.panels.beams", "decoding"),
    ("app.panels.attention", "attention"),
    ("app.panels.lens", "attention"),
    ("app.panels.tokens", "tokens"),
    ("app.panels.vocabulary", "tokenizers"),
    ("app.panels.model_card", "architectures"),
    ("app.panels.gguf_editor", "model-files"),
    ("app.panels.fill_mask", "embeddings"),
    ("app.panels.context", "context"),
    ("app.panels.context_xray", "context"),
    ("app.panels.model", "memory"),
    ("app.panels.adapters", "adapters"),
    ("app.panels.prompt", "prompts"),
    ("app.panels.throughput", "speed"),
    ("app.panels.quantize", "quantization"),
    ("app.panels.quantization_lab", "quantization"),
    ("app.panels.convert", "model-files"),
    ("app.panels.compare", "evaluation"),
    ("app.panels.sensitivity", "pruning"),
    ("app.pages.benchmarks", "speed"),
    ("app.pages.data", "corpus"),
    ("app.pages.finetune", "adapters"),
    ("app.pages.models", "model-files"),
    ("app.pages.chat", "first-steps"),
)
"""Packages of widgets, each with the id of an article."""
_BY_PACKAGE = dict(TOPICS)


def topic_of(widget: QWidget | None) -> str:
    """The article for a widget, or for what it stands in; empty where there is none."""
    while widget is not None:
        package = ".".join(type(widget).__module__.split(".")[:3])
        if package in _BY_PACKAGE:
            return _BY_PACKAGE[package]
        widget = widget.parentWidget()
    return ""
