"""The same text becomes the same tokens, whatever kind of tokenizer it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.convert.tokenizer import read_tokenizer
from engine.errors import UserError
from engine.library.gguf_header import read_header
from tests.engine.convert.conftest import Save
from tests.engine.convert.test_against_transformers import converted


def same_tokens(folder: Path, tokenizer: Any, target: Path) -> None:
    from tests.support.tiny_tokenizers import SENTENCES, TRICKY

    converted(folder, target)
    with ChunkReader(target, 64) as reader:
        for text in (*SENTENCES, TRICKY, "", " ", "a", "1234567", "<|end|> <|begin|>x"):
            expected = tokenizer.encode(text, add_special_tokens=False)
            found = reader.model.vocab.tokenize(text, add_special=False, parse_special=True)
            assert found == expected, text
            assert reader.model.vocab.join(found).decode().strip() == tokenizer.decode(expected).strip()


@pytest.mark.parametrize("kind", ["gpt-2", "smollm", "llama-bpe", "qwen2", "tekken"])
def test_byte_level(kind: str, save: Save, tmp_path: Path) -> None:
    from tests.support.tiny_tokenizers import byte_level

    tokenizer = byte_level(kind)
    folder = save("Qwen2ForCausalLM", tokenizer, num_hidden_layers=1)
    same_tokens(folder, tokenizer, tmp_path / "model.gguf")
    metadata = read_header(tmp_path / "model.gguf").metadata
    assert metadata["tokenizer.ggml.pre"] == kind
    assert metadata["tokenizer.ggml.bos_token_id"] == 0
    assert metadata["tokenizer.ggml.eos_token_id"] == 1


@pytest.mark.parametrize("blank_first", [True, False])
def test_byte_fallback(blank_first: bool, save: Save, tmp_path: Path) -> None:
    from tests.support.tiny_tokenizers import SENTENCES, TRICKY, sentence_piece

    tokenizer = sentence_piece(blank_first=blank_first)
    folder = save("LlamaForCausalLM", tokenizer, num_hidden_layers=1, bos_token_id=1, eos_token_id=2)
    converted(folder, tmp_path / "model.gguf")
    with ChunkReader(tmp_path / "model.gguf", 64) as reader:
        for text in (*SENTENCES, TRICKY, "a", "1234567", "the the the"):
            expected = tokenizer.encode(text, add_special_tokens=False)
            found = reader.model.vocab.tokenize(text, add_special=False, parse_special=True)
            assert found == expected, text
            assert reader.model.vocab.join(found).decode().strip() == text.strip()
    assert read_header(tmp_path / "model.gguf").metadata["tokenizer.ggml.add_space_prefix"] is blank_first


def test_runs_of_blanks_and_lines_are_tokens(save: Save, tmp_path: Path) -> None:
    """As Gemma has them: added tokens that are no control tokens."""
    from tokenizers import AddedToken

    from tests.support.tiny_tokenizers import sentence_piece

    tokenizer = sentence_piece(blank_first=False)
    runs = ["\n\n", "\n\n\n", "▁▁", "▁▁▁"]
    tokenizer.add_tokens([AddedToken(run, normalized=False, special=False) for run in runs])
    folder = save("Gemma2ForCausalLM", tokenizer, num_hidden_layers=2, head_dim=32, query_pre_attn_scalar=32)
    converted(folder, tmp_path / "model.gguf")
    with ChunkReader(tmp_path / "model.gguf", 64) as reader:
        ids = dict(zip(runs, tokenizer.convert_tokens_to_ids(runs), strict=True))
        tokenize = reader.model.vocab.tokenize
        for text, run in (("a\n\nb", "\n\n"), ("a\n\n\nb", "\n\n\n"), ("a  b", "▁▁"), ("a   b", "▁▁▁")):
            found = tokenize(text, add_special=False, parse_special=False)
            assert ids[run] in found
            assert reader.model.vocab.join(found).decode() == text


@pytest.mark.parametrize("blank_first", [True, False])
def test_pieces_of_sentence_piece(blank_first: bool, save: Save, tmp_path: Path) -> None:
    """A folder with tokenizer.model alone, as Llama 2 and Gemma were published."""
    from tests.support.tiny_sentence_piece import write_pieces
    from tests.support.tiny_tokenizers import SENTENCES, TRICKY, sentence_piece

    tokenizer = sentence_piece(blank_first=blank_first)
    folder = save("LlamaForCausalLM", tokenizer, num_hidden_layers=1, bos_token_id=1, eos_token_id=2)
    write_pieces(folder / "tokenizer.model", folder / "tokenizer.json", adds_blank=blank_first)
    (folder / "tokenizer.json").unlink()
    added = {"added_tokens_decoder": {"2": {"content": "</s>", "special": True}}}
    (folder / "tokenizer_config.json").write_text(json.dumps(added))
    (folder / "added_tokens.json").write_text(json.dumps({"<|turn|>": len(tokenizer)}))
    converted(folder, tmp_path / "model.gguf")
    with ChunkReader(tmp_path / "model.gguf", 64) as reader:
        vocab = reader.model.vocab
        for text in (*SENTENCES, TRICKY, "a", "1234567", "the the the"):
            expected = tokenizer.encode(text, add_special_tokens=False)
            assert vocab.tokenize(text, add_special=False, parse_special=True) == expected, text
        assert vocab.adds_bos
        assert vocab.tokenize("<|turn|>", add_special=False, parse_special=True)[-1] == len(tokenizer)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "model.corrupt"),
        (b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "model.corrupt"),
        (b"\x0a\x05\x0a\x40ab", "model.corrupt"),
        (b"\x0a\x03\x0a\x01a\x12\x02\x18\x01", "convert.tokenizer"),  # Unigram
        (b"\x0a\x03\x0a\x01a\x12\x02\x18\x02", "convert.tokenizer"),  # squeezes blanks
    ],
)
def test_damaged_pieces(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.model").write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_tokenizer(tmp_path, 4)
    assert caught.value.code == code


def test_chat_template_comes_along(save: Save, tmp_path: Path) -> None:
    from tests.support.tiny_tokenizers import byte_level

    tokenizer = byte_level()
    tokenizer.chat_template = "{{ messages[0]['content'] }}<|end|>"
    folder = save("Qwen2ForCausalLM", tokenizer, num_hidden_layers=1)
    converted(folder, tmp_path / "model.gguf")
    metadata = read_header(tmp_path / "model.gguf").metadata
    assert metadata["tokenizer.chat_template"] == tokenizer.chat_template


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "model.corrupt"),
        ("[]", "model.corrupt"),
        ('{"model": {"type": "Unigram"}}', "convert.tokenizer"),
        ('{"model": {"type": "BPE"}}', "model.corrupt"),
        ('{"model": {"type": "BPE", "vocab": {"a": 9}}}', "model.corrupt"),
        ('{"model": {"type": "BPE", "vocab": {"a": -1}}}', "model.corrupt"),
        ('{"model": {"type": "BPE", "vocab": {"a": 0}}, "added_tokens": [{"id": 1}]}', "model.corrupt"),
        ('{"model": {"type": "BPE", "vocab": {"a": 0}}}', "convert.tokenizer"),
        (
            '{"model": {"type": "BPE", "vocab": {"a": 0}}, "pre_tokenizer": {"type": "Whitespace"}}',
            "convert.tokenizer",
        ),
    ],
)
def test_what_has_no_equal_is_refused(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_tokenizer(tmp_path, 4)
    assert caught.value.code == code


def test_no_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_tokenizer(tmp_path, 4)
    assert caught.value.code == "model.no_tokenizer"
