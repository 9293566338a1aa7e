"""Text is found in the values of rows, however JSON writes it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.datasets import search
from engine.datasets.dataset import open_or_build
from engine.datasets.mapping import map_by_name
from engine.datasets.preview import RowPreview, preview
from engine.datasets.search import search_rows

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [0, 1, 2, 3]),
        ("WATER", [0, 2]),
        ("é", [1]),
        ('say "x"', [1]),
        ("a/b", [2]),
        ("two\nlines", [3]),
        ("text", []),  # the name of the column
        ("42", [3]),
        ("nowhere", []),
    ],
)
@pytest.mark.parametrize("escaped", [True, False])
def test_rows_are_found(text: str, rows: list[int], escaped: bool, tmp_path: Path, home: Path) -> None:
    values = [
        {"text": "Water"},
        {"text": 'café, say "x"'},
        {"text": ["deep", {"in": "water a/b"}]},
        {"text": "two\nlines", "n": 42},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=escaped) + "\n" for one in values), encoding="utf-8")
    found = search_rows(open_or_build(path, home), text)
    assert found is not None
    assert found.tolist() == rows


def test_all_chunks_are_searched(write_rows: Write, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_CHUNK_BYTES", 100)
    index = open_or_build(write_rows([{"text": f"row {n}" * (n % 7)} for n in range(300)]), home)
    found = search_rows(index, "row 29")
    assert found is not None
    assert found.tolist() == [n for n in range(300) if "row 29" in f"row {n}" * (n % 7)]
    assert search_rows(index, "row", lambda: True) is None


def test_a_row_in_a_line() -> None:
    talk = {"messages": [{"role": "user", "content": "a\nb"}, {"role": "assistant", "content": "c"}]}
    assert preview(talk, map_by_name("messages", talk)) == RowPreview("a b", "c", "", 2)
    pair = {"prompt": "p", "chosen": "c", "rejected": "r"}
    assert preview(pair, map_by_name("preference", pair)) == RowPreview("p", "c", "r", 2)
    judged = {"prompt": "p", "completion": "c", "label": False}
    assert preview(judged, map_by_name("kto", judged)).other == "−"
    assert preview({"text": "x" * 1000}, map_by_name("text", ["text"])).answer == "x" * 300
    assert "is no list" in preview({"messages": 5}, map_by_name("messages", ["messages"])).problem
