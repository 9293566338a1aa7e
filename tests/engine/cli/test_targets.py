"""`lathe sensitivity`, targets of `lathe quantize`, and the tables of `lathe compare`, as a user runs
them.
"""

import json
from pathlib import Path

import pytest

from engine.cli.commands import run_command_line
from engine.cli.sensitivity import parse_size
from engine.errors import UserError
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_tiny_llama(tmp_path / "tiny.gguf", Size(n_embd=64, n_ff=256))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT * 30, encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_map_is_measured_once_and_used_by_targets(
    model: Path, text: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["sensitivity", str(model), "--text", str(text), "--tokens", "1024", "--json"]
    assert run_command_line(arguments) == 0
    told = lines(capsys)
    groups = [one for one in told if one.get("event") == "group"]
    assert {str(one["name"]) for one in groups} >= {"0", "1", "attn_q", "output"}
    tensors = [one for one in told if "tensor" in one]
    assert len(tensors) == 16
    assert told[-1]["event"] == "done"
    assert Path(str(told[-1]["path"])).parent == home / "sensitivity"

    out = tmp_path / "small.gguf"
    size = model.stat().st_size // 5
    arguments = ["quantize", str(model), "--out", str(out), "--target-size", str(size), "--text", str(text)]
    assert run_command_line([*arguments, "--json"]) == 0
    told = lines(capsys)
    assert not [one for one in told if one.get("event") == "group"]
    events = {str(one["event"]): one for one in told}
    assert out.stat().st_size <= size
    assert events["chosen"]["size_bytes"] == pytest.approx(out.stat().st_size, abs=512)
    assert events["measured"]["size_bytes"] == events["done"]["size_bytes"] == out.stat().st_size


def test_weights_only_prints_a_table_of_kinds(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["sensitivity", str(model), "--weights-only", "--types", "q4_0,q8_0"]) == 0
    printed = capsys.readouterr().out
    assert "Q4_0" in printed
    assert "ffn_down" in printed


def test_tables_of_a_comparison(model: Path, text: Path, tmp_path: Path) -> None:
    table, tokens = tmp_path / "t.md", tmp_path / "t.csv"
    arguments = ["compare", str(model), "--text", str(text), "--tokens", "1024"]
    assert run_command_line([*arguments, "--export", str(table), "--export-tokens", str(tokens)]) == 0
    assert "| tiny |" in table.read_text("utf-8")
    assert tokens.read_text("utf-8").startswith("position,token,model,p,rank")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--target-size", "lots"],
        ["--target-size", "1MB", "--target-kl", "0.1"],
        ["--target-kl", "-1"],
        ["--target-size", "1MB", "--type", "Q4_K_M"],
    ],
)
def test_targets_that_make_no_sense(model: Path, tmp_path: Path, arguments: list[str]) -> None:
    out = tmp_path / "no.gguf"
    assert run_command_line(["quantize", str(model), "--out", str(out), *arguments]) == 2
    assert not out.exists()


def test_an_export_of_an_unknown_kind_is_refused_before_anything_is_read(model: Path, tmp_path: Path) -> None:
    assert run_command_line(["compare", str(model), "--export", str(tmp_path / "t.xlsx")]) == 2


def test_sizes_as_people_write_them() -> None:
    for text, count in (
        ("90MB", 90_000_000),
        ("1.5 GB", 1_500_000_000),
        ("85MiB", 85 << 20),
        ("2gib", 2 << 30),
        ("12345", 12345),
    ):
        assert parse_size(text) == count
    for text in ("", "MB", "12 parsecs", "1e400GB"):
        with pytest.raises(UserError):
            parse_size(text)
