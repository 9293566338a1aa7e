"""A tiny random Qwen2 as a safetensors folder, made by numpy alone."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.support.tiny_llama import MERGES, tokens

WIDTH, INNER, LAYERS, HEADS = 64, 96, 2, 4
Tensors = dict[str, NDArray[Any]]


def write_safetensors(path: Path, tensors: Tensors, kind: str = "F32") -> None:
    """`tensors` hold the stored values: float32, float16, or uint16 for BF16."""
    entries: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, values in tensors.items():
        place = [len(data), len(data) + values.nbytes]
        entries[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": place}
        data += values.tobytes()
    write_raw(path, entries, data)


def write_raw(path: Path, entries: Any, data: bytes) -> None:
    """A file whose header says whatever a test wants."""
    header = json.dumps(entries).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)


def tiny_tensors(seed: int = 4) -> Tensors:
    """Weights in single precision that BF16 holds exactly."""
    random = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        values = (random.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)
        exact: NDArray[np.float32] = (values.view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32)
        return exact

    found: Tensors = {
        "model.embed_tokens.weight": some(len(tokens()), WIDTH),
        "model.norm.weight": some(WIDTH),
        "lm_head.weight": some(len(tokens()), WIDTH),
    }
    for layer in range(LAYERS):
        block = f"model.layers.{layer}."
        for part in "qkvo":
            found[f"{block}self_attn.{part}_proj.weight"] = some(WIDTH, WIDTH)
        for part in "qkv":
            found[f"{block}self_attn.{part}_proj.bias"] = some(WIDTH)
        for part, shape in (("gate", (INNER, WIDTH)), ("up", (INNER, WIDTH)), ("down", (WIDTH, INNER))):
            found[f"{block}mlp.{part}_proj.weight"] = some(*shape)
        found[f"{block}input_layernorm.weight"] = some(WIDTH)
        found[f"{block}post_attention_layernorm.weight"] = some(WIDTH)
    return found


def write_tiny_folder(folder: Path, kind: str = "F32") -> Path:
    """In two shards with an index, as large models come."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": "qwen2",
        "architectures": ["Qwen2ForCausalLM"],
        "hidden_size": WIDTH,
        "intermediate_size": INNER,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": HEADS,
        "max_position_embeddings": 256,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "vocab_size": len(tokens()),
        "tie_word_embeddings": False,
        "eos_token_id": len(tokens()) - 2,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer()), encoding="utf-8")
    tensors = tiny_tensors()
    if kind == "BF16":
        tensors = {name: (one.view(np.uint32) >> 16).astype(np.uint16) for name, one in tensors.items()}
    names = list(tensors)
    places = {}
    for number, part in enumerate((names[:9], names[9:]), 1):
        file = f"model-{number:05d}-of-00002.safetensors"
        write_safetensors(folder / file, {name: tensors[name] for name in part}, kind)
        places.update(dict.fromkeys(part, file))
    index = {"metadata": {}, "weight_map": places}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def _tokenizer() -> dict[str, Any]:
    known = tokens()
    control = known[-3:]
    return {
        "version": "1.0",
        "added_tokens": [
            {"id": len(known) - 3 + place, "content": text, "special": True}
            for place, text in enumerate(control)
        ],
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True},
        "model": {
            "type": "BPE",
            "vocab": {text: number for number, text in enumerate(known[:-3])},
            "merges": list(MERGES),
        },
    }
