"""Any model of transformers with any method: what the lean path does not compute."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from engine.finetune.methods.attached import Attached
from engine.finetune.policy import Compute, PathName, Sampling, Size, Tokens

_EXTRA = "extra/"


class GeneralPolicy:
    """See `engine.finetune.policy.Policy`.

    `half`: products in bfloat16 (autocast). `packing`: rows stand one after the other up to this many
    tokens, told apart by their positions; 0 pads them to one length.
    """

    path: PathName = "general"

    def __init__(
        self, attached: Attached, device: Any, *, pad: int, half: bool = False, packing: int = 0
    ) -> None:
        self._attached = attached
        self._device = device
        self._pad = pad
        self._half = half
        self._packing = 0 if attached.learns_prompt else packing
        self._parameters = attached.parameters()
        self._attached.model.to(device)
        self._attached.model.train()

    @property
    def parameters(self) -> dict[str, Any]:
        return self._parameters

    def nll(self, rows: Sequence[Tokens]) -> Any:
        return -torch.cat(self.log_probs(rows)).sum()

    def log_probs(self, rows: Sequence[Tokens], temperature: float = 1.0) -> list[Any]:
        if self._packing:
            return self._packed_log_probs(rows, temperature)
        ids, mask = self._padded(rows)
        logits = self._forward(input_ids=ids, attention_mask=mask)[:, -ids.shape[1] :]
        found = []
        for number, row in enumerate(rows):
            places = torch.tensor(_before_targets(row), device=self._device)
            found.append(_log_probs(logits[number, places], _targets(row, self._device), temperature))
        return found

    def scores(self, rows: Sequence[Tokens]) -> Any:
        model = self._attached.inner()
        ids, mask = self._padded(rows)
        with self._precision():
            backbone = getattr(model, model.base_model_prefix)
            hidden = backbone(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        last = torch.tensor([len(row.ids) - 1 for row in rows], device=self._device)
        chosen = hidden[torch.arange(len(rows), device=self._device), last].float()
        return model.score(chosen).squeeze(-1)

    def logits(self, ids: Sequence[int]) -> NDArray[np.float32]:
        with self._evaluating(), torch.no_grad():
            row = torch.tensor([ids], device=self._device)
            logits = self._forward(input_ids=row, attention_mask=torch.ones_like(row))[0, -len(ids) :]
        found: NDArray[np.float32] = logits.float().cpu().numpy()
        return found

    @contextmanager
    def reference(self) -> Iterator[None]:
        was_training = self._attached.model.training
        self._attached.model.eval()
        try:
            with self._attached.reference(), torch.no_grad():
                yield
        finally:
            self._attached.model.train(was_training)

    def generate(self, prompts: Sequence[Sequence[int]], sampling: Sampling) -> list[list[int]]:
        longest = max(map(len, prompts))
        ids = torch.full((len(prompts), longest), self._pad, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for number, prompt in enumerate(prompts):
            ids[number, longest - len(prompt) :] = torch.tensor(prompt)
            mask[number, longest - len(prompt) :] = 1
        choice = (
            {"do_sample": True, "temperature": sampling.temperature, "top_k": 0, "top_p": 1.0}
            if sampling.temperature > 0
            else {"do_sample": False, "temperature": None, "top_k": None, "top_p": None}
        )
        with self._evaluating(), torch.no_grad(), self._precision():
            written = self._attached.model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                max_new_tokens=sampling.max_new_tokens,
                eos_token_id=sorted(sampling.ends) or None,
                pad_token_id=self._pad,
                use_cache=True,
                **choice,
            )
        return [_until_end(row[longest:].tolist(), sampling) for row in written]

    def backward(self, items: Sequence[Any], compute: Compute, size: Size) -> tuple[float, dict[str, float]]:  # noqa: ARG002
        result = compute(items)
        result.loss.backward()
        return float(result.loss.detach()), result.figures

    def evaluate(self, items: Sequence[Any], compute: Compute, size: Size) -> tuple[float, dict[str, float]]:  # noqa: ARG002
        with self._evaluating(), torch.no_grad():
            result = compute(items)
        return float(result.loss), result.figures

    def before_update(self) -> None:
        self._attached.before_update()

    def after_step(self, step: int) -> None:
        self._attached.after_step(step)

    def state(self) -> dict[str, Any]:
        extra = {_EXTRA + name: value for name, value in self._attached.extra_state().items()}
        return {**self._parameters, **extra}

    def load_state(self, tensors: dict[str, Any]) -> None:
        with torch.no_grad():
            for name, parameter in self._parameters.items():
                parameter.copy_(tensors[name])
        self._attached.load_extra_state(
            {name.removeprefix(_EXTRA): value for name, value in tensors.items() if name.startswith(_EXTRA)}
        )

    def save(self, folder: Path) -> None:
        self._attached.save(folder)

    def close(self) -> None:
        pass

    def _forward(self, **inputs: Any) -> Any:
        with self._precision():
            return self._attached.model(**inputs, use_cache=False).logits

    def _precision(self) -> AbstractContextManager[Any]:
        if not self._half:
            return nullcontext()
        found: AbstractContextManager[Any] = torch.autocast(self._device.type, dtype=torch.bfloat16)
        return found

    @contextmanager
    def _evaluating(self) -> Iterator[None]:
        was_training = self._attached.model.training
        self._attached.model.eval()
        try:
            yield
        finally:
            self._attached.model.train(was_training)

    def _padded(self, rows: Sequence[Tokens]) -> tuple[Any, Any]:
        longest = max(len(row.ids) for row in rows)
        ids = torch.full((len(rows), longest), self._pad, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row.ids)] = torch.tensor(row.ids)
            mask[number, : len(row.ids)] = 1
        return ids.to(self._device), mask.to(self._device)

    def _packed_log_probs(self, rows: Sequence[Tokens], temperature: float) -> list[Any]:
        """Several rows at a time as one; where positions begin anew, a new row begins."""
        found: list[Any] = []
        for pack in _packs(rows, self._packing):
            ids = torch.tensor([[token for row in pack for token in row.ids]], device=self._device)
            places = torch.tensor(
                [[place for row in pack for place in range(len(row.ids))]], device=self._device
            )
            logits = self._forward(input_ids=ids, position_ids=places)[0]
            start = 0
            for row in pack:
                chosen = torch.tensor([start + place for place in _before_targets(row)], device=self._device)
                found.append(_log_probs(logits[chosen], _targets(row, self._device), temperature))
                start += len(row.ids)
        return found


def _before_targets(row: Tokens) -> list[int]:
    return [place - 1 for place in range(1, len(row.ids)) if row.counts[place]]


def _targets(row: Tokens, device: Any) -> Any:
    return torch.tensor(
        [row.ids[place] for place in range(1, len(row.ids)) if row.counts[place]], device=device
    )


def _log_probs(logits: Any, targets: Any, temperature: float) -> Any:
    """[targets], float32."""
    return -functional.cross_entropy(logits.float() / temperature, targets, reduction="none")


def _packs(rows: Sequence[Tokens], room: int) -> Iterator[list[Tokens]]:
    pack: list[Tokens] = []
    used = 0
    for row in rows:
        if pack and used + len(row.ids) > room:
            yield pack
            pack, used = [], 0
        pack.append(row)
        used += len(row.ids)
    if pack:
        yield pack


def _until_end(tokens: list[int], sampling: Sampling) -> list[int]:
    """Without what fills up; the token that ends the reply included."""
    for place, token in enumerate(tokens):
        if token in sampling.ends:
            return tokens[: place + 1]
    return tokens
