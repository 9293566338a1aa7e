"""Vocabularies of safetensors folders, read without the libraries of their models."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.errors import UserError
from engine.library.vocabulary import read_vocabulary

SPECIAL = [{"id": 0, "content": "[CLS]", "special": True}]


def folder(tmp_path: Path, content: Any) -> Path:
    (tmp_path / "tokenizer.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return tmp_path


def test_word_pieces(tmp_path: Path) -> None:
    model = {"type": "WordPiece", "vocab": {"[CLS]": 0, "cat": 1, "##s": 2}}
    found = read_vocabulary(folder(tmp_path, {"model": model, "added_tokens": SPECIAL}))
    assert found.tokenizer == "WordPiece"
    assert found.pieces == (b"[CLS]", b" cat", b"s")
    assert found.kinds == ("control", "normal", "normal")
    assert found.scores == ()


def test_unigram_has_scores(tmp_path: Path) -> None:
    model = {"vocab": [["</s>", 0.0], ["\u2581the", -1.5], ["<0x0A>", -9.0]]}
    added = [{"id": 0, "content": "</s>", "special": True}]
    found = read_vocabulary(folder(tmp_path, {"model": model, "added_tokens": added}))
    assert found.pieces == (b"</s>", b" the", b"\n")
    assert found.scores == (0.0, -1.5, -9.0)


def test_bytes_and_tokens_that_were_added(tmp_path: Path) -> None:
    model = {"type": "BPE", "vocab": {"\u0120fox": 0, "\u010a": 1}}
    added = [{"id": 3, "content": "<mask>", "special": True}]
    content = {"model": model, "added_tokens": added, "decoder": {"type": "ByteLevel"}}
    assert read_vocabulary(folder(tmp_path, content)).pieces == (b" fox", b"\n", b"", b"<mask>")


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        {"model": {}},
        {"model": {"vocab": {"a": "b"}}},
        {"model": {"vocab": {"a": 1 << 40}}},
        {"model": {"vocab": [1]}},
    ],
)
def test_garbage_is_told_as_such(tmp_path: Path, content: Any) -> None:
    with pytest.raises(UserError) as refused:
        read_vocabulary(folder(tmp_path, content))
    assert refused.value.code == "model.corrupt"


def test_a_folder_without_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"tokenizer\.json"):
        read_vocabulary(tmp_path)
