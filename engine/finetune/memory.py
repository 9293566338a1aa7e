"""Memory that a run will take, part by part, before anything is loaded; and settings that take less.

The activations are counted from what each path keeps for the backward pass; tests compare the sum with what
a run then takes.
"""

import math
from typing import NamedTuple

import msgspec

from engine.finetune.base import Base
from engine.finetune.choice import Choice, choose_path, trainable_count
from engine.finetune.plan import Plan, Sizes
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.recipe.sections import TrainSection
from engine.protocol.finetune import MemoryPart

_PROGRAM = {"lean": 420 << 20, "general": 950 << 20}
"""Python with torch; with transformers and PEFT, too."""
_KERNEL = 1.2 * 2**20
"""What oneDNN keeps of a product of matrices in bfloat16 for one number of rows: a program, made when it is
first needed (measured: 0.9 to 1.3 MiB).
"""
_PRODUCTS = 8
"""Of a layer of the lean path, forward and backward; all layers share their programs."""
_KERNELS_KEPT = 1024
"""oneDNN's own limit."""
_LOGIT_ROWS = 256
"""`ROWS_AT_ONCE` of the lean path."""
_EVEN = 64
"""`EVEN` of the lean path."""
_MARGIN = 1.15


class Load(NamedTuple):
    """The largest batch: rows, tokens in all, and tokens of its longest row. `targets`: tokens that are
    counted.
    """

    rows: int
    tokens: int
    longest: int

    @property
    def padded(self) -> int:
        return self.rows * self.longest


def worst_load(recipe: Recipe) -> Load:
    """While the rows are not read: all as long as they may be."""
    train = recipe.train
    sequences = 2 if recipe.objective in ("dpo", "orpo", "reward") else 1
    rows, longest = train.batch_size * sequences, train.max_length
    if recipe.is_online:
        rows *= recipe.online.num_generations
        longest = min(longest, train.max_length) + recipe.online.max_completion_length
    return Load(rows, rows * longest, longest)


def largest_load(recipe: Recipe, sizes: Sizes) -> Load:
    """Of the rows that there are: the batch that takes most memory."""
    batch = Plan(sizes, recipe.train).largest_batch()
    sequences = 2 if recipe.objective in ("dpo", "orpo", "reward") else 1
    longest = max(map(sizes.longest, batch))
    tokens = sum(map(sizes.size, batch))
    if recipe.is_online:
        sequences = recipe.online.num_generations
        longest += recipe.online.max_completion_length
        tokens = len(batch) * sequences * longest
    return Load(len(batch) * sequences, tokens, longest)


def predict(
    recipe: Recipe, base: Base, load: Load, *, threads: int = 1, half: bool = False
) -> tuple[MemoryPart, ...]:
    """Parts in bytes; what a part is, `engine.protocol.finetune.MemoryPart` says."""
    choice = choose_path(recipe, base)
    trainable = trainable_count(recipe, base)
    weights = _weight_bytes(recipe, base, half)
    copies = min(threads, load.rows) + 1 if choice.path == "lean" else 1
    parts = {
        "program": _PROGRAM[choice.path] + _kernel_bytes(load, choice, threads, half),
        "weights": weights,
        "gradients": 4 * trainable * copies,
        "optimizer": 8 * trainable,
        "activations": _activation_bytes(recipe, base, load, choice, half),
        "logits": _logit_bytes(base, load, choice, threads),
        "reference": weights if recipe.method == "full" and _compares(recipe) else 0,
    }
    # While a checkpoint is written its moments are there twice, and what a step needs is not.
    of_a_step = parts["gradients"] + parts["activations"] + parts["logits"]
    parts["optimizer"] += max(0, 8 * trainable - of_a_step)
    if recipe.method != "full":
        parts["weights"] += 4 * trainable
    return tuple(MemoryPart(name, int(size)) for name, size in parts.items() if size)


def total(parts: tuple[MemoryPart, ...]) -> int:
    """With some room for what nobody counts."""
    return int(sum(part.nbytes for part in parts) * _MARGIN)


def smaller(
    recipe: Recipe, base: Base, available: int, *, threads: int = 1, half: bool = False
) -> Recipe | None:
    """The recipe with the fewest changes that fits; the result of the training stays as equal as can be.

    Smaller batches of which more make a step first, then recomputing, then shorter rows. None if nothing
    fits.
    """
    train = recipe.train
    tries: list[TrainSection] = []
    batch, apart = train.batch_size, train.gradient_accumulation_steps
    while batch > 1:
        batch, apart = (batch + 1) // 2, apart * 2
        tries.append(msgspec.structs.replace(train, batch_size=batch, gradient_accumulation_steps=apart))
    least = tries[-1] if tries else train
    tries += [msgspec.structs.replace(one, gradient_checkpointing=True) for one in (train, *tries)]
    length = train.max_length
    while length > 128:
        length //= 2
        tries.append(msgspec.structs.replace(least, gradient_checkpointing=True, max_length=length))
    for one in tries:
        changed = msgspec.structs.replace(recipe, train=one)
        if total(predict(changed, base, worst_load(changed), threads=threads, half=half)) <= available:
            return changed
    return None


def _compares(recipe: Recipe) -> bool:
    return recipe.objective in ("dpo", "kto") or (recipe.is_online and recipe.online.beta > 0)


def _weight_bytes(recipe: Recipe, base: Base, half: bool) -> int:
    outside = base.parameters - sum(rows * columns for rows, columns in _matrices(base))
    inside = base.parameters - outside
    if recipe.method == "qlora":
        return int(inside * 0.57) + 4 * outside
    return base.parameters * (2 if half and recipe.method != "full" else 4)


def _matrices(base: Base) -> list[tuple[int, int]]:
    return [(shape[0], shape[1]) for shape in base.linear_shapes().values()]


def _kernel_bytes(load: Load, choice: Choice, threads: int, half: bool) -> float:
    """Batches are of many lengths: every multiple of `EVEN` up to a thread's largest share will come."""
    if choice.path != "lean" or not half:
        return 0
    share = max(load.longest, math.ceil(load.tokens / max(min(threads, load.rows), 1)))
    return _KERNEL * min(_PRODUCTS * math.ceil(share / _EVEN), _KERNELS_KEPT)


def _activation_bytes(recipe: Recipe, base: Base, load: Load, choice: Choice, half: bool) -> int:
    """Numbers kept for each token and layer, times tokens, layers and bytes."""
    width = int(base.config.get("hidden_size") or base.config.get("n_embd") or 0)
    layers = int(base.config.get("num_hidden_layers") or base.config.get("n_layer") or 1)
    heads = max(int(base.config.get("num_attention_heads") or base.config.get("n_head") or 1), 1)
    size = int(base.config.get("head_dim") or width // heads)
    kv = int(base.config.get("num_key_value_heads") or heads) * size
    inner = int(base.config.get("intermediate_size") or base.config.get("n_inner") or 4 * width)
    queries = heads * size
    if choice.path == "lean":
        # Two norms; queries, keys, values; what attention gives, twice; gate and up.
        kept = 2 * width + (queries + 2 * kv) + 2 * queries + 2 * inner + 6 * recipe.lora.r
        tokens, narrow = load.tokens, 4  # bfloat16 is for weights only
    else:
        kept = 8 * width + 3 * (queries + 2 * kv) + 2 * queries + 5 * inner
        tokens, narrow = load.padded, 3 if half else 4
    if recipe.train.gradient_checkpointing:
        return tokens * narrow * (layers * width + kept)
    # While one layer goes backward, about its own size again is in use.
    return tokens * narrow * (layers + 1) * kept


def _logit_bytes(base: Base, load: Load, choice: Choice, threads: int) -> int:
    vocabulary = int(base.config.get("vocab_size") or 0)
    if choice.path == "lean":
        return min(threads, load.rows) * min(_LOGIT_ROWS, load.tokens) * vocabulary * 4 * 2
    return load.padded * vocabulary * 4 * 3
