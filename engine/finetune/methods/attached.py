"""What a method provides once it is put on a model. A new method is one file and a line in
`methods/registry.py`.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any


class Attached:
    """A model of transformers (or PEFT's wrapping of one) of which some parameters are trained.

    Methods that are more than that override what they need.
    """

    learns_prompt = False
    """Whether it puts virtual tokens before the text: then rows cannot be packed, and there is no reward
    head.
    """

    def __init__(self, model: Any) -> None:
        self.model = model

    def parameters(self) -> dict[str, Any]:
        """What is trained, by name."""
        return {name: one for name, one in self.model.named_parameters() if one.requires_grad}

    def inner(self) -> Any:
        """The model of transformers itself."""
        return self.model

    def reference(self) -> AbstractContextManager[None]:
        """Inside, the model is what it was before training."""
        raise NotImplementedError

    def before_update(self) -> None:
        """Adds the gradient of what the method itself wants."""

    def after_step(self, step: int) -> None:
        """After the optimizer's step; gradients are still there."""

    def extra_state(self) -> dict[str, Any]:
        """Tensors beside the parameters that the next step depends on."""
        return {}

    def load_extra_state(self, tensors: dict[str, Any]) -> None:
        """The opposite."""

    def save(self, folder: Path) -> None:
        """As other programs read it."""
        raise NotImplementedError
