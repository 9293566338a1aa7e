"""`lathe finetune`, `lathe runs` and `lathe export`, as they are typed; one run on the starter model."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.cli.commands import run_command_line
from tests.engine.finetune.conftest import write_rows


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def recipe_file(folder: Path, base: Path, data: Path) -> Path:
    path = folder / "recipe.toml"
    path.write_text(
        f'base = "{base}"\ndata = "{data.name}"\n[lora]\nr = 4\n[train]\nmax_steps = 3\nbatch_size = 4\n'
        "max_length = 64\nlearning_rate = 1e-2\n",
        "utf-8",
    )
    return path


def test_from_a_recipe_to_an_export(
    tiny_base: Path, chat_rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = recipe_file(tmp_path, tiny_base, chat_rows)
    assert run_command_line(["finetune", str(recipe), "--json"]) == 0
    events = lines(capsys)
    steps = [one for one in events if one["event"] == "step"]
    assert [one["step"] for one in steps] == [1, 2, 3]
    assert set(steps[0]) >= {"loss", "lr", "grad_norm", "tokens_per_s", "rss_bytes"}
    assert events[-1]["event"] == "done"
    assert run_command_line(["runs", "list", "--json"]) == 0
    (listed,) = lines(capsys)
    assert (listed["run"], listed["status"], listed["method"]) == (events[-1]["run"], "done", "lora")
    assert listed["base"] == str(tiny_base)
    assert run_command_line(["runs", "show", "last"]) == 0
    assert "max_steps = 3" in capsys.readouterr().out
    assert (
        run_command_line(["export", "last", "--to", "adapter", "--out", str(tmp_path / "a"), "--json"]) == 0
    )
    done = lines(capsys)[-1]
    assert done["kl_mean"] < 1e-6
    assert (tmp_path / "a" / "adapter_config.json").is_file()
    assert run_command_line(["finetune", "--resume", "last"]) == 2
    assert "is finished" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["finetune"], "give a recipe"),
        (["finetune", "nothing.toml"], "nothing.toml"),
        (["finetune", "--resume", "nothing"], "There is no run"),
        (["runs", "show", "nothing"], "There is no run"),
        (["export", "last"], "--to"),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("lathe: error: ")
    assert words in line


def test_the_starter_learns_and_its_adapter_runs_in_llama_cpp(
    starter_path: Path, home: Path, tmp_path: Path
) -> None:
    rows = [
        {
            "messages": [
                {"role": "user", "content": f"Say {n}."},
                {"role": "assistant", "content": f"Arr, {n}, matey!"},
            ]
        }
        for n in range(24)
    ]
    data = write_rows(tmp_path / "rows.jsonl", rows)
    recipe = recipe_file(tmp_path, starter_path, data)
    code = (
        "import sys\nfrom engine.cli.commands import run_command_line\n"
        "sys.exit(run_command_line(sys.argv[1:]))"
    )
    printed = ""
    for arguments in (
        ["finetune", str(recipe), "--json"],
        ["export", "last", "--to", "gguf", "--out", str(tmp_path / "a.gguf"), "--json"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        printed = done.stdout
    exported = json.loads(printed.splitlines()[-1])
    assert exported["kl_mean"] < 0.05
    assert (tmp_path / "a.gguf").read_bytes()[:4] == b"GGUF"
