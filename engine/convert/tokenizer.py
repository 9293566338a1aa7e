"""`tokenizer.json`, or `tokenizer.model`, as GGUF's metadata: byte-level BPE (GPT-2) and BPE with byte
fallback (SentencePiece).

How a text is cut before merging is a regular expression in the one format and a name in the other; the names
are llama.cpp's, and only those are given whose expressions are equal.
"""

from pathlib import Path
from typing import Any, NamedTuple

from engine.convert.config import read_json
from engine.convert.sentence_piece import read_pieces
from engine.errors import UserError

_ENGLISH_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
_REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
SPLITS = {
    _ENGLISH_ENDINGS + r"\p{N}{1,3}" + _REST: "llama-bpe",
    _ENGLISH_ENDINGS + r"\p{N}" + _REST: "qwen2",
    rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+|[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*|\p{{N}}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+": "tekken",
}
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _UNUSED, _BYTE = range(1, 7)
_BLANK = "▁"


class Vocabulary(NamedTuple):
    """`scores` and `pre` belong to one kind each. Kinds are GGUF's token types."""

    model: str
    tokens: list[str]
    kinds: list[int]
    pre: str = ""
    scores: tuple[float, ...] = ()
    adds_blank: bool | None = None


def read_tokenizer(folder: Path, rows: int) -> Vocabulary:
    """`rows`: of the embedding; ids without a token become unused ones.

    Raises `UserError` model.no_tokenizer, convert.tokenizer, model.corrupt.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        if (folder / "tokenizer.model").is_file():
            return _of_pieces(folder, rows)
        reason = "tokenizer.json and tokenizer.model are missing"
        raise UserError("model.no_tokenizer", path=folder, reason=reason)
    table = read_json(path)
    model = table.get("model")
    if not isinstance(model, dict) or model.get("type") != "BPE":
        kind = model.get("type") if isinstance(model, dict) else None
        raise UserError("convert.tokenizer", path=path, what=f"the kind “{str(kind)[:40]}”")
    tokens, kinds = _tokens(path, table, model, rows)
    if model.get("byte_fallback") is True:
        return _with_byte_fallback(table, model, tokens, kinds)
    return Vocabulary("gpt2", tokens, kinds, pre=_pre_tokenizer(path, table))


def _of_pieces(folder: Path, rows: int) -> Vocabulary:
    """Of `tokenizer.model`, and of tokens that were added to it later."""
    path = folder / "tokenizer.model"
    pieces = read_pieces(path)
    if not pieces.is_bpe or pieces.squeezes_blanks:
        what = "SentencePiece of another kind than BPE" if not pieces.is_bpe else "blanks that are squeezed"
        raise UserError("convert.tokenizer", path=path, what=what)
    tokens = [f"[PAD{number}]" for number in range(rows)]
    kinds, scores = [_UNUSED] * rows, [0.0] * rows
    for number, text in enumerate(pieces.texts):
        kind = pieces.kinds[number]
        _place(path, tokens, number, text.replace(_BLANK, " ") if kind == _USER_DEFINED else text)
        kinds[number], scores[number] = kind, pieces.scores[number]
    for number, text, is_control in _added_later(folder):
        _place(path, tokens, number, text)
        kinds[number] = _CONTROL if is_control else _USER_DEFINED
        scores[number] = 0.0
    return Vocabulary("llama", tokens, kinds, scores=tuple(scores), adds_blank=pieces.adds_blank)


def _added_later(folder: Path) -> list[tuple[int, str, bool]]:
    """(id, text, whether it is a control token)"""
    found: list[tuple[int, str, bool]] = []
    path = folder / "added_tokens.json"
    if path.is_file():
        found += [(number, text, False) for text, number in read_json(path).items() if type(number) is int]
    path = folder / "tokenizer_config.json"
    table = read_json(path).get("added_tokens_decoder") if path.is_file() else None
    for number, entry in table.items() if isinstance(table, dict) else ():
        text = entry.get("content") if isinstance(entry, dict) else None
        if not isinstance(text, str) or not str(number).isdecimal():
            raise UserError("model.corrupt", path=path, what="an added token has no text")
        if text != "<unk>":
            found.append((int(number), text, entry.get("special") is True))
    return found


def _tokens(
    path: Path, table: dict[str, Any], model: dict[str, Any], rows: int
) -> tuple[list[str], list[int]]:
    tokens = [f"[PAD{number}]" for number in range(rows)]
    kinds = [_UNUSED] * rows
    vocab = model.get("vocab")
    if not isinstance(vocab, dict):
        raise UserError("model.corrupt", path=path, what="it has no vocabulary")
    added = table.get("added_tokens")
    for text, number in vocab.items():
        _place(path, tokens, number, text)
        kinds[number] = _NORMAL
    for entry in added if isinstance(added, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("content"), str):
            raise UserError("model.corrupt", path=path, what="an added token has no text")
        _place(path, tokens, entry.get("id"), entry["content"])
        kinds[entry["id"]] = _CONTROL if entry.get("special") is True else _USER_DEFINED
    return tokens, kinds


def _place(path: Path, tokens: list[str], number: object, text: str) -> None:
    if type(number) is not int or not 0 <= number < len(tokens):
        raise UserError(
            "model.corrupt", path=path, what=f"the token “{text[:40]}” has no row in the embedding"
        )
    tokens[number] = text


def _pre_tokenizer(path: Path, table: dict[str, Any]) -> str:
    """llama.cpp's name for how a text is cut before merging."""
    steps = _steps(table.get("pre_tokenizer"))
    kinds = [step.get("type") for step in steps]
    if kinds == ["ByteLevel"] and steps[0].get("use_regex", True) is True:
        return "gpt-2"
    if kinds == ["Digits", "ByteLevel"] and steps[0].get("individual_digits") is True:
        return "smollm"
    if kinds == ["Split", "ByteLevel"] and steps[1].get("use_regex") is False:
        pattern = steps[0].get("pattern")
        name = SPLITS.get(str(pattern.get("Regex"))) if isinstance(pattern, dict) else None
        if name is not None and steps[0].get("behavior") == "Isolated":
            return name
    raise UserError("convert.tokenizer", path=path, what="its way of cutting a text before merging")


def _steps(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, dict):
        return []
    if value.get("type") != "Sequence":
        return [value]
    for name in ("pretokenizers", "normalizers"):
        items = value.get(name)
        if isinstance(items, list):
            return [item for item in items if isinstance(item, dict)]
    return []


def _with_byte_fallback(
    table: dict[str, Any], model: dict[str, Any], tokens: list[str], kinds: list[int]
) -> Vocabulary:
    """llama.cpp merges the pair whose result has the best score: the earlier a merge, the better."""
    unknown = model.get("unk_token")
    for number, text in enumerate(tokens):
        if kinds[number] == _NORMAL and len(text) == 6 and text.startswith("<0x") and text.endswith(">"):
            kinds[number] = _BYTE
        elif text == unknown and kinds[number] in (_NORMAL, _CONTROL):
            kinds[number] = _UNKNOWN
        elif kinds[number] == _USER_DEFINED:  # llama.cpp looks for these in the text as it is written
            tokens[number] = text.replace(_BLANK, " ")
    ranks: dict[str, int] = {}
    merges = model.get("merges")
    for rank, merge in enumerate(merges if isinstance(merges, list) else ()):
        pair = merge if isinstance(merge, list) else str(merge).split(" ")
        ranks.setdefault("".join(map(str, pair)), rank)
    worst = float(-len(ranks) - 1)
    scores = tuple(
        -float(ranks[text]) if kind == _NORMAL and text in ranks else (worst if kind == _NORMAL else 0.0)
        for text, kind in zip(tokens, kinds, strict=True)
    )
    return Vocabulary("llama", tokens, kinds, scores=scores, adds_blank=_adds_blank(table))


def _adds_blank(table: dict[str, Any]) -> bool:
    """Whether a text gets a blank before it, as SentencePiece does."""
    for step in (*_steps(table.get("normalizer")), *_steps(table.get("pre_tokenizer"))):
        if step.get("type") == "Prepend" and step.get("prepend") == _BLANK:
            return True
        if step.get("type") == "Metaspace":
            return step.get("prepend_scheme") in ("always", "first")
    return False


def add_tokenizer(writer: Any, folder: Path, vocabulary: Vocabulary) -> None:
    """Metadata, special tokens and chat template included."""
    import gguf  # noqa: PLC0415 - takes a moment

    library: Any = gguf
    writer.add_tokenizer_model(vocabulary.model)
    if vocabulary.pre:
        writer.add_tokenizer_pre(vocabulary.pre)
    writer.add_token_list(vocabulary.tokens)
    if vocabulary.scores:
        writer.add_token_scores(vocabulary.scores)
    writer.add_token_types(vocabulary.kinds)
    if vocabulary.adds_blank is not None:
        writer.add_add_space_prefix(vocabulary.adds_blank)
    by_level = vocabulary.model == "gpt2"
    special = library.SpecialVocab(folder, load_merges=by_level, n_vocab=len(vocabulary.tokens))
    special.add_to_gguf(writer, quiet=True)
