"""Vocabularies of GGUF files, as bytes."""

import struct
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.library.vocabulary import read_vocabulary
from tests.engine.library import tiny_gguf
from tests.engine.library.tiny_gguf import Item, build, string, strings, write


def numbers(key: str, values: list[int]) -> Item:
    return (key, 9, struct.pack(f"<IQ{len(values)}i", 5, len(values), *values))


def floats(key: str, values: list[float]) -> Item:
    return (key, 9, struct.pack(f"<IQ{len(values)}f", 6, len(values), *values))


def file(tmp_path: Path, *items: Item) -> Path:
    return write(tmp_path / "m.gguf", build([string("general.architecture", "llama"), *items], []))


def test_sentence_pieces_become_bytes(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        string("tokenizer.ggml.model", "llama"),
        strings("tokenizer.ggml.tokens", ["<unk>", "<s>", "▁the", "<0x0A>", "▁▁", "mer"]),
        numbers("tokenizer.ggml.token_type", [2, 3, 1, 6, 1, 1]),
        floats("tokenizer.ggml.scores", [0, 0, -1.5, 0, -2, -3]),
    )
    found = read_vocabulary(path)
    assert found.pieces == (b"<unk>", b"<s>", b" the", b"\n", b"  ", b"mer")
    assert found.kinds == ("unknown", "control", "normal", "byte", "normal", "normal")
    assert list(found.scores) == [0, 0, -1.5, 0, -2, -3]
    assert [found.is_special(token) for token in range(6)] == [True, True, False, False, False, False]


def test_byte_level_tokens_become_bytes(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        string("tokenizer.ggml.model", "gpt2"),
        strings("tokenizer.ggml.tokens", ["Ġthe", "Ċ", "Ã©", "ä½", "<|end|>", "日本"]),
        numbers("tokenizer.ggml.token_type", [1, 1, 1, 1, 4, 1]),
    )
    found = read_vocabulary(path)
    assert found.pieces == (b" the", b"\n", "é".encode(), b"\xe4\xbd", b"<|end|>", "日本".encode())
    assert found.kinds[4] == "user"
    assert found.scores == ()


def test_lists_of_another_length_count_as_absent(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        strings("tokenizer.ggml.tokens", ["a", "b"]),
        numbers("tokenizer.ggml.token_type", [3]),
        floats("tokenizer.ggml.scores", [1.0]),
    )
    found = read_vocabulary(path)
    assert found.kinds == ("normal", "normal")
    assert found.scores == ()


def test_a_file_without_tokens_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        read_vocabulary(file(tmp_path))
    assert raised.value.code == "inspect.missing"


def test_what_is_no_model_is_said(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGML" + tiny_gguf.tiny())
    with pytest.raises(UserError) as raised:
        read_vocabulary(path)
    assert raised.value.code == "model.not_gguf"
