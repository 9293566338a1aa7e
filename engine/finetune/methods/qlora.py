"""QLoRA (Dettmers et al. 2023): the frozen base in 4 bits, by bitsandbytes, with a LoRA in float32 on it."""

import importlib
from typing import Any

import torch

from engine.errors import UserError
from engine.finetune import extras
from engine.finetune.recipe.method_sections import QLoraSection


def quantize_linear_layers(model: Any, section: QLoraSection, compute_dtype: Any) -> None:
    """In place, all linear layers but the output head. Raises `UserError` finetune.missing."""
    library = _library()
    for parent in list(model.modules()):
        for name, layer in list(parent.named_children()):
            if type(layer) is torch.nn.Linear and layer is not model.get_output_embeddings():
                setattr(parent, name, _quantized(library, layer, section, compute_dtype))
    # As soon as the model has answered something, the CPU build packs its weights anew for bfloat16
    # products, and gradients are silently wrong from then on.
    for layer in model.modules():
        if isinstance(layer, library.nn.Linear4bit):
            layer.support_avx512bf16_for_cpu = False
    model.is_loaded_in_4bit = True
    model.is_quantized = True


def check_installed() -> None:
    """Raises `UserError` finetune.missing."""
    _library()


def _quantized(library: Any, layer: Any, section: QLoraSection, compute_dtype: Any) -> Any:
    made = library.nn.Linear4bit(
        layer.in_features,
        layer.out_features,
        bias=layer.bias is not None,
        compute_dtype=compute_dtype,
        compress_statistics=section.bnb_4bit_use_double_quant,
        quant_type=section.bnb_4bit_quant_type,
        device="meta",
    )
    made.weight = library.nn.Params4bit(
        layer.weight.data,
        requires_grad=False,
        compress_statistics=section.bnb_4bit_use_double_quant,
        quant_type=section.bnb_4bit_quant_type,
        module=made,
    )
    if layer.bias is not None:
        made.bias = layer.bias
    # Moving is what quantizes it.
    return made.to(layer.weight.device)


def _library() -> Any:
    try:
        return importlib.import_module("bitsandbytes")
    except ImportError:
        raise UserError("finetune.missing", package="bitsandbytes", command=extras.BITSANDBYTES) from None
