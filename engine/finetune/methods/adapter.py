"""Bottleneck adapters (Houlsby et al. 2019): after attention and after the feed-forward, h + U·f(D·h).

U starts at zero, so that training begins with the base itself. PEFT has no such method.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from engine.errors import UserError
from engine.finetune.methods.attached import Attached
from engine.finetune.recipe.method_sections import AdapterSection

_ACTIVATIONS = {
    "gelu": torch.nn.functional.gelu,
    "relu": torch.nn.functional.relu,
    "silu": torch.nn.functional.silu,
}
_ATTENTION = ("o_proj", "out_proj", "attn.c_proj", "attention.dense")
_FEED_FORWARD = ("down_proj", "fc2", "mlp.c_proj", "dense_4h_to_h")
KIND = "LATHE_BOTTLENECK"


class WithBottleneck(torch.nn.Module):
    """A layer of the base with the adapter after it."""

    def __init__(self, layer: Any, bottleneck: int, activation: str) -> None:
        super().__init__()
        self.layer = layer
        width = getattr(layer, "out_features", None) or layer.nf  # Conv1D of GPT-2
        device = layer.weight.device
        self.down = torch.nn.Linear(width, bottleneck, device=device)
        self.up = torch.nn.Linear(bottleneck, width, device=device)
        torch.nn.init.zeros_(self.up.weight)
        torch.nn.init.zeros_(self.up.bias)
        self._activation = _ACTIVATIONS[activation]
        self.on = True

    def forward(self, x: Any) -> Any:
        h = self.layer(x)
        if not self.on:
            return h
        inner = self._activation(self.down(h.to(self.down.weight.dtype)))
        return h + self.up(inner).to(h.dtype)


class Bottleneck(Attached):
    """Raises `UserError` finetune.no_modules where the model's layers have other names."""

    def __init__(self, model: Any, section: AdapterSection, base_name: str) -> None:
        super().__init__(model)
        self._section, self._base = section, base_name
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        endings = (_ATTENTION if section.after_attention else ()) + (
            _FEED_FORWARD if section.after_feed_forward else ()
        )
        names = [name for name, _ in model.named_modules() if endings and name.endswith(endings)]
        if not names:
            known = sorted({name.rpartition(".")[2] for name, _ in model.named_modules()} - {""})
            raise UserError(
                "finetune.no_modules",
                base=base_name,
                names=", ".join(endings) or "none",
                known=", ".join(known)[:300],
            )
        self._put = [self._put_on(name) for name in names]

    @contextmanager
    def reference(self) -> Iterator[None]:
        for one in self._put:
            one.on = False
        try:
            yield
        finally:
            for one in self._put:
                one.on = True

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        section = self._section
        config = {
            "peft_type": KIND,
            "base_model_name_or_path": self._base,
            "bottleneck": section.bottleneck,
            "activation": section.activation,
            "after_attention": section.after_attention,
            "after_feed_forward": section.after_feed_forward,
        }
        (folder / "adapter_config.json").write_text(
            json.dumps(config, indent=2, sort_keys=True) + "\n", "utf-8"
        )
        tensors = {name: one.detach().to("cpu").contiguous() for name, one in self.parameters().items()}
        save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})

    def load(self, folder: Path) -> None:
        """What `save` wrote."""
        tensors = load_file(folder / "adapter_model.safetensors")
        with torch.no_grad():
            for name, parameter in self.parameters().items():
                parameter.copy_(tensors[name])

    def _put_on(self, name: str) -> WithBottleneck:
        parent, _, own = name.rpartition(".")
        holder = self.model.get_submodule(parent)
        wrapped = WithBottleneck(getattr(holder, own), self._section.bottleneck, self._section.activation)
        setattr(holder, own, wrapped)
        return wrapped
