"""Text to tokens and back for the base, by the library that will run the result: llama.cpp for a GGUF."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from engine.convert.config import read_json
from engine.datasets.model_template import read_row_template
from engine.datasets.rendering import RowTemplate
from engine.errors import UserError
from engine.finetune.base import Base


class Tokenizer(Protocol):
    """`template`: how it writes conversations. `ends`: tokens that end a reply."""

    template: RowTemplate
    ends: frozenset[int]

    def tokenize(self, text: str, special: bool) -> Sequence[int]:
        """As `engine.datasets.rendering.Tokenize`."""
        ...

    def text(self, ids: Sequence[int]) -> str:
        """Control tokens by their text."""
        ...

    def close(self) -> None: ...


def open_tokenizer(base: Base) -> Tokenizer:
    """Raises `UserError` model.*, template.*."""
    template = read_row_template(base.path)
    return _Gguf(base.path, template) if base.kind == "gguf" else _Folder(base, template)


class _Gguf:
    """llama.cpp itself, with the vocabulary alone loaded."""

    def __init__(self, path: Path, template: RowTemplate) -> None:
        from engine.backends.llama_cpp.model import LlamaModel  # noqa: PLC0415 - only where a GGUF is trained
        from engine.protocol.values import ContextParams  # noqa: PLC0415

        self._model = LlamaModel(str(path), ContextParams(), extra_buffers=False, vocab_only=True)
        self._vocab = self._model.vocab
        self.template = template
        self.ends = frozenset(
            token for token in self._vocab.special_tokens.values() if self._vocab.is_end(token)
        )

    def tokenize(self, text: str, special: bool) -> Sequence[int]:
        return self._vocab.tokenize(text, add_special=False, parse_special=special)

    def text(self, ids: Sequence[int]) -> str:
        return self._vocab.join(ids).decode("utf-8", "replace")

    def close(self) -> None:
        self._model.close()


class _Folder:
    """`tokenizer.json`, by the library that wrote it; without transformers, which takes seconds to import."""

    def __init__(self, base: Base, template: RowTemplate) -> None:
        import tokenizers  # noqa: PLC0415 - only where a folder is trained

        file = base.path / "tokenizer.json"
        if not file.is_file():
            raise UserError("model.no_tokenizer", path=base.path, reason="tokenizer.json is missing")
        try:
            self._inner: Any = tokenizers.Tokenizer.from_file(str(file))
        except Exception as error:
            reason = " ".join(str(error).split())[:160]
            raise UserError("model.no_tokenizer", path=base.path, reason=reason) from error
        self.template = template
        self.ends = _ends(base, template)

    def tokenize(self, text: str, special: bool) -> Sequence[int]:
        self._inner.encode_special_tokens = not special
        ids: Sequence[int] = self._inner.encode(text, add_special_tokens=False).ids
        return ids

    def text(self, ids: Sequence[int]) -> str:
        return str(self._inner.decode(list(ids), skip_special_tokens=False))

    def close(self) -> None:
        pass


def _ends(base: Base, template: RowTemplate) -> frozenset[int]:
    """EOS of the tokenizer, and those that the files name for generation."""
    found: set[object] = {template.eos_id}
    file = base.path / "generation_config.json"
    for values in (base.config, read_json(file) if file.is_file() else {}):
        named = values.get("eos_token_id")
        found.update(named if isinstance(named, list) else [named])
    return frozenset(one for one in found if isinstance(one, int) and one >= 0)
