"""The model that is trained further: a GGUF file or a safetensors folder, examined before anything is
loaded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.convert.back_config import layer_count, restored_config
from engine.convert.back_names import RestoredTensor, restored_tensors
from engine.convert.config import read_json
from engine.convert.gguf_weights import GgufModel, check_types
from engine.convert.weights import check_kinds, list_tensors, read_values, to_float
from engine.errors import UserError
from engine.library.safetensors_kind import kind_of

Shapes = Mapping[str, tuple[int, ...]]
_FULL = ("F32", "F16", "BF16", "F64")


@dataclass(frozen=True)
class Base:
    """What is known of a base from its files.

    `config`: as in config.json. `shapes`: of all weights, in transformers' names. `quantization`: the kind
    of most of a GGUF's weights where they are not floating-point numbers, else "". `license` as the files
    say it, "" if they do not.
    """

    path: Path
    name: str
    kind: Literal["gguf", "folder"]
    config: dict[str, Any]
    shapes: Shapes
    quantization: str
    license: str
    chat_template: bool

    @property
    def parameters(self) -> int:
        return sum(_size(shape) for shape in self.shapes.values())

    @property
    def context_length(self) -> int:
        """Tokens it was trained to read, 0 where nothing says so."""
        for name in ("max_position_embeddings", "n_positions"):
            value = self.config.get(name)
            if isinstance(value, int):
                return value
        return 0

    @property
    def tied(self) -> bool:
        return bool(self.config.get("tie_word_embeddings", False))

    def linear_shapes(self) -> Shapes:
        """Matrices inside the layers, by the module's name: what adapters are put on."""
        outside = ("embed_tokens", "lm_head", "wte", "wpe", "embed_in", "embed_out")
        return {
            name.removesuffix(".weight"): shape
            for name, shape in self.shapes.items()
            if len(shape) == 2 and name.endswith(".weight") and name.split(".")[-2] not in outside
        }

    def reader(self) -> Callable[[str], Any]:
        """Gives a tensor by its name, float32, each read when it is asked for. Raises `UserError` model.*."""
        import torch  # noqa: PLC0415 - this module is for planning, too

        if self.kind == "gguf":
            model = GgufModel(self.path)
            check_types(model)
            found = {one.name: one for one in restored_tensors(model, layer_count(model))}
            return lambda name: torch.from_numpy(_decoded(_named(found, name, self.path)))
        stored = list_tensors(self.path)
        check_kinds(stored)
        return lambda name: torch.from_numpy(to_float(read_values(_named(stored, name, self.path))))


def open_base(path: Path, name: str = "") -> Base:
    """Raises `UserError` model.*, convert.*, finetune.not_trainable, finetune.architecture."""
    return _folder(path, name or path.name) if path.is_dir() else _gguf(path, name or path.stem)


def _gguf(path: Path, name: str) -> Base:
    model = GgufModel(path)
    try:
        config = restored_config(model)
    except UserError as error:
        if error.code != "convert.architecture":
            raise
        params = {key: error.params[key] for key in ("architecture", "known")}
        raise UserError("finetune.architecture", base=name, **params) from None
    tensors = restored_tensors(model, layer_count(model))
    kinds: dict[str, int] = {}
    for one in tensors:
        kind = one.source.info.type.name
        kinds[kind] = kinds.get(kind, 0) + _size(one.shape)
    most = max(kinds, key=lambda kind: kinds[kind])
    return Base(
        path,
        name,
        "gguf",
        config,
        {one.name: one.shape for one in tensors},
        "" if most in _FULL else most,
        model.text("general.license"),
        bool(model.text("tokenizer.chat_template")),
    )


def _folder(path: Path, name: str) -> Base:
    if (path / "adapter_config.json").is_file():
        raise UserError("model.is_adapter", path=path)
    config = read_json(path / "config.json")
    if "auto_map" in config:
        raise UserError("model.needs_code", path=path)
    if kind_of(config) != "decoder":
        raise UserError(
            "finetune.not_trainable", base=name, reason="it does not write text from left to right"
        )
    if config.get("quantization_config") is not None:
        raise UserError("finetune.not_trainable", base=name, reason="its weights are quantized")
    stored = list_tensors(path)
    check_kinds(stored)
    settings = path / "tokenizer_config.json"
    has_template = (path / "chat_template.jinja").is_file() or (
        settings.is_file() and bool(read_json(settings).get("chat_template"))
    )
    shapes = {key: tensor.shape for key, tensor in stored.items()}
    return Base(path, name, "folder", config, shapes, "", _license(path), has_template)


def _license(path: Path) -> str:
    """From the header of README.md, as model cards have it."""
    try:
        lines = (path / "README.md").read_text("utf-8").splitlines()[:40]
    except (OSError, UnicodeDecodeError):
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("license:")), "")


def _decoded(tensor: RestoredTensor) -> NDArray[np.float32]:
    """By ggml itself where it can: the same numbers, several times as fast."""
    info = tensor.source.info
    if info.type.block == 1 or tensor.transposed or len(info.shape) != 2:
        return tensor.values()
    from engine.backends.llama_cpp.codec import dequantize_rows  # noqa: PLC0415 - loads llama.cpp

    stored = np.fromfile(tensor.source.path, np.uint8, info.nbytes, offset=info.offset)
    values = dequantize_rows(stored.reshape(info.shape[1], -1), info.type.name, info.shape[0])
    if not np.isfinite(values).all():
        raise UserError("model.corrupt", path=tensor.source.path, what=f"{tensor.name} is not all numbers")
    if tensor.order is not None:
        values = values[tensor.order]
    return values - np.float32(tensor.offset) if tensor.offset else values


def _named(table: Mapping[str, Any], name: str, path: Path) -> Any:
    if name not in table:
        raise UserError("model.corrupt", path=path, what=f"the tensor {name} is missing")
    return table[name]


def _size(shape: tuple[int, ...]) -> int:
    count = 1
    for length in shape:
        count *= length
    return count
