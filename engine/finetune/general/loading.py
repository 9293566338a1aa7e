"""The base as a model of transformers: from a GGUF or a folder, with another head for reward models."""

import logging
import os
import warnings
from typing import Any

import torch

from engine.errors import UserError
from engine.finetune.base import Base


def load_base(base: Base, dtype: Any, *, rewards: bool, pad: int) -> Any:
    """On the CPU, in evaluation mode. `rewards`: with a fresh head of one number. `pad`: the id that fills
    up rows.

    Raises `UserError` model.*, convert.*, finetune.not_trainable.
    """
    library = _transformers()
    if base.kind == "gguf":
        from engine.convert.dequantized import load_model  # noqa: PLC0415
        from engine.convert.gguf_weights import GgufModel  # noqa: PLC0415

        model = load_model(GgufModel(base.path), str(dtype).removeprefix("torch."))
    else:
        model = _from_folder(library, base, dtype)
    model.config.use_cache = False
    return _with_score(library, model, pad) if rewards else model


def prepare_libraries() -> None:
    """Before transformers or PEFT is imported. PEFT imports bitsandbytes, which looks for a faster product on
    the network and warns that it has found none.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)


def _transformers() -> Any:
    prepare_libraries()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import transformers  # noqa: PLC0415 - takes seconds
    library: Any = transformers
    library.utils.logging.disable_progress_bar()
    return library


def _from_folder(library: Any, base: Base, dtype: Any) -> Any:
    try:
        return library.AutoModelForCausalLM.from_pretrained(
            str(base.path), local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype=dtype
        ).eval()
    except (MemoryError, UserError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise UserError("finetune.not_trainable", base=base.name, reason=reason) from error


def _with_score(library: Any, model: Any, pad: int) -> Any:
    """The same layers under a head that gives one number; drawn from torch's generator."""
    config = model.config
    config.num_labels = 1
    config.pad_token_id = pad
    with torch.device("meta"):
        made = library.AutoModelForSequenceClassification.from_config(config)
    prefix = model.base_model_prefix
    setattr(made, made.base_model_prefix, getattr(model, prefix))
    weight = torch.empty(1, config.get_text_config().hidden_size, dtype=torch.float32)
    made.score.weight = torch.nn.Parameter(weight.normal_(0.0, 0.02))
    return made.eval()
