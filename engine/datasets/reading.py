"""A row of a file, as values of columns, becomes an example."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from engine.datasets.examples import Conversation, Example, Judged, PlainText, Preference
from engine.datasets.mapping import ColumnMapping
from engine.messages import Message
from engine.store.transfer.rows import RowError, read_message, read_turn

Row = Mapping[str, Any]
_WANTED = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def read_example(row: Row, mapping: ColumnMapping) -> Example:
    """Raises `RowError`, whose text says what is wrong with the row."""
    match mapping.format:
        case "messages":
            return Conversation(_messages(row, mapping.column("messages")))
        case "sharegpt":
            return Conversation((*_system(row, mapping), *_turns(row, mapping.column("conversations"))))
        case "alpaca":
            return _alpaca(row, mapping)
        case "text":
            return PlainText(_text(row, mapping.column("text")))
        case "preference":
            return _preference(row, mapping)
        case "kto":
            prompt = _prompt(row, mapping.column("prompt"))
            label = _label(row.get(mapping.column("label")))
            return Judged(prompt, _answer(row, mapping.column("completion")), label)


def messages_of(example: Example) -> tuple[Message, ...]:
    """All messages of an example, in order; those of the better answer for a preference."""
    match example:
        case Conversation(messages=messages):
            return messages
        case PlainText():
            return ()
        case Preference(prompt=prompt, chosen=chosen):
            return (*prompt, *chosen)
        case Judged(prompt=prompt, completion=completion):
            return (*prompt, *completion)


def _alpaca(row: Row, mapping: ColumnMapping) -> Conversation:
    """Taori et al. 2023: an instruction, further input below it, the answer; `history` holds earlier
    pairs.
    """
    messages = [*_system(row, mapping)]
    for index, pair in enumerate(_history(row, mapping.column("history")), 1):
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(x, str) for x in pair):
            raise RowError(f"entry {index} of the history is no pair of texts")
        messages += [Message.of("user", pair[0]), Message.of("assistant", pair[1])]
    asked = [_text(row, mapping.column(name)) for name in ("instruction", "input")]
    messages.append(Message.of("user", "\n\n".join(text for text in asked if text)))
    messages.append(Message.of("assistant", _text(row, mapping.column("output"))))
    return Conversation(tuple(messages))


def _history(row: Row, column: str) -> Sequence[Any]:
    history = row.get(column) if column else None
    if isinstance(history, str) and history.strip():  # in a CSV file
        try:
            history = msgspec.json.decode(history)
        except msgspec.DecodeError:
            raise RowError("the history is no list of pairs") from None
    if not history:
        return ()
    if not isinstance(history, list):
        raise RowError("the history is no list of pairs")
    return history


def _preference(row: Row, mapping: ColumnMapping) -> Preference:
    chosen = _answer(row, mapping.column("chosen"))
    rejected = _answer(row, mapping.column("rejected"))
    column = mapping.column("prompt")
    if column and row.get(column):
        prompt = (*_system(row, mapping), *_prompt(row, column))
        return Preference(prompt, _after(chosen, prompt), _after(rejected, prompt))
    shared = 0
    while shared < min(len(chosen), len(rejected)) and chosen[shared] == rejected[shared]:
        shared += 1
    if not shared:
        raise RowError("there is no prompt, and the two answers do not begin with the same message")
    return Preference(chosen[:shared], chosen[shared:], rejected[shared:])


def _after(answer: tuple[Message, ...], prompt: tuple[Message, ...]) -> tuple[Message, ...]:
    """Some data sets repeat the prompt in front of each answer."""
    asked = [message for message in prompt if message.role != "system"]
    head = [message for message in answer[: len(asked) + 1] if message.role != "system"][: len(asked)]
    if asked and len(answer) > len(asked) and head == asked:
        return answer[answer.index(asked[-1]) + 1 :]
    return answer


def _prompt(row: Row, column: str) -> tuple[Message, ...]:
    value = _decoded(row.get(column))
    if isinstance(value, list):
        return tuple(read_message(entry, index) for index, entry in enumerate(value, 1))
    return (Message.of("user", _text(row, column)),)


def _answer(row: Row, column: str) -> tuple[Message, ...]:
    value = _decoded(row.get(column))
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return tuple(read_message(entry, index) for index, entry in enumerate(value, 1))
    return (Message.of("assistant", _text(row, column)),)


def _messages(row: Row, column: str) -> tuple[Message, ...]:
    return tuple(read_message(entry, index) for index, entry in enumerate(_entries(row, column), 1))


def _turns(row: Row, column: str) -> tuple[Message, ...]:
    return tuple(read_turn(entry, index) for index, entry in enumerate(_entries(row, column), 1))


def _entries(row: Row, column: str) -> list[Any]:
    value = _decoded(row.get(column))
    if not isinstance(value, list):
        raise RowError(f"“{column}” is no list")
    return value


def _decoded(value: Any) -> Any:
    """Lists in a table file are often written as JSON text."""
    if isinstance(value, str) and value[:1] in "[{" and value[-1:] in "]}" and len(value) > 1:
        try:
            found = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return value
        first = found[0] if isinstance(found, list) and found else found
        return found if isinstance(first, dict) and ("content" in first or "value" in first) else value
    return value


def _system(row: Row, mapping: ColumnMapping) -> tuple[Message, ...]:
    column = mapping.column("system")
    text = _text(row, column) if column else ""
    return (Message.of("system", text),) if text else ()


def _text(row: Row, column: str) -> str:
    """A value as text; nothing for a column that the row does not have."""
    value = row.get(column) if column else None
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    raise RowError(f"“{column}” is no text")


def _label(value: Any) -> bool:
    if isinstance(value, str):
        value = _WANTED.get(value.strip().lower())
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    raise RowError("the label is neither true nor false")
