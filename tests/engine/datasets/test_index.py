"""Files of every kind, their rows by number, and what is broken in them."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.datasets.dataset import open_dataset, open_or_build
from engine.datasets.index import BrokenLine, RowIndex, build_index, index_folder, open_index
from engine.errors import UserError

Write = Callable[..., Path]


def test_rows_by_number_from_lines(write_rows: Write, home: Path) -> None:
    index = open_or_build(write_rows([{"text": f"row {n}"} for n in range(100)]), home)
    assert len(index) == 100
    assert [index.row(n)["text"] for n in (0, 57, 99)] == ["row 0", "row 57", "row 99"]
    assert [number for number, _ in index.walk((5, 3))] == [5, 3]
    with pytest.raises(IndexError):
        index.row(100)


def test_broken_lines_are_counted_with_their_numbers(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"text":"a"}\n\n{"text":\n[1]\n{"text":"b"}\r\n{"text":"\xff"}\n{"text":"c"}'
    )
    index = open_or_build(path, home)
    assert [index.row(n)["text"] for n in range(len(index))] == ["a", "b", "c"]
    assert index.summary.broken == 3
    assert [problem.line for problem in index.summary.problems] == [3, 4, 6]
    assert index.summary.problems[1] == BrokenLine(4, "it is no object with columns")
    assert index.lines.tolist() == [1, 5, 7]


def test_separators_that_are_no_line_feeds_end_no_row(write_rows: Write, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text":"a\u2028b\u0085c"}\n', encoding="utf-8")
    assert open_or_build(path, home).row(0) == {"text": "a\u2028b\u0085c"}


@pytest.mark.parametrize(
    "content",
    [
        '[{"text":"a"},{"text":"b"}]',
        '{"version":1,"data":[{"text":"a"},{"text":"b"}]}',
        '{"text":"a"}\n{"text":"b"}\n',
    ],
)
def test_json_in_its_usual_shapes(content: str, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(content, encoding="utf-8")
    index = open_or_build(path, home)
    assert [index.row(n)["text"] for n in range(len(index))] == ["a", "b"]


def test_a_json_file_that_is_one_conversation(tmp_path: Path, home: Path) -> None:
    entries = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]
    for content in (entries, {"messages": entries}, [entries]):
        path = tmp_path / "chat.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        index = build_index(path, tmp_path / "index")
        assert index.row(0) == {"messages": entries}
        assert len(index) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_lines_inside_of_fields(delimiter: str, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([["question", "answer"], ["a\nb", 'say "x"'], ["only one"], ["c", "d"]])
    index = open_or_build(path, home)
    assert [index.row(n) for n in range(len(index))] == [
        {"question": "a\nb", "answer": 'say "x"'},
        {"question": "c", "answer": "d"},
    ]
    assert index.lines.tolist() == [2, 5]
    assert index.summary.problems == (BrokenLine(4, "it has 1 fields, and there are 2 columns"),)


def test_parquet(tmp_path: Path, home: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"messages": [{"role": "user", "content": f"q{n}"}], "id": n} for n in range(3000)]
    path = tmp_path / "rows.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    index = open_or_build(path, home)
    assert len(index) == 3000
    assert index.row(2345) == rows[2345]


def test_parquet_without_the_training_stack(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"PAR1")
    with pytest.raises(UserError) as caught:
        open_or_build(path, home)
    assert caught.value.code == "data.needs_package"


def test_text_becomes_paragraphs(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("one\ntwo\n\n\nthree\n", encoding="utf-8")
    index = open_or_build(path, home)
    assert [index.row(n)["text"] for n in range(len(index))] == ["one\ntwo", "three"]
    assert index.lines.tolist() == [1, 5]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jsonl", b"", "data.empty"),
        ("a.jsonl", b"\n \n", "data.empty"),
        ("a.jsonl", b"nonsense\n{]\n", "data.all_broken"),
        ("a.json", b'{"a": [', "data.unreadable"),
        ("a.json", b"5", "data.unreadable"),
        ("a.parquet", b"PAR1 no", "data.unreadable"),
        ("a.docx", b"PK", "data.format"),
        ("a.txt", b"\xff\xfe\x00", "file.not_text"),
    ],
)
def test_files_without_rows_are_refused(
    name: str, content: bytes, code: str, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        open_or_build(path, home)
    assert caught.value.code == code
    assert not list((home / "data" / "index").glob("*/index.json"))


def test_unknown_columns_are_named(write_rows: Write, home: Path) -> None:
    with pytest.raises(UserError) as caught:
        open_dataset(write_rows([{"alpha": "x", "beta": "y"}]), home)
    assert caught.value.code == "data.columns"
    assert "alpha, beta" in caught.value.message


def test_an_index_is_kept_until_the_file_changes(write_rows: Write, home: Path) -> None:
    path = write_rows([{"text": "a"}])
    first = open_or_build(path, home)
    folder = index_folder(home, path)
    assert open_index(folder, path) is not None
    write_rows([{"text": "a"}, {"text": "b"}])
    assert open_index(folder, path) is None
    second = open_or_build(path, home)
    assert second.summary.content_hash != first.summary.content_hash
    assert len(second) == 2


def test_a_file_that_is_gone_is_told(write_rows: Write, home: Path) -> None:
    path = write_rows([{"text": "a"}])
    index = open_or_build(path, home)
    path.unlink()
    with pytest.raises(UserError) as caught:
        index.row(0)
    assert caught.value.code == "data.changed"


def test_splits_stay_when_rows_are_added(write_rows: Write, home: Path) -> None:
    rows: list[object] = [{"text": f"row {n}"} for n in range(2000)]
    dataset = open_dataset(write_rows(rows), home)
    split = dataset.split(0.1, seed=3)
    assert sorted([*split.train, *split.held_out]) == list(range(2000))
    assert 140 < len(split.held_out) < 260
    assert set(split.held_out) != set(dataset.split(0.1, seed=4).held_out)
    longer = open_dataset(write_rows([{"text": "new"}, *rows]), home).split(0.1, seed=3)
    assert {n - 1 for n in longer.held_out if n} == set(split.held_out)


def test_small_sets_keep_something_aside(write_rows: Write, home: Path) -> None:
    two = open_dataset(write_rows([{"text": "a"}, {"text": "b"}]), home)
    assert len(two.split(0.05).held_out) == 1
    sixty = open_dataset(write_rows([{"text": f"row {n}"} for n in range(60)]), home)
    assert [len(sixty.split(0.1, seed=n).held_out) for n in range(5)] == [6] * 5
    two = open_dataset(write_rows([{"text": "a"}, {"text": "b"}]), home)
    assert len(two.split(0.0).held_out) == 0
    one = open_dataset(write_rows([{"text": "a"}]), home)
    assert len(one.split(0.5).train) == 1


def test_equal_rows_are_on_one_side(write_rows: Write, home: Path) -> None:
    rows = [{"text": f"row {n % 50}"} for n in range(500)]
    split = open_dataset(write_rows(rows), home).split(0.2, seed=1)
    texts = [{n % 50 for n in side} for side in split]
    assert not texts[0] & texts[1]


def test_progress_is_told_and_can_stop(write_rows: Write, tmp_path: Path) -> None:
    path = write_rows([{"text": f"row {n}"} for n in range(10_000)])
    told: list[float] = []
    index = build_index(path, tmp_path / "index", told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1
    assert isinstance(index, RowIndex)
    assert len(np.unique(index.hashes)) == 10_000
