"""`config.json` of a safetensors folder, with the names that different kinds of model use for one thing."""

import json
from pathlib import Path
from typing import Any

from engine.errors import UserError

_MAX_BYTES = 16 << 20
_MOST = 16_384


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object. Raises `UserError` model.missing, model.corrupt, model.unreadable."""
    try:
        if path.stat().st_size > 8 * _MAX_BYTES:
            raise UserError("model.corrupt", path=path, what="it is too long")
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise UserError("model.missing", path=path) from None
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UserError("model.corrupt", path=path, what="it is no JSON") from None
    if not isinstance(value, dict):
        raise UserError("model.corrupt", path=path, what="it is no JSON object")
    return value


class Config:
    """Typed access. Raises `UserError` model.corrupt for what is missing or of another type."""

    def __init__(self, path: Path, values: dict[str, Any]) -> None:
        self.path = path
        self.values = values

    @property
    def model_type(self) -> str:
        value = self.values.get("model_type")
        return value if isinstance(value, str) else ""

    def integer(self, *names: str, default: int | None = None) -> int:
        """The first of the names that is set."""
        for name in names:
            value = self.values.get(name)
            if type(value) is int and 0 <= value < 1 << 40:
                return value
            if value is not None:
                raise self.wrong(name)
        if default is None:
            raise self.wrong(names[0])
        return default

    def real(self, *names: str, default: float | None = None) -> float:
        for name in names:
            value = self.values.get(name)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return float(value)
            if value is not None:
                raise self.wrong(name)
        if default is None:
            raise self.wrong(names[0])
        return default

    def flag(self, name: str, default: bool) -> bool:
        value = self.values.get(name)
        return value if isinstance(value, bool) else default

    def wrong(self, name: str) -> UserError:
        return UserError("model.corrupt", path=self.path, what=f"{name} is missing or no sensible number")

    @property
    def heads(self) -> int:
        return max(self.integer("num_attention_heads", "n_head"), 1)

    @property
    def kv_heads(self) -> int:
        return max(self.integer("num_key_value_heads", default=self.heads), 1)

    @property
    def width(self) -> int:
        return self.integer("hidden_size", "n_embd")

    @property
    def head_size(self) -> int:
        return self._bounded(self.integer("head_dim", default=self.width // self.heads), "head_dim")

    @property
    def rotary_size(self) -> int:
        """How much of each head has positions."""
        share = self.rope.get("partial_rotary_factor", self.values.get("partial_rotary_factor", 1.0))
        if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 < share <= 1:
            raise self.wrong("partial_rotary_factor")
        return int(self.head_size * share)

    @property
    def layers(self) -> int:
        return self._bounded(self.integer("num_hidden_layers", "n_layer"), "num_hidden_layers")

    def _bounded(self, value: int, name: str) -> int:
        """Tables are made of so many entries: no file can ask for millions of them."""
        if not 0 < value <= _MOST:
            raise self.wrong(name)
        return value

    @property
    def rope(self) -> dict[str, Any]:
        """`rope_parameters` (new) or `rope_scaling` (old), {} where there is none."""
        for name in ("rope_parameters", "rope_scaling"):
            value = self.values.get(name)
            if isinstance(value, dict):
                return value
        return {}

    @property
    def rope_base(self) -> float:
        value = self.rope.get("rope_theta")
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        return self.real("rope_theta", default=10000.0)


def read_config(folder: Path) -> Config:
    """Raises `UserError` model.*, convert.quantized."""
    path = folder / "config.json"
    config = Config(path, read_json(path))
    if config.values.get("quantization_config") is not None:
        raise UserError("convert.quantized", path=folder)
    return config
