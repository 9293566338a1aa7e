"""Every method by its name in a recipe, for the general path."""

from typing import Any

from engine.errors import UserError
from engine.finetune.methods import adalora, ia3, lora, p_tuning, prefix, prompt
from engine.finetune.methods.adapter import Bottleneck
from engine.finetune.methods.attached import Attached
from engine.finetune.methods.full import Full
from engine.finetune.methods.peft_method import PeftAttached
from engine.finetune.recipe.recipe import Method, Recipe
from engine.finetune.tokenizing import Tokenizer

PROMPT_METHODS: tuple[Method, ...] = ("prefix", "prompt", "p-tuning")
_CONFIGS = {
    "lora": lora.config,
    "rslora": lora.config,
    "dora": lora.config,
    "qlora": lora.config,
    "adalora": adalora.config,
    "ia3": ia3.config,
    "prefix": prefix.config,
    "prompt": prompt.config,
    "p-tuning": p_tuning.config,
}


class _PromptLearner(PeftAttached):
    learns_prompt = True


def attach(
    model: Any, recipe: Recipe, tokenizer: Tokenizer, base_name: str, steps: int, *, keep_first: bool
) -> Attached:
    """`model`: of transformers, with a head `score` for reward models. `keep_first`: the objective compares
    with it.

    Raises `UserError` finetune.no_modules, recipe.unsupported.
    """
    if recipe.method == "full":
        return Full(model, keep_first=keep_first)
    rewards = recipe.objective == "reward"
    if recipe.method == "adapter":
        attached = Bottleneck(model, recipe.adapter, base_name)
        if rewards:
            model.score.weight.requires_grad_(True)
        return attached
    config = _CONFIGS[recipe.method](recipe, steps)
    saved = ["score"] if rewards else []
    if recipe.method in PROMPT_METHODS:
        if rewards:
            raise UserError(
                "recipe.unsupported",
                what=f"{recipe.method} and a reward model",
                instead="Choose lora, adapter or full",
            )
        learner = _PromptLearner(model, config, base_name, saved)
        if recipe.method == "prompt" and recipe.prompt.prompt_tuning_init_text:
            tokens = list(tokenizer.tokenize(recipe.prompt.prompt_tuning_init_text, False))
            prompt.start_from(learner, tokens)
        return learner
    kind = adalora.AdaLora if recipe.method == "adalora" else PeftAttached
    return kind(model, config, base_name, saved)
