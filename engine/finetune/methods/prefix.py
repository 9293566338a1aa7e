"""Prefix tuning (Li & Liang 2021): learned keys and values before the text, in every layer."""

from typing import Any

from engine.finetune.recipe.recipe import Recipe


def config(recipe: Recipe, steps: int) -> Any:  # noqa: ARG001 - the shape of all methods
    """Of PEFT."""
    import peft  # noqa: PLC0415

    section = recipe.prefix
    return peft.PrefixTuningConfig(
        num_virtual_tokens=section.num_virtual_tokens,
        prefix_projection=section.prefix_projection,
        encoder_hidden_size=section.encoder_hidden_size if section.prefix_projection else None,
        task_type="CAUSAL_LM",
    )
