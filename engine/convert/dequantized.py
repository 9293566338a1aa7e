"""A GGUF as a model of transformers, in memory: what fine-tuning starts from, without a folder in between.

The only module of this package that loads torch, and only inside its functions.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from engine.convert.back_config import layer_count, restored_config, restored_generation
from engine.convert.back_names import RestoredTensor, restored_tensors
from engine.convert.back_tokenizer import chat_template, restored_tokenizer, restored_tokenizer_config
from engine.convert.gguf_weights import GgufModel, check_types
from engine.errors import UserError

_NOT_TOKENS = ("tokenizer_class", "add_bos_token", "add_eos_token")


def load_for_training(path: Path | str, dtype: str = "float32") -> tuple[Any, Any]:
    """(a `PreTrainedModel` in evaluation mode, its `PreTrainedTokenizerFast`), on the CPU.

    Quantized weights become numbers again, and stay as coarse as they were. `dtype`: float32, bfloat16 or
    float16. Nothing marks the model as quantized: it can be trained and saved.

    Raises `UserError` model.*, convert.*.
    """
    model = GgufModel(Path(path))
    return load_model(model, dtype), load_tokenizer(model)


def load_model(source: GgufModel, dtype: str = "float32") -> Any:
    """Raises `UserError` model.*, convert.*."""
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415
    from transformers.initialization import no_init_weights  # noqa: PLC0415

    library: Any = transformers
    values = restored_config(source)
    check_types(source)
    state = state_dict(source, dtype)
    config = library.AutoConfig.for_model(**values)
    with no_init_weights():
        model = library.AutoModelForCausalLM.from_config(config, dtype=getattr(torch, dtype))
    try:
        missing = model.load_state_dict(state, strict=False, assign=True)
    except RuntimeError as error:  # shapes that do not fit the configuration
        raise UserError("model.corrupt", path=source.path, what=str(error)[:200]) from error
    model.tie_weights()
    tied = (
        {name for name in missing.missing_keys if name == "lm_head.weight"}
        if values["tie_word_embeddings"]
        else set()
    )
    left = [*missing.unexpected_keys, *sorted(set(missing.missing_keys) - tied)]
    if left:
        raise UserError("model.corrupt", path=source.path, what=f"the tensor {left[0]} does not belong")
    model.generation_config = library.GenerationConfig(**restored_generation(source))
    return model.eval()


def state_dict(source: GgufModel, dtype: str = "float32") -> dict[str, Any]:
    """Weights as torch tensors by their names in transformers. Raises `UserError` model.*, convert.*."""
    import torch  # noqa: PLC0415

    kind = getattr(torch, dtype)

    def load(one: RestoredTensor) -> Any:
        return torch.from_numpy(one.values()).to(kind)

    tensors = restored_tensors(source, layer_count(source))
    with ThreadPoolExecutor(2) as threads:  # numpy decodes without the lock
        return dict(zip((one.name for one in tensors), threads.map(load, tensors), strict=True))


def load_tokenizer(source: GgufModel) -> Any:
    """Raises `UserError` model.no_tokenizer, convert.tokenizer, model.corrupt."""
    import tokenizers  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    library: Any = transformers
    settings = restored_tokenizer_config(source)
    inner = tokenizers.Tokenizer.from_str(json.dumps(restored_tokenizer(source)))
    known = {name: value for name, value in settings.items() if name not in _NOT_TOKENS}
    tokenizer = library.PreTrainedTokenizerFast(tokenizer_object=inner, **known)
    tokenizer.chat_template = chat_template(source) or None
    return tokenizer
