"""From weights in transformers' names to a `LeanModel` with fresh LoRAs, and the LoRAs in PEFT's names."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import torch

from engine.errors import UserError
from engine.finetune.lean.config import LeanConfig
from engine.finetune.lean.functions import Wiring
from engine.finetune.lean.model import GROUPS, Layer, LeanModel, Product

Weights = Callable[[str], Any]
"""A tensor by its name in transformers; asked for once each."""
Take = Callable[..., Any]
"""The same in the type and place of the model, perhaps with the gain of the norm before it."""
_PREFIX = "base_model.model."


def build_model(
    config: LeanConfig,
    weights: Weights,
    targets: str | tuple[str, ...],
    *,
    r: int,
    scale: float,
    dtype: Any,
    device: Any,
    seed: int,
    base_name: str = "the model",
) -> LeanModel:
    """`targets` as PEFT's `target_modules`; raises `UserError` finetune.no_modules where nothing has such a
    name.

    A is drawn as PEFT draws it (Kaiming uniform, a = √5), B is zero. `dtype` is the type of the weights
    in products; everything else is float32.
    """
    random = torch.Generator().manual_seed(seed)
    wanted = _Targets(targets)

    def take(name: str, gain: Any = None) -> Any:
        weight = weights(name) if gain is None else weights(name).float() * gain.float().cpu()
        return weight.to(device=device, dtype=torch.float32 if _is_vector(name) else dtype)

    layers = [_layer(config, number, take, wanted, r, scale, random) for number in range(config.layers)]
    if not any(one.names for layer in layers for one in layer.products.values()):
        known = ", ".join(name.rpartition(".")[2] for names in GROUPS.values() for name in names)
        names = targets if isinstance(targets, str) else ", ".join(targets)
        raise UserError("finetune.no_modules", base=base_name, names=names, known=known)
    embedding = take("model.embed_tokens.weight")
    outer = {
        "embedding": embedding,
        "head": embedding if config.tied else take("lm_head.weight"),
        "norm": take("model.norm.weight"),
    }
    return LeanModel(config, layers, outer)


def _is_vector(name: str) -> bool:
    return name.endswith(("norm.weight", ".bias"))


class _Targets:
    """Which layers get a LoRA."""

    def __init__(self, targets: str | tuple[str, ...]) -> None:
        self._all = targets == "all-linear"
        self._names = (targets,) if isinstance(targets, str) else targets

    def takes(self, name: str) -> bool:
        """By the full name or its end, as in PEFT."""
        return self._all or any(name == one or name.endswith("." + one) for one in self._names)


def _layer(
    config: LeanConfig, number: int, take: Take, wanted: _Targets, r: int, scale: float, random: Any
) -> Layer:
    prefix = f"model.layers.{number}."
    products: dict[str, Product] = {}
    norms = (take(f"{prefix}input_layernorm.weight"), take(f"{prefix}post_attention_layernorm.weight"))
    before = {"qkv": norms[0], "gate_up": norms[1]}
    for group, names in GROUPS.items():
        parts = [take(f"{prefix}{name}.weight", before.get(group)) for name in names]
        bias = None
        if config.qkv_bias and group == "qkv":
            bias = torch.cat([take(f"{prefix}{name}.bias") for name in names])
        products[group] = _product(prefix, names, parts, bias, wanted, r, scale, random)
    head_norms: tuple[Any, ...] = ()
    if config.head_norm:
        head_norms = (take(f"{prefix}self_attn.q_norm.weight"), take(f"{prefix}self_attn.k_norm.weight"))
    return Layer(products, norms, head_norms)


def _product(
    prefix: str,
    names: tuple[str, ...],
    parts: list[Any],
    bias: Any,
    wanted: _Targets,
    r: int,
    scale: float,
    random: Any,
) -> Product:
    chosen: list[str] = []
    places: list[tuple[int, int]] = []
    first = 0
    for name, part in zip(names, parts, strict=True):
        if wanted.takes(prefix + name):
            chosen.append(prefix + name)
            places.append((first, part.shape[0]))
        first += part.shape[0]
    weight = torch.cat(parts) if len(parts) > 1 else parts[0]
    if not chosen:
        return Product(weight, bias, (), Wiring(scale, ()), None, ())
    width, device = weight.shape[1], weight.device
    bound = 1 / math.sqrt(width)
    a = torch.empty(len(chosen) * r, width).uniform_(-bound, bound, generator=random).to(device)
    bs = tuple(torch.zeros(rows, r, device=device, requires_grad=True) for _, rows in places)
    return Product(weight, bias, tuple(chosen), Wiring(scale, tuple(places)), a.requires_grad_(), bs)


def trained(model: LeanModel) -> dict[str, Any]:
    """The tensors that are learned, as they are stored: A of layers that share an input as one."""
    found: dict[str, Any] = {}
    for product in _products(model):
        found[product.names[0] + ".lora_A"] = product.a
        found.update({name + ".lora_B": b for name, b in zip(product.names, product.bs, strict=True)})
    return found


def adapter_tensors(model: LeanModel) -> dict[str, Any]:
    """In PEFT's names, each layer's own."""
    found: dict[str, Any] = {}
    for product in _products(model):
        for name, a, b in zip(
            product.names, product.a.detach().chunk(len(product.names)), product.bs, strict=True
        ):
            found[f"{_PREFIX}{name}.lora_A.weight"] = a.contiguous()
            found[f"{_PREFIX}{name}.lora_B.weight"] = b.detach().contiguous()
    return found


def load_adapter_tensors(model: LeanModel, tensors: dict[str, Any]) -> None:
    """The opposite of `adapter_tensors`. Raises `KeyError` for a missing layer."""
    with torch.no_grad():
        for product in _products(model):
            parts = [tensors[f"{_PREFIX}{name}.lora_A.weight"] for name in product.names]
            product.a.copy_(torch.cat(parts))
            for name, b in zip(product.names, product.bs, strict=True):
                b.copy_(tensors[f"{_PREFIX}{name}.lora_B.weight"])


def _products(model: LeanModel) -> Iterator[Product]:
    for layer in model.layers:
        yield from (one for one in layer.products.values() if one.names)
