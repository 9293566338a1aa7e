"""Writing text with a `LeanModel`: several replies at once, keys and values kept."""

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional

from engine.finetune.lean.functions import RmsNorm
from engine.finetune.lean.model import LeanModel, pack


class Decoder:
    """Replies to `prompts`, step by step. Logits are float32 [replies, vocabulary]."""

    def __init__(
        self, model: LeanModel, prompts: Sequence[Sequence[int]], room: int, *, adapter: bool = True
    ) -> None:
        self._model, self._adapter = model, adapter
        config = model.config
        longest = max(len(prompt) for prompt in prompts) + room
        shape = (len(prompts), config.kv_heads, longest, config.head_size)
        kind = {"dtype": model.kind, "device": model.device}
        self._keys = [torch.zeros(shape, **kind) for _ in model.layers]
        self._values = [torch.zeros(shape, **kind) for _ in model.layers]
        self._lengths = torch.zeros(len(prompts), dtype=torch.long, device=model.device)
        self._prompts = prompts
        self._head = model.head.to(model.kind)  # once, not at every step

    def read(self) -> Any:
        """Logits after the prompts, which are read one by one."""
        last = []
        for row, prompt in enumerate(self._prompts):
            packed = pack([prompt], self._model.device)
            cos, sin = self._model.rotary(packed.positions)
            x = self._model.embed(packed.ids)
            for number, layer in enumerate(self._model.layers):
                query, key, value = self._model.queries_keys_values(layer, x, cos, sin, self._adapter)
                self._keys[number][row, :, : len(prompt)] = key.transpose(0, 1)
                self._values[number][row, :, : len(prompt)] = value.transpose(0, 1)
                mixed = self._attend(
                    query.transpose(0, 1)[None], key.transpose(0, 1)[None], value.transpose(0, 1)[None], None
                )
                mixed = mixed[0].transpose(0, 1).reshape(len(prompt), -1)
                x = self._model.after_attention(layer, x, mixed, self._adapter)
            last.append(x[-1])
            self._lengths[row] = len(prompt)
        return self._logits(torch.stack(last))

    def step(self, tokens: Any) -> Any:
        """Logits after one more token in every reply [replies]."""
        model = self._model
        rows = torch.arange(len(tokens), device=model.device)
        places = self._lengths
        cos, sin = model.rotary(places)
        end = int(places.max()) + 1
        seen = torch.arange(end, device=model.device)[None, :] <= places[:, None]
        x = model.embed(tokens)
        for number, layer in enumerate(model.layers):
            query, key, value = model.queries_keys_values(layer, x, cos, sin, self._adapter)
            self._keys[number][rows, :, places] = key
            self._values[number][rows, :, places] = value
            keys, values = self._keys[number][:, :, :end], self._values[number][:, :, :end]
            mixed = self._attend(query.unsqueeze(2), keys, values, seen[:, None, None, :])
            x = model.after_attention(layer, x, mixed.reshape(len(tokens), -1), self._adapter)
        self._lengths = places + 1
        return self._logits(x)

    def _attend(self, query: Any, key: Any, value: Any, mask: Any) -> Any:
        config = self._model.config
        return functional.scaled_dot_product_attention(
            query,
            key,
            value,
            attn_mask=mask,
            is_causal=mask is None,
            enable_gqa=config.heads != config.kv_heads,
        )

    def _logits(self, x: Any) -> Any:
        h = RmsNorm.apply(x, self._model.norm, self._model.config.epsilon)
        return (h @ self._head.t()).float()
