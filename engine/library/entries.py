"""Values of the model library."""

from typing import Literal

from msgspec import Struct

from engine.protocol.values import ModelKind

ModelFormat = Literal["gguf", "safetensors", "lora"]
ModelSource = Literal[
    "starter",
    "folder",
    "home",
    "lmstudio",
    "ollama",
    "huggingface",
    "text-generation-webui",
    "jan",
    "path",
]


class ModelEntry(Struct, frozen=True):
    """One model on this machine. `path` is the file to load (the first one of a split model) or the folder.

    `context_length`: tokens it was trained for; 0 where the files do not say. `size_bytes`: all its files.
    """

    name: str
    path: str
    format: ModelFormat
    architecture: str
    parameters: int
    size_bytes: int
    quantization: str
    context_length: int
    source: ModelSource
    kind: ModelKind = "decoder"


class ModelFacts(Struct, frozen=True):
    """What a GGUF header says about a model; 0 or "" where it says nothing."""

    name: str
    architecture: str
    parameters: int
    tensor_bytes: int
    quantization: str
    bits_per_weight: float
    n_layer: int
    n_embd: int
    n_ff: int
    n_vocab: int
    context_length: int
    heads: tuple[int, ...]
    """Attention heads of each layer; 0 for layers without attention."""
    kv_heads: tuple[int, ...]
    key_length: int
    value_length: int
    sliding_window: int
    window_layers: tuple[bool, ...]
    """Which layers see only `sliding_window` tokens."""
    n_expert: int
    n_expert_used: int
    rope_freq_base: float
    rope_scaling: str
    tokenizer: str
    template: str
    license: str
