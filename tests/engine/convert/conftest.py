"""Tiny random models of every architecture, saved by transformers as the real ones are."""

import importlib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Save = Callable[..., Path]

SIZES = {
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "initializer_range": 0.15,
}


@pytest.fixture(scope="session")
def transformers() -> Any:
    """The library, for making and for comparing."""
    pytest.importorskip("torch")
    with warnings.catch_warnings():  # what it warns about while it is imported is its own
        warnings.simplefilter("ignore")
        import transformers as library
    importlib.import_module("tqdm").tqdm.monitor_interval = 0  # no thread that watches progress bars
    library.utils.logging.disable_progress_bar()
    return library


@pytest.fixture(scope="session")
def save(transformers: Any, tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Saves a model by the name of its class, with changes to its configuration; the folder."""
    import torch

    def make(name: str, tokenizer: Any, dtype: str = "float32", shard: str = "1GB", **changes: Any) -> Path:
        folder = tmp_path_factory.mktemp(name)
        torch.manual_seed(5)
        kind = getattr(transformers, name)
        values = {
            **SIZES,
            "vocab_size": len(tokenizer) + 3,
            "pad_token_id": None,
            "bos_token_id": 0,
            **changes,
        }
        values.setdefault("eos_token_id", 1)
        model = kind(kind.config_class(**values)).to(getattr(torch, dtype))
        # Norms and biases are made as ones and zeros: others tell whether they arrive.
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.ndim == 1:
                    parameter.add_(torch.randn_like(parameter) * 0.2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.save_pretrained(str(folder), max_shard_size=shard)
            tokenizer.save_pretrained(str(folder))
        return folder

    return make
