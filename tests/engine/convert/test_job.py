"""Converting without torch: types, shards, hostile folders, and nothing half done."""

import json
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.convert.job import run_convert
from engine.errors import UserError
from engine.library.gguf_header import read_header
from engine.library.gguf_origin import read_origin
from engine.library.hub_origin import HubOrigin, write_hub_origin
from engine.output import part_path
from engine.protocol.jobs import ConvertJob, FileWritten
from tests.support.tiny_folder import tiny_tensors, write_raw, write_safetensors, write_tiny_folder
from tests.support.tiny_llama import TEXT

ALL = ["F32", "F16", "BF16", "Q8_0"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tiny_folder(tmp_path / "tiny")


def convert(folder: Path, target: Path, kind: str = "f16") -> FileWritten:
    return run_convert(ConvertJob(str(folder), str(target), kind), lambda _: None)


@pytest.mark.parametrize("stored", ["F32", "BF16"])
@pytest.mark.parametrize("kind", ALL)
def test_values_in_every_type(stored: str, kind: str, tmp_path: Path) -> None:
    folder = write_tiny_folder(tmp_path / "tiny", stored)
    end = convert(folder, tmp_path / "out.gguf", kind.lower())
    header = read_header(tmp_path / "out.gguf")
    originals = tiny_tensors()
    assert len(header.tensors) == len(originals)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN2, 2)
    reader = gguf.GGUFReader(tmp_path / "out.gguf")
    found = {one.name: one for one in reader.tensors}
    for name, values in originals.items():
        one = found[names.get_name(name, try_suffixes=(".weight", ".bias"))]
        expected_kind = "F32" if values.ndim == 1 else kind
        assert one.tensor_type.name == expected_kind
        expected = gguf.quants.quantize(values, one.tensor_type)
        assert one.data.tobytes() == expected.tobytes(), name
    count = sum(one.values for one in header.tensors)
    assert end.bits_per_weight == pytest.approx(sum(one.nbytes for one in header.tensors) * 8 / count)
    with ChunkReader(tmp_path / "out.gguf", 64) as reader_of_text:
        tokens = reader_of_text.tokenize(TEXT)
        assert np.isfinite(reader_of_text.read(tokens[:64], 0)).all()


def change_config(folder: Path, **changes: Any) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def cut(folder: Path) -> None:
    path = folder / "model-00002-of-00002.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def overlap(folder: Path) -> None:
    entry = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}
    write_raw(folder / "extra.safetensors", {"a": entry, "b": {**entry, "data_offsets": [8, 24]}}, bytes(24))


def raw(entries: Any, data: bytes = bytes(64)) -> Callable[[Path], None]:
    return lambda folder: write_raw(folder / "extra.safetensors", entries, data)


def only_pickle(folder: Path) -> None:
    for path in folder.glob("*.safetensors*"):
        path.unlink()
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04.")


def strange_index(folder: Path) -> None:
    places = {"model.norm.weight": "../../secret.safetensors"}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": places}))


def strange_token(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text().replace('"th": 256', '"\\ud800": 256'))


def strange_merges(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text().replace('"th e"', '{"th": "e"}'))


def not_numbers(folder: Path) -> None:
    write_safetensors(folder / "model-00001-of-00002.safetensors", _with_nan())


def _with_nan() -> dict[str, Any]:
    tensors = tiny_tensors()
    names = list(tensors)[:9]
    tensors[names[0]][0, 0] = np.nan
    return {name: tensors[name] for name in names}


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a missing shard": (
        lambda f: (f / "model-00002-of-00002.safetensors").unlink(),
        "model.incomplete_split",
    ),
    "a truncated shard": (cut, "model.truncated"),
    "only a pickle": (only_pickle, "model.pickle_only"),
    "overlapping offsets": (overlap, "model.corrupt"),
    "a shard elsewhere": (strange_index, "model.incomplete_split"),
    "a header that is no JSON": (
        lambda f: (f / "x.safetensors").write_bytes(b"\x04" + bytes(7) + b"{{{{"),
        "model.corrupt",
    ),
    "an endless header": (lambda f: (f / "x.safetensors").write_bytes(b"\xff" * 8), "model.corrupt"),
    "an empty file": (lambda f: (f / "x.safetensors").write_bytes(b""), "model.truncated"),
    "a header that is a list": (raw([1]), "model.corrupt"),
    "a huge shape": (
        raw({"a": {"dtype": "F32", "shape": [1 << 40, 1 << 40], "data_offsets": [0, 64]}}),
        "model.corrupt",
    ),
    "backward offsets": (raw({"a": {"dtype": "I8", "shape": [1], "data_offsets": [8, 0]}}), "model.corrupt"),
    "offsets behind the end": (
        raw({"a": {"dtype": "F32", "shape": [16], "data_offsets": [64, 128]}}),
        "model.truncated",
    ),
    "a name given twice": (
        raw({"model.norm.weight": {"dtype": "F32", "shape": [16], "data_offsets": [0, 64]}}),
        "model.corrupt",
    ),
    "eight-bit weights": (
        raw({"a": {"dtype": "F8_E4M3", "shape": [64], "data_offsets": [0, 64]}}),
        "convert.kind",
    ),
    "an unknown tensor": (
        raw({"a.b": {"dtype": "F32", "shape": [16], "data_offsets": [0, 64]}}),
        "convert.unsupported",
    ),
    "values that are no numbers": (not_numbers, "model.corrupt"),
    "no configuration": (lambda f: (f / "config.json").unlink(), "model.missing"),
    "an unknown kind": (lambda f: change_config(f, model_type="mamba"), "convert.architecture"),
    "endless layers": (lambda f: change_config(f, num_hidden_layers=1 << 38), "model.corrupt"),
    "a number out of range": (lambda f: change_config(f, max_position_embeddings=1 << 38), "model.corrupt"),
    "a base beyond floats": (lambda f: change_config(f, rope_theta=1e300), "model.corrupt"),
    "an empty tensor": (
        raw({"wte.weight": {"dtype": "F32", "shape": [1 << 38, 0], "data_offsets": [0, 0]}}),
        "model.corrupt",
    ),
    "a token that is no text": (strange_token, "model.corrupt"),
    "merges of several kinds": (strange_merges, "model.corrupt"),
    "no heads": (lambda f: change_config(f, num_attention_heads="four"), "model.corrupt"),
    "another activation": (lambda f: change_config(f, hidden_act="relu"), "convert.unsupported"),
    "unknown positions": (lambda f: change_config(f, rope_scaling={"type": "spiral"}), "convert.unsupported"),
    "quantized weights": (lambda f: change_config(f, quantization_config={"bits": 4}), "convert.quantized"),
    "no tokenizer": (lambda f: (f / "tokenizer.json").unlink(), "model.no_tokenizer"),
    "no folder": (shutil.rmtree, "model.missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_said_and_nothing_is_left(fault: str, folder: Path, tmp_path: Path) -> None:
    spoil, code = FAULTS[fault]
    spoil(folder)
    with pytest.raises(UserError) as caught:
        convert(folder, tmp_path / "out.gguf")
    assert caught.value.code == code
    assert list(tmp_path.glob("out*")) == []


def test_half_precision_that_overflows(folder: Path, tmp_path: Path) -> None:
    tensors = dict(list(tiny_tensors().items())[:9])
    tensors["lm_head.weight"][3, 3] = 1e6
    write_safetensors(folder / "model-00001-of-00002.safetensors", tensors)
    with pytest.raises(UserError) as caught:
        convert(folder, tmp_path / "out.gguf")
    assert caught.value.code == "convert.overflow"
    assert not part_path(tmp_path / "out.gguf").exists()
    convert(folder, tmp_path / "out.gguf", "bf16")


def test_a_downloaded_model_says_where_it_is_from(folder: Path, tmp_path: Path) -> None:
    write_hub_origin(
        folder, HubOrigin("maker/small", "abc", "https://hub.test/", "mit", base_models=("maker/big", "../x"))
    )
    run_convert(ConvertJob(str(folder), str(tmp_path / "out.gguf"), "F16"), lambda _event: None)
    metadata = read_header(tmp_path / "out.gguf").metadata
    assert metadata["general.source.url"] == "https://hub.test/maker/small/tree/abc"
    assert metadata["general.license"] == "mit"
    origin = read_origin(metadata)
    assert origin.source == "maker/small"
    assert [base.label() for base in origin.bases] == ["maker/big"]


def test_types_and_targets(folder: Path, tmp_path: Path) -> None:
    for target, kind, code in (
        (tmp_path / "out.gguf", "q4_0", "quantize.unknown_type"),
        (folder / "model-00001-of-00002.safetensors", "f16", "output.is_source"),
        (folder / "config.json", "f16", "output.is_source"),
        (tmp_path / "no" / "out.gguf", "f16", "output.no_folder"),
    ):
        with pytest.raises(UserError) as caught:
            convert(folder, target, kind)
        assert caught.value.code == code


def test_memory_is_bounded_by_the_largest_tensor(folder: Path, tmp_path: Path) -> None:
    """96 MiB in three tensors: less than two of them are ever in memory."""
    largest = 32 << 20
    inner = largest // 4 // 64
    change_config(folder, num_hidden_layers=3, intermediate_size=inner)
    shapes = {"gate": (inner, 64), "up": (inner, 64), "down": (64, inner)}
    big = {
        f"model.layers.2.mlp.{part}_proj.weight": np.ones(shape, np.float32) for part, shape in shapes.items()
    }
    write_safetensors(folder / "model-00003-of-00003.safetensors", big)
    del big
    tracemalloc.start()
    try:
        convert(folder, tmp_path / "out.gguf", "q8_0")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out.gguf").stat().st_size > 25 << 20
    assert peak < 2 * largest
