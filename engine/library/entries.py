"""Values of the model library."""

from typing import Literal

from msgspec import Struct

from engine.errors import UserError
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


class TensorShare(Struct, frozen=True, array_like=True, gc=False):
    """The tensors of one type: how many, with how many values, in how many bytes."""

    type: str
    tensors: int
    values: int
    nbytes: int


class Problem(Struct, frozen=True, gc=False):
    """Why a file that looks like a model is none that can be used: a code of the error catalog."""

    code: str
    params: dict[str, str]

    def error(self) -> UserError:
        """The sentence for it."""
        return UserError(self.code, **self.params)


class ModelEntry(Struct, frozen=True, gc=False):
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
    title: str = ""
    """What the files call the model (`general.name`), which their own names need not say."""
    license: str = ""
    has_template: bool = False
    bits_per_weight: float = 0.0
    types: tuple[TensorShare, ...] = ()
    """Largest share of bytes first."""
    base: str = ""
    """Of an adapter: the model that it was made for, as its files name it."""
    repo: str = ""
    """Repository of the hub, `owner/name`, where that is known."""
    parts: int = 1
    modified_ms: int = 0
    need_bytes: int = 0
    """Memory for the model with its trained context, at most 8,192 tokens; 0 where that is not known."""
    problem: Problem | None = None
    """Set for what cannot be used; then the figures are 0."""


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
    layer_bytes: tuple[int, ...] = ()
    """Weights of each layer, in bytes."""
    input_bytes: int = 0
    """Token embeddings: llama.cpp keeps them in main memory."""
    tied_output: bool = False
    """Whether the output head is the token embedding; on a GPU it is then a second copy."""
