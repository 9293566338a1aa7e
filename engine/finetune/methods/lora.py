"""LoRA, rsLoRA and DoRA by PEFT: for models and settings that the lean path does not compute. QLoRA's
adapter, too.
"""

from typing import Any

from engine.finetune.methods.peft_method import peft_targets
from engine.finetune.recipe.recipe import Recipe


def config(recipe: Recipe, steps: int) -> Any:  # noqa: ARG001 - the shape of all methods
    """Of PEFT."""
    import peft  # noqa: PLC0415

    section = recipe.lora
    return peft.LoraConfig(
        r=section.r,
        lora_alpha=section.alpha,
        lora_dropout=section.dropout,
        target_modules=peft_targets(section.target_modules),
        use_rslora=recipe.method == "rslora",
        use_dora=recipe.method == "dora",
        task_type="CAUSAL_LM",
    )
