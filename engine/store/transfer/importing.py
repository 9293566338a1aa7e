"""Reading chats from text: Lathe's export, messages JSONL and ShareGPT. An import never runs anything."""

from collections.abc import Iterator
from typing import Any

import msgspec

from engine.errors import UserError
from engine.store.database import Store
from engine.store.intake import BrokenTree, IncomingChat
from engine.store.transfer.document import FORMAT, read_document
from engine.store.transfer.rows import RowError, read_row

MOST_CHATS = 1000
"""More conversations than this in one file are a data set, not chats somebody had."""


def import_text(store: Store, text: str, name: str) -> list[str]:
    """Store the chats of a file under new ids, all or none. The ids of the chats.

    `name` is the file's, for messages. Raises `UserError` import.unreadable with the line at fault.
    """
    chats = list(_chats(text.removeprefix("\ufeff"), name))
    if not chats:
        raise _unreadable(name, "there is no conversation in it")
    try:
        with store.unit():
            return [store.insert_chat(chat) for chat in chats]
    except BrokenTree as error:
        raise _unreadable(name, str(error)) from error


def _chats(text: str, name: str) -> Iterator[IncomingChat]:
    if not text.strip():
        raise _unreadable(name, "the file is empty")
    try:
        data = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        if not _is_lines(text):
            raise _unreadable(name, _place(text, error)) from error
        yield from _from_lines(text, name)
        return
    except UnicodeEncodeError as error:
        raise _unreadable(name, "it holds characters that are not valid Unicode") from error
    if isinstance(data, dict) and data.get("format") == FORMAT:
        yield read_document(data, name)
    elif isinstance(data, list) and data and isinstance(data[0], dict) and "role" in data[0]:
        yield _row({"messages": data}, name, "")
    elif isinstance(data, list):
        _check_count(len(data), name)
        for index, row in enumerate(data, 1):
            yield _row(row, name, f"entry {index}: ")
    else:
        yield _row(data, name, "")


def _is_lines(text: str) -> bool:
    """Whether the first line that is not blank is a JSON value of its own, and there are more."""
    first, _, rest = text.lstrip().partition("\n")
    if not rest.strip():
        return False
    try:
        msgspec.json.decode(first)
    except msgspec.DecodeError:
        return False
    return True


def _from_lines(text: str, name: str) -> Iterator[IncomingChat]:
    # Only at line feeds: a conversation may hold other characters that Python counts as ends of lines.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    _check_count(len(lines), name)
    for number, line in lines:
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            raise _unreadable(name, f"line {number}: {_lower(str(error))}") from error
        if isinstance(row, dict) and row.get("format") == FORMAT:
            yield read_document(row, f"{name}, line {number},")
        else:
            yield _row(row, name, f"line {number}: ")


def _row(row: Any, name: str, place: str) -> IncomingChat:
    try:
        return read_row(row, name)
    except RowError as error:
        raise _unreadable(name, f"{place}{error}") from error


def _check_count(count: int, name: str) -> None:
    if count > MOST_CHATS:
        raise _unreadable(name, f"it has {count} conversations, and at most {MOST_CHATS} can become chats")


def _place(text: str, error: msgspec.DecodeError) -> str:
    """The decoder's words with a line number: it names a byte, or nothing where the text just ends."""
    words = str(error)
    _, found, tail = words.partition("(byte ")
    offset = int(tail.rstrip(")")) if found and tail.rstrip(")").isdigit() else None
    data = text.encode()
    line = data[:offset].count(b"\n") + 1 if offset is not None else data.rstrip().count(b"\n") + 1
    return f"line {line}: {_lower(words)}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:] if not words.startswith("JSON") else words


def _unreadable(name: str, reason: str) -> UserError:
    return UserError("import.unreadable", path=name, reason=reason)
