"""`lathe imatrix`, and what `lathe quantize` does with its file."""

from pathlib import Path

from engine.quantize.imatrix_file import read_imatrix
from tests.engine.cli.conftest import Cli
from tests.support.tiny_llama import TEXT, write_tiny_llama


def test_from_text_to_a_two_bit_file(cli: Cli, tmp_path: Path) -> None:
    model = write_tiny_llama(tmp_path / "tiny.gguf")
    out = tmp_path / "im.gguf"
    arguments = ("imatrix", model, "--text", "-", "--out", out, "-c", 64, "--tokens", 128, "--json")
    result = cli(*arguments, stdin=TEXT * 3)
    assert (result.code, result.err) == (0, "")
    assert result.done()["size_bytes"] == out.stat().st_size
    assert read_imatrix(out, {}).chunk_count == 2
    small = tmp_path / "small.gguf"
    result = cli("quantize", model, "--type", "IQ2_XXS", "--imatrix", out, "--out", small, "--json")
    assert result.code == 0
    assert result.done()["bits_per_weight"] < 4
    bundled = cli("imatrix", model, "--out", out, "-c", 64, "--tokens", 128, "--json")
    assert bundled.code == 0
    assert bundled.done()["size_bytes"] == out.stat().st_size
    missing = cli("imatrix", model, "--text", tmp_path / "none.txt", "--out", out)
    assert missing.code == 2
    assert "none.txt" in missing.error()
    short = cli("imatrix", model, "--text", "-", "--out", out, stdin="too short")
    assert short.code == 2
    assert "one chunk needs 512" in short.error()
