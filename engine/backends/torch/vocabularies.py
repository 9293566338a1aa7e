"""Tokenizers of folders whose weights are not loaded, to compare how models cut a text."""

from collections import OrderedDict
from pathlib import Path
from typing import Any

from engine.backends.backend import TokenizedText
from engine.backends.torch.folder import examine
from engine.backends.torch.loading import open_tokenizer
from engine.backends.torch.pieces import Pieces
from engine.backends.torch.runtime import Runtime

_KEPT = 4
_opened: OrderedDict[str, tuple[Any, Pieces]] = OrderedDict()


def tokenize(path: str, text: str, special: bool) -> TokenizedText:
    """As `Backend.tokenize`. Raises `UserError` engine.backend_missing, model.*."""
    tokenizer, pieces = _tokenizer(path)
    return tokenized(tokenizer, pieces, text, special)


def cut(path: str, text: str, special: bool) -> TokenizedText:
    """A stretch of a prompt: nothing is added. `special`: control tokens written in it count as such.

    Raises as `tokenize`.
    """
    tokenizer, pieces = _tokenizer(path)
    cut_up = tokenizer(text, add_special_tokens=False, split_special_tokens=not special)
    ids = [int(token) for token in cut_up["input_ids"]]
    return TokenizedText(tuple(ids), pieces.sequence(ids), tuple(pieces.is_special(token) for token in ids))


def tokenized(tokenizer: Any, pieces: Pieces, text: str, special: bool) -> TokenizedText:
    """A text cut by one tokenizer; with `special`, the control tokens around it are there too."""
    ids = [int(token) for token in tokenizer(text, add_special_tokens=special)["input_ids"]]
    return TokenizedText(tuple(ids), pieces.sequence(ids), tuple(pieces.is_special(token) for token in ids))


def _tokenizer(path: str) -> tuple[Any, Pieces]:
    """The last few stay open: comparing asks for the same ones at every key."""
    if path not in _opened:
        tokenizer = open_tokenizer(Runtime(), examine(Path(path)))
        _opened[path] = (tokenizer, Pieces(tokenizer))
        while len(_opened) > _KEPT:
            _opened.popitem(last=False)
    _opened.move_to_end(path)
    return _opened[path]
