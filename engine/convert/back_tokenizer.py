"""`tokenizer.json` and `tokenizer_config.json` from a GGUF's metadata: the reverse of
`engine.convert.tokenizer`.
"""

from collections.abc import Iterable
from typing import Any

from engine.convert.gguf_weights import GgufModel
from engine.convert.tokenizer import SPLITS
from engine.errors import UserError

Table = dict[str, Any]
_BLANK = "▁"
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _UNUSED, _BYTE = range(1, 7)
_PATTERNS = {name: pattern for pattern, name in SPLITS.items()}
_SAME_AS = {
    "llama3": "llama-bpe",
    "llama-v3": "llama-bpe",
    "falcon3": "llama-bpe",
    "pixtral": "llama-bpe",
    "smaug-bpe": "llama-bpe",
    "deepseek-r1-qwen": "qwen2",
    "phi-2": "gpt-2",
    "default": "gpt-2",
    "": "gpt-2",
}
"""llama.cpp's names for ways of cutting a text that are equal to one of ours."""

_WHOLE_WORDS = ("llama-bpe", "tekken")
"""A piece of text that is a token is never built by merging."""


def restored_tokenizer(model: GgufModel) -> Table:
    """`tokenizer.json`. Raises `UserError` model.no_tokenizer, convert.tokenizer, model.corrupt."""
    tokens, kinds = _tokens(model)
    kind = model.text("tokenizer.ggml.model")
    if kind == "gpt2":
        table = _byte_level(model, tokens, kinds)
    elif kind == "llama":
        table = _sentence_piece(model, tokens, kinds)
    else:
        raise UserError("convert.tokenizer", path=model.path, what=f"the kind “{kind[:40]}”")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": _added(tokens, kinds, blanks=kind == "llama"),
        **table,
        "post_processor": _beginning(model, tokens, table["post_processor"]),
    }


def restored_tokenizer_config(model: GgufModel) -> Table:
    """`tokenizer_config.json`, without the chat template."""
    tokens, _ = _tokens(model)
    values: Table = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": model.integer("context_length", 1 << 20),
        "clean_up_tokenization_spaces": False,
        "add_bos_token": adds_beginning(model),
        "add_eos_token": False,
    }
    for ours, theirs in (("bos", "bos"), ("eos", "eos"), ("unk", "unknown"), ("pad", "padding")):
        number = model.token(theirs)
        if number is not None and number < len(tokens):
            values[f"{ours}_token"] = tokens[number]
    return values


def chat_template(model: GgufModel) -> str:
    """ "" where the file has none."""
    return model.text("tokenizer.chat_template")


def adds_beginning(model: GgufModel) -> bool:
    """Whether a text begins with BOS; where the file does not say, as llama.cpp decides."""
    stated = model.flag("tokenizer.ggml.add_bos_token")
    if model.token("bos") is None:
        return False
    if stated is not None:
        return stated
    pre = model.text("tokenizer.ggml.pre")
    return model.text("tokenizer.ggml.model") == "llama" or _SAME_AS.get(pre, pre) == "llama-bpe"


def _tokens(model: GgufModel) -> tuple[list[str], list[int]]:
    tokens = [str(one) for one in model.array("tokenizer.ggml.tokens")]
    if not tokens:
        raise UserError("model.no_tokenizer", path=model.path, reason="the file has no vocabulary")
    kinds = [one if type(one) is int else _NORMAL for one in model.array("tokenizer.ggml.token_type")]
    if len(kinds) != len(tokens):
        kinds = [_NORMAL] * len(tokens)
    return tokens, kinds


def _known(tokens: list[str], kinds: list[int]) -> dict[str, int]:
    """Ids by token, without the rows that fill an embedding up; of two equal tokens the first."""
    known: dict[str, int] = {}
    for number, (text, kind) in enumerate(zip(tokens, kinds, strict=True)):
        if kind != _UNUSED or not (text.startswith("[PAD") and text.endswith("]")):
            known.setdefault(text, number)
    return known


def _added(tokens: list[str], kinds: list[int], *, blanks: bool) -> list[Table]:
    """What is looked for in a text before it is cut."""
    return [
        {
            "id": number,
            "content": _blanked(text, kind) if blanks else text,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": kind != _USER_DEFINED,
        }
        for number, (text, kind) in enumerate(zip(tokens, kinds, strict=True))
        if kind in (_CONTROL, _USER_DEFINED) or (kind == _UNKNOWN and blanks)
    ]


def _blanked(text: str, kind: int) -> str:
    """llama.cpp keeps the runs of blanks that are tokens as they are written in a text."""
    return text.replace(_BLANK, " ") if kind == _USER_DEFINED else text


def _byte_level(model: GgufModel, tokens: list[str], kinds: list[int]) -> Table:
    pre = model.text("tokenizer.ggml.pre")
    name = _SAME_AS.get(pre, pre)
    plain: Table = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    steps: list[Table]
    if name == "gpt-2":
        steps = [{**plain, "use_regex": True}]
    elif name == "smollm":
        steps = [{"type": "Digits", "individual_digits": True}, {**plain, "use_regex": True}]
    elif name in _PATTERNS:
        pattern = {"Regex": _PATTERNS[name]}
        split = {"type": "Split", "pattern": pattern, "behavior": "Isolated", "invert": False}
        steps = [split, {**plain, "use_regex": False}]
    else:
        raise UserError("convert.tokenizer", path=model.path, what=f"the way “{pre[:40]}” of cutting a text")
    merges = [str(one).split(" ") for one in model.array("tokenizer.ggml.merges")]
    known = _known(tokens, kinds)
    if any(len(pair) != 2 or pair[0] not in known or pair[1] not in known for pair in merges):
        raise UserError("model.corrupt", path=model.path, what="a merge is not of two tokens")
    return {
        "normalizer": {"type": "NFC"} if name == "qwen2" else None,
        "pre_tokenizer": steps[0] if len(steps) == 1 else {"type": "Sequence", "pretokenizers": steps},
        "post_processor": {**plain, "trim_offsets": False, "use_regex": True},
        "decoder": {**plain, "use_regex": True},
        "model": _bpe(known, merges, whole_words=name in _WHOLE_WORDS),
    }


def _sentence_piece(model: GgufModel, tokens: list[str], kinds: list[int]) -> Table:
    """Merges come from the scores: llama.cpp joins the pair whose result has the best one."""
    scores = [
        float(one) if isinstance(one, (int, float)) else 0.0 for one in model.array("tokenizer.ggml.scores")
    ]
    if len(scores) != len(tokens):
        raise UserError("model.corrupt", path=model.path, what="its tokens have no scores")
    blank = {"type": "Prepend", "prepend": _BLANK}
    first = [blank] if model.flag("tokenizer.ggml.add_space_prefix") is not False else []
    replace = {"type": "Replace", "pattern": {"String": " "}, "content": _BLANK}
    back = {"type": "Replace", "pattern": {"String": _BLANK}, "content": " "}
    strip = [{"type": "Strip", "content": " ", "start": 1, "stop": 0}] if first else []
    known = _known(tokens, kinds)
    unknown = model.token("unknown")
    unknown_text = tokens[unknown] if unknown is not None and unknown < len(tokens) else None
    return {
        "normalizer": {"type": "Sequence", "normalizers": [*first, replace]},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {
            "type": "Sequence",
            "decoders": [back, {"type": "ByteFallback"}, {"type": "Fuse"}, *strip],
        },
        "model": {
            **_bpe(known, _merges(tokens, kinds, scores)),
            "byte_fallback": _BYTE in kinds,
            "fuse_unk": True,
            "unk_token": unknown_text if unknown_text in known else None,
        },
    }


def _merges(tokens: list[str], kinds: list[int], scores: list[float]) -> list[list[str]]:
    """Every way to cut a token into two that are tokens, best results first."""
    ordinary = {
        text: number
        for number, (text, kind) in enumerate(zip(tokens, kinds, strict=True))
        if kind in (_NORMAL, _USER_DEFINED, _UNUSED)
    }
    order = sorted(ordinary, key=lambda text: (-scores[ordinary[text]], ordinary[text]))
    return [
        [text[:cut], text[cut:]]
        for text in order
        for cut in range(1, len(text))
        if text[:cut] in ordinary and text[cut:] in ordinary
    ]


def _bpe(known: dict[str, int], merges: Iterable[list[str]], *, whole_words: bool = False) -> Table:
    return {
        "type": "BPE",
        "dropout": None,
        "unk_token": None,
        "continuing_subword_prefix": None,
        "end_of_word_suffix": None,
        "fuse_unk": False,
        "byte_fallback": False,
        "ignore_merges": whole_words,
        "vocab": known,
        "merges": merges,
    }


def _beginning(model: GgufModel, tokens: list[str], processor: Table | None) -> Table | None:
    """BOS before a text, where the model wants it."""
    number = model.token("bos")
    if not adds_beginning(model) or number is None or number >= len(tokens):
        return processor
    text = tokens[number]
    bos = {"SpecialToken": {"id": text, "type_id": 0}}
    first, second = ({"Sequence": {"id": which, "type_id": 0}} for which in "AB")
    template = {
        "type": "TemplateProcessing",
        "single": [bos, first],
        "pair": [bos, first, second],
        "special_tokens": {text: {"id": text, "ids": [number], "tokens": [text]}},
    }
    if processor is None:
        return template
    return {"type": "Sequence", "processors": [processor, template]}
