"""Small models with random weights, written as GGUF: two architectures that differ where it matters.

The same seed gives the same weights on every machine (numpy's `RandomState` is frozen), so that reference
values recorded once stay valid. All values are exact in half precision: an F32 and an F16 file hold the same
model. Needs numpy and gguf only.
"""

from pathlib import Path
from typing import Any, Literal, NamedTuple

import gguf
import numpy as np
from numpy.typing import NDArray

Architecture = Literal["llama", "gemma3"]
Weights = dict[str, NDArray[np.float32]]


class TinyShape(NamedTuple):
    """Sizes of a model. `window`: sliding window, 0 for none."""

    layers: int
    embedding: int = 64
    feed_forward: int = 96
    heads: int = 4
    kv_heads: int = 2
    head_size: int = 16
    vocabulary: int = 320
    context: int = 256
    epsilon: float = 1e-6
    rope_base: float = 10_000.0
    window: int = 0


SHAPES: dict[Architecture, TinyShape] = {
    "llama": TinyShape(layers=4),
    # Every sixth layer of Gemma 3 sees all of the text, the others the last `window` tokens.
    "gemma3": TinyShape(layers=6, rope_base=1_000_000.0, window=8),
}


def rounded(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """The nearest numbers that half precision has."""
    half: NDArray[np.float16] = values.astype(np.float16)
    return half.astype(np.float32)


def tiny_weights(architecture: Architecture) -> Weights:
    """Tensors by their GGUF names, shapes in numpy's order (outputs first)."""
    shape = SHAPES[architecture]
    random = np.random.RandomState(20 + len(architecture))

    def matrix(outputs: int, inputs: int, gain: float) -> NDArray[np.float32]:
        values = random.standard_normal((outputs, inputs)) * gain / np.sqrt(inputs)
        return rounded(values)

    def norm(size: int) -> NDArray[np.float32]:
        return rounded(1 + 0.1 * random.standard_normal(size))

    queries, keys = shape.heads * shape.head_size, shape.kv_heads * shape.head_size
    # Gains above 1 make attention sharp and layers different: flat softmaxes would agree with anything.
    gain = 4.0 if architecture == "llama" else 1.0  # Gemma multiplies its embedding by √width
    weights: Weights = {"token_embd.weight": matrix(shape.vocabulary, shape.embedding, gain)}
    for layer in range(shape.layers):
        names: Weights = {
            "attn_norm": norm(shape.embedding),
            "attn_q": matrix(queries, shape.embedding, 2.0),
            "attn_k": matrix(keys, shape.embedding, 2.0),
            "attn_v": matrix(keys, shape.embedding, 1.5),
            "attn_output": matrix(shape.embedding, queries, 1.5),
            "ffn_norm": norm(shape.embedding),
            "ffn_gate": matrix(shape.feed_forward, shape.embedding, 1.5),
            "ffn_up": matrix(shape.feed_forward, shape.embedding, 1.5),
            "ffn_down": matrix(shape.embedding, shape.feed_forward, 1.5),
        }
        if architecture == "gemma3":
            names |= {
                "attn_q_norm": norm(shape.head_size),
                "attn_k_norm": norm(shape.head_size),
                "post_attention_norm": norm(shape.embedding),
                "post_ffw_norm": norm(shape.embedding),
            }
        weights |= {f"blk.{layer}.{name}.weight": value for name, value in names.items()}
    # Tied to small embeddings, the head would say much the same of everything.
    weights["output_norm.weight"] = norm(shape.embedding) * (4 if architecture == "gemma3" else 1)
    if architecture == "llama":
        weights["output.weight"] = matrix(shape.vocabulary, shape.embedding, 2.0)
    return weights


def write_tiny(path: Path, architecture: Architecture, kind: Literal["F32", "F16"]) -> Path:
    """Write the model. Norms stay in F32, as converters do it."""
    shape = SHAPES[architecture]
    writer: Any = gguf.GGUFWriter(path, architecture)
    writer.add_name(f"Tiny {architecture}")
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.embedding)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_size)
    writer.add_value_length(shape.head_size)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_rope_dimension_count(shape.head_size)
    writer.add_vocab_size(shape.vocabulary)
    if shape.window:
        writer.add_sliding_window(shape.window)
    _add_vocabulary(writer, shape.vocabulary)
    for name, values in tiny_weights(architecture).items():
        half = kind == "F16" and values.ndim > 1
        writer.add_tensor(name, values.astype(np.float16) if half else values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_vocabulary(writer: Any, size: int) -> None:
    """SentencePiece's kind: control tokens, all bytes, then words."""
    kinds = gguf.TokenType
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    types = [kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256]
    words = [f"▁{chr(97 + number % 26)}{number}" for number in range(size - len(tokens))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list([*tokens, *words])
    writer.add_token_types([int(one) for one in [*types, *[kinds.NORMAL] * len(words)]])
    writer.add_token_scores([0.0] * len(tokens) + [-float(number) for number in range(len(words))])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
