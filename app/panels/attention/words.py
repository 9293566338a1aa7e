"""Sentences of the attention panel."""

from PySide6.QtCore import QCoreApplication

from app.models.attention_state import AttentionState


def map_title(state: AttentionState) -> str:
    """What the map shows."""
    translate = QCoreApplication.translate
    match state.reduction:
        case "head":
            text = translate("Attention", "Layer {layer} · Head {head}")
        case "mean":
            text = translate("Attention", "Layer {layer} · Mean")
        case _:
            text = translate("Attention", "Rollout")
    return text.format(layer=state.layer, head=state.head)


def mask_text(kind: str, window: int, sink: int) -> str:
    """Which keys a query of the layer can see."""
    translate = QCoreApplication.translate
    match kind:
        case "sliding_window":
            text = translate("Attention", "Sliding window: a token sees the {window} tokens before it.")
        case "sink_window":
            text = translate(
                "Attention", "Sink and window: a token sees the first {sink} and the last {window} tokens."
            )
        case "bidirectional":
            text = translate("Attention", "No mask: every token sees the whole text.")
        case _:
            text = translate("Attention", "Causal mask: a token sees itself and what comes before it.")
    return text.format(window=window, sink=sink)
