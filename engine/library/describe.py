"""A GGUF header in the field's own words: layers, heads, context, bytes of KV cache."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.library.entries import ModelEntry, ModelFacts, ModelSource, TensorShare
from engine.library.fit import usual_need
from engine.library.ggml_types import quantization_label
from engine.library.gguf_header import GgufArray, GgufHeader, TensorInfo, Value
from engine.library.gguf_origin import read_origin
from engine.library.shards import read_parts

_EVERY_NTH_LAYER_SEES_ALL = {
    "gemma2": 2,
    "gemma3": 6,
    "gemma3n": 5,
    "cohere2": 4,
    "gpt-oss": 2,
    "olmo2": 4,
    "exaone4": 4,
    "llama4": 4,
}
"""Layers with a sliding window where the file does not list them, as llama.cpp has them built in."""

_LAYER = re.compile(r"^(?:[a-z]+\.)?blk\.(\d+)\.")
_MAX_LAYERS = 4096
_MOST_NAME = 200


class _Metadata:
    """Typed access that never fails: a key of another type counts as absent."""

    def __init__(self, header: GgufHeader) -> None:
        self._values = header.metadata
        self.architecture = self.text("general.architecture")

    def value(self, key: str) -> Value | None:
        own = self._values.get(f"{self.architecture}.{key}") if self.architecture else None
        return own if own is not None else self._values.get(key)

    def text(self, key: str) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def integer(self, key: str) -> int:
        value = self.value(key)
        return value if type(value) is int and 0 <= value < 1 << 40 else 0

    def real(self, key: str) -> float:
        value = self.value(key)
        return float(value) if isinstance(value, (int, float)) else 0.0

    def per_layer(self, key: str, layers: int) -> tuple[int, ...] | None:
        """A number for each layer; one number stands for all of them."""
        value = self.value(key)
        if type(value) is int:
            return (value,) * layers if 0 <= value < 1 << 20 else None
        if isinstance(value, GgufArray) and value.values and len(value.values) >= layers:
            numbers = tuple(item for item in value.values if isinstance(item, int))
            return numbers[:layers] if len(numbers) == len(value.values) else None
        return None


def describe_file(path: Path) -> ModelFacts:
    """Facts of a model with all its parts. Raises `UserError` model.*."""
    header, *others = read_parts(path)
    return describe(header, others)


def describe(header: GgufHeader, others: Sequence[GgufHeader] = ()) -> ModelFacts:
    """Facts of one file; `others` are the further parts of a split model, whose first part `header` is."""
    known = _Metadata(header)
    tensors = [tensor for part in (header, *others) for tensor in part.tensors]
    layers = min(known.integer("block_count"), _MAX_LAYERS)
    heads = known.per_layer("attention.head_count", layers) or (0,) * layers
    kv_heads = known.per_layer("attention.head_count_kv", layers) or heads
    n_embd = known.integer("embedding_length")
    most_heads = max(heads, default=0)
    head_size = n_embd // most_heads if most_heads else 0
    parameters = sum(tensor.values for tensor in tensors)
    tensor_bytes = sum(tensor.nbytes for tensor in tensors)
    names = {tensor.name for tensor in tensors}
    vocabulary = known.value("tokenizer.ggml.tokens")
    feed_forward = known.per_layer("feed_forward_length", layers) or ()
    return ModelFacts(
        name=known.text("general.name"),
        architecture=known.architecture,
        parameters=parameters,
        tensor_bytes=tensor_bytes,
        quantization=_quantization(header, tensors),
        bits_per_weight=tensor_bytes * 8 / parameters if parameters else 0.0,
        n_layer=layers,
        n_embd=n_embd,
        n_ff=max(feed_forward, default=0),
        n_vocab=vocabulary.length if isinstance(vocabulary, GgufArray) else known.integer("vocab_size"),
        context_length=known.integer("context_length"),
        heads=heads,
        kv_heads=kv_heads,
        key_length=known.integer("attention.key_length") or head_size,
        value_length=known.integer("attention.value_length") or head_size,
        sliding_window=known.integer("attention.sliding_window"),
        window_layers=_window_layers(known, layers),
        n_expert=known.integer("expert_count"),
        n_expert_used=known.integer("expert_used_count"),
        rope_freq_base=known.real("rope.freq_base"),
        rope_scaling=known.text(f"{known.architecture}.rope.scaling.type"),
        tokenizer=known.text("tokenizer.ggml.model"),
        template=known.text("tokenizer.chat_template"),
        license=known.text("general.license"),
        layer_bytes=_layer_bytes(tensors, layers),
        input_bytes=sum(tensor.nbytes for tensor in tensors if tensor.name.startswith("token_embd.")),
        tied_output="output.weight" not in names and "token_embd.weight" in names,
    )


def make_entry(
    header: GgufHeader, name: str, source: ModelSource, others: Sequence[GgufHeader] = ()
) -> ModelEntry:
    """The library entry of a file, or of a split model with its `others`."""
    facts = describe(header, others)
    origin = read_origin(header.metadata)
    adapter = header.metadata.get("general.type") == "adapter"
    base = next((each.label() for each in origin.bases if each.label()), "")
    return ModelEntry(
        name=name,
        path=str(header.path),
        format="lora" if adapter else "gguf",
        architecture=facts.architecture[:_MOST_NAME],
        parameters=facts.parameters,
        size_bytes=sum(part.file_size for part in (header, *others)),
        quantization=facts.quantization,
        context_length=facts.context_length,
        source=source,
        title=facts.name[:_MOST_NAME],
        license=facts.license[:_MOST_NAME],
        has_template=bool(facts.template),
        bits_per_weight=facts.bits_per_weight,
        types=tensor_shares(tensor for part in (header, *others) for tensor in part.tensors),
        base=base[:_MOST_NAME] if adapter else "",
        repo=origin.source[:_MOST_NAME] if "/" in origin.source and ":" not in origin.source else "",
        parts=1 + len(others),
        need_bytes=0 if adapter else usual_need(facts),
    )


def tensor_shares(tensors: Iterable[TensorInfo]) -> tuple[TensorShare, ...]:
    """Tensors by type, the largest share of bytes first."""
    shares: dict[str, tuple[int, int, int]] = {}
    for tensor in tensors:
        count, values, nbytes = shares.get(tensor.type.name, (0, 0, 0))
        shares[tensor.type.name] = (count + 1, values + tensor.values, nbytes + tensor.nbytes)
    ordered = sorted(shares.items(), key=lambda item: -item[1][2])
    return tuple(TensorShare(name, *amounts) for name, amounts in ordered)


def default_name(path: Path) -> str:
    """What a file is called without its ending."""
    return path.stem if path.suffix.lower() == ".gguf" else path.name


def _layer_bytes(tensors: Sequence[TensorInfo], layers: int) -> tuple[int, ...]:
    sizes = [0] * layers
    for tensor in tensors:
        match = _LAYER.match(tensor.name)
        number = int(match[1]) if match and len(match[1]) < 6 else layers
        if number < layers:
            sizes[number] += tensor.nbytes
    return tuple(sizes)


def _quantization(header: GgufHeader, tensors: Sequence[TensorInfo]) -> str:
    file_type = header.metadata.get("general.file_type")
    layers = [tensor for tensor in tensors if tensor.name.startswith("blk.")]
    sizes = [(tensor.type.name, tensor.nbytes) for tensor in layers or tensors]
    return quantization_label(file_type if type(file_type) is int else None, sizes)


def _window_layers(known: _Metadata, layers: int) -> tuple[bool, ...]:
    """Which layers have a sliding window: listed in the file, every n-th not, or built into llama.cpp."""
    pattern = known.value("attention.sliding_window_pattern")
    if isinstance(pattern, GgufArray) and pattern.values and len(pattern.values) >= layers:
        return tuple(bool(item) for item in pattern.values[:layers])
    period = pattern if type(pattern) is int else _EVERY_NTH_LAYER_SEES_ALL.get(known.architecture, 0)
    if period <= 1:
        return (False,) * layers
    return tuple(layer % period < period - 1 for layer in range(layers))
