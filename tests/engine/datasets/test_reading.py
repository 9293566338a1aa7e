"""Columns become examples."""

from typing import Any

import pytest

from engine.datasets.examples import Conversation, Example, Judged, PlainText, Preference
from engine.datasets.mapping import ColumnMapping, RowFormat, map_by_name, recognise
from engine.datasets.reading import read_example
from engine.messages import Message, ThinkingPart
from engine.store.transfer.rows import RowError

ROWS: dict[RowFormat, dict[str, Any]] = {
    "alpaca": {
        "instruction": "Add",
        "input": "1 2",
        "output": "3",
        "system": "Be short",
        "history": [["a", "b"]],
    },
    "sharegpt": {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Ho"}]},
    "messages": {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]},
    "text": {"text": "Once upon a time"},
    "preference": {"prompt": "Hi", "chosen": "Ho", "rejected": "No"},
    "kto": {"prompt": "Hi", "completion": "Ho", "label": True},
}


@pytest.mark.parametrize("format_", list(ROWS))
def test_formats_are_recognised_by_their_columns(format_: RowFormat) -> None:
    mapping = recognise([ROWS[format_]])
    assert mapping is not None
    assert mapping.format == format_
    assert isinstance(read_example(ROWS[format_], mapping), Example)


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"Question": "a", "Answer": "b"}, {"instruction": "Question", "output": "Answer"}),
        ({"prompt": "a", "completion": "b"}, {"instruction": "prompt", "output": "completion"}),
        ({"input": "a", "output": "b"}, {"instruction": "input", "output": "output"}),
        (
            {"instruction": "a", "context": "c", "response": "b"},
            {"instruction": "instruction", "input": "context", "output": "response"},
        ),
    ],
)
def test_other_names_of_questions_and_answers(row: dict[str, str], columns: dict[str, str]) -> None:
    mapping = recognise([row])
    assert mapping == ColumnMapping("alpaca", columns)


def test_a_single_column_of_text_is_text() -> None:
    assert recognise([{"lyrics": "la"}]) == ColumnMapping("text", {"text": "lyrics"})


def test_nothing_is_guessed_from_unknown_columns() -> None:
    assert recognise([{"a": "x", "b": "y"}]) is None
    assert map_by_name("alpaca", ["a", "b"]).missing() == ("instruction", "output")


def test_messages_under_the_name_of_sharegpt() -> None:
    row = {"conversations": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]}
    mapping = recognise([row])
    assert mapping is not None
    assert mapping.format == "messages"
    assert read_example(row, mapping) == read_example(ROWS["sharegpt"], _mapped("sharegpt"))


def test_alpaca_in_full() -> None:
    assert read_example(ROWS["alpaca"], _mapped("alpaca")) == Conversation(
        (
            Message.of("system", "Be short"),
            Message.of("user", "a"),
            Message.of("assistant", "b"),
            Message.of("user", "Add\n\n1 2"),
            Message.of("assistant", "3"),
        )
    )


def test_numbers_are_text_and_missing_values_are_empty() -> None:
    mapping = ColumnMapping("alpaca", {"instruction": "q", "output": "a"})
    assert read_example({"q": 7, "a": None}, mapping) == Conversation(
        (Message.of("user", "7"), Message.of("assistant", ""))
    )


def test_reasoning_of_sharegpt_is_told_apart() -> None:
    row = {
        "conversations": [
            {"from": "human", "value": "Hi"},
            {"from": "gpt", "value": "<think>\nh\n</think>\nHo"},
        ]
    }
    example = read_example(row, _mapped("sharegpt"))
    assert isinstance(example, Conversation)
    assert example.messages[1].parts[0] == ThinkingPart("h")


def test_text_and_judged() -> None:
    assert read_example(ROWS["text"], _mapped("text")) == PlainText("Once upon a time")
    judged = Judged((Message.of("user", "Hi"),), (Message.of("assistant", "Ho"),), True)
    for label in (True, 1, "true", "1", "Yes"):
        assert read_example({**ROWS["kto"], "label": label}, _mapped("kto")) == judged


PAIR = Preference(
    (Message.of("user", "Hi"),), (Message.of("assistant", "Ho"),), (Message.of("assistant", "No"),)
)
ASKED = {"role": "user", "content": "Hi"}
HO, NO = ({"role": "assistant", "content": text} for text in ("Ho", "No"))


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": "Hi", "chosen": "Ho", "rejected": "No"},
        {"prompt": [ASKED], "chosen": [HO], "rejected": [NO]},
        {"prompt": "Hi", "chosen": [ASKED, HO], "rejected": [ASKED, NO]},
        {"chosen": [ASKED, HO], "rejected": [ASKED, NO]},
        {"prompt": "Hi", "chosen": HO, "rejected": NO},
        {"prompt": '[{"role":"user","content":"Hi"}]', "chosen": "Ho", "rejected": "No"},
    ],
)
def test_preferences_as_they_are_published(row: dict[str, Any]) -> None:
    mapping = recognise([row])
    assert mapping is not None
    assert read_example(row, mapping) == PAIR


@pytest.mark.parametrize(
    ("format_", "change", "words"),
    [
        ("sharegpt", {"conversations": [{"from": "robot", "value": "x"}]}, "unknown role 'robot'"),
        ("messages", {"messages": "x"}, "is no list"),
        ("messages", {"messages": [{"role": "user", "content": 5}]}, "message 1 has no text"),
        ("alpaca", {"output": ["x"]}, "“output” is no text"),
        ("alpaca", {"history": [["a"]]}, "entry 1 of the history"),
        ("kto", {"label": "maybe"}, "neither true nor false"),
        ("preference", {"prompt": "", "chosen": "a", "rejected": "b"}, "there is no prompt"),
    ],
)
def test_rows_that_do_not_fit_say_why(format_: RowFormat, change: dict[str, Any], words: str) -> None:
    with pytest.raises(RowError, match=words):
        read_example({**ROWS[format_], **change}, _mapped(format_))


def _mapped(format_: RowFormat) -> ColumnMapping:
    return map_by_name(format_, ROWS[format_])
