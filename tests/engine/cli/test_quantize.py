"""`lathe quantize`."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from engine.library.gguf_header import read_header
from tests.engine.cli.conftest import Cli, command
from tests.support.sources import ROOT
from tests.support.tiny_llama import write_tiny_llama


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


def test_writes_and_says_so(cli: Cli, tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.gguf"
    result = cli("quantize", tiny, "--type", "q4_k_m", "--out", out, "--tensor-type", "attn_v=q8_0", "--json")
    assert (result.code, result.err) == (0, "")
    done = result.done()
    assert set(done) == {"event", "path", "size_bytes", "bits_per_weight", "seconds"}
    assert done["path"] == str(out)
    assert done["size_bytes"] == out.stat().st_size
    assert 4.5 < done["bits_per_weight"] < 8
    assert result.objects()[-1] == done
    assert {one["event"] for one in result.objects()} == {"progress", "done"}
    kinds = {one.name: one.type.name for one in read_header(out).tensors}
    assert kinds["blk.0.attn_v.weight"] == "Q8_0"
    again = cli("quantize", out, "--type", "Q4_0", "--out", tmp_path / "two.gguf")
    assert again.code == 0
    assert "two.gguf: " in again.out
    assert "bits per weight" in again.out
    assert "quantized already" in again.err


def test_plan_and_list(cli: Cli, tiny: Path, tmp_path: Path) -> None:
    result = cli("quantize", tiny, "--type", "Q6_K", "--dry-run", "--json")
    (plan,) = result.objects()
    assert plan["event"] == "plan"
    assert plan["types"]["Q6_K"] > 10
    assert "Q6_K" in cli("quantize", tiny, "--type", "Q6_K", "--dry-run").out
    assert list(tmp_path.glob("*.gguf")) == []
    rows = cli("quantize", "--list", "--json").objects()
    assert {"Q4_K_M", "IQ2_XXS", "TQ1_0"} <= {one["name"] for one in rows}
    assert all(one["words"] and one["bits_per_weight"] > 0 for one in rows)
    assert "super-blocks" in cli("quantize", "--list").out.lower()


def test_errors_are_one_line(cli: Cli, tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.gguf"
    for arguments, words in (
        ((tiny, "--out", out), "required: --type"),
        ((tiny, "--type", "Q4_0"), "required: --out"),
        ((tiny, "--type", "Q4_9", "--out", out), "no quantization “Q4_9”"),
        ((tiny, "--type", "Q4_0", "--out", tiny), "the file that is read"),
        ((tiny, "--type", "Q4_0", "--out", out, "--tensor-type", "x"), "PATTERN=TYPE"),
        ((tmp_path / "no.gguf", "--type", "Q4_0", "--out", out), "no file at"),
        ((tiny, "--type", "IQ1_S", "--out", out), "importance matrix"),
    ):
        result = cli("quantize", *arguments)
        assert result.code == 2
        assert words in result.error()
    assert not out.exists()


def test_ctrl_c_stops_it(starter_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.gguf"
    process = subprocess.Popen(
        command("quantize", starter_path, "--type", "IQ3_XXS", "--out", out, "--json"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    assert b"progress" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"error" not in errors
    deadline = time.monotonic() + 5
    while list(tmp_path.glob("out*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(tmp_path.glob("out*")) == []
