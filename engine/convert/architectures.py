"""What is particular to each kind of model: its metadata, and how its weights differ between the formats."""

from collections.abc import Callable
from typing import Any, NamedTuple

from numpy.typing import NDArray

from engine.convert.config import Config
from engine.convert.rope import Tensors, add_rope
from engine.errors import UserError
from engine.protocol.jobs import JobNotice

Values = NDArray[Any]
Change = Callable[[str, Values, Config], Values]


class Architecture(NamedTuple):
    """`gguf`: a member of `gguf.MODEL_ARCH`. `change`: a tensor as GGUF has it."""

    gguf: str
    describe: Callable[[Any, Config], Tensors]
    change: Change
    tied: bool = False
    """Whether the output head is the embedding where the configuration does not say."""
    norm_offset: float = 0.0
    """Added to the weights of norms: Gemma stores them less one."""


def unchanged(name: str, values: Values, config: Config) -> Values:
    """For architectures whose weights are the same in both formats."""
    del name, config
    return values


def turn_pairs(name: str, values: Values, config: Config) -> Values:
    """Query and key rows of the llama kind: Hugging Face turns the two halves of a head against each other,
    GGUF neighbouring rows.
    """
    part = name.rpartition(".")[0].rpartition(".")[2]
    heads = {"q_proj": config.heads, "k_proj": config.kv_heads}.get(part)
    if heads is None:
        return values
    if values.shape[0] % (2 * heads):
        raise UserError("model.corrupt", path=config.path, what=f"{name} does not fit {heads} heads")
    halves = values.reshape(heads, 2, values.shape[0] // heads // 2, *values.shape[1:])
    return halves.swapaxes(1, 2).reshape(values.shape)


def transposed(name: str, values: Values, config: Config) -> Values:
    """GPT-2 keeps its matrices as [inputs, outputs]."""
    del config
    ends = ("attn.c_attn.weight", "attn.c_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight")
    return values.T if name.endswith(ends) else values


def _common(writer: Any, config: Config) -> None:
    writer.add_context_length(config.integer("max_position_embeddings", "n_positions", "n_ctx"))
    writer.add_embedding_length(config.width)
    writer.add_block_count(config.layers)
    writer.add_head_count(config.heads)


def _describe_llama(writer: Any, config: Config) -> Tensors:
    """The kind with RMS norms, gated feed-forward and rotary positions."""
    if config.values.get("hidden_act", "silu") not in ("silu", "swish"):
        raise UserError("convert.unsupported", path=config.path, what="another activation than SiLU")
    _common(writer, config)
    writer.add_feed_forward_length(config.integer("intermediate_size"))
    writer.add_head_count_kv(config.kv_heads)
    writer.add_layer_norm_rms_eps(config.real("rms_norm_eps"))
    writer.add_key_length(config.head_size)
    writer.add_value_length(config.head_size)
    if config.rotary_size != config.head_size and config.model_type != "phi3":
        raise UserError("convert.unsupported", path=config.path, what="positions on a part of each head")
    writer.add_rope_dimension_count(config.rotary_size)
    return add_rope(writer, config)


def _describe_smollm3(writer: Any, config: Config) -> Tensors:
    """llama.cpp leaves every fourth layer without positions, as the published models have it."""
    without = config.values.get("no_rope_layers")
    expected = [int((layer + 1) % 4 != 0) for layer in range(config.layers)]
    if (without is not None and without != expected) or config.integer(
        "no_rope_layer_interval", default=4
    ) != 4:
        raise UserError(
            "convert.unsupported", path=config.path, what="another choice of layers without positions"
        )
    return _describe_llama(writer, config)


def _describe_gpt2(writer: Any, config: Config) -> Tensors:
    if config.values.get("activation_function", "gelu_new") not in ("gelu_new", "gelu_pytorch_tanh"):
        raise UserError("convert.unsupported", path=config.path, what="another activation than gelu_new")
    _common(writer, config)
    writer.add_feed_forward_length(config.integer("n_inner", default=4 * config.width))
    writer.add_layer_norm_eps(config.real("layer_norm_epsilon", default=1e-5))
    return {}


def _describe_phi3(writer: Any, config: Config) -> Tensors:
    """Longer contexts than the original have their own factors of positions."""
    tensors = _describe_llama(writer, config)
    context = config.integer("max_position_embeddings")
    stated = config.rope.get("original_max_position_embeddings")
    original = (
        stated if type(stated) is int else config.integer("original_max_position_embeddings", default=context)
    )
    writer.add_rope_scaling_orig_ctx_len(original if tensors and original else context)
    writer.add_sliding_window(config.integer("sliding_window", default=0))
    return tensors


def _describe_gemma(writer: Any, config: Config, every: int, largest: int) -> None:
    """`every`: which layers see the whole text. `largest`: the layers of the one size that llama.cpp scales
    attention otherwise for.
    """
    if config.values.get("hidden_activation", "gelu_pytorch_tanh") not in (None, "gelu_pytorch_tanh"):
        raise UserError("convert.unsupported", path=config.path, what="another activation than GELU")
    scaled = config.width // config.heads if config.layers == largest else config.head_size
    if config.integer("query_pre_attn_scalar", default=256) != scaled:
        raise UserError("convert.unsupported", path=config.path, what="another scale of attention")
    kinds = config.values.get("layer_types")
    expected = [
        "full_attention" if (layer + 1) % every == 0 else "sliding_attention"
        for layer in range(config.layers)
    ]
    period = config.values.get("sliding_window_pattern", every)
    if (kinds is not None and kinds != expected) or period != every:
        raise UserError("convert.unsupported", path=config.path, what="another choice of sliding layers")
    if config.flag("use_bidirectional_attention", False):
        raise UserError("convert.unsupported", path=config.path, what="attention in both directions")
    _common(writer, config)
    writer.add_feed_forward_length(config.integer("intermediate_size"))
    writer.add_head_count_kv(config.kv_heads)
    writer.add_layer_norm_rms_eps(config.real("rms_norm_eps", default=1e-6))
    writer.add_key_length(config.head_size)
    writer.add_value_length(config.head_size)
    writer.add_sliding_window(config.integer("sliding_window"))


def _describe_gemma2(writer: Any, config: Config) -> Tensors:
    _describe_gemma(writer, config, every=2, largest=46)
    writer.add_attn_logit_softcapping(config.real("attn_logit_softcapping", default=50.0))
    writer.add_final_logit_softcapping(config.real("final_logit_softcapping", default=30.0))
    return add_rope(writer, config)


def _describe_gemma3(writer: Any, config: Config) -> Tensors:
    """Sliding layers have positions of their own, with a base that llama.cpp takes to be 10,000."""
    _describe_gemma(writer, config, every=6, largest=62)
    for name in ("attn_logit_softcapping", "final_logit_softcapping"):
        if config.values.get(name) is not None:
            raise UserError("convert.unsupported", path=config.path, what=name)
    rope = config.rope
    inner = {name: rope.get(name) for name in ("full_attention", "sliding_attention")}
    local = inner["sliding_attention"]
    base = (
        local.get("rope_theta")
        if isinstance(local, dict)
        else config.real("rope_local_base_freq", default=1e4)
    )
    if base not in (None, 10000):
        raise UserError("convert.unsupported", path=config.path, what="another base of local positions")
    full = inner["full_attention"] if isinstance(inner["full_attention"], dict) else rope
    values = {"rope_theta": config.real("rope_theta", default=1e6), **full}
    return add_rope(writer, Config(config.path, {**config.values, "rope_parameters": values}))


ARCHITECTURES: dict[str, Architecture] = {
    "llama": Architecture("LLAMA", _describe_llama, turn_pairs),
    "mistral": Architecture("LLAMA", _describe_llama, turn_pairs),
    "smollm3": Architecture("SMOLLM3", _describe_smollm3, turn_pairs, tied=True),
    "qwen2": Architecture("QWEN2", _describe_llama, unchanged),
    "qwen3": Architecture("QWEN3", _describe_llama, unchanged),
    "phi3": Architecture("PHI3", _describe_phi3, unchanged),
    "gemma2": Architecture("GEMMA2", _describe_gemma2, unchanged, tied=True, norm_offset=1),
    "gemma3_text": Architecture("GEMMA3", _describe_gemma3, unchanged, tied=True, norm_offset=1),
    "gpt2": Architecture("GPT2", _describe_gpt2, transposed, tied=True),
}
"""By `model_type` of config.json. Each one's logits are compared with transformers' by a test."""


def architecture_of(config: Config) -> Architecture:
    """Raises `UserError` convert.architecture."""
    found = ARCHITECTURES.get(config.model_type)
    if found is None:
        raise UserError(
            "convert.architecture",
            path=config.path.parent,
            architecture=config.model_type[:40] or "unknown",
            known=", ".join(ARCHITECTURES),
        )
    return found


def notices(config: Config) -> list[JobNotice]:
    """What the converted model will do otherwise than the original."""
    window = config.values.get("sliding_window")
    context = config.integer("max_position_embeddings", "n_positions", "n_ctx")
    used = config.model_type == "mistral" or (
        config.model_type in ("qwen2", "qwen3") and config.flag("use_sliding_window", False)
    )
    if used and type(window) is int and window < context:
        return [JobNotice("convert.window", {"window": str(window)})]
    return []


def is_left_out(name: str, config: Config, architecture: Architecture) -> bool:
    """Buffers that older files hold, and an output head that is the embedding."""
    if name.endswith((".rotary_emb.inv_freq", ".attn.masked_bias")):
        return True
    if config.model_type == "gpt2" and name.endswith(".attn.bias"):
        return True
    return name == "lm_head.weight" and config.flag("tie_word_embeddings", architecture.tied)
