"""Full fine-tuning: every weight is learned."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from engine.finetune.methods.attached import Attached


class Full(Attached):
    """`keep_first`: whether the weights before training are kept, for objectives that compare with them."""

    def __init__(self, model: Any, *, keep_first: bool) -> None:
        super().__init__(model)
        for parameter in model.parameters():
            parameter.requires_grad_(True)
        self._first = None
        if keep_first:
            self._first = copy.deepcopy(model).requires_grad_(False).eval()

    @contextmanager
    def reference(self) -> Iterator[None]:
        if self._first is None:
            raise RuntimeError("the weights before training were not kept")
        trained, self.model = self.model, self._first
        try:
            with torch.no_grad():
                yield
        finally:
            self.model = trained

    def save(self, folder: Path) -> None:
        self.model.save_pretrained(str(folder), safe_serialization=True)
