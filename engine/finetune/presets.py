"""Three ways to begin: settings from the model, the data and the machine."""

from typing import Literal, get_args

import msgspec

from engine.finetune.base import Base
from engine.finetune.memory import predict, smaller, total, worst_load
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.recipe.sections import DatasetSection, LoraSection, TrainSection

Preset = Literal["quick", "balanced", "thorough"]
PRESETS: tuple[Preset, ...] = get_args(Preset)
_QUICK_STEPS = 60
_LARGE = 3_000_000_000
"""Weights from which on a smaller step is safer."""


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
