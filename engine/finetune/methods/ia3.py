"""IA³ (Liu et al. 2022): learned scales for keys, values and the feed-forward."""

from typing import Any

from engine.finetune.recipe.recipe import Recipe


def config(recipe: Recipe, steps: int) -> Any:  # noqa: ARG001 - the shape of all methods
    """Of PEFT."""
    import peft  # noqa: PLC0415

    return peft.IA3Config(
        target_modules=list(recipe.ia3.target_modules),
        feedforward_modules=list(recipe.ia3.feedforward_modules),
        task_type="CAUSAL_LM",
    )
