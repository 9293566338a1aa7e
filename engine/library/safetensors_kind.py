"""What a safetensors model is for, told by its `config.json` alone: does it write, read, or both?"""

from typing import Any

from engine.protocol.values import ModelKind

_ENCODERS = frozenset(
    {
        "albert",
        "bert",
        "big_bird",
        "camembert",
        "convbert",
        "deberta",
        "deberta-v2",
        "distilbert",
        "electra",
        "ernie",
        "esm",
        "eurobert",
        "gte",
        "ibert",
        "megatron-bert",
        "mobilebert",
        "modernbert",
        "mpnet",
        "nomic_bert",
        "rembert",
        "roberta",
        "roberta-prelayernorm",
        "roc_bert",
        "roformer",
        "squeezebert",
        "xlm-roberta",
        "xlm-roberta-xl",
        "xmod",
    }
)
_ENCODER_DECODERS = frozenset(
    {
        "bart",
        "bigbird_pegasus",
        "blenderbot",
        "blenderbot-small",
        "fsmt",
        "led",
        "longt5",
        "m2m_100",
        "marian",
        "mbart",
        "mt5",
        "mvp",
        "pegasus",
        "plbart",
        "prophetnet",
        "switch_transformers",
        "t5",
        "t5gemma",
        "umt5",
    }
)


def kind_of(config: dict[str, Any]) -> ModelKind:
    """By `model_type`, which decides where it is known; else by what the configuration says of itself."""
    model_type = config.get("model_type")
    names = config.get("architectures")
    head = str(names[0]) if isinstance(names, list) and names else ""
    if model_type in _ENCODERS:
        return "decoder" if config.get("is_decoder") is True and head.endswith("LMHeadModel") else "encoder"
    if model_type in _ENCODER_DECODERS:
        return "encoder" if head.endswith("EncoderModel") else "encoder_decoder"
    if config.get("is_encoder_decoder") is True:
        return "encoder_decoder"
    return "encoder" if head.endswith("ForMaskedLM") else "decoder"
