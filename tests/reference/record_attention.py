"""Record what transformers says of the models that `tests/engine/inspection/test_reference.py` looks into.

    python tests/reference/record_attention.py STARTER.gguf

Needs torch 2.13.0, transformers 5.23.0, gguf and numpy in an environment of its own; Lathe and its tests do
not. The weights are dequantized from the very GGUF (the tiny models are written first) and given to
transformers in float32 with eager attention; attention, and the logit lens through the model's own norm and
head, are stored as NPZ beside this script, about 200 KB together.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
import transformers
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.reference import tiny_models

HERE = Path(__file__).resolve().parent

TOP = 5
STARTER_LAYERS = (0, 4, 9, 14, 19, 24, 29)
# BOS, then “The cat sat on the mat, and the dog sat on the rug. The cat sat on
# the mat, and the dog”: the second sentence repeats the first, which is what induction heads look for.
STARTER_IDS = (
    *(1, 504, 2644, 2643, 335, 260, 1171, 28, 284, 260, 2767, 2643, 335, 260, 27497, 30),
    *(378, 2644, 2643, 335, 260, 1171, 28, 284, 260, 2767),
)

_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_NORMS = {
    "llama": {"ffn_norm": "post_attention_layernorm"},
    "gemma3": {
        "post_attention_norm": "post_attention_layernorm",
        "ffn_norm": "pre_feedforward_layernorm",
        "post_ffw_norm": "post_feedforward_layernorm",
    },
}
_OUTSIDE = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("starter", type=Path)
    starter = parser.parse_args().starter
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    save("starter", load(starter), STARTER_IDS, STARTER_LAYERS)
    for architecture, shape in tiny_models.SHAPES.items():
        path = tiny_models.write_tiny(HERE / f"{architecture}.gguf", architecture, "F16")
        ids = [1, *np.random.RandomState(3).randint(3, shape.vocabulary, 31).tolist()]
        save(f"tiny_{architecture}", load(path), ids, range(shape.layers))
        path.unlink()


def load(path: Path) -> Any:
    """A model of transformers with the weights of a GGUF."""
    reader: Any = gguf.GGUFReader(path)
    metadata = {name: field.contents() for name, field in reader.fields.items() if "tokenizer" not in name}
    architecture = metadata["general.architecture"]
    tensors = {one.name: gguf.dequantize(one.data, one.tensor_type) for one in reader.tensors}

    def known(key: str, default: Any = None) -> Any:
        return metadata.get(f"{architecture}.{key}", default)

    heads, width = known("attention.head_count"), known("embedding_length")
    values = {
        "vocab_size": tensors["token_embd.weight"].shape[0],
        "hidden_size": width,
        "intermediate_size": known("feed_forward_length"),
        "num_hidden_layers": known("block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": known("attention.head_count_kv"),
        "head_dim": known("attention.key_length", width // heads),
        "max_position_embeddings": known("context_length"),
        "rms_norm_eps": known("attention.layer_norm_rms_epsilon"),
        "tie_word_embeddings": "output.weight" not in tensors,
        "attn_implementation": "eager",
    }
    if architecture == "llama":
        values["rope_theta"] = known("rope.freq_base", 10_000.0)
        model: Any = transformers.LlamaForCausalLM(transformers.LlamaConfig(**values))
    else:
        values["sliding_window"] = known("attention.sliding_window")
        values["query_pre_attn_scalar"] = values["head_dim"]
        model = transformers.Gemma3ForCausalLM(transformers.Gemma3TextConfig(**values))
    state = {
        hf_name(name, architecture): hf_value(name, one, architecture, known) for name, one in tensors.items()
    }
    missing, unexpected = model.load_state_dict(state, strict=False)
    allowed = ["lm_head.weight"] if values["tie_word_embeddings"] else []
    assert (missing, unexpected) in (([], []), (allowed, [])), (missing, unexpected)
    model.tie_weights()
    return model.eval()


def hf_name(name: str, architecture: str) -> str:
    """The name that transformers has for a tensor."""
    if name in _OUTSIDE:
        return _OUTSIDE[name]
    _, layer, part, suffix = name.split(".")
    return f"model.layers.{layer}.{({**_NAMES, **_NORMS[architecture]})[part]}.{suffix}"


def hf_value(name: str, values: NDArray[np.float32], architecture: str, known: Any) -> torch.Tensor:
    """Converters reorder llama's queries and keys for RoPE, and add 1 to Gemma's norms: undo it."""
    if architecture == "llama" and (name.endswith(("attn_q.weight", "attn_k.weight"))):
        heads = known("attention.head_count" if "attn_q" in name else "attention.head_count_kv")
        rows, columns = values.shape
        values = values.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)
    if architecture == "gemma3" and "norm" in name:
        values = values - 1
    return torch.from_numpy(np.array(values, np.float32))


def save(name: str, model: Any, ids: Any, layers: Any) -> None:
    """Attention of some layers, and the lens of all of them at two positions."""
    states: list[torch.Tensor] = []
    hooks = [
        layer.register_forward_hook(lambda _module, _inputs, output: states.append(first(output)[0]))
        for layer in model.model.layers
    ]
    output = model(torch.tensor([list(ids)]), output_attentions=True, use_cache=False)
    for hook in hooks:
        hook.remove()
    positions = [len(ids) // 2, len(ids) - 1]
    logits = model.lm_head(model.model.norm(torch.stack(states)[:, positions]))
    assert torch.allclose(logits[-1], output.logits[0, positions], atol=1e-4)
    logprobs = torch.log_softmax(logits.double(), -1)
    best = logprobs.topk(TOP, -1)
    final = logprobs[-1]
    file = HERE / f"{name}.npz"
    np.savez_compressed(
        file,
        token_ids=np.array(ids, np.int32),
        layers=np.array(list(layers), np.int32),
        attention=torch.stack([output.attentions[layer][0] for layer in layers]).float().numpy(),
        lens_positions=np.array(positions, np.int32),
        lens_ids=best.indices.int().numpy(),
        lens_logprobs=best.values.float().numpy(),
        lens_kl=(final.exp() * (final - logprobs)).sum(-1).float().numpy(),
        lens_entropy=(-(logprobs.exp() * logprobs).sum(-1) / np.log(2)).float().numpy(),
    )
    print(f"{file.name}: {file.stat().st_size} bytes, {len(ids)} tokens")


def first(output: Any) -> torch.Tensor:
    return output[0] if isinstance(output, tuple) else output


if __name__ == "__main__":
    main()
