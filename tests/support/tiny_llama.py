"""A tiny random llama as a GGUF that llama.cpp loads and runs: made by numpy and `gguf` alone."""

from pathlib import Path
from typing import Any, NamedTuple

import gguf
import numpy as np

MERGES = ("t h", "th e", "Ġ the", "i n", "a n", "an d", "Ġ a", "e r", "o u", "Ġ s")
TEXT = (
    "the lathe turns the work, and the tool stands still. an apprentice learns the sound of a sharp edge "
    "and of a dull one; the chips say the rest. in the evening the shop is swept and the tools are counted. "
)


class Size(NamedTuple):
    """`experts`: 0 for none, else two are used for each token."""

    n_embd: int = 256
    n_ff: int = 512
    n_layer: int = 2
    n_head: int = 4
    experts: int = 0


def byte_alphabet() -> list[str]:
    """GPT-2's 256 letters, by byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def tokens() -> list[str]:
    """256 bytes, ten merges, and three control tokens."""
    merged = [merge.replace(" ", "") for merge in MERGES]
    return [*byte_alphabet(), *merged, "<|begin|>", "<|end|>", "<|pad|>"]


def write_tiny_llama(path: Path, size: Size | None = None, seed: int = 1, split: int = 0) -> Path:
    """Weights in F32. `split`: tensors of each file of a split model; the first file is returned then."""
    size = size or Size()
    random = np.random.default_rng(seed)
    writer: Any = gguf.GGUFWriter(path, "llama", split_max_tensors=split)
    _write_metadata(writer, size)
    vocabulary = len(tokens())

    def add(name: str, *shape: int) -> None:
        scale = 1.5 / np.sqrt(shape[-1])
        writer.add_tensor(name, (random.standard_normal(shape) * scale).astype(np.float32))

    def ones(name: str) -> None:
        writer.add_tensor(name, np.ones(size.n_embd, np.float32))

    add("token_embd.weight", vocabulary, size.n_embd)
    add("output.weight", vocabulary, size.n_embd)
    ones("output_norm.weight")
    for layer in range(size.n_layer):
        block = f"blk.{layer}."
        ones(block + "attn_norm.weight")
        ones(block + "ffn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"{block}{part}.weight", size.n_embd, size.n_embd)
        if size.experts:
            add(block + "ffn_gate_inp.weight", size.experts, size.n_embd)
        ending, several = ("_exps", (size.experts,)) if size.experts else ("", ())
        add(f"{block}ffn_gate{ending}.weight", *several, size.n_ff, size.n_embd)
        add(f"{block}ffn_up{ending}.weight", *several, size.n_ff, size.n_embd)
        add(f"{block}ffn_down{ending}.weight", *several, size.n_embd, size.n_ff)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return next(iter(sorted(path.parent.glob(f"{path.stem}-00001-of-*")))) if split else path


def _write_metadata(writer: Any, size: Size) -> None:
    writer.add_type("model")
    writer.add_name("tiny")
    writer.add_context_length(1024)
    writer.add_embedding_length(size.n_embd)
    writer.add_block_count(size.n_layer)
    writer.add_feed_forward_length(size.n_ff)
    writer.add_head_count(size.n_head)
    writer.add_head_count_kv(size.n_head)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(size.n_embd // size.n_head)
    writer.add_vocab_size(len(tokens()))
    writer.add_file_type(0)
    if size.experts:
        writer.add_expert_count(size.experts)
        writer.add_expert_used_count(2)
    kinds = [gguf.TokenType.NORMAL] * (256 + len(MERGES)) + [gguf.TokenType.CONTROL] * 3
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens())
    writer.add_token_types(kinds)
    writer.add_token_merges(list(MERGES))
    writer.add_bos_token_id(256 + len(MERGES))
    writer.add_eos_token_id(257 + len(MERGES))
    writer.add_pad_token_id(258 + len(MERGES))
    writer.add_add_bos_token(False)
