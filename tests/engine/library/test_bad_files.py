"""Files that are damaged, cut, made to deceive, or gone: an entry with a sentence, never an exception."""

import json
import os
import struct
from pathlib import Path
from typing import Any

import pytest

from engine.errors import UserError
from engine.library import starter
from engine.library.catalog import scan
from engine.library.details import read_details
from engine.library.entries import ModelEntry
from engine.library.index import LibraryIndex
from engine.library.safetensors_header import read_safetensors_header
from tests.engine.library.tiny_gguf import build, llama_items, string, tensor, tiny, write


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(starter, "_PACKAGE", "no_such_package_at_all")


def problems(home: Path) -> dict[str, str]:
    return {
        entry.name: entry.problem.code if entry.problem else "" for entry in scan(home, (), LibraryIndex())
    }


def safetensors(path: Path, header: object, data: bytes = b"") -> Path:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return write(path, struct.pack("<Q", len(text)) + text + data)


def weight(begin: int, end: int, shape: tuple[int, ...] = (4,), kind: str = "F32") -> dict[str, Any]:
    return {"dtype": kind, "shape": shape, "data_offsets": [begin, end]}


def test_gguf_files_of_every_kind_of_wrong(home: Path) -> None:
    folder = home / "models"
    good = tiny()
    write(folder / "cut.gguf", good[:300])
    write(folder / "pickle.gguf", b"\x80\x04\x95" + bytes(64))
    write(folder / "empty.gguf", b"")
    write(folder / "counts.gguf", struct.pack("<4sIQQ", b"GGUF", 3, 1 << 60, 1 << 60))
    twice = [tensor("a", (64, 4), 0, 0), tensor("a", (64, 4), 0, 1024)]
    write(folder / "twice.gguf", build(llama_items(), twice, bytes(2048)))
    over = [tensor("a", (64, 4), 0, 0), tensor("b", (64, 4), 0, 512)]
    write(folder / "over.gguf", build(llama_items(), over, bytes(2048)))
    found = problems(home)
    assert found.pop("twice") == found.pop("over") == "model.corrupt"
    assert found == {
        "counts": "model.corrupt",
        "cut": "model.truncated",
        "empty": "model.not_gguf",
        "pickle": "model.not_gguf",
    }


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_missing_part_of_a_split_model_is_named(home: Path, missing: int) -> None:
    for number in {1, 2, 3} - {missing}:
        data = build(llama_items(), [tensor(f"t{number}", (64, 4), 0, 0)], bytes(1024))
        write(home / f"models/big-{number:05d}-of-00003.gguf", data)
    (entry,) = scan(home, (), LibraryIndex())
    assert entry.name == "big"
    assert entry.problem is not None
    assert f"number {missing} is missing" in entry.problem.error().one_line()


def test_safetensors_folders_of_every_kind_of_wrong(home: Path) -> None:
    config = b'{"model_type": "llama"}'
    headers: dict[str, object] = {
        "overlap": {"a": weight(0, 16), "b": weight(8, 24)},
        "beyond": {"a": weight(0, 16, (4,)), "b": weight(1 << 40, (1 << 40) + 16)},
        "shape": {"a": weight(0, 16, (400,))},
        "backwards": {"a": weight(16, 0)},
        "twice": b'{"a": {"dtype":"F32","shape":[4],"data_offsets":[0,16]}, "a": {}}',
        "no-table": [1, 2],
        "no-json": b"{" * 100_000,
        "negative": {"a": {"dtype": "F32", "shape": [-4], "data_offsets": [0, 16]}},
    }
    for name, header in headers.items():
        write(home / f"models/{name}/config.json", config)
        safetensors(home / f"models/{name}/model.safetensors", header, bytes(16))
    write(home / "models/long/config.json", config)
    write(home / "models/long/model.safetensors", struct.pack("<Q", 1 << 62) + b"{}")
    write(home / "models/pickle/config.json", config)
    write(home / "models/pickle/pytorch_model.bin", b"PK")
    write(home / "models/part/config.json", config)
    safetensors(home / "models/part/model-00001-of-00002.safetensors", {"a": weight(0, 16)}, bytes(16))
    write(home / "models/none/config.json", config)
    index = (
        b'{"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}'
    )
    write(home / "models/none/model.safetensors.index.json", index)
    write(home / "models/good/config.json", config)
    safetensors(home / "models/good/model.safetensors", {"a": weight(0, 16)}, bytes(16))
    found = problems(home)
    assert found.pop("good") == ""
    assert found.pop("pickle") == "model.pickle_only"
    assert found.pop("part") == found.pop("none") == "model.incomplete_split"
    assert found.pop("beyond") == "model.truncated"
    assert found == dict.fromkeys(found, "model.corrupt")
    assert len(found) == 8


def test_a_number_format_of_tomorrow_is_counted_as_it_is(tmp_path: Path) -> None:
    path = safetensors(
        tmp_path / "m.safetensors", {"a": weight(0, 6, (12,), "F4"), "b": weight(6, 9, (5,), "X3")}, bytes(9)
    )
    header = read_safetensors_header(path)
    assert [(each.kind, each.values, each.nbytes) for each in header.tensors] == [("F4", 12, 6), ("X3", 5, 3)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other pipes")
def test_a_pipe_is_not_waited_for_and_links_in_a_circle_end(home: Path) -> None:
    folder = home / "models"
    write(folder / "a.gguf", tiny())
    os.mkfifo(folder / "pipe.gguf")
    (folder / "sub").mkdir()
    (folder / "sub/up").symlink_to(folder)
    (folder / "elsewhere").symlink_to(folder / "sub")
    assert problems(home) == {"a": ""}


def test_a_folder_behind_a_link_is_searched(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "disk/b.gguf", tiny())
    (home / "models").mkdir()
    (home / "models/disk").symlink_to(tmp_path / "disk")
    assert problems(home) == {"b": ""}


def test_a_file_that_is_deleted_while_it_is_listed_is_told_so(home: Path) -> None:
    path = write(home / "models/a.gguf", tiny())
    (entry,) = scan(home, (), LibraryIndex())
    path.unlink()
    details = read_details(entry, home)
    assert details.problem is not None
    assert details.problem.code == "model.missing"
    assert details.facts is None
    folder = ModelEntry("f", str(home / "gone"), "safetensors", "", 0, 0, "", 0, "home")
    gone = read_details(folder, home).problem
    assert gone is not None
    assert gone.code == "model.missing"


def test_endless_names_are_cut(home: Path) -> None:
    items = [string("general.architecture", "llama"), string("general.name", "n" * 100_000)]
    write(home / "models/a.gguf", build(items, [tensor("t", (64, 4), 0, 0)], bytes(1024)))
    (entry,) = scan(home, (), LibraryIndex())
    assert len(entry.title) == 200


def test_the_missing_weight_file_is_an_error_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_safetensors_header(tmp_path / "none.safetensors")
    assert caught.value.code == "model.missing"
