"""Which path trains a recipe, and how much it trains: from the files of the base alone, without torch."""

from typing import Literal, NamedTuple

from engine.finetune.base import Base
from engine.finetune.lean.config import LeanConfig, lean_config
from engine.finetune.policy import PathName
from engine.finetune.recipe.recipe import Recipe

Reason = Literal["", "asked", "method", "objective", "dropout", "architecture"]
"""Why the general path trains: a setting, or what the lean path does not compute."""


class Choice(NamedTuple):
    """`config` is None on the general path."""

    path: PathName
    reason: Reason
    config: LeanConfig | None


def choose_path(recipe: Recipe, base: Base) -> Choice:
    """The lean one wherever it computes the same."""
    reason: Reason = ""
    config = lean_config(base.config, recipe.train.max_length)
    if recipe.train.engine == "general":
        reason = "asked"
    elif recipe.method not in ("lora", "rslora"):
        reason = "method"
    elif recipe.objective == "reward":
        reason = "objective"
    elif recipe.lora.dropout > 0:
        reason = "dropout"
    elif config is None or any(name.endswith("o_proj.bias") for name in base.shapes):
        reason = "architecture"
    return Choice("general", reason, None) if reason else Choice("lean", "", config)


def targeted(base: Base, targets: str | tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """(out, in) of the matrices that a LoRA with these `target_modules` is put on."""
    linear = base.linear_shapes()
    names = (targets,) if isinstance(targets, str) else targets
    chosen = {
        name: shape
        for name, shape in linear.items()
        if targets == "all-linear" or any(name == one or name.endswith("." + one) for one in names)
    }
    return {name: (shape[0], shape[1]) for name, shape in chosen.items()}


def trainable_count(recipe: Recipe, base: Base) -> int:  # noqa: PLR0911 - one return a method
    """Weights that are learned."""
    width = int(base.config.get("hidden_size") or base.config.get("n_embd") or 0)
    layers = int(base.config.get("num_hidden_layers") or base.config.get("n_layer") or 0)
    score = width if recipe.objective == "reward" else 0
    match recipe.method:
        case "full":
            return base.parameters + score
        case "lora" | "rslora" | "dora" | "qlora":
            shapes = targeted(base, recipe.lora.target_modules).values()
            magnitudes = sum(rows for rows, _ in shapes) if recipe.method == "dora" else 0
            return recipe.lora.r * sum(rows + columns for rows, columns in shapes) + magnitudes + score
        case "adalora":
            shapes = targeted(base, recipe.adalora.target_modules).values()
            return sum(recipe.adalora.init_r * (rows + columns + 1) for rows, columns in shapes) + score
        case "ia3":
            found = targeted(base, recipe.ia3.target_modules).items()
            forward = recipe.ia3.feedforward_modules
            return sum(shape[1] if name.endswith(forward) else shape[0] for name, shape in found) + score
        case "adapter":
            places = recipe.adapter.after_attention + recipe.adapter.after_feed_forward
            each = 2 * width * recipe.adapter.bottleneck + width + recipe.adapter.bottleneck
            return layers * places * each + score
        case "prefix":
            heads = max(int(base.config.get("num_attention_heads") or base.config.get("n_head") or 1), 1)
            kv_heads = int(base.config.get("num_key_value_heads") or heads)
            return recipe.prefix.num_virtual_tokens * layers * 2 * (width * kv_heads // heads)
        case "prompt":
            return recipe.prompt.num_virtual_tokens * width
        case "p-tuning":
            inner = recipe.p_tuning.encoder_hidden_size
            return recipe.p_tuning.num_virtual_tokens * width + 2 * width * inner + inner * inner
