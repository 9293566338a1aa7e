"""LoRA on a llama-like model: Lathe's own, leaner way of computing what transformers and PEFT compute."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.finetune.adapter_files import AdapterFacts, write_adapter
from engine.finetune.lean.building import adapter_tensors, load_adapter_tensors, trained
from engine.finetune.lean.decoding import Decoder
from engine.finetune.lean.functions import HeadLogProbs, HeadLoss
from engine.finetune.lean.model import LeanModel, pack
from engine.finetune.policy import Compute, PartResult, PathName, Sampling, Size, Tokens
from engine.finetune.sampling import sample, sharing

_REPLIES_AT_ONCE = 16


class LeanPolicy:
    """See `engine.finetune.policy.Policy`.

    A batch is shared by `threads` Python threads with one OpenMP thread each: beside other busy programs
    that is faster than one thread with as many OpenMP threads, which wait for each other at every product.
    """

    path: PathName = "lean"

    def __init__(self, model: LeanModel, facts: AdapterFacts, threads: int) -> None:
        self.model = model
        self._facts = facts
        self._adapter = True
        self._parameters = trained(model)
        self._pool = ThreadPoolExecutor(
            threads, thread_name_prefix="train", initializer=lambda: torch.set_num_threads(1)
        )
        self._threads = threads
        if model.device.type == "cpu":
            torch.set_num_threads(1)

    @property
    def parameters(self) -> dict[str, Any]:
        return self._parameters

    def nll(self, rows: Sequence[Tokens]) -> Any:
        hidden, targets = self._before_targets(rows)
        return HeadLoss.apply(hidden, self.model.head, targets)

    def log_probs(self, rows: Sequence[Tokens], temperature: float = 1.0) -> list[Any]:
        hidden, targets = self._before_targets(rows)
        found = HeadLogProbs.apply(hidden, self.model.head, targets, temperature)
        return list(found.split([row.targets for row in rows]))

    def scores(self, rows: Sequence[Tokens]) -> Any:
        raise NotImplementedError("the lean path has no reward head")

    @contextmanager
    def reference(self) -> Iterator[None]:
        self._adapter = False
        try:
            with torch.no_grad():
                yield
        finally:
            self._adapter = True

    def logits(self, ids: Sequence[int]) -> NDArray[np.float32]:
        with torch.no_grad():
            hidden = self.model.hidden(pack([ids], self.model.device), adapter=self._adapter)
            found: NDArray[np.float32] = self.model.scores(hidden).cpu().numpy()
        return found

    def generate(self, prompts: Sequence[Sequence[int]], sampling: Sampling) -> list[list[int]]:
        def work(some: Sequence[Sequence[int]]) -> list[list[int]]:
            with torch.no_grad():
                decoder = Decoder(self.model, some, sampling.max_new_tokens, adapter=self._adapter)
                return sample(decoder, len(some), sampling)

        apart = _REPLIES_AT_ONCE
        if sampling.temperature <= 0:
            apart = max(1, min(apart, len(prompts) // self._threads))
        shares = [prompts[start : start + apart] for start in range(0, len(prompts), apart)]
        # Sampling draws from the one generator: in order, or no run could be repeated.
        replies = self._pool.map(work, shares) if sampling.temperature <= 0 else map(work, shares)
        return [reply for some in replies for reply in some]

    def backward(self, items: Sequence[Any], compute: Compute, size: Size) -> tuple[float, dict[str, float]]:
        parameters = list(self._parameters.values())

        def work(part: Sequence[Any]) -> tuple[PartResult, Any]:
            result = compute(part)
            gradients = torch.autograd.grad(result.loss, parameters, allow_unused=True)
            return PartResult(result.loss.item(), result.figures), gradients

        # Added up in the order of the parts, not of their ends: the sum is the same in every run.
        done = list(self._pool.map(work, sharing(items, size, self._threads)))
        for _, gradients in done:
            for parameter, gradient in zip(parameters, gradients, strict=True):
                if gradient is None:
                    continue
                parameter.grad = gradient if parameter.grad is None else parameter.grad.add_(gradient)
        return _added([result for result, _ in done])

    def evaluate(self, items: Sequence[Any], compute: Compute, size: Size) -> tuple[float, dict[str, float]]:
        def work(part: Sequence[Any]) -> PartResult:
            with torch.no_grad():
                result = compute(part)
            return PartResult(float(result.loss), result.figures)

        return _added(list(self._pool.map(work, sharing(items, size, self._threads))))

    def before_update(self) -> None:
        pass

    def after_step(self, step: int) -> None:
        pass

    def state(self) -> dict[str, Any]:
        return adapter_tensors(self.model)

    def load_state(self, tensors: dict[str, Any]) -> None:
        load_adapter_tensors(self.model, tensors)

    def save(self, folder: Path) -> None:
        write_adapter(folder, self._facts, adapter_tensors(self.model))

    def close(self) -> None:
        self._pool.shutdown()

    def _before_targets(self, rows: Sequence[Tokens]) -> tuple[Any, Any]:
        """Hidden states of the tokens before each counted target [targets, width], and the targets."""
        packed = pack([row.ids for row in rows], self.model.device, self.model.multiple)
        places, targets = [], []
        for start, row in zip(packed.ends, rows, strict=False):
            for place in range(1, len(row.ids)):
                if row.counts[place]:
                    places.append(start + place - 1)
                    targets.append(row.ids[place])
        hidden = self.model.hidden(packed, adapter=self._adapter)
        device = self.model.device
        return hidden[torch.tensor(places, device=device)], torch.tensor(targets, device=device)


def _added(results: Sequence[PartResult]) -> tuple[float, dict[str, float]]:
    figures: dict[str, float] = {}
    for result in results:
        for name, value in result.figures.items():
            figures[name] = figures.get(name, 0.0) + value
    return sum(result.loss for result in results), figures
