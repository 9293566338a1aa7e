"""Names from a server are not to be trusted."""

from pathlib import Path

import pytest

from engine.errors import UserError
from engine.hub.names import (
    check_repo,
    check_revision,
    folder_of,
    is_safe,
    is_wanted,
    quantization_of,
    variants_of,
)
from engine.protocol.hub import HubFile


@pytest.mark.parametrize(
    "name", ["org/Model-1.5_b", "gpt2", "  org/model  ", "https://huggingface.co/org/model/tree/main"]
)
def test_names_of_repositories(name: str) -> None:
    assert check_repo(name) in {"org/Model-1.5_b", "gpt2", "org/model"}


@pytest.mark.parametrize("name", ["", "a/b/c", "../x", "org/..", "org/a--b", "a b", "org/", "/org", "org/é"])
def test_no_names_of_repositories(name: str) -> None:
    with pytest.raises(UserError) as raised:
        check_repo(name)
    assert raised.value.code == "hub.name"


@pytest.mark.parametrize("name", ["../main", "a b", "-x"])
def test_no_revisions(name: str) -> None:
    with pytest.raises(UserError):
        check_revision(name)


def test_the_folder_is_below_the_models(tmp_path: Path) -> None:
    assert folder_of(tmp_path, "org/model") == tmp_path / "models" / "org" / "model"


@pytest.mark.parametrize(
    "path",
    ["../a.gguf", "/a.gguf", "a/../b.gguf", "a\\b.gguf", "C:a.gguf", ".ssh/a.gguf", "a//b.gguf", "nul.gguf",
     "a./b.gguf", "x" * 300 + ".gguf", "a\0.gguf", "", "./a.gguf", "a/"],
)  # fmt: skip
def test_paths_that_could_lead_elsewhere(path: str) -> None:
    assert not is_safe(path)
    assert not is_wanted(HubFile(path, 10))


@pytest.mark.parametrize(
    "path",
    ["model.gguf", "F16/model-00001-of-00002.gguf", "model.safetensors", "tokenizer.model", "config.json",
     "model.safetensors.index.json", "chat_template.jinja"],
)  # fmt: skip
def test_files_that_are_fetched(path: str) -> None:
    assert is_wanted(HubFile(path, 10))


@pytest.mark.parametrize(
    "path",
    ["pytorch_model.bin", "model.pt", "model.pkl", "modeling.py", "run.sh", "README.md", "a.gguf.exe",
     "x.so", "training_args.bin", "config.json.py"],
)  # fmt: skip
def test_files_that_never_are(path: str) -> None:
    assert not is_wanted(HubFile(path, 10))


@pytest.mark.parametrize(
    ("path", "quantization"),
    [
        ("Qwen3-4B-Q4_K_M.gguf", "Q4_K_M"),
        ("model.q5_1.gguf", "Q5_1"),
        ("m-UD-IQ2_XXS.gguf", "UD-IQ2_XXS"),
        ("m-IQ4_NL-00001-of-00003.gguf", "IQ4_NL"),
        ("BF16/m-00001-of-00002.gguf", "BF16"),
        ("m-fp16.gguf", "F16"),
        ("gpt-oss-20b-MXFP4.gguf", "MXFP4"),
        ("Q-model.gguf", ""),
    ],
)
def test_quantization_by_name(path: str, quantization: str) -> None:
    assert quantization_of(path) == quantization


def test_parts_belong_together_and_the_smallest_is_first() -> None:
    files = [
        HubFile("m-Q8_0-00001-of-00002.gguf", 60),
        HubFile("m-Q8_0-00002-of-00002.gguf", 60),
        HubFile("m-Q4_K_M.gguf", 70),
        HubFile("mmproj-m.gguf", 5),
        HubFile("other-Q4_K_M.gguf", 71),
    ]
    variants = variants_of(files)
    labels = [(each.label, each.size_bytes, len(each.files)) for each in variants]
    assert labels == [("m-Q4_K_M", 70, 1), ("other-Q4_K_M", 71, 1), ("Q8_0", 120, 2), ("mmproj-m", 5, 1)]
