"""Kinds of tensors as people group them, with their colours in every drawing of the card."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.theme.tokens import Tokens
from app.widgets.painting import color
from engine.inspection.model_card import Amount, PartKind

GROUPS = ("attention", "feed_forward", "experts", "state_space", "embedding", "output", "norm", "other")
_GROUP_OF: dict[PartKind, str] = {
    "attention_q": "attention",
    "attention_k": "attention",
    "attention_v": "attention",
    "attention_qkv": "attention",
    "attention_output": "attention",
    "feed_forward_gate": "feed_forward",
    "feed_forward_up": "feed_forward",
    "feed_forward_down": "feed_forward",
    "router": "experts",
    "expert_gate": "experts",
    "expert_up": "experts",
    "expert_down": "experts",
    "state_space": "state_space",
    "embedding": "embedding",
    "output": "output",
    "norm": "norm",
}
_ROLES = {
    "attention": "accent",
    "feed_forward": "info",
    "experts": "warn",
    "state_space": "error",
    "embedding": "ok",
    "output": "ok",
    "norm": "fg3",
    "other": "fg3",
}


def group_of(kind: PartKind) -> str:
    return _GROUP_OF.get(kind, "other")


def by_group(kinds: Mapping[PartKind, Amount]) -> dict[str, Amount]:
    """Sums in the order of `GROUPS`, without empty ones."""
    sums: dict[str, Amount] = {}
    for kind, amount in kinds.items():
        group = group_of(kind)
        sums[group] = sums.get(group, Amount()).plus(amount)
    return {group: sums[group] for group in GROUPS if group in sums}


def group_name(group: str) -> str:
    """For people."""
    translate = QCoreApplication.translate
    return {
        "attention": translate("ModelCard", "Attention"),
        "feed_forward": translate("ModelCard", "Feed-forward"),
        "experts": translate("ModelCard", "Experts"),
        "state_space": translate("ModelCard", "State space"),
        "embedding": translate("ModelCard", "Embedding"),
        "output": translate("ModelCard", "Output head"),
        "norm": translate("ModelCard", "Norms"),
        "other": translate("ModelCard", "Other"),
    }[group]


def kind_name(kind: PartKind) -> str:
    """For people: what a tensor does."""
    translate = QCoreApplication.translate
    return {
        "attention_q": translate("ModelCard", "Query"),
        "attention_k": translate("ModelCard", "Key"),
        "attention_v": translate("ModelCard", "Value"),
        "attention_qkv": translate("ModelCard", "Query, key, value"),
        "attention_output": translate("ModelCard", "Attention output"),
        "feed_forward_gate": translate("ModelCard", "Gate"),
        "feed_forward_up": translate("ModelCard", "Up"),
        "feed_forward_down": translate("ModelCard", "Down"),
        "router": translate("ModelCard", "Router"),
        "expert_gate": translate("ModelCard", "Expert gates"),
        "expert_up": translate("ModelCard", "Experts up"),
        "expert_down": translate("ModelCard", "Experts down"),
        "state_space": translate("ModelCard", "State space"),
        "embedding": translate("ModelCard", "Embedding"),
        "output": translate("ModelCard", "Output head"),
        "norm": translate("ModelCard", "Norm"),
    }.get(kind, translate("ModelCard", "Other"))


def group_color(group: str, tokens: Tokens, strength: float = 1.0) -> QColor:
    """The colour of a group, `strength` from 0 (canvas) to 1."""
    return color(tokens, _ROLES[group], strength)
