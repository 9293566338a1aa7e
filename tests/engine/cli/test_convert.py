"""`lathe convert`."""

from pathlib import Path

from tests.engine.cli.conftest import Cli
from tests.support.tiny_folder import write_tiny_folder


def test_from_a_folder_to_a_model_that_answers(cli: Cli, tmp_path: Path) -> None:
    folder = write_tiny_folder(tmp_path / "tiny", "BF16")
    out = tmp_path / "tiny.gguf"
    result = cli("convert", folder, "--out", out, "--json")
    assert (result.code, result.err) == (0, "")
    done = result.done()
    assert set(done) == {"event", "path", "size_bytes", "bits_per_weight", "seconds"}
    assert done["size_bytes"] == out.stat().st_size
    assert 16 <= done["bits_per_weight"] < 17
    (entry,) = cli("models", "show", out, "--json").objects()
    assert (entry["architecture"], entry["quantization"]) == ("qwen2", "F16")
    chat = ("chat", "--model", out, "--raw", "--prompt", "the", "--max-tokens", 3, "-c", 64, "--json")
    assert cli(*chat).done()["output_tokens"] == 3
    compared = cli("quantize", out, "--type", "q8_0", "--out", tmp_path / "small.gguf")
    assert compared.code == 0


def test_errors_are_one_line(cli: Cli, tmp_path: Path) -> None:
    folder = write_tiny_folder(tmp_path / "tiny")
    out = tmp_path / "tiny.gguf"
    for arguments, words in (
        ((folder,), "required: --out"),
        ((tmp_path / "none", "--out", out), "no file at"),
        ((tmp_path, "--out", out), "no folder with safetensors"),
        ((folder, "--out", out, "--type", "q4_k_m"), "Choose one of f32, f16"),
    ):
        result = cli("convert", *arguments)
        assert result.code == 2
        assert words in result.error()
    assert not out.exists()
