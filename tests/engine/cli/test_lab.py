"""`lathe lab`."""

from pathlib import Path

import pytest

from engine.lab.results import read_result
from tests.engine.cli.conftest import Cli
from tests.support.tiny_llama import TEXT, write_tiny_llama

TENSOR = "blk.1.attn_q.weight"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT * 12, encoding="utf-8")
    return path


def test_prints_each_method_and_the_end(cli: Cli, tiny: Path, text: Path, tmp_path: Path) -> None:
    out = tmp_path / "lab.npz"
    chosen = (
        "--method",
        "gptq",
        "--method",
        "rtn",
        "--bits",
        "3",
        "--granularity",
        "channel",
        "--input-bits",
        "0",
    )
    result = cli("lab", tiny, "--tensor", TENSOR, *chosen, "--text", text, "--out", out, "--json")
    assert (result.code, result.err) == (0, "")
    rows = [one for one in result.objects() if one["event"] == "method"]
    assert [one["method"] for one in rows] == ["gptq", "rtn"]
    assert all(one["bits_per_weight"] == 3 + 16 / 256 for one in rows)
    assert rows[0]["fitted_error"] < rows[1]["fitted_error"]
    done = result.done()
    assert (done["path"], done["tensor"]) == (str(out), TENSOR)
    assert read_result(out).job.scheme.granularity == "channel"


def test_prints_a_table_with_the_best_first(cli: Cli, tiny: Path, text: Path, home: Path) -> None:
    result = cli("lab", tiny, "--tensor", TENSOR, "--text", text)
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].split()[:2] == ["METHOD", "BITS"]
    errors = [float(line.split()[2].rstrip("%")) for line in lines[1:]]
    assert len(errors) == 5
    assert errors == sorted(errors)
    assert len(list((home / "lab").glob("*.npz"))) == 1


def test_lists_matrices(cli: Cli, tiny: Path) -> None:
    rows = cli("lab", tiny, "--json").objects()
    assert {one["name"] for one in rows if one["layer"] == 1} >= {TENSOR, "blk.1.ffn_down.weight"}
    assert TENSOR in cli("lab", tiny).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--tensor", "output.weight"), "no weight matrix called “output.weight”"),
        (("--tensor", TENSOR, "--bits", "9"), "bits"),
        (("--tensor", TENSOR, "--strength", "2"), "strength"),
    ],
)
def test_errors_are_one_line(cli: Cli, tiny: Path, arguments: tuple[str, ...], words: str) -> None:
    result = cli("lab", tiny, *arguments)
    assert result.code == 2
    assert words in result.err
    assert len(result.err.strip().splitlines()) == 1
