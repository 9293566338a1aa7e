"""The learning rate of each step: transformers' schedules, as functions of the step alone."""

import math

from engine.finetune.recipe.sections import TrainSection


def learning_rate(train: TrainSection, step: int, steps: int) -> float:
    """`step` from 0; `steps` in all. As `get_linear_schedule_with_warmup` and its siblings."""
    warmup = train.warmup_steps or math.ceil(train.warmup_ratio * steps)
    if step < warmup:
        return train.learning_rate * step / max(1, warmup)
    if train.lr_scheduler_type == "constant":
        return train.learning_rate
    share = (step - warmup) / max(1, steps - warmup)
    if train.lr_scheduler_type == "linear":
        return train.learning_rate * max(0.0, 1.0 - share)
    return train.learning_rate * max(0.0, 0.5 * (1.0 + math.cos(math.pi * share)))
