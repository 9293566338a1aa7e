"""Finding runs, reading their metrics, and what is said before a run begins."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.errors import UserError
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder, find_run, list_runs
from engine.protocol.finetune import (
    FinetuneJob,
    RunFinished,
)
from engine.protocol.jobs import JobNotice, decode_job, decode_job_event, encode_line
from tests.engine.finetune.conftest import recipe_for, train, write_rows


def test_runs_are_found_by_parts_of_their_names(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    recipe = recipe_for(tiny_base, chat_rows, name="mine", train={"max_steps": 1})
    train(home, recipe, "20260101-000000-lora-sft-aaaa")
    train(home, recipe, "20260102-000000-lora-sft-bbbb")
    assert [run.id[-4:] for run in list_runs(home)] == ["bbbb", "aaaa"]
    assert find_run(home, "last").id.endswith("bbbb")
    assert find_run(home, "aaaa").id.endswith("aaaa")
    for text, code in (("nothing", "run.unknown"), ("mine", "run.similar"), ("2026", "run.similar")):
        with pytest.raises(UserError) as caught:
            find_run(home, text)
        assert caught.value.code == code


def test_metrics_with_a_cut_line_are_read(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    run, _ = train(home, recipe_for(tiny_base, chat_rows))
    path = run.path / "metrics.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    assert len(run.steps()) == 4
    run.append(run.steps()[0])
    assert [json.loads(line)["type"] for line in path.read_bytes().splitlines() if line.endswith(b"}")][
        -1
    ] == "train_step"


BAD: list[tuple[str, dict[str, Any], list[dict[str, Any]] | None, str]] = [
    (
        "empty answers",
        {},
        [{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]}],
        "finetune.masked",
    ),
    ("answers cut off", {"train": {"max_length": 8}}, None, "finetune.cut_off"),
    ("longer than the context", {"train": {"max_length": 512}}, None, "finetune.too_long"),
    ("no such layers", {"lora": {"target_modules": ["nothing"]}}, None, "finetune.no_modules"),
    (
        "no such layers, by PEFT",
        {"method": "dora", "lora": {"target_modules": ["nothing"]}},
        None,
        "finetune.no_modules",
    ),
    ("chats for preferences", {"objective": "dpo"}, None, "finetune.broken_rows"),
    ("no bitsandbytes", {"method": "qlora"}, None, "finetune.missing"),
]


@pytest.mark.parametrize(("changes", "rows", "code"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_bad_input_is_said_before_training(
    home: Path,
    tiny_base: Path,
    chat_rows: Path,
    changes: dict[str, Any],
    rows: list[dict[str, Any]] | None,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "bitsandbytes", None)
    if rows is not None:
        write_rows(chat_rows, rows)
    recipe = recipe_for(tiny_base, chat_rows, **changes)
    with pytest.raises(UserError) as caught:
        train(home, recipe)
    assert caught.value.code == code
    assert RunFolder(home / "runs" / "run").state().error_code == code


def test_lines_that_cannot_be_read_are_told(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    lines = chat_rows.read_text("utf-8").splitlines()
    chat_rows.write_text("\n".join([*lines[:4], '{"messages": ', *lines[4:], "{}}"]), "utf-8")
    _, told = train(home, recipe_for(tiny_base, chat_rows, train={"max_steps": 1}))
    (notice,) = [one for one in told.of(JobNotice) if one.code == "finetune.broken_lines"]
    assert (notice.params["count"], notice.params["line"]) == ("2", "5")


def test_jobs_travel_as_one_line() -> None:
    job = FinetuneJob("/home/x", "run", 'base = "a"\ndata = "b"\n')
    assert decode_job(encode_line(job)) == job
    assert job.pausable
    end = RunFinished("run", "done", "p", 1, 1.0, -1.0, -1.0, 2, 3.0, 4.0, 5, 6)
    assert decode_job_event(encode_line(end)) == end
    assert isinstance(recipe_for(Path("a"), Path("b")), Recipe)
