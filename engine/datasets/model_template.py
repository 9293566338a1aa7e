"""How a model writes conversations, from its files, without loading it."""

from pathlib import Path
from typing import Any

import msgspec

from engine.datasets.rendering import RowTemplate
from engine.errors import UserError
from engine.library.gguf_header import read_header
from engine.library.vocabulary import Vocabulary, read_vocabulary
from engine.text.builtin_templates import choose_template
from engine.text.special_tokens import SpecialTokens

_BEGIN_WITH_BOS = frozenset(("llama3", "llama-v3", "llama-bpe", "falcon3", "pixtral", "tekken"))
"""Byte-level tokenizers to which llama.cpp gives a BOS where the file says nothing (src/llama-vocab.cpp)."""


def read_row_template(model: Path, replacement: str = "") -> RowTemplate:
    """The template of a GGUF file or a safetensors folder.

    `replacement`: Jinja source, or the name of a built-in template, instead of the model's own. A second or
    so for large vocabularies. Raises `UserError` model.*, inspect.missing, template.*.
    """
    vocabulary = read_vocabulary(model)
    own, bos, eos, adds_bos = _of_folder(model, vocabulary) if model.is_dir() else _of_gguf(model)
    special = {
        text: token
        for token, kind in enumerate(vocabulary.kinds)
        if kind in ("control", "user")
        and (text := vocabulary.piece(token).decode("utf-8", "replace")).strip()
    }
    bos_text, eos_text = (vocabulary.piece(token).decode("utf-8", "replace") for token in (bos, eos))
    return RowTemplate(
        chat=choose_template(own, replacement, special, bos_text, eos_text),
        special=SpecialTokens(special),
        bos=bos_text,
        bos_id=bos if adds_bos else -1,
        eos=eos_text,
        eos_id=eos,
    )


def _of_gguf(path: Path) -> tuple[str, int, int, bool]:
    metadata = read_header(path).metadata
    template = metadata.get("tokenizer.chat_template")
    bos, eos = (_number(metadata.get(f"tokenizer.ggml.{name}_token_id")) for name in ("bos", "eos"))
    kind = metadata.get("tokenizer.ggml.model")
    adds = metadata.get("tokenizer.ggml.add_bos_token")
    if not isinstance(adds, bool):
        adds = kind in ("llama", "bert") or metadata.get("tokenizer.ggml.pre") in _BEGIN_WITH_BOS
    return template if isinstance(template, str) else "", bos, eos, adds and bos >= 0


def _of_folder(folder: Path, vocabulary: Vocabulary) -> tuple[str, int, int, bool]:
    config = _read_json(folder / "tokenizer_config.json")
    template = config.get("chat_template")
    if isinstance(template, list):  # several by name
        named = {one.get("name"): one.get("template") for one in template if isinstance(one, dict)}
        template = named.get("default")
    file = folder / "chat_template.jinja"
    if file.is_file():
        template = file.read_text(encoding="utf-8")
    ids = {piece: token for token, piece in enumerate(vocabulary.pieces)}
    bos, eos = (ids.get(_token_text(config.get(f"{name}_token")).encode(), -1) for name in ("bos", "eos"))
    adds = config.get("add_bos_token")
    if not isinstance(adds, bool):
        adds = _processor_adds(_read_json(folder / "tokenizer.json").get("post_processor"), bos)
    return template if isinstance(template, str) else "", bos, eos, adds and bos >= 0


def _processor_adds(processor: Any, bos: int) -> bool:
    """Whether the tokenizer's template for one text begins with BOS."""
    for one in (processor or {}).get("processors", [processor]) if isinstance(processor, dict) else ():
        single = one.get("single") if isinstance(one, dict) else None
        first = single[0].get("SpecialToken") if isinstance(single, list) and single else None
        if isinstance(first, dict):
            known = (one.get("special_tokens") or {}).get(first.get("id")) or {}
            return bos in known.get("ids", ())
    return False


def _token_text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("content")
    return value if isinstance(value, str) else "\0"


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from None
    except msgspec.DecodeError:
        raise UserError("model.corrupt", path=path, what="it is no JSON") from None
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> int:
    return value if isinstance(value, int) else -1
