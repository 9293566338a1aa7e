"""Three ways to begin: settings from the model, the data and the machine."""

from typing import Literal, get_args

import msgspec

from engine.finetune.base import Base
from engine.finetune.memory import predict, smaller, total, worst_load
from engine.finetune.recipe.method_sections import LoraSection
from engine.finetune.recipe.recipe import SECTION_OF_METHOD, Method, Recipe
from engine.finetune.recipe.sections import DatasetSection, TrainSection

Preset = Literal["quick", "balanced", "thorough"]
PRESETS: tuple[Preset, ...] = get_args(Preset)
_QUICK_STEPS = 60
_LARGE = 3_000_000_000
"""Weights from which on a smaller step is safer."""
_RATE_FACTORS: dict[Method, float] = {
    "full": 0.1,
    "adapter": 2.5,
    "ia3": 15.0,
    "prefix": 50.0,
    "prompt": 50.0,
    "p-tuning": 50.0,
}
"""Against LoRA's: fewer weights take larger steps."""
_PREFERENCE_FACTOR = 0.1
"""Preferences move a model that can answer already."""


def preset(
    name: Preset, base_name: str, data: str, base: Base, *, rows: int, longest: int, available: int
) -> Recipe:
    """A recipe that fits. `rows` and `longest` (tokens) of the data; `available`: bytes of memory.

    Quick: some minutes, to see whether the data is right. Balanced: one rank and some epochs that suit most
    data. Thorough: a higher rank, more epochs, and an end when held-out rows get no better.
    """
    length = max(32, min(longest, base.context_length or longest, 2048))
    rate = 1e-4 if base.parameters > _LARGE else 2e-4
    held_out = DatasetSection(held_out=0.1 if rows < 500 else 0.05)
    train = TrainSection(max_length=length, learning_rate=rate, batch_size=4, warmup_ratio=0.03)
    if name == "quick":
        train = msgspec.structs.replace(
            train, max_steps=min(_QUICK_STEPS, max(rows // 2, 1)), max_length=min(length, 512)
        )
        lora = LoraSection(r=8, alpha=16.0)
    elif name == "balanced":
        epochs = 3.0 if rows < 2000 else 2.0 if rows < 20_000 else 1.0
        train = msgspec.structs.replace(train, num_train_epochs=epochs, lr_scheduler_type="cosine")
        lora = LoraSection(r=16, alpha=32.0)
    else:
        train = msgspec.structs.replace(
            train,
            num_train_epochs=5.0 if rows < 2000 else 3.0,
            gradient_accumulation_steps=2,
            lr_scheduler_type="cosine",
            early_stopping_patience=3,
        )
        lora = LoraSection(r=32, alpha=64.0)
    recipe = Recipe(base_name, data, lora=lora, train=train, dataset=held_out)
    if total(predict(recipe, base, worst_load(recipe))) <= available:
        return recipe
    return smaller(recipe, base, available) or recipe


def applied_preset(
    name: Preset, recipe: Recipe, base: Base, *, rows: int, longest: int, available: int
) -> Recipe:
    """`preset` for the method and the objective of a recipe; what is not a matter of length, strength or
    speed stays as it is there.
    """
    found = preset(name, recipe.base, recipe.files[0], base, rows=rows, longest=longest, available=available)
    rate = found.train.learning_rate * _RATE_FACTORS.get(recipe.method, 1.0)
    if recipe.objective not in ("sft", "pretrain"):
        rate *= _PREFERENCE_FACTOR
    train = msgspec.structs.replace(
        found.train,
        learning_rate=float(f"{rate:.2g}"),
        seed=recipe.train.seed,
        loss_on=recipe.train.loss_on,
        threads=recipe.train.threads,
        precision=recipe.train.precision,
    )
    chosen = _with_rank(msgspec.structs.replace(recipe, train=train), found.lora)
    if total(predict(chosen, base, worst_load(chosen))) <= available:
        return chosen
    return smaller(chosen, base, available) or chosen


def _with_rank(recipe: Recipe, lora: LoraSection) -> Recipe:
    """Only the section of the method: others may not stand in a recipe."""
    used, rank = SECTION_OF_METHOD[recipe.method], lora.r
    if "lora" in used:
        return msgspec.structs.replace(
            recipe, lora=msgspec.structs.replace(recipe.lora, r=rank, alpha=lora.alpha)
        )
    if "adalora" in used:
        ranks = msgspec.structs.replace(recipe.adalora, init_r=rank * 3 // 2, target_r=rank)
        return msgspec.structs.replace(recipe, adalora=ranks)
    if "adapter" in used:
        narrow = msgspec.structs.replace(recipe.adapter, bottleneck=4 * rank)
        return msgspec.structs.replace(recipe, adapter=narrow)
    return recipe
