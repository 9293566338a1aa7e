"""A LoRA adapter as PEFT saves it: `adapter_config.json` and `adapter_model.safetensors`.

LoRA (Hu et al. 2021): W + s·B·A, with s = alpha / r, or alpha / √r for rsLoRA (Kalajdzievski 2023).
"""

import math
import re
from pathlib import Path
from typing import Any, NamedTuple

from engine.convert.config import Config, read_json
from engine.convert.weights import StoredTensor, check_kinds, list_tensors
from engine.errors import UserError

_KEY = re.compile(
    r"^base_model\.model\.(?P<module>.+)\.(?P<part>lora_A|lora_B|lora_magnitude_vector)(?:\.default)?(?:\.weight)?$"
)
_PARTS = {"lora_A": "a", "lora_B": "b", "lora_magnitude_vector": "magnitude"}
_MOST_RANK = 1 << 16


class LoraPart(NamedTuple):
    """What an adapter adds to one matrix: `scale` · b [out, r] · a [r, in]. `magnitude` [out]: DoRA's."""

    module: str
    a: StoredTensor
    b: StoredTensor
    scale: float
    magnitude: StoredTensor | None

    @property
    def rank(self) -> int:
        return self.a.shape[0]


class PeftAdapter(NamedTuple):
    """`parts` by module, as the base names it: “model.layers.0.self_attn.q_proj”."""

    path: Path
    config: Config
    parts: dict[str, LoraPart]

    @property
    def base(self) -> str:
        value = self.config.values.get("base_model_name_or_path")
        return value if isinstance(value, str) else ""

    @property
    def has_magnitudes(self) -> bool:
        return any(part.magnitude is not None for part in self.parts.values())


def is_peft(path: Path) -> bool:
    """Whether a folder holds an adapter."""
    return (path / "adapter_config.json").is_file()


def read_peft(folder: Path) -> PeftAdapter:
    """Raises `UserError` model.*, adapter.kind, adapter.unmergeable (parts that are no matrices),
    convert.kind.
    """
    config = Config(folder / "adapter_config.json", read_json(folder / "adapter_config.json"))
    kind = config.values.get("peft_type")
    if kind != "LORA":
        raise UserError("adapter.kind", path=folder, kind=str(kind)[:40])
    if config.values.get("layer_replication"):
        raise UserError("adapter.unmergeable", path=folder, what="the number of layers")
    tensors = list_tensors(folder)
    check_kinds(tensors)
    found: dict[str, dict[str, StoredTensor]] = {}
    for name, tensor in tensors.items():
        match = _KEY.match(name)
        if match is None:
            raise UserError("adapter.unmergeable", path=folder, what=_plain(name))
        found.setdefault(match["module"], {})[_PARTS[match["part"]]] = tensor
    if not found:
        raise UserError("model.corrupt", path=folder, what="it has no matrices")
    parts = {module: _part(config, module, pieces) for module, pieces in found.items()}
    return PeftAdapter(folder, config, parts)


def _part(config: Config, module: str, pieces: dict[str, StoredTensor]) -> LoraPart:
    a, b, magnitude = pieces.get("a"), pieces.get("b"), pieces.get("magnitude")
    if a is None or b is None or len(a.shape) != 2 or len(b.shape) != 2 or a.shape[0] != b.shape[1]:
        raise UserError("model.corrupt", path=config.path.parent, what=f"{module[:80]} has no two matrices")
    if magnitude is not None and magnitude.shape not in ((b.shape[0],), (b.shape[0], 1), (1, b.shape[0])):
        raise UserError("model.corrupt", path=config.path.parent, what=f"the magnitudes of {module[:80]}")
    rank = a.shape[0]
    if rank > _MOST_RANK:
        raise UserError("model.corrupt", path=config.path.parent, what=f"its rank is {rank}")
    alpha = _of_pattern(config, "alpha_pattern", module, config.real("lora_alpha", default=8.0))
    divisor = math.sqrt(rank) if config.flag("use_rslora", False) else rank
    return LoraPart(module, a, b, alpha / divisor, magnitude)


def _of_pattern(config: Config, name: str, module: str, default: float) -> float:
    """The value of the first pattern that fits the end of a module's name, as PEFT matches them."""
    table: Any = config.values.get(name)
    for pattern, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise config.wrong(name)
        try:
            if re.match(rf"(?:.*\.)?(?:{pattern})$", module):
                return float(value)
        except re.error:
            raise config.wrong(name) from None
    return default


def _plain(name: str) -> str:
    """A tensor's name, or what it means to people."""
    if "lora_embedding" in name:
        return "the token embedding"
    if ".modules_to_save." in name or (name.endswith((".weight", ".bias")) and "lora_" not in name):
        return f"{name.removeprefix('base_model.model.')[:80]} as a whole"
    return name[:80]
