"""`lathe compare`."""

from pathlib import Path

import numpy as np

from tests.engine.cli.conftest import Cli
from tests.support.tiny_llama import Size, write_tiny_llama

FIELDS = {
    "model",
    "perplexity",
    "perplexity_error",
    "kl_mean",
    "kl_p99",
    "top1_agreement",
    "size_bytes",
    "output_tps",
}


def test_two_variants_of_a_model(cli: Cli, tmp_path: Path, home: Path) -> None:
    model = write_tiny_llama(tmp_path / "tiny.gguf", Size(n_layer=1))
    small = tmp_path / "small.gguf"
    assert cli("quantize", model, "--type", "Q2_K", "--out", small).code == 0
    result = cli("compare", model, small, "--tokens", 256, "-c", 64, "--json")
    assert (result.code, result.err) == (0, "")
    first, second = (one for one in result.objects() if "model" in one)
    assert set(first) >= FIELDS
    assert (first["model"], second["model"]) == ("tiny", "small")
    assert first["top1_agreement"] == 1 > second["top1_agreement"]
    assert first["kl_mean"] < 1e-4 < second["kl_mean"]
    assert second["size_bytes"] < first["size_bytes"]
    done = result.done()
    assert Path(done["path"]).parent == home / "comparisons"
    with np.load(done["path"]) as file:
        assert file["kl"].shape == (2, done["tokens"])

    text = tmp_path / "own.txt"
    text.write_text("the lathe and the tool " * 40, encoding="utf-8")
    out = tmp_path / "own.npz"
    printed = cli("compare", model, small, "--text", text, "-c", 64, "--out", out)
    assert printed.code == 0
    assert "PERPLEXITY" in printed.out
    assert str(out) in printed.err
    assert out.exists()

    for arguments, words in (
        ((model, "--text", tmp_path / "no.txt"), "cannot be read"),
        ((model, "-c", 1), "ctx-size cannot be 1"),
        ((model, "--text", text, "-c", 8192), "one chunk needs 8192"),
        ((), "required: MODEL"),
    ):
        failed = cli("compare", *arguments)
        assert failed.code == 2
        assert words in failed.error()
