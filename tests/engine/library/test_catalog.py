import json
import math
import struct
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.library import catalog, places, starter
from engine.library.catalog import find_model, list_models
from engine.library.entries import ModelEntry
from engine.library.starter import starter_path as find_starter
from tests.engine.library.tiny_gguf import build, llama_items, string, tensor, tiny, write


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without any program, and no starter in the environment."""
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(starter, "_PACKAGE", "no_such_package_at_all")
    return folder


def by_name(home: Path, *folders: Path) -> dict[str, ModelEntry]:
    return {entry.name: entry for entry in list_models(home, folders)}


def safetensors(path: Path, dtype: str = "BF16", shape: tuple[int, ...] = (4, 8)) -> Path:
    nbytes = math.prod(shape) * {"BF16": 2, "F32": 4}[dtype]
    header = json.dumps({"w": {"dtype": dtype, "shape": shape, "data_offsets": [0, nbytes]}}).encode()
    return write(path, struct.pack("<Q", len(header)) + header + bytes(nbytes))


def test_models_of_every_program_are_found_in_place(user: Path, home: Path, tmp_path: Path) -> None:
    write(tmp_path / "mine" / "deep" / "own.gguf", tiny())
    write(home / "models" / "home.GGUF", tiny())
    write(user / ".lmstudio/models/pub/model/studio.gguf", tiny())
    write(user / "text-generation-webui/user_data/models/webui.gguf", tiny())
    jan = places._data_folders(user, {})[0]
    write(jan / "Jan/data/llamacpp/models/jan.gguf", tiny())
    digest = "a" * 64
    write(user / f".ollama/models/blobs/sha256-{digest}", tiny())
    layers = [{"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"}]
    manifest = user / ".ollama/models/manifests/registry.ollama.ai/library/llama/1b"
    write(manifest, json.dumps({"layers": layers}).encode())
    write(manifest.with_name("bad"), b"{")
    snapshot = user / ".cache/huggingface/hub/models--org--name/snapshots/abc"
    write(snapshot / "file.gguf", tiny())
    found = by_name(home, tmp_path / "mine")
    assert {name: entry.source for name, entry in found.items()} == {
        "own": "folder",
        "home": "home",
        "studio": "lmstudio",
        "webui": "text-generation-webui",
        "jan": "jan",
        "llama:1b": "ollama",
        "org/name/file": "huggingface",
    }
    entry = found["own"]
    assert (entry.format, entry.architecture, entry.parameters, entry.context_length) == (
        "gguf",
        "llama",
        384,
        2048,
    )


def test_one_bad_file_never_stops_the_scan(home: Path) -> None:
    folder = home / "models"
    write(folder / "a.gguf", b"nonsense")
    write(folder / "b.gguf", tiny()[:200])
    write(folder / "c.gguf", tiny())
    write(folder / "d/config.json", b"{")
    safetensors(folder / "d/model.safetensors")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.gguf").symlink_to(folder / "nowhere")
    problems: list[str] = []
    found = list(list_models(home, (), lambda path, error: problems.append(f"{path.name} {error.code}")))
    assert [entry.name for entry in found] == ["c"]
    assert problems == ["a.gguf model.not_gguf", "b.gguf model.truncated", "d model.corrupt"]


def test_a_file_reached_twice_is_listed_once_and_names_are_unique(home: Path, tmp_path: Path) -> None:
    real = write(tmp_path / "one" / "m.gguf", tiny())
    (tmp_path / "one" / "link.gguf").symlink_to(real)
    write(tmp_path / "two" / "m.gguf", tiny())
    write(tmp_path / "three" / "m.gguf", tiny())
    found = by_name(home, tmp_path / "one", tmp_path / "two", tmp_path / "three")
    assert sorted(found) == ["link", "m", "m (folder)"]


def test_split_models_are_one_entry(home: Path) -> None:
    folder = home / "models"
    for number in (1, 2, 3):
        data = build(llama_items(), [tensor(f"t{number}", (64, 4), 0, 0)], bytes(1024))
        write(folder / f"big-{number:05d}-of-00003.gguf", data)
    (entry,) = list_models(home)
    assert (entry.name, entry.parameters) == ("big", 768)
    assert entry.size_bytes == 3 * (folder / "big-00001-of-00003.gguf").stat().st_size
    assert find_model(str(folder / "big-00002-of-00003.gguf"), home).path.endswith("00001-of-00003.gguf")
    (folder / "big-00003-of-00003.gguf").unlink()
    with pytest.raises(UserError) as caught:
        find_model(str(folder / "big-00001-of-00003.gguf"), home)
    assert caught.value.code == "model.incomplete_split"


def test_safetensors_folders_and_adapters(home: Path) -> None:
    config = {"model_type": "qwen3", "text_config": {"max_position_embeddings": 4096}}
    safetensors(home / "models/base/model-00001.safetensors")
    safetensors(home / "models/base/model-00002.safetensors", shape=(2, 2))
    write(home / "models/base/config.json", json.dumps(config).encode())
    safetensors(home / "models/tuned/adapter_model.safetensors", "F32")
    write(home / "models/tuned/adapter_config.json", b'{"peft_type": "LORA"}')
    adapter = [string("general.type", "adapter"), string("general.architecture", "llama")]
    write(home / "models/lora.gguf", build(adapter, [tensor("a", (8,), 0, 0)], bytes(64)))
    write(
        home / "models/mmproj.gguf",
        build([string("general.architecture", "clip")], [tensor("a", (8,), 0, 0)], bytes(64)),
    )
    found = by_name(home)
    assert {name: entry.format for name, entry in found.items()} == {
        "base": "safetensors",
        "tuned": "lora",
        "lora": "lora",
    }
    base = found["base"]
    assert (base.parameters, base.quantization, base.context_length) == (36, "BF16", 4096)
    assert base.architecture == "qwen3"


def test_names_are_resolved_or_near_ones_named(home: Path) -> None:
    for name in ("Qwen3-4B-Q4_K_M", "Qwen3-8B-Q4_K_M", "gemma-270m"):
        write(home / f"models/{name}.gguf", tiny())
    assert find_model("qwen3-4b-q4_k_m", home).name == "Qwen3-4B-Q4_K_M"
    assert find_model("gem", home).name == "gemma-270m"
    expected = {
        "Qwen3": ("model.ambiguous", "Qwen3-8B-Q4_K_M"),
        "Qwen3-4B-Q4-K-M": ("model.similar", "Qwen3-4B-Q4_K_M"),
        "270m": ("model.similar", "gemma-270m"),
        "zzzzzz": ("model.unknown", "zzzzzz"),
        "starter": ("model.no_starter", "starter"),
        "/nowhere/x.gguf": ("model.missing", "/nowhere/x.gguf"),
    }
    for name, (code, part) in expected.items():
        with pytest.raises(UserError) as caught:
            find_model(name, home)
        assert caught.value.code == code
        assert part in caught.value.one_line()


def test_a_path_that_is_no_model_is_refused(home: Path, tmp_path: Path) -> None:
    for path in (write(tmp_path / "x.txt", b"hello"), tmp_path):
        with pytest.raises(UserError) as caught:
            find_model(str(path), home)
        assert caught.value.code == "model.not_gguf"


def test_the_starter_is_found_without_importing_its_package(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_starter(home) is None
    write(tmp_path / "site/carrier/__init__.py", b"raise RuntimeError('imported')")
    inside = write(tmp_path / "site/carrier/model.gguf", tiny())
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr(starter, "_PACKAGE", "carrier")
    assert find_starter(home) == inside
    bundled = write(tmp_path / "bundle/models/starter/b.gguf", tiny())
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert find_starter(home) == bundled
    own = write(home / "models/starter/own.gguf", tiny())
    assert find_starter(home) == own
    entry = find_model("STARTER", home)
    assert (entry.source, entry.path) == ("starter", str(own))
    assert [entry.source for entry in catalog.list_models(home)] == ["starter"]
