"""The real vocabulary: templates from files, jobs in their processes, and the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.cli.main import main as lathe
from engine.client.job_process import JobProcess
from engine.datasets.dataset import open_dataset
from engine.datasets.lengths import effect_of_limit, histogram
from engine.datasets.mapping import map_by_name
from engine.datasets.model_template import read_row_template
from engine.datasets.reading import read_example
from engine.datasets.rendering import render_row
from engine.protocol.data import DataChecked, DataMeasured, DataRead, MeasureDataJob, PrepareDataJob
from engine.protocol.jobs import AnyJob, JobEvent, JobFailed, JobStep

Write = Callable[..., Path]
SAMPLE = Path(__file__).parents[3] / "resources" / "data" / "lighthouse-keeper.jsonl"
TALK = {"messages": [{"role": "user", "content": "Hi <|im_end|>"}, {"role": "assistant", "content": "Ho"}]}


def run(home: Path, job: AnyJob) -> list[JobEvent]:
    events: list[JobEvent] = []
    process = JobProcess(home, job, events.append)
    assert process.wait(60)
    return [event for event in events if not isinstance(event, JobStep)]


def test_the_template_is_that_of_llama_cpp(starter_path: Path) -> None:
    from engine.backends.llama_cpp.model import LlamaModel
    from engine.protocol.values import ContextParams

    template = read_row_template(starter_path)
    model = LlamaModel(str(starter_path), ContextParams(), extra_buffers=False, vocab_only=True)
    try:
        vocab = model.vocab
        assert template.bos_id == (vocab.bos if vocab.adds_bos else -1)
        assert (template.eos_id, template.eos) == (vocab.eos, vocab.text(vocab.eos))
        assert all(text in template.special for text in vocab.special_tokens)

        def tokenize(text: str, special: bool) -> list[int]:
            return vocab.tokenize(text, add_special=False, parse_special=special)

        row = render_row(read_example(TALK, map_by_name("messages", TALK)), template, tokenize)
    finally:
        model.close()
    text = "".join(piece.text for piece in row.pieces)
    assert text.endswith("<|im_start|>assistant\nHo<|im_end|>\n")
    assert row.trained_tokens == 2  # “Ho” and the end of the turn
    assert row.token_ids.count(2) == 3  # system, user, assistant: the typed one is text


def test_jobs_read_check_and_measure(home: Path, starter_path: Path) -> None:
    read, checked = run(home, PrepareDataJob(str(SAMPLE), str(home)))
    assert isinstance(read, DataRead)
    assert checked == DataChecked(60, 60)
    (measured,) = run(home, MeasureDataJob(str(SAMPLE), str(home), str(starter_path), read.mapping))
    assert isinstance(measured, DataMeasured)
    assert measured.rows == tuple(range(60))
    assert all(
        0 < prompt < tokens for prompt, tokens in zip(measured.prompt_tokens, measured.tokens, strict=True)
    )
    counts, edges = histogram(measured)
    assert counts.sum() == 60
    assert edges[0] == 0
    middle = int(np.median(measured.tokens))
    effect = effect_of_limit(measured, middle)
    assert 0 < effect.cut < 60
    assert effect_of_limit(measured, 1).masked == 60
    assert effect_of_limit(measured, 0).masked == 0


def test_a_file_nobody_understands_can_still_be_shown(home: Path, write_rows: Write) -> None:
    path = write_rows([{"a": "x", "b": "y"}])
    read, end = run(home, PrepareDataJob(str(path), str(home)))
    assert read == DataRead(1, 0, "")
    assert isinstance(end, JobFailed)
    assert end.code == "data.columns"
    by_hand = '{"format":"alpaca","columns":{"instruction":"a","output":"b"}}'
    assert run(home, PrepareDataJob(str(path), str(home), by_hand))[-1] == DataChecked(1, 1)


def test_show_for_people(capsys: pytest.CaptureFixture[str], starter_path: Path) -> None:
    assert lathe(["data", "show", str(SAMPLE), "--model", str(starter_path), "--rows", "1"]) == 0
    printed = capsys.readouterr().out
    assert "60 rows, messages" in printed
    assert "⟦Paris, friend" in printed
    assert "all is well.<|im_end|>⟧" in printed


def test_show_for_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path, starter_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"q":"a","r":"b"}\n{"q":\n', encoding="utf-8")
    arguments = ["--format", "alpaca", "--column", "instruction=q", "--column", "output=r", "--json"]
    assert lathe(["data", "show", str(path), "--model", str(starter_path), *arguments]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    by_event = {line["event"]: line for line in lines}
    assert by_event["data"]["broken"] == 1
    assert by_event["data"]["problems"][0]["line"] == 2
    assert by_event["checked"] == {"event": "checked", "rows": 1, "usable": 1}
    row = by_event["row"]
    assert len(row["mask"]) == len(row["token_ids"])
    assert sum(row["mask"]) == row["trained_tokens"] == 2


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([{"alpha": "x", "beta": "y"}], [], "alpha, beta"),
        ([{"alpha": "x"}], ["--format", "alpaca"], "needs a column for instruction"),
        ([{"alpha": "x"}], ["--column", "text=alpha"], "--column needs --format"),
        ([{"alpha": "x"}], ["--format", "text", "--column", "words=alpha"], "no FIELD=NAME"),
        ([{"text": "x"}], ["--row", "2"], "There is no row 2"),
        ([{"prompt": "x", "completion": ""}], [], "No row of"),
    ],
)
def test_what_can_be_fixed_is_one_line(
    rows: list[object],
    options: list[str],
    words: str,
    write_rows: Write,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lathe(["data", "show", str(write_rows(rows)), *options]) == 2
    assert words in capsys.readouterr().err


def test_all_masked_is_refused(capsys: pytest.CaptureFixture[str], starter_path: Path) -> None:
    assert lathe(["data", "show", str(SAMPLE), "--model", str(starter_path), "--max-length", "8"]) == 2
    assert "every answer begins after token 8" in capsys.readouterr().err


def test_the_sample_has_a_style(home: Path) -> None:
    dataset = open_dataset(SAMPLE, home)
    for number, _ in dataset.walk():
        answer = dataset.index.row(number)["messages"][-1]["content"]
        assert answer.endswith("The light turns, and all is well.")
        assert "friend" in answer
