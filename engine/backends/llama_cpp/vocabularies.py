"""Vocabularies of files whose weights are not loaded, to compare how models cut a text."""

from collections import OrderedDict
from pathlib import Path

from engine.backends.backend import TokenizedText
from engine.backends.llama_cpp.model import LlamaModel
from engine.library.gguf_header import read_header
from engine.protocol.values import ContextParams

_KEPT = 4
_models: OrderedDict[str, LlamaModel] = OrderedDict()


def tokenize(path: str, text: str, special: bool) -> TokenizedText:
    """As `Backend.tokenize`. Raises `UserError` model.*."""
    return tokenized(_vocabulary(path), text, special)


def tokenized(model: LlamaModel, text: str, special: bool) -> TokenizedText:
    """A text cut by a model's vocabulary."""
    vocab = model.vocab
    ids = vocab.tokenize(text, add_special=False, parse_special=special)
    return TokenizedText(
        tuple(ids),
        tuple(vocab.piece(token) for token in ids),
        tuple(vocab.is_control(token) for token in ids),
    )


def _vocabulary(path: str) -> LlamaModel:
    """The last few stay loaded: comparing asks for the same ones at every key."""
    if path in _models:
        _models.move_to_end(path)
        return _models[path]
    read_header(Path(path))  # a damaged file is refused before native code sees it
    model = LlamaModel(path, ContextParams(), extra_buffers=False, vocab_only=True)
    _models[path] = model
    while len(_models) > _KEPT:
        _, oldest = _models.popitem(last=False)
        oldest.close()
    return model
