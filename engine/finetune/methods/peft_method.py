"""What all methods of PEFT have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import UserError
from engine.finetune.methods.attached import Attached


class PeftAttached(Attached):
    """`config`: one of PEFT's."""

    def __init__(self, model: Any, config: Any, base_name: str, modules_to_save: list[str]) -> None:
        import peft  # noqa: PLC0415 - takes seconds

        if modules_to_save:
            config.modules_to_save = modules_to_save
            config.task_type = "SEQ_CLS"
        try:
            attached = peft.get_peft_model(model, config, autocast_adapter_dtype=True)
        except ValueError as error:
            if "arget modules" not in str(error):
                raise
            raise _no_modules(model, config, base_name) from error
        super().__init__(attached)

    def inner(self) -> Any:
        return self.model.get_base_model()

    @contextmanager
    def reference(self) -> Iterator[None]:
        with self.model.disable_adapter():
            yield

    def save(self, folder: Path) -> None:
        self.model.save_pretrained(str(folder), safe_serialization=True, save_embedding_layers=False)
        (folder / "README.md").unlink(missing_ok=True)  # PEFT's, with nothing filled in


def _no_modules(model: Any, config: Any, base_name: str) -> UserError:
    import torch  # noqa: PLC0415

    known = sorted(
        {name.rpartition(".")[2] for name, one in model.named_modules() if isinstance(one, torch.nn.Linear)}
    )
    wanted = config.target_modules
    names = wanted if isinstance(wanted, str) else ", ".join(sorted(wanted or ()))
    return UserError("finetune.no_modules", base=base_name, names=names, known=", ".join(known))


def peft_targets(targets: str | tuple[str, ...]) -> Any:
    """As PEFT wants them: one name as a text would be a regular expression."""
    if isinstance(targets, str):
        return targets if targets == "all-linear" else [targets]
    return list(targets)
