"""From a recipe and a base to a policy that can be trained."""

import warnings
from typing import Any

import torch

from engine.finetune.adapter_files import AdapterFacts
from engine.finetune.base import Base
from engine.finetune.choice import Choice, targeted
from engine.finetune.hardware import Hardware
from engine.finetune.policy import Policy
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.tokenizing import Tokenizer


def make_policy(
    recipe: Recipe, base: Base, choice: Choice, tokenizer: Tokenizer, hardware: Hardware, steps: int
) -> Policy:
    """Loads the weights. Raises `UserError` model.*, convert.*, finetune.*."""
    torch.manual_seed(recipe.train.seed)
    if choice.path == "lean":
        return _lean(recipe, base, choice, hardware)
    with warnings.catch_warnings():
        # The libraries warn of each other's old names, which nobody here can change.
        warnings.simplefilter("ignore")
        return _general(recipe, base, tokenizer, hardware, steps)


def adapter_facts(recipe: Recipe, base: Base) -> AdapterFacts:
    """Of a LoRA."""
    targets = sorted({name.rpartition(".")[2] for name in targeted(base, recipe.lora.target_modules)})
    section = recipe.lora
    return AdapterFacts(str(base.path), section.r, section.alpha, tuple(targets), recipe.method == "rslora")


def _lean(recipe: Recipe, base: Base, choice: Choice, hardware: Hardware) -> Policy:
    from engine.finetune.lean.building import build_model  # noqa: PLC0415 - each path imports what it needs
    from engine.finetune.lean.policy import LeanPolicy  # noqa: PLC0415

    section = recipe.lora
    root = section.r**0.5 if recipe.method == "rslora" else section.r
    assert choice.config is not None  # noqa: S101 - for the type checker: so it is on this path
    model = build_model(
        choice.config,
        base.reader(),
        section.target_modules,
        r=section.r,
        scale=section.alpha / root,
        dtype=torch.bfloat16 if hardware.precision == "bf16" else torch.float32,
        device=hardware.device,
        seed=recipe.train.seed,
        base_name=base.name,
    )
    model.recompute = recipe.train.gradient_checkpointing
    # One stream of work is enough for a GPU.
    threads = hardware.threads if hardware.device.type == "cpu" else 1
    return LeanPolicy(model, adapter_facts(recipe, base), threads)


def _general(recipe: Recipe, base: Base, tokenizer: Tokenizer, hardware: Hardware, steps: int) -> Policy:
    from engine.finetune.general.loading import load_base  # noqa: PLC0415
    from engine.finetune.general.policy import GeneralPolicy  # noqa: PLC0415
    from engine.finetune.methods import qlora  # noqa: PLC0415
    from engine.finetune.methods.registry import attach  # noqa: PLC0415

    torch.set_num_threads(hardware.threads)
    half = hardware.precision == "bf16"
    kind = torch.bfloat16 if half and recipe.method != "full" else torch.float32
    if recipe.method == "qlora":
        qlora.check_installed()
    pad = pad_token(base, tokenizer)
    model: Any = load_base(base, kind, rewards=recipe.objective == "reward", pad=pad)
    if recipe.method == "qlora":
        qlora.quantize_linear_layers(model, recipe.qlora, kind)
    compares = recipe.objective in ("dpo", "kto") or (recipe.is_online and recipe.online.beta > 0)
    attached = attach(model, recipe, tokenizer, str(base.path), steps, keep_first=compares)
    if recipe.train.gradient_checkpointing:
        inner = attached.inner()
        inner.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        inner.enable_input_require_grads()
    packing = recipe.train.max_length if recipe.train.packing else 0
    return GeneralPolicy(attached, hardware.device, pad=pad, half=half, packing=packing)


def pad_token(base: Base, tokenizer: Tokenizer) -> int:
    """Any token does: what fills up is never looked at and never counted."""
    named = base.config.get("pad_token_id")
    return named if isinstance(named, int) and named >= 0 else max(tokenizer.template.eos_id, 0)
