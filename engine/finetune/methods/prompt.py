"""Prompt tuning (Lester et al. 2021): learned embeddings before the text, started at random or from the
base's tokens.
"""

from typing import Any

import torch

from engine.finetune.methods.peft_method import PeftAttached
from engine.finetune.recipe.recipe import Recipe


def config(recipe: Recipe, steps: int) -> Any:  # noqa: ARG001 - the shape of all methods
    """Of PEFT."""
    import peft  # noqa: PLC0415

    return peft.PromptTuningConfig(num_virtual_tokens=recipe.prompt.num_virtual_tokens, task_type="CAUSAL_LM")


def start_from(attached: PeftAttached, tokens: list[int]) -> None:
    """The virtual tokens become copies of these, again and again until there are enough.

    PEFT does the same, with a tokenizer that it loads itself; here the base's own tokens are given.
    """
    embedding = attached.model.prompt_encoder["default"].embedding.weight
    count = embedding.shape[0]
    chosen = (tokens * (count // len(tokens) + 1))[:count]
    with torch.no_grad():
        words = attached.inner().get_input_embeddings().weight
        embedding.copy_(words[torch.tensor(chosen, device=words.device)].to(embedding.dtype))
