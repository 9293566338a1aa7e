"""P-tuning (Liu et al. 2021): a prompt that a small network writes."""

from typing import Any

from engine.finetune.recipe.recipe import Recipe


def config(recipe: Recipe, steps: int) -> Any:  # noqa: ARG001 - the shape of all methods
    """Of PEFT."""
    import peft  # noqa: PLC0415

    section = recipe.p_tuning
    return peft.PromptEncoderConfig(
        num_virtual_tokens=section.num_virtual_tokens,
        encoder_reparameterization_type=section.encoder_reparameterization_type,
        encoder_hidden_size=section.encoder_hidden_size,
        task_type="CAUSAL_LM",
    )
