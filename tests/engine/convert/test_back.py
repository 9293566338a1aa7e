"""A GGUF becomes a safetensors folder again, which transformers loads: same tokens, same logits."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.convert.back import run_back
from engine.convert.dequantized import load_for_training
from engine.convert.job import run_convert
from engine.convert.weights import list_tensors, read_values, to_float
from engine.errors import UserError
from engine.output import part_path
from engine.protocol.jobs import ConvertJob, FileWritten
from tests.engine.convert.conftest import Save
from tests.engine.convert.test_against_transformers import (
    CASES,
    LENGTH,
    converted,
    logits_of,
    original_logits,
)
from tests.support.tiny_llama import Size, write_tiny_llama

MULTILINGUAL = (
    "The quick café – 早上六点，渡船离开了港口。 L'horloge sonna sept heures — déjà!  it's 12345 turns\n\n"
    "  \tdef x(): Привет мир \U0001f600 العربية हिन्दी   a   b"
)


def back(source: Path, target: Path, kind: str = "f32", **changes: Any) -> FileWritten:
    return run_back(ConvertJob(str(source), str(target), kind), lambda _: None, **changes)


@pytest.fixture(scope="session")
def plain_tokenizer(transformers: Any) -> Any:
    from tests.support.tiny_tokenizers import byte_level

    return byte_level()


@pytest.mark.parametrize("case", CASES)
def test_there_and_back(
    case: str, save: Save, transformers: Any, plain_tokenizer: Any, tmp_path: Path
) -> None:
    name, changes = CASES[case]
    folder = save(name, plain_tokenizer, **changes)
    converted(folder, tmp_path / "model.gguf")
    back(tmp_path / "model.gguf", tmp_path / "again")
    ids = np.random.default_rng(2).integers(2, len(plain_tokenizer), LENGTH).tolist()
    expected = original_logits(transformers, folder, ids)
    found = original_logits(transformers, tmp_path / "again", ids)
    assert np.abs(found - expected).max() < 1e-5 * max(1.0, float(np.abs(expected).max()))
    again = transformers.AutoTokenizer.from_pretrained(str(tmp_path / "again"))
    # transformers cuts texts for some kinds of model as it likes: for both folders alike.
    original = transformers.AutoTokenizer.from_pretrained(str(folder))
    assert again.encode(MULTILINGUAL) == original.encode(MULTILINGUAL)
    assert again.eos_token == plain_tokenizer.eos_token


@pytest.mark.parametrize("case", ["llama-3.1", "phi3", "gemma2", "gpt2"])
def test_in_memory(case: str, save: Save, transformers: Any, plain_tokenizer: Any, tmp_path: Path) -> None:
    import torch

    name, changes = CASES[case]
    folder = save(name, plain_tokenizer, **changes)
    converted(folder, tmp_path / "model.gguf")
    model, tokenizer = load_for_training(tmp_path / "model.gguf")
    ids = tokenizer.encode(MULTILINGUAL)
    assert ids == plain_tokenizer.encode(MULTILINGUAL)
    expected = original_logits(transformers, folder, ids)
    loss = model(torch.tensor([ids]), labels=torch.tensor([ids]))
    assert np.abs(loss.logits[0].detach().numpy() - expected).max() < 1e-4
    loss.loss.backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
    assert not getattr(model, "is_quantized", False)
    model.save_pretrained(str(tmp_path / "saved"))


def test_llama3_settings_are_found_again(save: Save, plain_tokenizer: Any, tmp_path: Path) -> None:
    rope = {
        "rope_type": "llama3",
        "rope_theta": 500000.0,
        "factor": 32.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    }
    folder = save("LlamaForCausalLM", plain_tokenizer, head_dim=64, rope_parameters=rope)
    converted(folder, tmp_path / "model.gguf")
    back(tmp_path / "model.gguf", tmp_path / "again")
    config = json.loads((tmp_path / "again" / "config.json").read_text())
    found = {"rope_theta": config["rope_theta"], **config["rope_scaling"]}
    assert found == rope


@pytest.mark.parametrize("blank_first", [True, False])
def test_merges_are_found_again(blank_first: bool, save: Save, transformers: Any, tmp_path: Path) -> None:
    from tests.support.tiny_tokenizers import SENTENCES, TRICKY, sentence_piece

    tokenizer = sentence_piece(blank_first=blank_first)
    tokenizer.chat_template = "{{ messages[0]['content'] }}</s>"
    folder = save("LlamaForCausalLM", tokenizer, num_hidden_layers=1, bos_token_id=1, eos_token_id=2)
    converted(folder, tmp_path / "model.gguf")
    back(tmp_path / "model.gguf", tmp_path / "again")
    again = transformers.AutoTokenizer.from_pretrained(str(tmp_path / "again"))
    with ChunkReader(tmp_path / "model.gguf", 64) as reader:
        adds_bos = reader.model.vocab.adds_bos
        for text in (*SENTENCES, TRICKY, MULTILINGUAL, "a", "the the the"):
            native = reader.model.vocab.tokenize(text, add_special=True, parse_special=True)
            assert again.encode(text) == native
            assert again.encode(text, add_special_tokens=False) == tokenizer.encode(
                text, add_special_tokens=False
            )
    assert adds_bos
    assert again.chat_template == tokenizer.chat_template


@pytest.mark.parametrize("kind", ["smollm", "llama-bpe", "qwen2", "tekken"])
def test_ways_of_cutting(kind: str, save: Save, transformers: Any, tmp_path: Path) -> None:
    from tests.support.tiny_tokenizers import SENTENCES, TRICKY, byte_level

    tokenizer = byte_level(kind)
    folder = save("LlamaForCausalLM", tokenizer, num_hidden_layers=1)
    converted(folder, tmp_path / "model.gguf")
    back(tmp_path / "model.gguf", tmp_path / "again")
    again = transformers.AutoTokenizer.from_pretrained(str(tmp_path / "again"))
    for text in (*SENTENCES, TRICKY, MULTILINGUAL, "1234567"):
        assert again.encode(text, add_special_tokens=False) == tokenizer.encode(text)


def kl(expected: NDArray[np.float32], found: NDArray[np.float32]) -> float:
    def log_softmax(values: NDArray[np.float32]) -> NDArray[np.float64]:
        wide = values.astype(np.float64)
        wide -= wide.max(axis=1, keepdims=True)
        rest: NDArray[np.float64] = wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))
        return rest

    ours, theirs = log_softmax(expected), log_softmax(found)
    return float((np.exp(ours) * (ours - theirs)).sum(axis=1).mean())


def test_starter_there_and_back(starter_path: Path, transformers: Any, tmp_path: Path) -> None:
    """Real weights: the file is Q4_1, the folder F16, and a GGUF made of that says what the folder says."""
    back(starter_path, tmp_path / "folder", "f16")
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(tmp_path / "folder"))
    ids = tokenizer.encode(MULTILINGUAL + " <|im_start|>user")
    converted(tmp_path / "folder", tmp_path / "again.gguf", "f16")
    with ChunkReader(starter_path, 16) as reader:
        vocab = reader.model.vocab
        assert vocab.tokenize(MULTILINGUAL + " <|im_start|>user", add_special=True, parse_special=True) == ids
        assert reader.model.chat_template() == tokenizer.chat_template
    expected = original_logits(transformers, tmp_path / "folder", ids)
    assert kl(expected, logits_of(tmp_path / "again.gguf", ids)) < 1e-4
    # The starter itself rounds what goes into each product, too.
    assert kl(expected, logits_of(starter_path, ids)) < 0.05


@pytest.mark.parametrize("kind", ["f16", "bf16", "f32"])
def test_shards(kind: str, tmp_path: Path) -> None:
    write_tiny_llama(tmp_path / "model.gguf")
    end = back(tmp_path / "model.gguf", tmp_path / "folder", kind, shard_bytes=2 << 20)
    files = sorted(path.name for path in (tmp_path / "folder").glob("*.safetensors"))
    assert len(files) >= 2
    assert files[0] == f"model-00001-of-{len(files):05d}.safetensors"
    found = list_tensors(tmp_path / "folder")
    assert {one.kind for one in found.values()} == {kind.upper()}
    assert end.bits_per_weight == (32 if kind == "f32" else 16)
    import gguf

    wanted = {one.name: one.data for one in gguf.GGUFReader(tmp_path / "model.gguf").tensors}
    stored = to_float(read_values(found["model.layers.1.mlp.up_proj.weight"]))
    precision = {"f32": 0.0, "f16": 2**-11, "bf16": 2**-8}[kind]
    assert np.abs(stored - wanted["blk.1.ffn_up.weight"]).max() <= precision * np.abs(stored).max()


def test_split_files(tmp_path: Path) -> None:
    first = write_tiny_llama(tmp_path / "model.gguf", split=5)
    back(first, tmp_path / "folder")
    write_tiny_llama(tmp_path / "whole.gguf")
    back(tmp_path / "whole.gguf", tmp_path / "other")
    assert (tmp_path / "folder" / "model.safetensors").stat().st_size == (
        tmp_path / "other" / "model.safetensors"
    ).stat().st_size


def test_what_cannot_go_back_is_said(tmp_path: Path) -> None:
    write_tiny_llama(tmp_path / "model.gguf")
    write_tiny_llama(tmp_path / "experts.gguf", Size(experts=4))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    nothing = tmp_path / "nothing.gguf"
    nothing.write_bytes(b"GGUF" + bytes(20))
    cut = tmp_path / "cut.gguf"
    cut.write_bytes((tmp_path / "model.gguf").read_bytes()[:-64])
    for source, target, kind, code in (
        ("model.gguf", "full", "f16", "output.not_empty"),
        ("model.gguf", "out", "q8_0", "quantize.unknown_type"),
        ("model.gguf", "no/out", "f16", "output.unwritable"),
        ("model.gguf", "out.gguf", "f16", "convert.target"),
        ("experts.gguf", "out", "f16", "convert.unsupported"),
        ("nothing.gguf", "out", "f16", "model.corrupt"),
        ("cut.gguf", "out", "f16", "model.truncated"),
    ):
        with pytest.raises(UserError) as caught:
            run_convert(ConvertJob(str(tmp_path / source), str(tmp_path / target), kind), lambda _: None)
        assert caught.value.code == code, source
        assert not part_path(tmp_path / target).exists()
    assert (tmp_path / "full" / "thesis.txt").read_text() == "mine"
