"""How much memory the KV cache of a choice will need; no Qt."""

from engine.protocol.values import ContextParams, KvType, LoadedModel

KV_BYTES: dict[KvType, float] = {
    "f32": 4.0,
    "f16": 2.0,
    "bf16": 2.0,
    "q8_0": 34 / 32,
    "q5_1": 24 / 32,
    "q5_0": 22 / 32,
    "q4_1": 20 / 32,
    "q4_0": 18 / 32,
    "iq4_nl": 18 / 32,
}
"""Bytes an element takes in ggml's blocks of 32."""


def kv_bytes_per_token(model: LoadedModel, context: ContextParams) -> float:
    """Scaled from what the loaded model measured with its own KV types."""
    loaded = KV_BYTES[model.context.type_k] + KV_BYTES[model.context.type_v]
    chosen = KV_BYTES[context.type_k] + KV_BYTES[context.type_v]
    return model.kv_bytes_per_token * chosen / loaded


def kv_bytes(model: LoadedModel, context: ContextParams) -> float:
    """Of the whole context; what “auto” gave stands for a context of 0."""
    return kv_bytes_per_token(model, context) * (context.n_ctx or model.n_ctx)
